"""The table of promises: what each one's test measured beside its figure, printed where faults were made.

A test says which promise it holds with `@pytest.mark.promise("D1", "0 lost")`, and what it saw with `measured("…")`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

Measured = Callable[[str], None]
_ROW, _SAW = "promise", "measured"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "promise(name, figure): the promise this test holds, in the table at the end")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("promise"):
        name, figure = mark.args
        item.user_properties.append((_ROW, (name, figure)))


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measured:
    """Says what was seen; said before it is asserted, so that a promise that falls short shows by how much."""
    return lambda words: request.node.user_properties.append((_SAW, words))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows = [row for word in _WORDS for report in terminalreporter.getreports(word) for row in _rows(word, report)]
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    terminalreporter.section("promises")
    for row in sorted(rows, key=_in_order):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        terminalreporter.line("  ".join([*cells, row[3]]).rstrip())


_WORDS = {"passed": "ok", "failed": "SHORT", "error": "SHORT", "skipped": "not measured"}


def _rows(word: str, report: pytest.TestReport | pytest.CollectReport) -> list[tuple[str, str, str, str]]:
    """(promise, ok or SHORT, figure, measured) of one test's report; what cannot be collected promises nothing."""
    if not isinstance(report, pytest.TestReport) or (word == "passed" and report.when != "call"):
        return []
    seen = "; ".join(str(value) for key, value in report.user_properties if key == _SAW)
    if word == "skipped" and isinstance(report.longrepr, tuple):
        seen = report.longrepr[2].removeprefix("Skipped: ")
    promised = [value for key, value in report.user_properties if key == _ROW]
    return [(name, _WORDS[word], figure, seen) for name, figure in promised]


def _in_order(row: tuple[str, str, str, str]) -> tuple[str, int, str]:
    family, number = re.fullmatch(r"([A-Z]+)(\d+)", row[0]).groups()  # type: ignore[union-attr]
    return family, int(number), row[2]

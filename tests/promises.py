"""The table of promises: what each one's test measured beside its figure, printed where faults were made.

A test says which promise it holds with `@pytest.mark.promise("D1", "0 lost")`, and what it saw with `measured("…")`.
`--promises FILE` also writes the table into that page, in place of the one it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Measured = Callable[[str], None]
Row = tuple[str, str, str, str]
"""Promise, whether it holds, its figure, what was measured."""
_ROW, _SAW = "promise", "measured"

PROMISES = {
    "S1": "nothing before somebody is known",
    "S2": "modern cryptography alone",
    "S3": "one command alone",
    "S4": "who stalls is cut off",
    "S5": "a flood of half-open connections",
    "S6": "sizes have limits",
    "S7": "no one speaks for another",
    "S8": "a revocation bites",
    "S9": "a token is used once, and kept nowhere",
    "S10": "the console's key is pinned",
    "S11": "a hostile console cannot act",
    "S12": "the terminal is safe from what it shows",
    "S13": "what leaves the house is safe to open",
    "S14": "the parser",
    "S15": "least privilege",
    "S16": "the supply chain",
    "D1": "nothing acknowledged is lost",
    "D2": "what is in the spool is delivered",
    "D3": "an ack leaves after the disk has it",
    "D4": "a power cut",
    "D5": "the console's disk is full",
    "D6": "the agent's disk or spool is full",
    "D7": "a partition",
    "D8": "any order, any repeat",
    "D9": "a number told twice, differently",
    "D10": "everybody returns at once",
    "D11": "the agent's clock is wrong",
    "D12": "the console's clock jumps",
    "D13": "clones and old snapshots",
    "D14": "a check-in that nobody can read",
    "D15": "the disk fails",
    "A1": "no probe hangs or floods the agent",
    "A2": "any locale and path",
    "C1": "who may what",
    "C2": "tampering with the log shows",
    "C3": "a backup is one",
    "C4": "a migration that is killed",
    "C5": "bytes that rotted",
    "C6": "consoles that froze",
    "C7": "a second daemon",
    "C8": "the arithmetic of service levels",
    "C9": "hours of all of it",
}
_FAMILIES = {"S": "Security", "D": "Delivery", "A": "The agent", "C": "The console"}
_HEADINGS = "| | promise | what a test asks | | what it measured |"
_TABLE_BEGINS = "<!-- the table, as `make test-faults` wrote it -->\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--promises", type=Path, metavar="FILE", help="write the table of promises into this page")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "promise(name, figure): the promise this test holds, in the table at the end")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("promise"):
        name, figure = mark.args
        assert name in PROMISES, f"{name} is no promise: {', '.join(PROMISES)}"
        item.user_properties.append((_ROW, (name, figure)))


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measured:
    """Says what was seen; said before it is asserted, so that a promise that falls short shows by how much."""
    return lambda words: request.node.user_properties.append((_SAW, words))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A property says by itself how many examples it held for."""
    outcome = yield
    if (told := getattr(item, "hypothesis_statistics", "")) and item.get_closest_marker("promise"):
        examples = sum(map(int, re.findall(r"(\d+) passing,", told)))
        outcome.get_result().user_properties.append((_SAW, f"{examples:,} examples hold"))  # type: ignore[attr-defined]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    made = [row for word in _WORDS for report in terminalreporter.getreports(word) for row in _rows(word, report)]
    rows = sorted(_together(made), key=_in_order)
    if not rows:
        return
    if page := terminalreporter.config.getoption("--promises"):
        page.write_text(page.read_text().split(_TABLE_BEGINS)[0] + _TABLE_BEGINS + _table(rows))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    terminalreporter.section("promises")
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        terminalreporter.line("  ".join([*cells, row[3]]).rstrip())


_WORDS = {"passed": "ok", "skipped": "not measured", "failed": "SHORT", "error": "SHORT"}


def _rows(word: str, report: pytest.TestReport | pytest.CollectReport) -> list[Row]:
    """(promise, ok or SHORT, figure, measured) of one test's report; what cannot be collected promises nothing."""
    if not isinstance(report, pytest.TestReport) or (word == "passed" and report.when != "call"):
        return []
    seen = "; ".join(str(value) for key, value in report.user_properties if key == _SAW)
    if word == "skipped" and isinstance(report.longrepr, tuple):
        seen = report.longrepr[2].removeprefix("Skipped: ")
    promised = [value for key, value in report.user_properties if key == _ROW]
    return [(name, _WORDS[word], figure, seen) for name, figure in promised]


def _together(rows: list[Row]) -> Iterator[Row]:
    """What several tests, or several cases of one, measured of one figure: it holds where all of them hold."""
    for name, figure in dict.fromkeys((name, figure) for name, _, figure, _ in rows):
        mine = [row for row in rows if (row[0], row[2]) == (name, figure)]
        held = max((row[1] for row in mine), key=list(_WORDS.values()).index)
        yield name, held, figure, "; ".join(dict.fromkeys(row[3] for row in mine if row[3]))


def _in_order(row: Row) -> tuple[int, str]:
    return list(PROMISES).index(row[0]), row[2]


def _table(rows: list[Row]) -> str:
    """The table as Markdown, a family after the other; a promise that no test measured is named as well."""
    told = []
    for letter, family in _FAMILIES.items():
        told += [
            "",
            f"## {family}",
            "",
            "| | promise | what a test asks | | what it measured |",
            "|---|---|---|---|---|",
        ]
        for name in (one for one in PROMISES if one.startswith(letter)):
            mine = [row for row in rows if row[0] == name] or [(name, "no test", "", "")]
            told += [
                f"| {name} | {PROMISES[name]} | {figure} | {held} | {seen.replace('|', '/')} |"
                for _, held, figure, seen in mine
            ]
    return "\n".join([*told, ""])

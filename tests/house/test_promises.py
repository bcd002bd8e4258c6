"""Every promise has a test, and the page that tells of them knows no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from promises import PROMISES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PROMISES)
def test_a_promise_has_a_test(name: str) -> None:
    carries = re.compile(rf'\.promise\(\s*"{name}"')
    assert any(carries.search(path.read_text()) for path in (ROOT / "tests").rglob("test_*.py"))


def test_what_stands_on_the_page_is_promised() -> None:
    told = re.findall(r"^\| ([A-Z]\d+) \|", (ROOT / "docs/reliability.md").read_text(), re.MULTILINE)
    assert set(told) <= set(PROMISES)

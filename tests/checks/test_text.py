"""Hostile text made safe to show."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from checks.text import clean


def test_no_code_point_of_unicode_gets_through_that_a_terminal_acts_on() -> None:
    leaked = [
        code
        for code in range(sys.maxunicode + 1)
        for char in clean(chr(code))
        if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp") and char != "\ufffd"
    ]

    assert leaked == []


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b]0;title\x07x", "\ufffd]0;title\ufffdx"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("zero\u200bwidth", "zerowidth"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("plain [@click=app.quit]x", "plain [@click=app.quit]x"),
        ("\ud800", "\ufffd"),
    ],
)
def test_each_attack_becomes_harmless_letters(hostile: str, shown: str) -> None:
    assert clean(hostile) == shown


def test_long_text_is_cut_and_says_so() -> None:
    assert clean("x" * 1000, 10) == "x" * 9 + "…"
    assert clean("é" * 1000, 10) == "é" * 9 + "…"


def test_a_tower_of_marks_is_cut() -> None:
    assert len(clean("a" + "\u0301" * 500)) < 10

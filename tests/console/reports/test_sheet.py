"""A sheet on paper: in width, in every form, and safe from what people wrote."""

from __future__ import annotations

import pytest

from console.pages.sheet import Block, Item
from console.reports.sheet import FORMS, WIDTH, Sheet, brief, html, markdown, text

EVIL = "<script>alert(1)</script> *bold* [link](http://x)\x1b[2J"
SHEET = Sheet(
    "Marco: who does what",
    "+1 555",
    (
        Block("owns", (Item("ERP, the whole of it", "ERP"), Item("01 Nov  it is past", "01 Nov late", "breach"))),
        Block("a title that is longer than its column", (Item("word " * 60),)),
        Block("roles", (), "no role is theirs"),
    ),
    "signed",
)


def test_one_screen_joins_short_words_and_leaves_empty_blocks_out() -> None:
    lines = brief(SHEET).splitlines()
    assert lines[:2] == ["Marco: who does what  +1 555", "owns            ERP · ■ 01 Nov late"]
    assert "roles" not in brief(SHEET)


@pytest.mark.parametrize("form", [brief, text])
def test_plain_text_keeps_its_width(form: object) -> None:
    lines = form(SHEET).splitlines()  # type: ignore[operator]
    assert max(map(len, lines)) <= WIDTH
    assert lines[-1] == "signed"


def test_an_empty_block_says_what_would_be_there() -> None:
    assert "roles           no role is theirs" in text(SHEET)
    assert "no role is theirs" in markdown(SHEET)
    assert '<li class="none">no role is theirs</li>' in html(SHEET)


def test_html_needs_nothing_from_elsewhere_and_leads_lines_in_bold() -> None:
    page = html(SHEET)
    assert "<b>01 Nov</b> it is past" in page
    assert '<li class="breach">' in page
    assert not [word for word in ("<script", "<link", "url(", "http", "<img") if word in page]


def test_what_people_wrote_is_text_in_every_form() -> None:
    sheet = Sheet(EVIL, EVIL, (Block(EVIL, (Item(EVIL, EVIL),)),), EVIL)
    for form in (*FORMS.values(), brief):
        assert "\x1b" not in form(sheet)
    assert "<script>" not in html(sheet)
    assert r"\<script\>" in markdown(sheet)
    assert r"\[link\]" in markdown(sheet)


def test_a_long_sheet_is_printed_smaller() -> None:
    long = Sheet("t", "", (Block("b", tuple(Item(str(number)) for number in range(50))),))
    assert '<body class="long">' in html(long)
    assert "<body>" in html(SHEET)

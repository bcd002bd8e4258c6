"""Every form of a week, for the client and the owner: the same bytes again, one sheet of paper, nothing hostile."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from golden_files import agreed
from msgspec import structs
from promises import Measured
from rendered import busy, frozen_week, hostile

from console.pages.figures import Figure
from console.pages.plain import plain
from console.pages.week import Week
from console.pages.week_sections import Comment
from console.reports.forms import FORMS
from console.reports.printed.client_page import client_page
from console.reports.printed.machine import COLUMNS, cell, for_client, schema
from console.reports.printed.paper import paper
from console.reports.printed.pdf import pdf

SCHEMA = Path(__file__).parents[3] / "docs" / "week.schema.json"
GOLDEN = Path(__file__).parents[2] / "golden" / "reports"


def pages(made: bytes) -> int:
    document = pypdfium2.PdfDocument(made)
    try:
        return len(document)
    finally:
        document.close()


def words(made: bytes) -> str:
    document = pypdfium2.PdfDocument(made)
    try:
        return " ".join(document[place].get_textpage().get_text_range() for place in range(len(document)))
    finally:
        document.close()


@pytest.mark.parametrize("name", FORMS)
def test_the_same_week_gives_the_same_bytes(name: str) -> None:
    form, week = FORMS[name], frozen_week()

    assert form.client(week, ()) == form.client(structs.replace(week), ())
    assert form.owner([week], {}) == form.owner([structs.replace(week)], {})


def test_the_words_of_the_page_stand_in_every_form_that_is_read() -> None:
    for name in ("text", "md", "html", "pdf"):
        made = FORMS[name].client(frozen_week(), ())
        said = re.sub(r"\s+", " ", words(made) if name == "pdf" else made.decode().replace("\\", ""))
        for word in ("97.91 %", "98.20 %", "99.48 %", "5 min 22 s (13 %)", "85.71 %", "96.49 %", "restart dc01 in a",
                     "Dana Whitlock", "MISSED", "unproven, 30 min unseen", "UPS battery", "d-b"):  # fmt: skip
            assert word in said, (name, word)
        assert name in ("text", "md") or "× failed – never ran" in said, "what the signs of the nights mean"


@pytest.mark.parametrize("on", ["a4", "us-letter"])
@pytest.mark.parametrize("week", [frozen_week(), busy(), hostile()], ids=["golden", "busy", "hostile"])
def test_the_client_holds_one_sheet(week: Week, on: str) -> None:
    assert pages(pdf(client_page(week), on=on)) == 1


def test_the_paper_is_what_lies_in_the_clients_printer() -> None:
    assert (paper("America/New_York"), paper("Europe/Berlin"), paper("UTC")) == ("us-letter", "a4", "a4")
    letter = ("America/Toronto", "America/Mexico_City", "America/Bogota", "America/Indiana/Knox", "Asia/Manila")
    assert {paper(zone) for zone in letter} == {"us-letter"}
    on_a4 = ("America/Sao_Paulo", "America/Argentina/Salta", "America/Lima", "America/Montevideo", "Asia/Tokyo")
    assert {paper(zone) for zone in on_a4} == {"a4"}


def test_nothing_that_people_wrote_becomes_markup() -> None:
    week = hostile()
    html = FORMS["html"].client(week, ()).decode()
    tags = set()

    class Seen(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.add(tag)
            assert not any(name.startswith("on") or name in ("style", "src") for name, _ in attrs)

    Seen().feed(html)
    assert "script" not in tags
    assert "\x1b" not in html
    assert "$x$" in words(FORMS["pdf"].client(week, ()))
    assert "{{7*7}}" in words(FORMS["pdf"].client(week, ()))
    markdown = FORMS["md"].client(week, ()).decode()
    assert not re.search(r"(?<!\\)<script", markdown)
    assert not re.search(r"(?<!\\)\[x\]", markdown)
    assert "\x1b" not in FORMS["text"].client(week, ()).decode()


def test_the_page_asks_nothing_of_anybody() -> None:
    html = FORMS["html"].client(frozen_week(), ()).decode()

    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)=|@import|url\(", html)
    assert html.count("<svg") == html.count('role="img"') == html.count("<figure")


def test_the_schema_is_published_and_the_golden_week_is_valid_by_it() -> None:
    import jsonschema  # here: it takes seconds, where all of its formats are installed

    assert SCHEMA.read_bytes() == schema()
    known = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(known)
    jsonschema.validate(json.loads(FORMS["json"].client(frozen_week(), ())), known)
    (whole,) = json.loads(FORMS["json"].owner([frozen_week()], {}))
    assert whole == {key: one for key, one in plain(frozen_week()).items() if key != "text"}
    assert (whole["start"], whole["frozen"]["at"]) == ("2026-11-09T05:00:00Z", "2026-11-16T14:30:00Z")
    assert not list(_seconds(whole)), "an instant left as a number"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"client": 7}, known)


def _seconds(tree: Any, key: str = "") -> Iterator[tuple[str, int]]:
    """Whole numbers that look like instants, outside of exact values."""
    if isinstance(tree, dict):
        yield from (found for name, one in tree.items() for found in _seconds(one, name))
    elif isinstance(tree, list) and key not in ("value", "low", "high"):
        yield from (found for one in tree for found in _seconds(one, key))
    elif isinstance(tree, int) and tree > 1_700_000_000:
        yield key, tree


def test_what_is_ours_alone_stands_in_nothing_that_a_client_is_given() -> None:
    week = frozen_week()
    assert week.staff, "the golden week tells of our technicians"
    told = json.loads(FORMS["json"].client(week, ()))
    assert (told["staff"], told["owner"], told["maturity"], told["gaps"]) == ([], [], [], None)
    ours = {"load", "noise", "actionable", "alignment"}
    assert {one.name for one in week.figures} > {"load", "alignment"}
    assert {one["name"] for one in told["figures"]}.isdisjoint(ours)
    lines = csv.reader(io.StringIO(FORMS["csv"].client(week, ()).decode()))
    assert {row[3] for row in lines}.isdisjoint(ours)


def test_what_we_say_to_a_row_stands_on_the_clients_page_in_every_form_that_is_read() -> None:
    week = structs.replace(frozen_week(), comments=(Comment("K1/erp", "the pool is bigger now", "Dana Whitlock"),))
    line = "availability erp: the pool is bigger now (Dana Whitlock)"
    for name in ("text", "md", "html"):
        assert line in re.sub(r"\s+", " ", FORMS[name].client(week, ()).decode()), name


@pytest.mark.promise("S13", "CSV: no cell is a formula")
def test_every_figure_is_a_line_and_no_cell_a_formula(measured: Measured) -> None:
    bad = Figure("K1", "=1+1", "-2", "@SUM(A1)", note="+cmd|' /C calc'!A0")
    week = structs.replace(frozen_week(), figures=(*frozen_week().figures, bad))
    rows = list(csv.reader(io.StringIO(FORMS["csv"].client(week, ()).decode())))

    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(for_client(week).figures)
    formulas = [said for row in rows for said in row if said[:1] in ("=", "+", "-", "@") and not said[1:].isdigit()]
    measured(f"{sum(map(len, rows))} cells, {len(formulas)} formulas")
    assert formulas == []
    assert cell(-120) == -120
    erp = next(row for row in rows if row[2:6] == ["K1", "availability", "erp", "week"])
    assert (erp[6], int(erp[8]) * 307_800) == ("97.91 %", int(erp[9]) * 301_380)


def test_the_golden_week_in_markdown_is_as_it_was_agreed() -> None:
    agreed(GOLDEN / "brackwater-W46.md", FORMS["md"].client(frozen_week(), ()))

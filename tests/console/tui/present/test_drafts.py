"""Drafts and revisions as they are shown: nothing hostile gets through, and what is not known is not made up."""

from __future__ import annotations

from checks.finding import Status
from console.pages.drafts import DraftPage, DraftRow, Drafts, Impact, Judged, Moved
from console.pages.model import Diff, Models, RevisionRow, Revisions, Signature
from console.pages.starting import PresetRow, Presets
from console.tui.present import present
from console.tui.view import Target, View

NOW = 1_795_510_800
SAID = (Signature("helen", "approve", NOW, ""), Signature("tom", "object", NOW, "why?\x1b[31m"))
ROW = DraftRow("mill", "e38e0190eb41" + "0" * 52, 1, NOW - 3600, "root", "lower the promise", "open", SAID)
NOTHING = Impact((), (), (), ())


def text_of(view: View) -> str:
    return "\n".join(" | ".join(cell.text for cell in row.cells) for row in view.rows)


def test_the_open_draft_is_counted_and_leads_to_its_page() -> None:
    view = present("drafts", Drafts(NOW, (ROW,)), NOW)
    assert view.answer == "1 open"
    (row,) = view.rows
    assert row.opens == Target("draft", (("draft", ROW.sha256[:12]),))
    assert dict(row.about) == {"draft": ROW.sha256[:12], "client": "mill"}
    assert [cell.tone for cell in row.cells if "tom object" in cell.text] == ["breach"]
    assert present("drafts", Drafts(NOW, ()), NOW).empty[0].startswith("Propose a change")


def test_a_draft_tells_who_said_what_then_what_it_changes_then_its_lines() -> None:
    impact = Impact(
        ("G5 erp: too much",),
        ("G16 tom: has not signed",),
        (Judged("mill", "box", "disk", "/", Status.BREACH, Status.OK, "70 % used"),),
        (Moved("mill", "box", "shop (ana)", "no service"),),
    )
    diff = Diff(("--- old", "+++ new", "@@ -1 +1 @@", "-a: 1", "+a: \x1b]0;2"), ("a: 1 → 2",))
    view = present("draft", DraftPage(NOW, ROW, diff, impact, ("rosa",)), NOW)
    assert "\x1b" not in text_of(view)
    words = [row.cells[0].text for row in view.rows]
    assert words == ["approve", "object", "unsigned", "says", "closes", "opens", "judges", "moves", *[""] * 5]
    assert "box disk /: breach → ok (70 % used)" in text_of(view)
    assert [row.cells[1].tone for row in view.rows][-2:] == ["breach", "ok"]
    assert all(dict(row.about)["draft"] == ROW.sha256[:12] for row in view.rows)


def test_row_09_a_revision_says_what_the_numbers_did_or_that_nobody_measured_it_yet() -> None:
    row = RevisionRow("mill", 2, 1, NOW, "ana", "why", "f" * 64, NOW - 86_400, 1, SAID, "not measured yet")
    view = present("revisions", Revisions(NOW, "mill", (row,)), NOW)
    (shown,) = view.rows
    assert "not measured yet" in text_of(view)
    assert "effect     28 days before and after: not measured yet" in shown.detail
    assert any("took       1 days" in line for line in shown.detail)


def test_row_00_without_a_model_the_console_says_how_to_make_the_first() -> None:
    view = present("model", Models(NOW, ()), NOW)
    assert "watchbill model init" in view.empty[0]


def test_row_60a_the_presets_are_listed_with_their_version() -> None:
    view = present("presets", Presets(NOW, (PresetRow("legal", 3, "a law office", "4 policies"),)), NOW)
    assert text_of(view) == "legal | 3 | a law office"

"""The last two parts of the page Model as views: the drawing, and the drafts and revisions of every model."""

from __future__ import annotations

from dataclasses import replace

from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.blueprint import Blueprint
from console.pages.components import Components
from console.pages.drafts import DraftRow
from console.pages.model import RevisionRow
from console.tui.present.blueprint import blueprint
from console.tui.present.drafts import STATES, said, told
from console.tui.present.words import moment
from console.tui.view import Cell, Column, Row, Target, View


def drawn(page: Blueprint, now: Instant) -> View:
    """How it is organised, in one picture; Enter opens it with its other layers."""
    view = blueprint(page, now)
    whole = Target("blueprint", (("client", page.client),))
    rows = tuple(replace(row, opens=row.opens or whole) for row in view.rows)
    return replace(view, title=f"Model › {clean(page.client)}", rows=rows)


def revised(page: Components, now: Instant) -> View:
    """What waits for a decision, then what was published, the newest first."""
    heads = {row.model: row.revision for row in reversed(page.revisions)}
    return View(
        title=f"Model › {clean(page.clients[0]) if len(page.clients) == 1 else 'all clients'}",
        answer=page.answer,
        tone=page.tone,
        columns=(
            Column("model", 12),
            Column("revision", 12, right=True),
            Column("when", 16),
            Column("by", 8, priority=1),
            Column("said", 24, priority=2),
            Column("reason", 20, flex=True),
        ),
        rows=(
            *(_draft(row, now) for row in page.drafts),
            *(_revision(row, now, is_head=heads[row.model] == row.revision) for row in page.revisions),
        ),
        empty=(
            "Every text that is put in force stands here, with its author and reason:",
            "  watchbill model publish FILE… --reason …",
        ),
    )


def _draft(row: DraftRow, now: Instant) -> Row:
    cells = (
        Cell(clean(row.model)),
        Cell("draft" if row.state == "open" else row.state, STATES[row.state], 0),
        Cell(moment(row.at), order=row.at),
        Cell(clean(row.author)),
        said(row.signatures),
        Cell(clean(row.reason)),
    )
    return Row(
        key=row.sha256,
        cells=cells,
        opens=Target("draft", (("draft", row.sha256),)),
        about=(("draft", row.sha256), ("client", row.model)),
        detail=(
            clean(row.reason, 400),
            f"proposed   {duration(max(0, now - row.at))} ago by {clean(row.author)}",
            f"over       {'revision ' + str(row.base) if row.base else 'nothing: it is the first'}",
            *told(row.signatures),
        ),
    )


def _revision(row: RevisionRow, now: Instant, *, is_head: bool) -> Row:
    """One revision; that which is in force can be signed here."""
    signs = is_head and row.model != "provider"
    return Row(
        key=f"{row.model} {row.revision}",
        cells=(
            Cell(clean(row.model)),
            Cell(f"{'● ' if is_head else ''}{row.revision}", "ok" if is_head else "quiet", row.revision),
            Cell(moment(row.at), order=row.at),
            Cell(clean(row.author)),
            said(row.signatures),
            Cell(clean(row.reason)),
        ),
        opens=Target("revisions", (("model", row.model),)),
        about=(("client", row.model), ("draft", "")) if signs else (),
        detail=(
            clean(row.reason, 400),
            f"published  {duration(max(0, now - row.at))} ago by {clean(row.author)}"
            + (", in force" if is_head else ""),
            f"effect     28 days before and after: {row.effect}",
            f"hash       {row.sha256[:12]}",
            *told(row.signatures),
        ),
    )

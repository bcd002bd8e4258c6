"""The summary of the plan as rows: one answer each, and Enter leads to the part that says more."""

from __future__ import annotations

from checks.reading import Instant
from console.pages.plan import SummaryRow
from console.tui.present.parts import CLIENT, SIGN, Part, mark, text, told, worst_of
from console.tui.view import TONES, Column, Row, Target


def _row(row: SummaryRow, _: Instant) -> Row:
    return Row(
        f"{row.client} {row.what}",
        (mark(row.status), text(row.what), text(row.answer, TONES[row.status]), text(row.more),
         text(row.client, "quiet")),
        opens=Target("plan", (("client", row.client), ("tab", row.tab))),
        about=(("client", row.client),),
        detail=told(("", row.what), ("", ""), ("", row.answer), ("", row.more), ("", ""), ("", f"Enter: {row.tab}")),
    )  # fmt: skip


PARTS: dict[str, Part] = {
    "summary": Part(
        (SIGN, Column("what", 15), Column("answer", 26), Column("more", 24, flex=True), CLIENT),
        _row,
        lambda rows: worst_of(rows, "answer needs a look", "answers need a look", "nothing needs a look"),
        "no client has a model yet",
        ("Publish one: watchbill model publish FILE --reason …",),
    ),
}

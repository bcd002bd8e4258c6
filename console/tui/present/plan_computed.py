"""What is computed from the plan, as rows: dates, spend, risks, capabilities."""

from __future__ import annotations

from collections.abc import Sequence

from checks.finding import Status
from checks.reading import Instant
from checks.wording import counted, money
from console.pages.plan import CapabilityRow, DateRow, RiskRow, SpendRow
from console.tui.present.parts import CLIENT, SIGN, Part, mark, text, told, worst_of
from console.tui.present.words import host_target
from console.tui.view import TONES, Cell, Column, Row


def _date(row: DateRow, _: Instant) -> Row:
    when, order = ("at once", -1e9) if row.days is None else (_ahead(row.days), float(row.days))
    return Row(
        f"{row.client} {row.kind} {row.about} {row.text}",
        (mark(row.status), text(row.day), Cell(when, TONES[row.status], order),
         text(row.about), text(row.text), text(row.owner_name), text(row.kind, "quiet"), text(row.client, "quiet")),
        opens=host_target(row.client, row.about) if row.kind == "life" else None,
        about=(("client", row.client), *_picked(row)),
        detail=told(("", f"{row.about}: {row.text}"), ("", ""), ("day", row.day), ("that is", when), ("kind", row.kind),
                    ("owner", row.owner_name or "nobody")),
    )  # fmt: skip


def _picked(row: DateRow) -> tuple[tuple[str, str], ...]:
    """What the verbs of this row take besides its client."""
    if row.kind == "restore test":
        return (("service", row.about),)
    return (("about", row.about), ("first", row.day)) if row.kind == "absence" else ()


def _ahead(days: int) -> str:
    if days == 0:
        return "today"
    return f"in {days} d" if days > 0 else f"{-days} d ago"


def _or_dash(amount: int | None) -> str:
    return "–" if amount is None else money(amount)


def _sum(amount: int | None) -> Cell:
    return Cell(_or_dash(amount), "" if amount else "quiet", order=amount or 0)


def _spend(row: SpendRow, _: Instant) -> Row:
    return Row(
        f"{row.client} {row.service}",
        (text(row.name), Cell(str(row.users), order=row.users), _sum(row.suppliers), _sum(row.suppliers_per_user),
         _sum(row.offering), _sum(row.total), _sum(row.total_per_user), text(row.client, "quiet")),
        about=(("client", row.client),),
        detail=told(("", f"{row.name}: {money(row.total)} a month"), ("", ""), ("users", str(row.users)),
                    ("suppliers", f"{money(row.suppliers)}, {_or_dash(row.suppliers_per_user)} a user"),
                    ("offering", money(row.offering)), ("", ""), *(("part", one) for one in row.parts)),
    )  # fmt: skip


def _risk(row: RiskRow, _: Instant) -> Row:
    return Row(
        f"{row.client} {row.kind} {row.about} {row.evidence}",
        (Cell(str(row.score), TONES[row.status], row.score), text(row.kind), text(row.about), text(row.evidence),
         text(row.criticality), text(row.owner_name), text(row.client, "quiet")),
        about=(("client", row.client),),
        detail=told(("", f"{row.kind}: {row.about}"), ("", ""), ("evidence", row.evidence),
                    ("score", f"{row.score} = {row.weight} × criticality {row.criticality}"),
                    ("reaches", ", ".join(row.services) or "no service"), ("owner", row.owner_name or "nobody"),
                    ("treatment", row.treatment)),
    )  # fmt: skip


def _capability(row: CapabilityRow, _: Instant) -> Row:
    advice = (row.advice or "name its parties") if row.why else "no reason yet"
    way_out = f"{row.alternatives} alternatives, {row.exit_days} days to leave" if row.parties else ""
    return Row(
        f"{row.client} {row.id}",
        (mark(row.status), text(row.what), text(row.sourcing), text(row.value), text(", ".join(row.skilled)),
         text(advice, "watch" if row.status is Status.WATCH else ""), text(row.review), text(", ".join(row.parties)),
         text(row.client, "quiet")),
        about=(("client", row.client), ("capability", row.id)),
        detail=told(("", f"{row.id}: {row.what}"), ("", ""), ("sourcing", row.sourcing),
                    ("parties", ", ".join(row.parties)), ("why", row.why or "no reason is written"),
                    ("value", f"{row.value}: it carries {', '.join(row.services)}" if row.value else
                     "the model names no service that it carries"),
                    ("skilled", ", ".join(row.skilled) or "nobody in R, and no deputy"), ("so", advice),
                    ("way out", way_out), ("review", row.review), ("decision", row.decision or "none recorded")),
    )  # fmt: skip


def _of_dates(rows: Sequence[DateRow]) -> tuple[str, str]:
    past = [row for row in rows if row.status is Status.BREACH]
    soon = [row for row in rows if row.status is Status.WATCH]
    tone = "breach" if past else "watch" if soon else "ok"
    return f"{len(past)} have passed, {len(soon)} are near, {len(rows) - len(past) - len(soon)} later", tone


def _of_risks(rows: Sequence[RiskRow]) -> tuple[str, str]:
    high = [row for row in rows if row.status is Status.BREACH]
    return f"{counted(len(rows), 'risk', 'risks')}, {len(high)} score 9 or more", "breach" if high else "watch"


PARTS: dict[str, Part] = {
    "dates": Part(
        (SIGN, Column("day", 10), Column("", 9), Column("about", 12), Column("what", 28, flex=True),
         Column("owner", 13, priority=1), Column("kind", 12, priority=3), CLIENT),
        _date,
        _of_dates,
        "no day is written",
        ("Days on which contracts, waivers, support or promises end stand here.",),
    ),
    "spend": Part(
        (Column("service", 16, flex=True), Column("users", 5, right=True), Column("suppliers", 10, right=True),
         Column("a user", 8, right=True), Column("offering", 10, right=True), Column("a month", 10, right=True),
         Column("a user", 8, right=True, priority=1), CLIENT),
        _spend,
        lambda rows: (f"{money(sum(row.total for row in rows))} a month in all", ""),
        "no service is in the model",
        ("What services cost a month stands here: `month_cost` of contracts, `price` of offerings.",),
    ),
    "risks": Part(
        (Column("score", 5, right=True), Column("risk", 20), Column("about", 12), Column("evidence", 30, flex=True),
         Column("crit", 4, priority=2), Column("owner", 13, priority=1), CLIENT),
        _risk,
        _of_risks,
        "nothing that the model shows is at risk",
        ("Single persons and suppliers, unproven restores, ends of life and overdue work would stand here.",),
    ),
    "capabilities": Part(
        (SIGN, Column("capability", 22, flex=True), Column("sourcing", 8), Column("value", 6), Column("skilled", 14),
         Column("so", 16), Column("review", 10, priority=1), Column("parties", 18, priority=2), CLIENT),
        _capability,
        lambda rows: worst_of(rows, "to watch", "to watch", "none hangs on one person"),
        "no capability is written",
        ("Who should be able to do what, and why, stands here: `capabilities` of the model.",),
    ),
}  # fmt: skip

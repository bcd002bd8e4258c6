"""Compliance as views: updates by host and severity, the matrix of backups, and leave."""

from __future__ import annotations

from collections.abc import Sequence

from checks.finding import Status
from checks.reading import Instant
from checks.text import clean
from checks.wording import counted
from console.pages.compliance import SEVERITIES, Bar, Compliance, Held, JobRow, UpdateRow
from console.pages.plan import WaiverRow
from console.tui.present.parts import CLIENT, SIGN, mark, text, told, worst_of
from console.tui.present.plan_written import PARTS as WRITTEN
from console.tui.view import Cell, Column, Presenters, Row, Target, View

_STATES = {"within": Status.OK, "soon": Status.WATCH, "late": Status.BREACH, "unseen": Status.UNKNOWN}
_TONES = {"within": "quiet", "soon": "watch", "late": "breach", "unseen": "unknown", "waived": "accent"}
_SIGNS = {"within": "█", "soon": "▓", "late": "■", "waived": "░", "unseen": "·"}
_LIGHTS = {"ok": "● ok", "watch": "▲ watch", "missed": "■ missed"}
_LIGHT_TONES = {"ok": "ok", "watch": "watch", "missed": "breach"}
_WIDEST = 20
_WAIVED = "◇"
_HINTS = {
    "updates": ("Hosts stand here once a policy limits how long updates may wait, or an agent looks at them:",
                "write limits under policies in the client's model."),
    "backups": ("Backup jobs stand here: write them under policies, jobs, in the client's model.",),
}  # fmt: skip


def compliance(page: Compliance, now: Instant) -> View:
    """One part of it."""
    if page.tab == "backups":
        return _backups(page)
    if page.tab == "waivers":
        return _waivers(page, now)
    return _updates(page)


def _updates(page: Compliance) -> View:
    answer, tone = worst_of(page.updates, "host needs a look", "hosts need a look", "every host is inside its limits")
    blind = sum(row.status is Status.UNKNOWN for row in page.updates)
    if blind:
        answer += f", {counted(blind, 'is not visible', 'are not visible')}"
    columns = (
        SIGN,
        Column("host", 10),
        *(Column(word, 14, priority=1 if word == "low" else 0) for word in SEVERITIES),
        Column("its agent says", 24, flex=True, priority=2),
        CLIENT,
    )
    return View(
        title="Compliance › updates",
        answer=answer if page.updates else "no host is held to a policy",
        tone=tone if page.updates else "",
        columns=columns,
        rows=tuple(_host(row) for row in page.updates),
        above=tuple(_bar(bar, with_client=_are_several(page.bars)) for bar in page.bars),
        empty=_HINTS["updates"],
    )


def _are_several(bars: Sequence[Bar]) -> bool:
    return len({bar.client for bar in bars}) > 1


def _bar(bar: Bar, *, with_client: bool) -> Cell:
    """`critical ≤ 7 d   ███████▓░·  8 good, 1 waived …  ▲ watch`."""
    counts = {"within": bar.within, "soon": bar.soon, "late": bar.late, "waived": bar.waived, "unseen": bar.unseen}
    whole = sum(counts.values())
    scale = 1 if whole <= _WIDEST else _WIDEST / whole
    drawn = "".join(sign * _width(counts[state], scale) for state, sign in _SIGNS.items())
    client = f"{clean(bar.client):<12}" if with_client else ""
    head = f"{client}{bar.severity:<9}≤ {bar.limit_days:>2} d  {drawn:<{min(whole, _WIDEST) + 1}}"
    return Cell(f"{head} {_LIGHTS.get(bar.light, ''):<9} {_counted(bar)}", _LIGHT_TONES.get(bar.light, "quiet"))


def _counted(bar: Bar) -> str:
    """`8 good, 1 late, 1 not visible`: what is there, in words."""
    good = bar.within + bar.soon
    soon = f" ({bar.soon} due soon)" if bar.soon else ""
    counts = (("late", bar.late), ("waived", bar.waived), ("not visible", bar.unseen))
    return ", ".join([f"{good} good{soon}", *(f"{count} {word}" for word, count in counts if count)])


def _width(count: int, scale: float) -> int:
    """What is there is seen, however many others there are."""
    return max(1, round(count * scale)) if count else 0


def _host(row: UpdateRow) -> Row:
    held = {one.severity: one for one in row.held}
    lines = tuple(("" if place else "waits", line) for place, line in enumerate(row.waits))
    return Row(
        key=f"{row.client} {row.host}",
        cells=(
            mark(row.status),
            text(row.host),
            *(_held(held.get(severity)) for severity in SEVERITIES),
            text(row.says, "quiet"),
            text(row.client, "quiet"),
        ),
        opens=Target("host", (("client", row.client), ("host", row.host))),
        about=(("client", row.client), ("host", row.host), ("hosts", row.host), ("kpi", "K6")),
        detail=told(("", f"{row.host}: {row.service or 'serves nothing in the model'}"), ("", ""),
                    *((one.severity, one.words) for one in row.held), *lines, ("agent", row.says)),
    )  # fmt: skip


def _held(one: Held | None) -> Cell:
    if one is None:
        return Cell("–", "quiet")
    sign = _WAIVED if one.state == "waived" else _STATES[one.state].sign
    days = -999 if one.days is None else -one.days
    words = one.state if one.state == "waived" else clean(one.words)
    return Cell(f"{sign} {words}", _TONES[one.state], order=days)


def _backups(page: Compliance) -> View:
    answer, tone = worst_of(page.backups, "backup needs a look", "backups need a look", "every backup is in order")
    return View(
        title="Compliance › backups",
        answer=answer if page.backups else "no backup is written or looked at",
        tone=tone if page.backups else "",
        columns=(
            SIGN,
            Column("job", 12),
            Column("host", 7, priority=1),
            Column("14 days", 14),
            Column("good", 6, right=True),
            Column("newest copy", 24, flex=True),
            Column("restore", 28, priority=2),
            CLIENT,
        ),
        rows=tuple(_job(row) for row in page.backups),
        above=(Cell("▪ good  ! warning  × failed  – never ran  ? unknown  · not due; today last", "quiet"),)
        if page.backups
        else (),
        empty=_HINTS["backups"],
    )


def _job(row: JobRow) -> Row:
    tone = "breach" if any(sign in row.nights for sign in "×–") else ""
    lines = tuple(("" if place else "not good", line) for place, line in enumerate(row.troubles))
    return Row(
        key=f"{row.client} {row.job} {row.host}",
        cells=(
            mark(row.status),
            text(row.job),
            text(row.host),
            Cell(clean(row.nights).replace(" ", "·") if row.nights.strip() else "–", tone or "quiet"),
            Cell(f"{row.good}/{row.due}" if row.due else "–"),
            text(row.age),
            text(row.restore),
            text(row.client, "quiet"),
        ),
        opens=Target("host", (("client", row.client), ("host", row.host))),
        about=(("client", row.client), ("host", row.host), ("kpi", "K8"), ("about", row.job)),
        detail=told(("", f"{row.job}: {row.name}"), ("", ""), ("host", row.host), ("newest", row.age),
                    ("restore", row.restore), *lines),
    )  # fmt: skip


def _waivers(page: Compliance, now: Instant) -> View:
    part = WRITTEN["waivers"]
    rows: tuple[WaiverRow, ...] = page.waivers
    answer, tone = part.answer(rows) if rows else (part.nothing, "")
    return View(
        title="Compliance › waivers",
        answer=answer,
        tone=tone,
        columns=part.columns,
        rows=tuple(part.row(row, now) for row in rows),
        empty=part.empty,
    )


PRESENTERS: Presenters = {"compliance": compliance}

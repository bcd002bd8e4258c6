"""The two ends of a shift as views: what came since you left, and what goes to whoever comes after you."""

from __future__ import annotations

from checks.reading import Instant
from checks.text import clean
from console.pages.shifts import HandOver, HandRow, News, NewsRow
from console.tui import drawing
from console.tui.present.words import host_target, moment
from console.tui.view import Cell, Column, Presenters, Row, Target, View, sign

_KINDS = {
    "new": ("new", "breach"),
    "cleared": ("cleared by itself", "ok"),
    "ended": ("ended", "ok"),
    "silent": ("silent", "unknown"),
}


def news(page: News, now: Instant) -> View:  # noqa: ARG001 - every presenter takes both
    """What happened while the reader was away."""
    since = f"since you left {moment(page.since)}" if page.left_at is not None else "in the last day"
    columns = (
        Column("", 1),
        Column("when", 16),
        Column("", 17),
        Column("no", 5, right=True, priority=1),
        Column("what", 30, flex=True),
        Column("owner", 12, priority=1),
        Column("client", 12, priority=2),
    )
    return View(
        title="News › all clients",
        answer=f"{len(page.rows)} {since}" if page.rows else f"nothing {since}",
        columns=columns,
        rows=tuple(_news_row(row) for row in page.rows),
        empty=(f"Nothing came, cleared or fell silent {since}.",),
    )


def _news_row(row: NewsRow) -> Row:
    word, tone = _KINDS[row.kind]
    incident = (("incident", str(row.incident)),)
    what = clean(row.what)
    return Row(
        key=f"{row.kind} {row.incident} {row.host}",
        cells=(
            sign(row.status),
            Cell(moment(row.at), order=row.at),
            Cell(word, tone),
            Cell(f"#{row.incident}" if row.incident else "", order=row.incident),
            Cell(what),
            Cell(clean(row.by) or "nobody", "accent" if row.by else "quiet"),
            Cell(row.client, "quiet"),
        ),
        opens=Target("incident", incident) if row.incident else host_target(row.client, row.host),
        about=(*(incident if row.incident else ()), ("client", row.client), ("host", row.host)),
        detail=(what, f"{word}, {moment(row.at)}"),
    )


def handover(page: HandOver, now: Instant) -> View:
    """What the reader owns and cannot keep, then what is offered to them; a row goes only once somebody has it."""
    mine = [row for row in page.rows if not row.is_offered_to_you]
    open_ones = sum(not row.to for row in mine)
    theirs = len(page.rows) - len(mine)
    until = f" before {moment(page.ends_at)}" if page.ends_at is not None else ""
    if open_ones:
        answer = f"{open_ones} of {len(mine)} to be offered to somebody{until}"
    elif mine:
        answer = f"all {len(mine)} are offered and wait to be accepted"
    else:
        answer = "nothing has to be handed over"
    answer += f" · {theirs} offered to you" if theirs else ""
    back = f"back {moment(page.begins_at)}" if page.begins_at is not None else "the model has no shift of yours"
    after = f"after you: {', '.join(clean(one) for one in page.next_up)}" if page.next_up else "after you: nobody"
    columns = (
        Column("", 1),
        Column("no", 5, right=True),
        Column("sev", 3),
        Column("why", 26),
        Column("what", 30, flex=True),
        Column("promise", 24, priority=1),
        Column("offered to", 26),
    )
    return View(
        title="Hand-over › all clients",
        answer=answer,
        tone="breach" if open_ones else "watch" if page.rows else "ok",
        above=(Cell(f"{clean(page.name)}: {back} · {after}", "quiet"),),
        columns=columns,
        rows=tuple(_hand_row(row, page.now, now) for row in page.rows),
        empty=("Nothing of yours is S1 or S2, or due before your next shift, and nobody offers you anything.",),
    )


def _hand_row(row: HandRow, asked_at: Instant, now: Instant) -> Row:
    if row.is_offered_to_you:
        state = Cell("you: accept it (H)", "watch")
    else:
        state = Cell(f"{clean(row.to)}, not accepted", "watch") if row.to else Cell("nobody yet (h)", "breach")
    incident = (("incident", str(row.incident)),)
    said = f"said: “{row.text}”" if row.text else "say how it stands, what comes next, what was promised"
    return Row(
        key=str(row.incident),
        cells=(
            sign(row.status),
            Cell(str(row.incident), order=row.incident),
            Cell(row.severity),
            Cell(clean(row.why), "accent" if row.is_offered_to_you else ""),
            Cell(clean(row.title)),
            drawing.promise(row.clock, asked_at, now),
            state,
        ),
        opens=Target("incident", incident),
        about=(*incident, ("client", row.client)),
        detail=tuple(
            clean(line, 400) for line in (row.title, f"service    {row.service_name or '–'} ({row.client})", said)
        ),
    )


PRESENTERS: Presenters = {"news": news, "handover": handover}

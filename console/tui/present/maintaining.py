"""One window of planned work as a view: its hosts batch by batch, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.maintaining import HostStep, Maintenance
from console.tui.present.words import host_target, moment
from console.tui.view import TONES, Cell, Column, Presenters, Row, View, sign

_BAR = {"pending": 0, "installed": 1, "reboot": 2, "healthy": 3, "trouble": 2, "unseen": 0}
_STAGES = ("installed", "reboot", "healthy")


def maintenance(page: Maintenance, now: Instant) -> View:
    """How far each host is, and what is to be done next."""
    row = page.row
    healthy = sum(one.stage == "healthy" for one in page.hosts)
    left = row.end_at - now
    time = f" · {duration(left)} left" if row.start_at <= now < row.end_at and not row.is_over else ""
    late = f" · over by {duration(page.overrun)}" if page.overrun else ""
    columns = (
        Column("", 1),
        Column("batch", 5, right=True),
        Column("host", 12),
        Column("how far", 32),
        Column("updates", 11),
        Column("why", 30, flex=True),
        Column("looked at", 16, priority=1),
        Column("at its close", 12, priority=2),
    )
    return View(
        title=clean(f"{row.client} › window {row.id}"),
        answer=f"{row.state} · {healthy} of {len(page.hosts)} healthy{time}{late}",
        tone="breach" if page.overrun else TONES[row.status],
        above=tuple(_above(page)),
        columns=columns,
        rows=tuple(_step(page, one) for one in page.hosts),
        empty=("It names no host: what it excuses is told above.",),
    )


def _above(page: Maintenance) -> Iterator[Cell]:
    """What it is for, what it excuses, and what it goes against."""
    row = page.row
    announced = f"announced {moment(row.announced_at)}" if row.announced_at is not None else "not announced"
    approved = f"approved by {row.approved_by}" if row.approved_by else "nobody has approved it"
    when = f"{moment(row.start_at)} to {moment(row.end_at)[-5:]}"
    yield Cell(clean(f"{row.why} · {when} · {announced} · {approved}", 400))
    yield Cell(clean(row.excuse, 300), "" if row.is_planned else "watch")
    yield Cell(clean(f"next: {page.next_step}", 400), "accent")
    for hit in page.services:
        whole = ", goes down whole: too few of its members stay" if hit.goes_whole else ""
        excused = "" if hit.is_excused else ", is not excused"
        yield Cell(clean(f"{hit.status.sign} {hit.name} is {hit.state}{excused}{whole}"), TONES[hit.status])
    yield from (Cell(clean(f"against {line}", 300), "breach") for line in page.against)
    yield from (Cell(clean(line, 300), "quiet") for line in page.waivers)
    if row.rollback:
        yield Cell(clean(f"way back: {row.rollback}", 300), "quiet")


def _step(page: Maintenance, one: HostStep) -> Row:
    done = _BAR[one.stage]
    bar = " ".join(f"{'●' if place < done else '○'} {word}" for place, word in enumerate(_STAGES))
    numbers = " → ".join("?" if number is None else str(number) for number in (one.waiting_before, one.waiting))
    return Row(
        key=one.host,
        cells=(
            sign(one.status),
            Cell(str(one.batch), order=one.batch),
            Cell(clean(one.host)),
            Cell(bar if one.stage != "unseen" else "not seen", TONES[one.status]),
            Cell(numbers, "quiet"),
            Cell(clean(one.sentence)),
            Cell(moment(one.looked_at) if one.looked_at is not None else "never", "quiet"),
            Cell(one.outcome, "quiet"),
        ),
        opens=host_target(page.row.client, one.host),
        about=(("client", page.row.client), ("maintenance", page.row.id)),
    )


PRESENTERS: Presenters = {"maintenance": maintenance}

"""Services as a view: what the client uses, and how it stands."""

from __future__ import annotations

from checks.finding import Status
from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.services import ServiceRow, Services
from console.tui.present.words import moment
from console.tui.view import TONES, Cell, Column, Presenters, Row, Target, View, glyph


def services(page: Services, now: Instant) -> View:
    """What the client uses, and how it stands."""
    bad = [row for row in page.rows if row.status is not Status.OK]
    answer = f"{len(bad)} of {len(page.rows)} need a look" if bad else f"all {len(page.rows)} run"
    columns = (
        Column("status", 9),
        Column("service", 20, flex=True),
        Column("state", 9, priority=2),
        Column("crit", 4, priority=4),
        Column("owner", 14),
        Column("budget", 17, priority=1),
        Column("promise", 24, priority=3),
        Column("why", 34, priority=5),
    )
    return View(
        title="Services › all clients",
        answer=answer if page.rows else "no service is in the model yet",
        tone=TONES[bad[0].status] if bad else "ok",
        columns=columns,
        rows=tuple(_service_row(row, now) for row in page.rows),
        empty=("Services stand here once a model is published:", "  watchbill model publish FILE --reason …"),
    )


def _service_row(row: ServiceRow, now: Instant) -> Row:
    since = f" since {moment(row.since)} ({duration(max(0, now - row.since))})" if row.since else ""
    covered = "open now" if row.covered_now else "closed now"
    detail = (
        f"{row.name} is {row.state}{since}",
        "",
        f"owner      {row.owner_name}",
        f"client     {row.client}",
        f"hours      {row.hours} ({covered})",
        f"needs      {', '.join(row.needs)}",
        f"promise    {row.sla or 'none'}",
        f"available  {_available(row)}",
        f"budget     {'; '.join(filter(None, (row.budget or 'none: nothing is promised', row.burning, row.forecast)))}",
        f"incidents  {row.open_incidents} open",
        "",
        row.why or "nothing is wrong",
    )
    return Row(
        key=f"{row.client} {row.service}",
        cells=(
            glyph(row.status),
            Cell(clean(row.name)),
            Cell(row.state, TONES[row.status]),
            Cell(row.criticality),
            Cell(clean(row.owner_name)),
            Cell(row.budget or "–", _LIGHTS.get(row.light, "quiet")),
            Cell(row.sla or "–", "quiet"),
            Cell(clean(row.why), "quiet"),
        ),
        opens=Target("service", (("client", row.client), ("service", row.service))),
        about=(("client", row.client), ("kpi", "K1"), ("about", row.service)),
        detail=tuple(clean(line) for line in detail),
    )


def _available(row: ServiceRow) -> str:
    promised = "no target" if row.target is None else f"{row.target * 100:g} % promised"
    return f"{row.week} this week, {row.month} over 28 days, {promised}" if row.week else promised


_LIGHTS = {"ok": "ok", "watch": TONES[Status.WATCH], "missed": TONES[Status.BREACH]}
PRESENTERS: Presenters = {"services": services}

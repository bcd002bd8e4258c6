"""One page about a client: cost, hours delivered and lost, risks, goals, and what waits for somebody (44, K24)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checks.finding import Status
from checks.wording import counted, money
from console.desk.office import Asked, Office
from console.desk.planning import plan_computed, plan_written
from console.desk.planning.place import Place
from console.desk.week.week import week
from console.operating_model.plan.spend import cents
from console.pages.plan import RiskRow, SummaryRow


def summary(office: Office, asked: Asked, place: Place) -> Iterator[SummaryRow]:
    """Every answer about one client; what nothing measures yet says so."""
    yield from _value(office, asked, place)
    yield _cost(place)
    yield _goals(place)
    yield _risks(place)
    yield _due(place)
    yield _steps(place)
    yield _undecided(place)


def _value(office: Office, asked: Asked, place: Place) -> Iterator[SummaryRow]:
    """K24: users × seconds up, and down, of every service this week."""
    page = week(office, Asked(asked.who, {"client": place.client.id}, asked.now))
    users = {id_: one.users for id_, one in place.client.services.items()}
    up = sum((Fraction(users[one.service] * (one.known - one.down), 3600) for one in page.services), Fraction())
    down = sum((Fraction(users[one.service] * one.down, 3600) for one in page.services), Fraction())
    known = sum(one.known for one in page.services)
    so_far = f"{page.week}, so far" if page.so_far else page.week
    worst = max(page.services, key=lambda one: users[one.service] * one.down, default=None)
    most = f"; most of it by {worst.name}" if worst is not None and worst.down else ""
    for what, hours, more, bad in (
        ("hours delivered", up, so_far, False),
        ("hours lost", down, so_far + most, down > 0),
    ):
        status = Status.WATCH if bad else Status.OK if known else Status.UNKNOWN
        answer = f"{_tenth(hours, is_up=what == 'hours lost')} user-hours" if known else "not measured yet"
        yield SummaryRow(place.client.id, what, answer, more if known else "no agent is heard", "outcomes", status)


def _tenth(hours: Fraction, *, is_up: bool) -> str:
    """One decimal: what is lost is rounded up, what is delivered down."""
    tenths = -(-hours * 10 // 1) if is_up else hours * 10 // 1
    return f"{int(tenths) // 10:,}.{int(tenths) % 10}"


def _cost(place: Place) -> SummaryRow:
    rows = list(plan_computed.spend(place))
    total, users = sum(row.total for row in rows), place.facts.doc.client.users
    each = f"{money(cents(Fraction(total, 100 * users)))} a user" if users else "users are not written"
    if not total:
        each = "write a cost on contracts, or a price on services"
    answer = f"{money(total)} a month" if total else "no cost is written"
    return SummaryRow(place.client.id, "cost", answer, each, "spend", Status.OK if total else Status.UNKNOWN)


def _goals(place: Place) -> SummaryRow:
    rows = list(plan_written.outcomes(place))
    reached = len([row for row in rows if row.status is Status.OK])
    more = "; ".join(f"{row.id} {row.state}" for row in rows) or "write what the business wants: outcomes"
    status = Status.OK if rows and reached == len(rows) else Status.WATCH
    answer = f"{reached} of {len(rows)} reached" if rows else "none is written"
    return SummaryRow(place.client.id, "goals", answer, more, "outcomes", status)


def _risks(place: Place) -> SummaryRow:
    rows: list[RiskRow] = list(plan_computed.risks(place))
    high = [row for row in rows if row.status is Status.BREACH]
    first = f"first: {rows[0].kind} {rows[0].about}" if rows else "nothing that the model shows"
    status = Status.BREACH if high else Status.WATCH if rows else Status.OK
    return SummaryRow(
        place.client.id, "risks", f"{counted(len(rows), 'risk', 'risks')}, {len(high)} high", first, "risks", status
    )


def _due(place: Place) -> SummaryRow:
    rows = list(plan_computed.dates(place))
    past = [row for row in rows if row.status is Status.BREACH]
    near = [row for row in rows if row.status is Status.WATCH]
    following = f"next: {near[0].about} {near[0].day}" if near else "none is near"
    status = Status.BREACH if past else Status.WATCH if near else Status.OK
    return SummaryRow(place.client.id, "dates", f"{len(past)} passed, {len(near)} near", following, "dates", status)


def _steps(place: Place) -> SummaryRow:
    """37, 52: initiatives are milestones and actions; one that serves no outcome is listed."""
    rows = [row for row in (*plan_written.milestones(place), *plan_written.actions(place)) if not row.is_over]
    late = [row for row in rows if row.status is Status.BREACH]
    loose = [row.id for row in rows if not row.outcome]
    more = f"unaligned: {', '.join(loose)}" if loose else "each serves an outcome"
    status = Status.BREACH if late else Status.WATCH if loose else Status.OK
    return SummaryRow(place.client.id, "steps", f"{len(rows)} to do, {len(late)} overdue", more, "milestones", status)


def _undecided(place: Place) -> SummaryRow:
    """What waits for whoever holds the right."""
    waiting = [f"{row.id} ({row.may})" for row in plan_written.waivers(place) if row.state == "asked"]
    waiting += [f"{row.id} (maintenance)" for row in plan_written.windows(place) if row.state == "asked"]
    answer = counted(len(waiting), "waits", "wait") if waiting else "nothing waits"
    status = Status.WATCH if waiting else Status.OK
    return SummaryRow(
        place.client.id, "to decide", answer, ", ".join(waiting) or "every request is decided", "waivers", status
    )

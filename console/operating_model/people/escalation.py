"""The contact and escalation card: what to call for what, whom it reaches, and who comes next (67). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from checks.wording import duration
from console.operating_model.people.reach import SEVERITIES, address, hours_words, processes_of, row_of, telling_steps
from console.operating_model.people.staff import WEEK, Staff, turns

MEANS = {
    "S1": "something critical (A) is down",
    "S2": "critical (A) runs badly, or important (B) is down",
    "S3": "critical (A) is at risk, important (B) runs badly, or another (C) is down",
    "S4": "anything else that is not as it should be",
}
"""The table of 4.1, in words for whoever calls."""
_LADDER = ("incident-lead", "service-delivery-manager")


class Step(NamedTuple):
    """One line of the card."""

    when: str
    text: str


def card(staff: Staff) -> tuple[Step, ...]:
    """For each channel of the register what it is for and whom it reaches; then who is on call, and who comes next."""
    return (*_channels(staff), *_turn(staff), *_ladder(staff))


def promises(staff: Staff) -> tuple[Step, ...]:
    """What each severity means, and how soon it is taken and solved by each SLA."""
    several = len(staff.doc.slas) > 1
    return tuple(
        Step(
            severity + (f" {id_}" if several else ""),
            f"{MEANS[severity]}: {soon(target.own, target.resolve, target.clock)}",
        )
        for id_, sla in staff.doc.slas.items()
        for severity in SEVERITIES
        if (target := sla.incident.get(severity)) is not None  # type: ignore[call-overload]
    )


def soon(own: int, resolve: int, clock: str) -> str:
    """How soon; on a clock that closes at night a day of 24 h is no day."""
    if clock == "always":
        return f"taken within {duration(own)}, solved within {duration(resolve)}"
    solved = f"{resolve // 3600} h" if resolve % 3600 == 0 else duration(resolve)
    return f"taken within {duration(own)}, solved within {solved} of {clock} hours"


def steps(staff: Staff, person: str) -> tuple[Step, ...]:
    """The runbooks of the processes that a person does, answers for or hears of."""
    found: list[Step] = []
    for id_, process in staff.doc.processes.items():
        row, runbook = row_of(staff, id_), staff.doc.runbooks.get(process.runbook)
        if row is None or runbook is None:
            continue
        if person in (*row.R, row.A, row.deputy):
            found.append(Step(process.name, " → ".join(runbook.steps)))
        elif person in row.I:
            found.append(Step(process.name, f"you hear of it at: {', '.join(telling_steps(staff, id_))}"))
    return tuple(found)


def informed(staff: Staff, service: str) -> tuple[str, ...]:
    """Who is told when something happens to a service: of its own row, and of the processes that handle it (34)."""
    rows = [row for one in (service, *processes_of(staff, service)) if (row := row_of(staff, one))]
    return tuple(dict.fromkeys(one for row in rows for one in row.I))


def _channels(staff: Staff) -> Iterator[Step]:
    for channel in staff.doc.channels:
        people = [staff.people[one] for one in staff.members(channel.to)]
        reached = ", ".join(f"{one.name} {address(one, channel.kind)}".strip() for one in people)
        when = f"by {channel.by}" if channel.by else hours_words(channel.hours)
        yield Step(", ".join(channel.use), f"{channel.kind} to {staff.called(channel.to)}, {when}: {reached}")


def _turn(staff: Staff) -> Iterator[Step]:
    if staff.on_call is None:
        return
    for first, who in turns(staff.on_call, staff.today, 1):
        person = staff.people.get(who)
        phone = f" {person.phone}" if person and person.phone else ""
        yield Step("on call", f"{staff.called(who)}{phone}, until {first + WEEK - timedelta(days=1):%a %d %b}")


def _ladder(staff: Staff) -> Iterator[Step]:
    for role in _LADDER:
        if role not in staff.doc.roles:
            continue
        holder, deputy = staff.doc.roles[role].holder, staff.doc.roles[role].deputy
        named = [staff.people[one] for one in (holder, deputy) if one in staff.people]
        said = ", or ".join(f"{one.name} {one.phone}".strip() for one in named)
        yield Step("then", f"{role.replace('-', ' ')}: {said or 'nobody'}")

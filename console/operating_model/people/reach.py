"""How word travels: the channel register by severity and hour and from either end, and when a runbook tells somebody.

Rows 33c and 34, J5 of operating-model.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checks.reading import Instant
from console.operating_model.people.staff import Staff
from console.operating_model.schema.organization import ChannelDoc, PersonDoc, RaciDoc

SEVERITIES = ("S1", "S2", "S3", "S4")
TELLING = frozenset({"tell", "announce", "report", "send", "inform", "notify", "call"})
_WRITTEN = frozenset({"email", "mail", "report"})
Opens = Callable[[str], Instant | None]
"""From a calendar's id to the first instant, now or later, at which it is open; None where it never is."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a person: by what, for what, when, and the number or address."""

    kind: str
    use: tuple[str, ...]
    hours: str
    person: str
    at: str
    """A phone number or an address; "" where none is written."""

    @property
    def words(self) -> str:
        """`phone (+1-865-555-0110) for S1, S2`."""
        at = f" ({self.at})" if self.at else ""
        hours = "" if self.hours == "always" else f", {hours_words(self.hours)}"
        return f"{self.kind}{at} for {', '.join(self.use)}{hours}" if self.use else f"{self.kind}{at}{hours}"


def hours_words(calendar: str) -> str:
    """A calendar in words: `at any hour`, `in office hours`."""
    return "at any hour" if calendar == "always" else f"in {calendar} hours"


def address(person: PersonDoc, kind: str) -> str:
    """Where a person is reached by a kind of channel: the mail address for written word, else the phone."""
    first, second = (person.email, person.phone) if kind in _WRITTEN else (person.phone, person.email)
    return first or second


def to_person(staff: Staff, person: str) -> Iterator[tuple[ChannelDoc, str]]:
    """The channels that end at a person, each with the end that they are part of."""
    for channel in staff.doc.channels:
        if person in staff.members(channel.to):
            yield channel, channel.to


def ways(staff: Staff, person: str) -> tuple[Way, ...]:
    """How a person is told of something, by severity: over every channel that has them at either end.

    A channel between two houses is spoken over in both directions: who calls by phone for S1 is called back by phone.
    """
    found: list[Way] = []
    for channel in staff.doc.channels:
        if not set(channel.use) & set(SEVERITIES):
            continue
        if person in {*staff.members(channel.from_), *staff.members(channel.to)}:
            at = address(staff.people[person], channel.kind)
            found.append(Way(channel.kind, tuple(channel.use), channel.hours, person, at))
    return tuple(found)


def channel_for(staff: Staff, severity: str, opens: Opens) -> tuple[ChannelDoc, Instant] | None:
    """The channel for this severity that is open now, else the one that opens next, and when; None where none is."""
    found = [(one, at) for one in staff.doc.channels if severity in one.use and (at := opens(one.hours)) is not None]
    return min(found, key=lambda one: one[1], default=None)


def telling_steps(staff: Staff, process: str) -> tuple[str, ...]:
    """The steps of a process's runbook in which people are told; its last step where no step says so."""
    runbook = staff.doc.runbooks.get(staff.doc.processes[process].runbook)
    if runbook is None:
        return ()
    steps = [step for step in runbook.steps if set(step.split("-")) & TELLING]
    return tuple(steps or runbook.steps[-1:])


def processes_of(staff: Staff, service: str) -> tuple[str, ...]:
    """The processes that handle a service: those that listen to findings, to backups where it has a job."""
    has_job = any(service in job.protects for policy in staff.doc.policies.values() for job in policy.jobs.values())
    return tuple(
        id_
        for id_, process in staff.doc.processes.items()
        if any(
            trigger in ("finding.S1", "finding.S2") or (trigger == "finding.backup" and has_job)
            for trigger in process.triggers
        )
    )


def row_of(staff: Staff, subject: str) -> RaciDoc | None:
    """The RACI row of a service or process."""
    return next((row for row in staff.doc.raci if row.for_ == subject), None)

"""How word travels: the channel register read from either end, and when a runbook tells somebody (33c, 34)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.operating_model.people.staff import Staff
from console.operating_model.schema.organization import ChannelDoc, PersonDoc, RaciDoc

SEVERITIES = ("S1", "S2", "S3", "S4")
_TELLING = frozenset({"tell", "announce", "report", "send", "inform", "notify", "call"})
_MAIL = frozenset({"email", "mail"})


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
    """The number or address of a person that fits a kind of channel."""
    return person.email if kind in _MAIL else person.phone if kind == "phone" else ""


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


def channel_for(staff: Staff, severity: str) -> ChannelDoc | None:
    """The channel of the register for one severity; None where the register has none."""
    return next((one for one in staff.doc.channels if severity in one.use), None)


def telling_steps(staff: Staff, process: str) -> tuple[str, ...]:
    """The steps of a process's runbook in which people are told; its last step where no step says so."""
    runbook = staff.doc.runbooks.get(staff.doc.processes[process].runbook)
    if runbook is None:
        return ()
    steps = [step for step in runbook.steps if set(step.split("-")) & _TELLING]
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

"""Section B of the owner's page (5.3): each missed clock or objective, by how much, by whose cause, where the time
went, who is accountable, and the action; where there is none, that too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.records import ActionRecord, MaintenanceRecord
from console.pages.figures import Figure
from console.pages.week import Availability
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.handled import Handled, handled
from console.reports.weekly.records import jobs, of, today
from console.reports.weekly.spent import BUCKETS, spent
from console.reports.weekly.spoken import first_word, shortly, times
from console.reports.weekly.updates import updates

Causes = Mapping[str, Mapping[str, int]]
"""By service and cause, the seconds of its hours in the week in which it was down."""
NO_ACTION = "no action yet"
_OTHERS = ("K1", "K3", "K15", "K16", "K17")
"""KPIs whose misses are told by service or by incident."""
_MEASURES = {
    "K4": ("checkin",),
    "K6": ("patch_",),
    "K7": ("patch_",),
    "K8": ("backup_success",),
    "K9": ("rpo_time", "backup_success"),
    "K11": ("restore_test_age_days", "backup_success"),
    "K18": ("load",),
}
"""By KPI, how the model's words for it begin: the process that is measured by it says who is accountable."""


def breaches(
    facts: WeekFacts, lines: Sequence[Availability], figures: Sequence[Figure], causes: Causes
) -> Iterator[str]:
    """The lines of B."""
    missed = [one for one in figures if one.verdict == "missed" and one.kpi not in _OTHERS]
    for line in lines:
        if line.light == "missed":
            stops = f"stopped {times(line.stops)}, {shortly(line.down)}" if line.stops else ""
            about = (line.service, *_incidents_of(facts, line.service))
            yield _joined(f"{line.name} {line.availability} of {line.target}",
                          " ".join(filter(None, (stops, _causes(causes.get(line.service, {}))))),
                          _answers(facts, line.service), _actions(facts, *about))  # fmt: skip
    for one in handled(facts):
        yield from _broken(facts, one)
    for figure in missed:
        want = f" (want {figure.target})" if figure.target else ""
        parts = [figure] if figure.about else [one for one in missed if one.kpi == figure.kpi]
        behind = (word for one in parts for word in _behind(facts, one))
        yield _joined(f"{' '.join(filter(None, (figure.name, figure.about)))} {figure.shows}{want}",
                      _answers(facts, _subject(facts, figure)), _actions(facts, *behind))  # fmt: skip


def _broken(facts: WeekFacts, one: Handled) -> Iterator[str]:
    for word, promise, verdict in (("own", one.own, one.own_verdict), ("resolve", one.solve, one.solve_verdict)):
        if verdict == "missed" and promise is not None:
            yield _joined(f"{one.label} {word} +{shortly(-promise.left)}", _cause(facts, one), _spent(facts, one),
                          _answers(facts, one.one.opening.service), _actions(facts, one.label.lower()))  # fmt: skip


def _causes(found: Mapping[str, int]) -> str:
    """`(own 1 h 22, client-accepted-risk 25 min)`: by whose cause it was down; causes may overlap."""
    told = [f"{cause} {shortly(found[cause])}" for cause in sorted(found, key=lambda one: -found[one]) if found[cause]]
    return f"({', '.join(told)})" if told else ""


def _cause(facts: WeekFacts, one: Handled) -> str:
    """By whose cause it was: as its resolution says, or its outages; "" where nobody wrote one down."""
    said = {one.one.party} - {""}
    mine = said or {each.cause for each in of(facts, "outage", OutageRecord) if each.incident == one.one.number}
    return f"cause {', '.join(sorted(mine))}" if mine else ""


def _spent(facts: WeekFacts, one: Handled) -> str:
    """Where the time of an incident went that is over: `working 20 h 10, waiting 20 min`."""
    if not one.was_resolved:
        return ""
    found = spent(facts.client, one.one)
    return ", ".join(f"{bucket} {shortly(found[bucket])}" for bucket in BUCKETS if found[bucket])


def _subject(facts: WeekFacts, figure: Figure) -> str:
    """The service or process whose accountable person answers for a figure."""
    doc = facts.client.doc
    if doc is None or figure.about in doc.services:
        return figure.about
    job = next((one for one in jobs(facts) if one.id == figure.about), None)
    if job is not None and job.protects:
        return job.protects[0]
    wanted = _MEASURES.get(figure.kpi, ())
    return next((id_ for id_, one in doc.processes.items() if wanted and one.kpi.startswith(wanted)), "")


def _behind(facts: WeekFacts, figure: Figure) -> Iterator[str]:
    """What an action about a figure may name: its service, job or KPI, a window on a late host, a leave there."""
    yield from (figure.about, figure.kpi, f"{figure.kpi}/{figure.about}")
    job = next((one for one in jobs(facts) if one.id == figure.about), None)
    yield from job.protects if job else ()
    if figure.kpi == "K11":
        yield f"G11:{figure.about}"
    if figure.kpi in ("K6", "K7"):
        yield from _about_late_hosts(facts, figure.about)


def _about_late_hosts(facts: WeekFacts, severity: str) -> Iterator[str]:
    found = updates(facts)
    late = {one.host for one in (found.line(severity) if found else ()) if one.state == "late"}
    yield from (one.id for one in of(facts, "maintenance", MaintenanceRecord) if late & {*one.hosts})


def _answers(facts: WeekFacts, subject: str) -> str:
    person = facts.standing.accountable(subject) if facts.standing and subject else ""
    return f"A: {called(facts, person)}" if person else "A: nobody named"


def called(facts: WeekFacts, person: str) -> str:
    """A person's first name; the id where the model does not know them."""
    known = facts.standing.people if facts.standing else {}
    return first_word(known[person].name) if person in known else person


def _incidents_of(facts: WeekFacts, service: str) -> Iterator[str]:
    return (f"i-{one.number}" for one in facts.incidents if one.opening.service == service)


def _actions(facts: WeekFacts, *about: str) -> str:
    """The actions that came from it, also after the week; and what was undertaken by its end about the same service."""
    wanted = {one.lower() for one in about} - {""}
    mine = (
        one
        for one in of(facts, "action", ActionRecord)
        if one.from_.lower() in wanted or (one.service.lower() in wanted and (one.at is None or one.at <= today(facts)))
    )
    return ", ".join(sorted(one.id for one in mine)) or NO_ACTION


def _joined(*parts: str) -> str:
    return "; ".join(filter(None, parts))

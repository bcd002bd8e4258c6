"""Services: sites, hosts, externals, what each service stands on, its hours, its promise; and no circles (I4)."""

from __future__ import annotations

from collections.abc import Mapping

from console.operating_model import words
from console.operating_model.build import calendar_of
from console.operating_model.document import Path
from console.operating_model.references.known import Known, Told, each, one, unknown
from console.operating_model.schema.client import BaselineDoc, ClientDoc
from console.operating_model.schema.services import ServiceDoc

DEEPEST = 50
"""What stands on what: so many steps, and no more."""


def told(doc: ClientDoc, known: Known) -> Told:
    """What is wrong."""
    yield from calendars(doc, ())
    yield from _hosts(doc, known)
    yield from _externals(doc)
    outcomes = frozenset(outcome.id for outcome in doc.outcomes)
    for id_, service in doc.services.items():
        yield from _service(doc, known, service, ("services", id_))
        yield from one(("services", id_, "outcome"), "outcome", service.outcome, outcomes)
    yield from _clocks(doc, known)
    yield from _circles(doc)


def calendars(doc: BaselineDoc, at: Path) -> Told:
    """What is wrong with calendars (I7)."""
    for id_, written in doc.calendars.items():
        if id_ == "always":
            yield (*at, "calendars", id_), "`always` is built in; name yours otherwise"
        holidays = written.get("holidays")
        if holidays is not None and str(holidays) not in doc.holiday_sets:
            yield (*at, "calendars", id_, "holidays"), unknown("holiday set", str(holidays), doc.holiday_sets)
        yield from _windows(doc, id_, at)


def _windows(doc: BaselineDoc, id_: str, at: Path) -> Told:
    written = doc.calendars[id_]
    for key, times in written.items():
        if key != "holidays" and not (words.is_day_word(key) and isinstance(times, list)):
            said = f'{key}: write days and their windows, such as mon-fri: ["08:00-18:00"]'
            yield (*at, "calendars", id_, key), said
            return
    try:
        calendar_of(doc, id_)
    except ValueError as error:
        yield (*at, "calendars", id_), str(error)


def _hosts(doc: ClientDoc, known: Known) -> Told:
    for id_, host in doc.hosts.items():
        if host.site not in doc.sites:
            yield ("hosts", id_, "site"), unknown("site", host.site, doc.sites)
        yield from one(("hosts", id_, "runs_on"), "host", host.runs_on, doc.hosts)
        yield from one(("hosts", id_, "user"), "person", host.user, known.people)
        if id_ in doc.services or id_ in doc.externals:
            other = "a service" if id_ in doc.services else "an external"
            yield ("hosts", id_), f"{id_} is {other} too; give one of them another id"


def _externals(doc: ClientDoc) -> Told:
    for id_, external in doc.externals.items():
        yield from one(("externals", id_, "site"), "site", external.site, doc.sites)
        if external.probe and not external.probing_host:
            yield ("externals", id_, "probe"), "write how and from which host, such as `tcp 192.0.2.1:443 from fw01`"
        yield from one(("externals", id_, "probe"), "host", external.probing_host, doc.hosts)
        if id_ in doc.services:
            yield ("externals", id_), f"{id_} is a service too; give one of them another id"


def _service(doc: ClientDoc, known: Known, service: ServiceDoc, at: Path) -> Told:
    if service.owner not in known.people:
        yield (*at, "owner"), unknown("person", service.owner, known.people)
    if service.hours not in known.calendars:
        yield (*at, "hours"), unknown("calendar", service.hours, known.calendars)
    yield from one((*at, "sla"), "SLA", service.sla, doc.slas)
    yield from one((*at, "offering"), "offering", service.offering, doc.offerings)
    form = ("fleet",) if service.needs is None else ("needs", "of" if service.needs.of is not None else "all")
    yield from each((*at, *form), "host, service or external", service.members, known.parts)
    yield from each((*at, "uses"), "host, service or external", service.uses, known.parts)


def _clocks(doc: ClientDoc, known: Known) -> Told:
    for id_, offering in doc.offerings.items():
        yield from one(("offerings", id_, "sla"), "SLA", offering.sla, doc.slas)
    for id_, sla in doc.slas.items():
        for severity, target in sla.incident.items():
            if target.clock not in known.calendars:
                yield ("slas", id_, "incident", severity, "clock"), unknown("calendar", target.clock, known.calendars)


def _circles(doc: ClientDoc) -> Told:
    """I4: what a service needs, and what a host runs on, never leads back to itself, nor endlessly far."""
    edges = {id_: list(service.members) for id_, service in doc.services.items()}
    edges |= {id_: [host.runs_on] for id_, host in doc.hosts.items() if host.runs_on}
    depths: dict[str, int] = {}
    for start in edges:
        circle = [] if start in depths else _circle_from(start, edges, depths)
        if circle:
            room = "services" if circle[0] in doc.services else "hosts"
            yield (room, circle[0]), f"needs itself: {' → '.join([*circle, circle[0]])}; take one of these out"
    deep = next((id_ for id_, depth in depths.items() if depth > DEEPEST), None)
    if deep is not None:
        room = "services" if deep in doc.services else "hosts"
        yield (room, deep), f"stands on a chain of more than {DEEPEST} others; let it need what it stands on directly"


def _circle_from(start: str, edges: Mapping[str, list[str]], depths: dict[str, int]) -> list[str]:
    """The first circle that is reached from `start`, walked without recursion; `depths` is known of what was walked."""
    path: dict[str, None] = {}
    ahead: list[tuple[str, bool]] = [(start, True)]
    while ahead:
        node, enters = ahead.pop()
        if not enters:
            path.popitem()
            depths[node] = 1 + max((depths.get(after, 0) for after in edges.get(node, [])), default=0)
        elif node in path:
            depths.update(dict.fromkeys(path, 0))
            walked = list(path)
            return walked[walked.index(node) :]
        elif node not in depths:
            path[node] = None
            ahead.append((node, False))
            ahead.extend((after, True) for after in edges.get(node, []))
    return []

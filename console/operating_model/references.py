"""What a document's own shape cannot say: references that lead nowhere, circles, limits in the wrong order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from checks.check import Check
from checks.reading import CheckName
from checks.standard import Bad
from console.operating_model import words
from console.operating_model.build import calendar_of
from console.operating_model.document import Parsed, Path
from console.operating_model.entities import Provider
from console.operating_model.problems import Problem, nearest
from console.operating_model.schema import ClientDoc, LimitsDoc, ProviderDoc

Told = Iterator[tuple[Path, str]]


def provider_problems(tree: Parsed, doc: ProviderDoc) -> list[Problem]:
    """What is wrong between the parts of a provider document."""
    return [
        tree.problem(("access", place, "person"), _unknown("person", one.person, doc.people))
        for place, one in enumerate(doc.access)
        if one.person not in doc.people
    ]


def client_problems(
    tree: Parsed, doc: ClientDoc, checks: Mapping[CheckName, Check], provider: Provider | None
) -> list[Problem]:
    """What is wrong between the parts of a client's document."""
    people = {*doc.people, *(provider.people if provider else ())}
    told: list[tuple[Path, str]] = [
        *_calendars(doc),
        *_hosts(doc),
        *_services(doc, people),
        *_clocks(doc),
        *_circles(doc),
        *_standards(doc, checks),
    ]
    return [tree.problem(path, text) for path, text in told]


def _calendars(doc: ClientDoc) -> Told:
    for id_, written in doc.calendars.items():
        if id_ == "always":
            yield ("calendars", id_), "`always` is built in; name yours otherwise"
        holidays = written.get("holidays")
        if holidays is not None and str(holidays) not in doc.holiday_sets:
            yield ("calendars", id_, "holidays"), _unknown("holiday set", str(holidays), doc.holiday_sets)
        yield from _windows(doc, id_)


def _windows(doc: ClientDoc, id_: str) -> Told:
    written = doc.calendars[id_]
    for key, times in written.items():
        if key != "holidays" and not (words.is_day_word(key) and isinstance(times, list)):
            yield ("calendars", id_, key), f'{key}: write days and their windows, such as mon-fri: ["08:00-18:00"]'
            return
    try:
        calendar_of(doc, id_)
    except ValueError as error:
        yield ("calendars", id_), str(error)


def _hosts(doc: ClientDoc) -> Told:
    for id_, host in doc.hosts.items():
        if host.site not in doc.sites:
            yield ("hosts", id_, "site"), _unknown("site", host.site, doc.sites)
        if host.runs_on and host.runs_on not in doc.hosts:
            yield ("hosts", id_, "runs_on"), _unknown("host", host.runs_on, doc.hosts)
        if id_ in doc.services:
            yield ("hosts", id_), f"{id_} is a service too; give one of them another id"


def _services(doc: ClientDoc, people: Collection[str]) -> Told:
    calendars = {"always", *doc.calendars}
    members = {*doc.hosts, *doc.services}
    for id_, service in doc.services.items():
        at: Path = ("services", id_)
        if service.owner not in people:
            yield (*at, "owner"), _unknown("person", service.owner, people)
        if service.hours not in calendars:
            yield (*at, "hours"), _unknown("calendar", service.hours, calendars)
        if service.sla and service.sla not in doc.slas:
            yield (*at, "sla"), _unknown("SLA", service.sla, doc.slas)
        form = "all" if service.needs.all is not None else "of"
        for place, member in enumerate(service.needs.members):
            if member not in members:
                yield (*at, "needs", form, place), _unknown("host or service", member, members)


def _clocks(doc: ClientDoc) -> Told:
    calendars = {"always", *doc.calendars}
    for id_, sla in doc.slas.items():
        for severity, target in sla.incident.items():
            if target.clock not in calendars:
                yield ("slas", id_, "incident", severity, "clock"), _unknown("calendar", target.clock, calendars)


def _circles(doc: ClientDoc) -> Told:
    """I4: what a service needs, and what a host runs on, never leads back to itself."""
    edges = {id_: list(service.needs.members) for id_, service in doc.services.items()}
    edges |= {id_: [host.runs_on] for id_, host in doc.hosts.items() if host.runs_on}
    done: set[str] = set()
    for start in edges:
        circle = _circle_from(start, edges, done)
        if circle:
            room = "services" if circle[0] in doc.services else "hosts"
            yield (room, circle[0]), f"needs itself: {' → '.join([*circle, circle[0]])}; take one of these out"


def _circle_from(start: str, edges: Mapping[str, list[str]], done: set[str]) -> list[str]:
    """The first circle that is reached from `start`, walked without recursion."""
    path: list[str] = []
    ahead: list[tuple[str, bool]] = [(start, True)]
    while ahead:
        node, enters = ahead.pop()
        if not enters:
            done.add(path.pop())
        elif node in path:
            done.update(path)
            return path[path.index(node) :]
        elif node not in done:
            path.append(node)
            ahead.append((node, False))
            ahead.extend((after, True) for after in edges.get(node, []))
    return []


def _standards(doc: ClientDoc, checks: Mapping[CheckName, Check]) -> Told:
    for name, limits in doc.standards.items():
        check = checks.get(CheckName(name))
        if check is None:
            yield ("standards", name), _unknown("check", name, checks)
            continue
        yield from _limits(check, limits, ("standards", name), (check.standard.warn, check.standard.crit))
        for host, own in limits.hosts.items():
            if host not in doc.hosts:
                yield ("standards", name, "hosts", host), _unknown("host", host, doc.hosts)
            yield from _limits(check, own, ("standards", name, "hosts", host), (None, None))


def _limits(check: Check, doc: LimitsDoc, at: Path, before: tuple[float | None, float | None]) -> Told:
    found: dict[str, float | None] = dict(zip(("warn", "crit"), before, strict=True))
    for word in ("warn", "crit"):
        written = getattr(doc, word)
        if word not in doc.model_fields_set:
            continue
        try:
            found[word] = None if written in (None, "never") else words.limit(written, check.unit)
        except ValueError as error:
            yield (*at, word), str(error)
            return
    warn, crit = found["warn"], found["crit"]
    if warn is None or crit is None:
        return
    above = check.standard.bad is Bad.ABOVE
    if (warn > crit) if above else (warn < crit):
        yield at, f"warn must come before crit: for {check.name} {'more' if above else 'less'} is worse"


def _unknown(kind: str, word: str, known: Collection[str]) -> str:
    return f"there is no {kind} {word!r}{nearest(word, known)}"

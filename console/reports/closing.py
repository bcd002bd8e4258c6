"""What keeps a week from being frozen: the checklist of operating-model.md, 5.1, every reason at once. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import chain
from zoneinfo import ZoneInfo

from msgspec import structs

from checks.text import clean
from checks.wording import duration
from console.incidents.events import Incident
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.records import ActionRecord, CommentRecord
from console.operating_model.schema.scalars import seconds
from console.pages.figures import Figure
from console.pages.week import Week
from console.pages.weeks import Doubt
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.machine_figures import expected
from console.service_levels.intervals import length

SILENT = 86_400
"""Expected seconds without evidence that need an explanation (5.1)."""
SILENCE = "checkin"
"""The check by which a machine is found silent."""
_ROWS = {"K3": "K1", "K9": "K8", "K10": "K8", "K11": "K8"}
"""KPIs that stand in another one's row of the page."""
_WHOLE = ("K8",)
"""Rows that are about the client as a whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the client's page that is red."""

    key: str
    words: str
    kpi: str
    about: str
    """The KPI and what it is about, as `week-explain` takes them."""


def doubts(week: Week, facts: WeekFacts, targets: Mapping[str, Fraction | None]) -> tuple[Doubt, ...]:
    """Everything that is to be answered first; `targets` are what is promised of each service from now on."""
    said = {one.about for one in _comments(facts) if one.week == week.week}
    return tuple(
        chain(
            _outages(facts),
            _unheard(facts, said),
            _missed_twice(week, facts, targets),
            _without_words(week, said),
            _silent(facts, said),
        )
    )


def red_rows(week: Week) -> tuple[Row, ...]:
    """The red rows of the page, in its order."""
    found: dict[str, Row] = {}
    for one in week.figures:
        if one.light == "missed":
            key, words = row_of(one), f"{one.name} {one.about}".strip() + f" {one.shows}"
            found.setdefault(key, Row(key, words, one.kpi, one.about))
    return tuple(found.values())


def row_of(figure: Figure) -> str:
    """The row of the page that a figure stands in, such as `K1/erp`, `K15/resolve` or `K8`."""
    kpi = _ROWS.get(figure.kpi, figure.kpi)
    about = figure.about or (figure.name.partition(", ")[2] if kpi == "K15" else "")
    return kpi if kpi in _WHOLE or not about else f"{kpi}/{about}"


def outage_name(one: OutageRecord, zone: ZoneInfo) -> str:
    """As a person types it: `erp01@2026-11-10T09:10`, local."""
    return f"{one.about}@{datetime.fromtimestamp(seconds(one.start), zone).strftime('%Y-%m-%dT%H:%M')}"


def is_unheard(one: Incident) -> bool:
    """Whether a machine fell silent, and nobody and nothing has said yet what that was."""
    settled = one.outage_from is not None or one.is_disproved or one.parent or one.state == "void"
    return one.opening.check == SILENCE and not settled


def _outages(facts: WeekFacts) -> Iterator[Doubt]:
    for one in facts.papers.get("outage", ()):
        if not isinstance(one, OutageRecord) or not one.is_doubted:
            continue
        if seconds(one.start) < facts.cut and (one.end is None or seconds(one.end) > facts.start):
            name = outage_name(one, facts.client.zone)
            answer = f"watchbill week confirm-outage {name} --client {facts.client.id} --text …, or reject-outage"
            text = f"{name} is inferred: nobody said whether it was an outage"
            page, where = _down(one)
            yield Doubt("outage", name, text, answer, page, where)


def _unheard(facts: WeekFacts, said: set[str]) -> Iterator[Doubt]:
    for one in facts.incidents:
        about = f"incident/{one.number}"
        if is_unheard(one) and about not in said and one.opening.detected_at < facts.cut:
            text = f"{clean(one.opening.title)}: nobody said whether it was an outage"
            answer = f"watchbill week confirm-outage {about} --client {facts.client.id} --text …, or reject-outage"
            yield Doubt("outage", about, text, answer, "incident", (("incident", str(one.number)),))


def _missed_twice(week: Week, facts: WeekFacts, targets: Mapping[str, Fraction | None]) -> Iterator[Doubt]:
    """KPIs that are red for the second week running, with neither an action nor another target."""
    before = {one.key: one for one in _week_before(facts).figures} if facts.earlier else {}
    told: set[str] = set()
    for one in week.figures:
        earlier = before.get(one.key)
        key = f"{one.kpi}/{one.about}" if one.about else row_of(one)
        if one.light != "missed" or earlier is None or earlier.light != "missed" or key in told:
            continue
        told.add(key)
        if not (_acted_on(facts, one, key) or _other_target(facts, one, earlier, targets)):
            text = f"{one.name} {one.about}".strip() + f" is missed the second week: {earlier.shows}, {one.shows}"
            answer = f"watchbill action add --client {week.client} --from {key} …, or publish another target"
            yield Doubt("missed twice", key, text, answer, "week-explain", _number(one.kpi, one.about))


def _week_before(facts: WeekFacts) -> Week:
    """The week before, where it was frozen; else one with no figure."""
    last = facts.earlier[-1]
    return last if last.week == facts.week.back(1).name else _nothing(last)


def _nothing(week: Week) -> Week:
    return structs.replace(week, figures=())


def _acted_on(facts: WeekFacts, figure: Figure, key: str) -> bool:
    """Whether somebody undertook something about it that was not done before the week began."""
    first = datetime.fromtimestamp(facts.start, facts.client.zone).date()
    names = {key.lower(), row_of(figure).lower(), figure.kpi.lower()}
    undertaken = (
        one
        for one in facts.papers.get("action", ())
        if isinstance(one, ActionRecord) and (one.done is None or one.done >= first)
    )
    return any(one.from_.lower() in names or (figure.about != "" and one.service == figure.about) for one in undertaken)


def _other_target(facts: WeekFacts, figure: Figure, earlier: Figure, targets: Mapping[str, Fraction | None]) -> bool:
    """Whether the target was changed since: each change of the model has its reason."""
    if figure.target != earlier.target:
        return True
    promised = facts.promised.get(figure.about, ())
    return bool(promised) and figure.about in targets and promised[-1][1] != targets[figure.about]


def _without_words(week: Week, said: set[str]) -> Iterator[Doubt]:
    for row in red_rows(week):
        if row.key not in said:
            answer = f"watchbill week comment {_of(week.client, week.week)} --about {row.key} --text …"
            text = f"{row.words} is red, and nobody said a word about it"
            yield Doubt("comment", row.key, text, answer, "week-explain", _number(row.kpi, row.about))


def _silent(facts: WeekFacts, said: set[str]) -> Iterator[Doubt]:
    for host, one in expected(facts).items():
        about, missing = f"host/{host}", length(one.unknown)
        if missing > SILENT and about not in said:
            text = f"{host} was not heard for {duration(missing)} of its expected time"
            answer = f"watchbill week explain-silence {_of(facts.client.id, facts.week.name)} --host {host} --text …"
            yield Doubt("silent", about, text, answer, "host", (("host", host),))


def _of(client: str, week: str) -> str:
    """Which week is meant: without it a command takes the last one that is over, and on a Friday that is another."""
    return f"--client {client} --week {week}"


def _number(kpi: str, about: str) -> tuple[tuple[str, str], ...]:
    """How a number was made, as arguments of its page."""
    return (("kpi", kpi), ("about", about)) if about else (("kpi", kpi),)


def _down(one: OutageRecord) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The page of what was down: of a host or a service its own, of an external the suppliers."""
    if one.host:
        return "host", (("host", one.host),)
    if one.service:
        return "service", (("service", one.service),)
    return "components", (("tab", "sourcing"),)


def _comments(facts: WeekFacts) -> Iterator[CommentRecord]:
    yield from (one for one in facts.papers.get("comment", ()) if isinstance(one, CommentRecord))

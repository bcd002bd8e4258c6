"""Figures about upkeep: life ends (K19), suppliers (K20), leave (K22) and patch nights (K23)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from checks.text import clean
from console.incidents.events import Event
from console.operating_model.entities import ALWAYS
from console.operating_model.plan.states import waiver_state
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.records import ActionRecord, WaiverRecord
from console.operating_model.schema.sourcing import ContractDoc
from console.pages.figures import Figure, Input
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.handled import as_of
from console.reports.weekly.numbers import Called, count_figure, share_figure
from console.reports.weekly.records import of, today
from console.reports.weekly.spoken import capped, exactly, first_word
from console.reports.weekly.updates import updates
from console.reports.wording import moment
from console.service_levels.intervals import intersection, union
from console.service_levels.kpis.suppliers import Ticket, attainment
from console.service_levels.kpis.upkeep import Ended, Life, Window, ended, lives, success
from console.service_levels.timeline import Stood
from console.service_levels.windows import windows_of

_NUMBER = re.compile(r"\b[A-Z]{1,6}-?\d{2,12}\b")
_STATES = ("in force", "ending within 14 days", "expired and going on")


def upkeep_figures(facts: WeekFacts, stood: Mapping[str, Stood]) -> tuple[Figure, ...]:
    """All of them. `stood` is how every host, external and service stood."""
    return (*_life_figures(facts), *_supplier_figures(facts), *_waiver_figures(facts), *_night_figures(facts, stood))


def _life_figures(facts: WeekFacts) -> Iterator[Figure]:
    doc = facts.client.doc
    if doc is None:
        return
    found = lives((Life(id_, one.os_end, one.warranty) for id_, one in doc.hosts.items()), today(facts))
    for word, hosts in (("past", found.past), ("within 90 days", found.soon), ("unknown", found.unknown)):
        inputs = (Input("hosts", str(len(hosts)), "os_end and warranty of the model", hosts),)
        yield count_figure(Called("K19", "life end", word, "end"), len(hosts), "", inputs, ", ".join(hosts))


def tickets(facts: WeekFacts) -> tuple[Ticket, ...]:
    """What suppliers were called for: incidents of the week about something that a contract covers, or by its cause."""
    doc = facts.client.doc
    found = []
    for id_, contract in doc.contracts.items() if doc else ():
        numbers = _caused(facts, contract)
        for one in facts.incidents:
            is_theirs = one.number in numbers or one.opening.subject in contract.covers
            if is_theirs and one.opening.detected_at < facts.cut and contract.resolve is not None:
                found.append(_ticket(facts, id_, contract, one.number))
    return tuple(one for one in found if one.done_at is None or one.done_at >= facts.start)


def _caused(facts: WeekFacts, contract: ContractDoc) -> set[int]:
    """The incidents of outages that the supplier caused."""
    mine = [
        one for one in of(facts, "outage", OutageRecord) if one.cause == "supplier" and one.about in contract.covers
    ]
    return {one.incident for one in mine if one.incident is not None}


def _ticket(facts: WeekFacts, id_: str, contract: ContractDoc, number: int) -> Ticket:
    one = as_of(next(one for one in facts.incidents if one.number == number), facts.cut)
    supplier = facts.client.doc.suppliers.get(contract.supplier) if facts.client.doc else None
    name = first_word(supplier.name).lower() if supplier else contract.supplier
    found = [(event, ref) for event in one.events if (ref := _reference(event, name))]
    first, reference = found[0] if found else (None, "")
    return Ticket(
        incident=number,
        supplier=id_,
        reference=reference,
        called_at=first.at if first else one.opening.detected_at,
        done_at=one.resolved_at,
        limit=contract.resolve or 0,
        calendar=facts.client.calendars.get(contract.calendar, ALWAYS),
    )


def _reference(event: Event, supplier: str) -> str:
    """The number of a supplier's ticket that an event gives; in its own field, else in words that name the supplier."""
    if event.ref:
        return event.ref
    match = _NUMBER.search(event.text) if supplier in event.text.lower() else None
    return match[0] if match else ""


def _supplier_figures(facts: WeekFacts) -> Iterator[Figure]:
    doc = facts.client.doc
    if doc is None:
        return
    found = tickets(facts)
    for id_, contract in doc.contracts.items():
        mine = [one for one in found if one.supplier == id_]
        share, blind = attainment(mine, facts.client.zone, facts.cut)
        lines = tuple(
            clean(
                f"I-{one.incident} {one.reference or 'without a number'},"
                f" called {moment(one.called_at, facts.client.zone)}"
            )
            for one in mine
        )
        inputs = (
            Input("inside the contract", str(share.good), "incidents that name the supplier and its number", lines),
            Input("due", str(share.known), "the contract's resolve time, on its calendar"),
        )
        note = f"not measurable: {', '.join(f'I-{one.incident}' for one in blind)}, no number" if blind else ""
        yield share_figure(Called("K20", "supplier attainment", contract.supplier), share, None, inputs, note)


def _waiver_figures(facts: WeekFacts) -> Iterator[Figure]:
    """K22: what is in force, what ends soon, what ended while the deviation goes on."""
    undone = {one.id for one in of(facts, "action", ActionRecord) if one.done is None or one.done > today(facts)}
    judged = updates(facts)
    missing = {(one.host, one.patch) for one in judged.missing} if judged else set()
    found: dict[str, list[str]] = {word: [] for word in _STATES}
    for one in {kept.id: kept for kept in of(facts, "waiver", WaiverRecord)}.values():
        word = waiver_state(one, today(facts), undone).word
        goes_on = (one.scope.get("host"), one.scope.get("patch")) in missing
        if word == "in force" or word.startswith("ends "):
            found[_STATES[0]].append(one.id)
        if word.startswith("ends "):
            found[_STATES[1]].append(one.id)
        if word.startswith("ended") or (word == "closed" and goes_on):
            found[_STATES[2]].append(one.id)
    for word, ids in found.items():
        inputs = (Input("waivers", str(len(ids)), "waiver records, and what is still seen", tuple(ids)),)
        yield count_figure(Called("K22", "waivers", word, "end"), len(ids), "", inputs, ", ".join(ids))


def _night_figures(facts: WeekFacts, stood: Mapping[str, Stood]) -> Iterator[Figure]:
    found = patch_nights(facts, stood)
    late = [one for one in found if one.word == "overrun"]
    lines = capped(f"{one.id}: {one.word}{f' by {exactly(one.overrun)}' if one.overrun else ''}" for one in found)
    inputs = (
        Input("maintenance done", str(len(found)), "maintenance records that were not called off", lines),
        Input(
            "finished in time, everything green after",
            str(sum(one.word == "good" for one in found)),
            "samples, outages",
        ),
    )
    note = ", ".join(f"{one.id} overran by {exactly(one.overrun)}" for one in late)
    yield share_figure(Called("K23", "patch-night success"), success(found), None, inputs, note)


def patch_nights(facts: WeekFacts, stood: Mapping[str, Stood]) -> tuple[Ended, ...]:
    """K23: each window that ended in the week, with how what it touched stood then."""
    windows = windows_of(facts.client, facts.papers.get("maintenance", ()), (facts.start, facts.cut))
    touched = ((one, [stood[id_] for id_ in (*one.services, *one.hosts) if id_ in stood]) for one in windows)
    found = (
        Window(one.id, one.start, one.end, union(*(part.down for part in parts)), _known(parts))
        for one, parts in touched
    )
    return ended(found, facts.start, facts.cut, facts.cut + 1)


def _known(parts: list[Stood]) -> tuple[tuple[int, int], ...]:
    known = parts[0].known if parts else ()
    for one in parts[1:]:
        known = intersection(known, one.known)
    return known

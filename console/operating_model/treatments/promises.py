"""The four treatments of a promise that stands above what underpins it: lower, raise, add, accept (3.5)."""

from __future__ import annotations

from collections.abc import Iterator

from checks.wording import duration, percent
from console.operating_model.gaps.gap import Facts, Shortfall
from console.operating_model.schema.services import SlaDoc
from console.operating_model.schema.sourcing import ContractDoc
from console.operating_model.treatments.people import client_owner
from console.operating_model.treatments.treatment import Change, Treatment, duration_word, percent_word

_SEVERITIES = ("S1", "S2", "S3", "S4")
_SHARES = ("availability", "expected")


def treatments(facts: Facts, short: Shortfall) -> tuple[Treatment, ...]:
    """All four, in the order of the paper."""
    return (_lower(facts, short), _raise(facts, short), _add(facts, short), _accept(facts, short))


def _lower(facts: Facts, short: Shortfall) -> Treatment:
    changes, sentence = _lowered(facts, short)
    record = "" if changes else "action"
    owner = facts.accountable(short.service)
    return Treatment("lower", sentence, changes, record, sentence if record else "", owner, _chain(short.together))


def _lowered(facts: Facts, short: Shortfall) -> tuple[tuple[Change, ...], str]:
    at = f"services.{short.service}"
    if short.kind in _SHARES:
        value = percent_word(short.reachable)
        said = f"promise {value} % for {short.service} instead of {percent_word(short.promised)} %"
        return (Change(f"{at}.slo.availability", value),), said
    if short.kind == "resolve":
        return _fitting(facts, short)
    if short.kind == "hours":
        calendar = facts.doc.contracts[short.contract].calendar
        said = f"promise {short.service} only in the hours of {short.contract} ({calendar})"
        return (Change(f"{at}.hours", calendar),), said
    if short.kind == "data" and short.reachable:
        field = "rpo" if short.promised == facts.doc.services[short.service].rpo else "rto"
        said = f"promise {field.upper()} {duration(short.reachable)} for {short.service}"
        return (Change(f"{at}.{field}", duration_word(short.reachable)),), said
    return (), f"agree with the client that the promise of {short.service} ends with what it stands on"


def _fitting(facts: Facts, short: Shortfall) -> tuple[tuple[Change, ...], str]:
    """Targets that fit: this severity gets the time that it takes, and no milder one is promised sooner (G22)."""
    name = facts.client.services[short.service].sla
    sla, seconds = facts.doc.slas[name], int(short.reachable)
    milder = _SEVERITIES[_SEVERITIES.index(short.severity) :]
    late = [one for one in milder if one in sla.incident and sla.incident[one].resolve < seconds]
    others = [one.id for one in facts.client.services.values() if one.sla == name and one.id != short.service]
    beside = f"; {name} is also promised for {', '.join(others)}" if others else ""
    said = f"promise to solve {', '.join(late)} in {duration(seconds)} ({name}){beside}"
    if _is_inherited(facts, name, sla):
        return (), f"{said}; it stands in the provider's baseline: change it there, or give the client its own"
    return tuple(Change(f"slas.{name}.incident.{one}.resolve", duration_word(seconds)) for one in late), said


def _is_inherited(facts: Facts, name: str, sla: SlaDoc) -> bool:
    return facts.provider is not None and facts.provider.baseline.slas.get(name) == sla


def _raise(facts: Facts, short: Shortfall) -> Treatment:
    text = _raised(facts, short)
    contract = _contract(facts, short)
    owner = facts.doc.suppliers[contract.supplier].owner if contract else facts.accountable(short.service)
    return Treatment("raise", text, record="action", text=text, owner=owner)


def _contract(facts: Facts, short: Shortfall) -> ContractDoc | None:
    """The contract that it is about, else the one that covers the need which promises least."""
    over = (one for one in facts.doc.contracts.values() if short.member in one.covers)
    return facts.doc.contracts.get(short.contract) or next(over, None)


def _raised(facts: Facts, short: Shortfall) -> str:
    contract = _contract(facts, short)
    who = facts.doc.suppliers[contract.supplier].name if contract else f"whoever delivers {short.member}"
    if short.kind in _SHARES:
        return f"agree {percent_word(short.promised)} % for {short.member} with {who}"
    if short.kind == "resolve":
        sla = facts.doc.slas[facts.client.services[short.service].sla].incident
        target = next(one for severity, one in sla.items() if severity == short.severity)
        left = duration(target.resolve - target.own)
        return f"agree with {who} that {short.contract} is solved in {left} on the hours of {target.clock}"
    if short.kind == "hours":
        hours = facts.doc.services[short.service].hours
        return f"agree with {who} that {short.contract} answers in the hours of {hours}"
    if short.kind == "dates":
        return f"agree with {who} what follows {short.contract} before it ends"
    return f"save {short.service} more often, or restore it faster: change its backup job"


def _add(facts: Facts, short: Shortfall) -> Treatment:
    member = short.member or short.contract or short.service
    text = f"put a second way beside {member}, so that {short.service} stays up with one of the two"
    if short.kind == "data":
        text = f"save {short.service} a second time, by another way"
    return Treatment("add", text, (), "action", text, facts.accountable(short.service), _chain(short.doubled))


def _accept(facts: Facts, short: Shortfall) -> Treatment:
    text = f"the {short.kind} promise of {short.service} stays as it is: {short.evidence}"
    sentence = "accept it: the client decides, until a day, and it stays listed"
    owner = client_owner(facts, short.service)
    return Treatment("accept", sentence, (), "decision", text, owner, _chain(short.together))


def _chain(share: float) -> str:
    """The bound that the needs set together; independence is an assumption, so it is said as one."""
    return f"≤ {percent(share)} if they fail independently" if share else ""


def of_gap(facts: Facts, key: str) -> Iterator[Treatment]:
    """The treatments of the shortfall with this key; nothing where there is none."""
    for short in facts.shortfalls if key.startswith("G5:") else ():
        if short.key == key:
            yield from treatments(facts, short)
            return

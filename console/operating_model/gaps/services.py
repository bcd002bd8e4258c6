"""Gaps of services and hosts: G1, G2, G18, G19, services nobody uses, and systems past their life."""

from __future__ import annotations

from collections.abc import Iterator

from console.operating_model.gaps.gap import LIFE_ENDS_SOON, Facts, Gap
from console.operating_model.mapping import carried

_WHAT = "services"


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of this kind."""
    yield from _hosts(facts)
    for id_ in facts.client.services:
        yield from _service(facts, id_)


def _service(facts: Facts, id_: str) -> Iterator[Gap]:
    doc, owner = facts.doc.services[id_], facts.accountable(id_)
    promise = facts.client.services[id_].sla
    missing = _unmeasured(facts, id_)
    if not promise:
        text, fix = "no SLA is promised for it", "give it `sla`, or an offering that has one"
        yield Gap("G2", _WHAT, id_, text, owner, fix, "sla")
    if missing:
        text = f"nothing measures {', '.join(missing.values())} of its promise"
        yield Gap("G2", _WHAT, id_, text, owner, f"register {' and '.join(missing)} in kpis", "kpi")
    if not doc.outcome:
        yield Gap("G18", _WHAT, id_, "it serves no outcome", owner, "name the outcome that it proves, or retire it")
    if doc.rto and doc.recovery_order is None:
        text = "it has an RTO and no place in the recovery order"
        yield Gap("G19", _WHAT, id_, text, owner, "give it recovery_order")
    if doc.lifecycle == "live" and "users" in doc.model_fields_set and not doc.users and not _is_used(facts, id_):
        yield Gap("IDLE", _WHAT, id_, "it is live, and nobody uses it", owner, "retire it, or say who uses it: users")


def _is_used(facts: Facts, id_: str) -> bool:
    """Whether another service stands on it, or uses it."""
    return any(id_ in other.members or id_ in other.uses for other in facts.doc.services.values())


def _unmeasured(facts: Facts, id_: str) -> dict[str, str]:
    """The KPIs that the parts of a service's promise need and the model does not register, each with its part."""
    service = facts.client.services[id_]
    parts = {"sla_own": "time to own", "sla_resolve": "time to resolve"} if service.sla else {}
    parts |= {"availability": "availability"} if service.availability is not None else {}
    return {kpi: part for kpi, part in parts.items() if kpi not in facts.doc.kpis}


def _hosts(facts: Facts) -> Iterator[Gap]:
    used = {one for service in facts.doc.services.values() for one in service.uses}
    for id_, host in facts.doc.hosts.items():
        reached = carried(facts.client, id_)
        if id_ not in used and not reached & facts.doc.services.keys():
            yield Gap(
                "G1", _WHAT, id_, "the host reaches no service", "", "name it in a service's needs, or take it out"
            )
        if host.os_end and host.os_end <= facts.today + LIFE_ENDS_SOON:
            left = (host.os_end - facts.today).days
            when = f"in {left} days" if left >= 0 else f"{-left} days ago"
            owner = next((facts.accountable(one) for one in sorted(reached & facts.doc.services.keys())), "")
            yield Gap(
                "EOL", _WHAT, id_, f"support of {host.os} ends {host.os_end} ({when})", owner, "plan its successor"
            )

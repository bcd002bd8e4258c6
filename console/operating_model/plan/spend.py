"""What the services cost a month: contracts and offerings rolled up, per service, user and host (26a, 03). Pure.

Money is whole cents, rounded half up once at the end; sums are taken from the exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from console.operating_model.gaps.gap import Facts
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.services import ServiceDoc

Cents = int


@dataclass(frozen=True, slots=True)
class Cost:
    """One part of what a service costs a month."""

    what: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Spend:
    """What one service costs a month; `service` is "" for contracts that no service stands on."""

    service: str
    users: int
    contracts: tuple[Cost, ...]
    """What suppliers are paid."""
    ours: tuple[Cost, ...]
    """What the offering is sold for."""

    @property
    def paid(self) -> Fraction:
        """To suppliers."""
        return sum((one.amount for one in self.contracts), Fraction())

    @property
    def sold(self) -> Fraction:
        """To the client."""
        return sum((one.amount for one in self.ours), Fraction())

    @property
    def per_user(self) -> Fraction | None:
        """Both together, for each user; None where nobody uses it."""
        return (self.paid + self.sold) / self.users if self.users else None


def cents(amount: Fraction) -> Cents:
    """Whole cents, half up."""
    return int((amount * 100 + Fraction(1, 2)) // 1)


def spend(facts: Facts) -> tuple[Spend, ...]:
    """Every service of one client, then what no service stands on."""
    doc = facts.doc
    charged = _charged(doc)
    found = [
        Spend(id_, service.users, tuple(_contracts(doc, id_)), tuple(_offering(doc, id_, service, charged)))
        for id_, service in doc.services.items()
    ]
    idle = tuple(
        Cost(id_, _exact(one.month_cost)) for id_, one in doc.contracts.items() if one.month_cost and not _on(doc, id_)
    )
    return (*found, Spend("", 0, idle, ())) if idle else tuple(found)


def _contracts(doc: ClientDoc, service: str) -> Iterator[Cost]:
    """A contract that several services stand on is shared evenly."""
    for id_, contract in doc.contracts.items():
        on = _on(doc, id_)
        if service in on and contract.month_cost:
            yield Cost(id_, _exact(contract.month_cost) / len(on))


def _on(doc: ClientDoc, contract: str) -> tuple[str, ...]:
    """The services that need or use what a contract covers, directly."""
    covers = set(doc.contracts[contract].covers)
    return tuple(id_ for id_, one in doc.services.items() if covers & {*one.members, *one.uses})


def _charged(doc: ClientDoc) -> dict[tuple[str, str], str]:
    """Which service each host is sold with, by (offering, host): one host is not sold twice."""
    first: dict[tuple[str, str], str] = {}
    for id_, service in doc.services.items():
        for host in _hosts(doc, service):
            first.setdefault((service.offering, host), id_)
    return first


def _hosts(doc: ClientDoc, service: ServiceDoc) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys((*service.members, *service.uses)) if one in doc.hosts)


def _offering(doc: ClientDoc, id_: str, service: ServiceDoc, charged: dict[tuple[str, str], str]) -> Iterator[Cost]:
    offering = doc.offerings.get(service.offering)
    if offering is None or not offering.price:
        return
    hosts = [one for one in _hosts(doc, service) if charged[service.offering, one] == id_]
    counts = {"host": len(hosts), "site": len({doc.hosts[one].site for one in hosts}), "user": service.users}
    count = counts.get(offering.price_unit, 1)
    if count:
        unit = offering.price_unit or "service"
        yield Cost(f"{service.offering}, {count} {unit}{'s' if count > 1 else ''}", _exact(offering.price) * count)


def _exact(written: float) -> Fraction:
    """A price as it was written: 12.1 is twelve and a tenth."""
    return Fraction(str(written))

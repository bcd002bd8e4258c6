"""Where a part of the plan is read: one client's facts on one day, and the names of its people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from console.desk.assessment.gaps import written_facts
from console.desk.live.budgets import kept_now
from console.desk.office import Asked, Office, clients
from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Facts
from console.operating_model.plan.goals import Kept
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.records import ActionRecord


@dataclass(frozen=True, slots=True)
class Place:
    """One client, as the plan needs it."""

    client: Client
    facts: Facts
    now: datetime
    """In the client's zone."""
    office: Office

    def name(self, person: str) -> str:
        """A person's name; their id where the model does not know them."""
        return self.office.ledger.model.called(self.client.id, person)

    @property
    def today(self) -> date:
        """The client's local date."""
        return self.facts.today

    @property
    def kept(self) -> Kept:
        """The availability of each service over 28 days, this week included, where anything is known."""
        kept = kept_now(self.office, self.client, int(self.now.timestamp()))
        found = ((id_, one.month.seconds.availability, one.month.seconds.low) for id_, one in kept.items())
        return {id_: (share, low) for id_, share, low in found if share is not None and low is not None}

    @property
    def undone(self) -> frozenset[str]:
        """Ids of actions that are not done."""
        return frozenset(one.id for one in self.facts.of(ActionRecord) if one.done is None)


def places(office: Office, asked: Asked) -> list[Place]:
    """Every client that is asked for, may be seen and has a model."""
    model = office.ledger.model
    found = [model.clients[one] for one in clients(office, asked) if one in model.clients]
    return [_place(office, asked, client, client.doc) for client in found if client.doc is not None]


def _place(office: Office, asked: Asked, client: Client, doc: ClientDoc) -> Place:
    facts = written_facts(office, client, doc, asked)
    return Place(client, facts, asked.local(client), office)


def said(day: date | None) -> str:
    """A day as the pages have it; "" for none."""
    return day.isoformat() if day else ""


def pairs(named: Iterable[tuple[str, str]]) -> str:
    """Names and values on one line: `host=erp01 patch=openssl`."""
    return " ".join(f"{name}={value}" for name, value in named)

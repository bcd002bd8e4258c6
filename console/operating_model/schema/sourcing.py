"""Sourcing: who else delivers, what they owe, and why it is done this way."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from console.operating_model.schema.scalars import Day, Id, Percent, Seconds, Strict, Text


class SupplierDoc(Strict):
    """Somebody who delivers to the client, or to us for the client."""

    name: Text
    """What people call it."""
    kind: Literal["external", "msp", "client"] = "external"
    """Whether it is outside, ourselves, or the client."""
    service_desk: str = ""
    """Where to call or write."""
    account: str = ""
    """Our number there."""
    owner: str
    """Who looks after the relation."""


class ContractDoc(Strict):
    """An underpinning contract: what the supplier owes."""

    supplier: str
    """Who owes it."""
    covers: list[str] = Field(min_length=1)
    """Externals and services that it is about."""
    from_: Day = Field(alias="from")
    """Its first day."""
    to: Day
    """Its last day."""
    notice_days: Annotated[int, Field(ge=0)] = 0
    """How many days before its end it must be cancelled."""
    month_cost: float = Field(default=0, ge=0)
    """What it costs a month."""
    availability: Percent | None = None
    """What availability it promises."""
    window: Literal["28d", "week", "month"] = "month"
    """Over which time that is measured."""
    respond: Seconds | None = None
    """How soon they begin."""
    resolve: Seconds | None = None
    """How soon they are done."""
    calendar: str = "always"
    """The hours in which their time counts."""

    @model_validator(mode="after")
    def _forward(self) -> ContractDoc:
        if self.from_ >= self.to:
            raise ValueError("`from` must come before `to`")
        return self


class CapabilityDoc(Strict):
    """Something that somebody must be able to do, and who that is."""

    id: Id
    what: Text
    """What must be possible."""
    sourcing: Literal["client", "msp", "supplier", "hybrid"]
    """Who does it."""
    parties: list[str] = []
    """The people, teams or suppliers who do."""
    why: str = ""
    """Why it is done this way."""
    alternatives: Annotated[int, Field(ge=0)] = 0
    """How many others could do it."""
    exit_days: Annotated[int, Field(ge=0)] = 0
    """How long a change would take."""
    review: Day | None = None
    """When it is looked at again."""

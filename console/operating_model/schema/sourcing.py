"""Sourcing: who else delivers, what they owe, and why it is done this way."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from console.operating_model.schema.scalars import Day, Id, Percent, Seconds, Strict, Text


class SupplierDoc(Strict):
    """Somebody who delivers to the client, or to us for the client."""

    name: Text
    kind: Literal["external", "msp", "client"] = "external"
    service_desk: str = ""
    account: str = ""
    owner: str


class ContractDoc(Strict):
    """An underpinning contract: what the supplier owes."""

    supplier: str
    covers: list[str] = Field(min_length=1)
    from_: Day = Field(alias="from")
    to: Day
    notice_days: Annotated[int, Field(ge=0)] = 0
    month_cost: float = Field(default=0, ge=0)
    availability: Percent | None = None
    window: Literal["28d", "week", "month"] = "month"
    respond: Seconds | None = None
    resolve: Seconds | None = None
    calendar: str = "always"

    @model_validator(mode="after")
    def _forward(self) -> ContractDoc:
        if self.from_ >= self.to:
            raise ValueError("`from` must come before `to`")
        return self


class CapabilityDoc(Strict):
    """Something that somebody must be able to do, and who that is."""

    id: Id
    what: Text
    sourcing: Literal["client", "msp", "supplier", "hybrid"]
    parties: list[str] = []
    why: str = ""
    alternatives: Annotated[int, Field(ge=0)] = 0
    exit_days: Annotated[int, Field(ge=0)] = 0
    review: Day | None = None

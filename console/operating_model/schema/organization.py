"""Organization: people, teams, roles, who is on call, who answers for what, and how they are reached."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from console.operating_model import words
from console.operating_model.schema.scalars import Day, Id, Moment, Seconds, Strict, Text, Windows, Zone

SeverityWord = Literal["S1", "S2", "S3", "S4"]


class PersonDoc(Strict):
    """A person of the provider, the client or a supplier."""

    name: Text
    """The whole name."""
    org: Literal["msp", "client", "supplier"] = "msp"
    """Whose person it is."""
    email: str = ""
    phone: str = ""
    login: str = ""
    """The account on the console's host; only people of the provider have one."""
    title: str = ""
    """What they are there."""
    tz: Zone | None = None
    """The zone in which their shift is meant; by default that of the first client that they work for."""
    shift: Windows = ()
    """Usual working hours, local."""
    tech_hours_week: float = Field(default=0, ge=0, le=168)
    """Hours of technical work that can be planned a week."""
    rate: float = Field(default=0, ge=0)
    """What an hour costs."""
    active_from: Day | None = None
    """The first day."""
    active_to: Day | None = None
    """The last day."""


class TeamDoc(Strict):
    """People who receive work together."""

    lead: str
    """Who leads it."""
    members: list[str]
    """Who is in it."""


class OnCallDoc(Strict):
    """Who is called outside shifts: a weekly turn through `order`, beginning at `start`."""

    calendar: str = "always"
    """When somebody is on call."""
    rota: Literal["weekly"] = "weekly"
    """How the turn goes on."""
    order: list[str] = Field(min_length=1)
    """People in their turn."""
    start: Day
    """The Monday on which the first of them begins."""


class RoleDoc(Strict):
    """A role that decides. Exactly one holder; a missing deputy is a gap."""

    holder: str = ""
    """The one person who holds it."""
    deputy: str = ""
    """Who stands in."""
    sees: list[str] = []
    """What it gives sight of."""


class RaciDoc(Strict):
    """Who does (R), answers for (A), is asked about (C) and hears of (I) one service or process."""

    for_: str = Field(alias="for")
    """A service or a process."""
    R: list[str] = Field(min_length=1)
    """Who does it; at least one."""
    A: str
    """The one person who answers for it."""
    deputy: str = ""
    """Who answers when that person is away."""
    C: list[str] = []
    """Who is asked before."""
    I: list[str] = []  # noqa: E741 - the letter of RACI
    """Who hears of it after."""


class ChannelDoc(Strict):
    """How word travels: for which severities (or reports), in which hours."""

    id: Id
    kind: Text
    """Phone, email, portal, report …"""
    from_: str = Field(alias="from")
    """Who speaks: a person, a team, `msp`, `client` or `supplier`."""
    to: str
    """Who listens."""
    use: list[str] = []
    """For which severities or reports."""
    hours: str = "always"
    """The calendar in which it is open."""
    by: str = ""
    """When a report is there at the latest."""


class AccessDoc(Strict):
    """Who may do what at the desk, for which clients."""

    person: str
    """Somebody of the provider."""
    role: Literal["viewer", "technician", "lead", "owner"]
    """viewer < technician < lead < owner."""
    clients: list[str] = ["*"]
    """For which clients; `*` is all."""


class ConsoleDoc(Strict):
    """How our consoles behave."""

    locks_after: Annotated[Seconds, Field(ge=60)] | None = None
    """Where it is set, a console opens locked: it shows everything, and no key changes anything until `Z` unlocks it;
    it locks itself again after so long without a key.
    """


class JoiningDoc(Strict):
    """How agents join."""

    needs_approval: bool = False
    """Whether each has to be approved at the desk (`watchbill agents approve`) before anything is taken from it."""


class StakeholderDoc(Strict):
    """Somebody whose agreement counts."""

    person: str
    """Who it is."""
    interest: Literal["high", "medium", "low"]
    """How much it matters to them."""
    influence: Literal["high", "medium", "low"]
    """How much they decide."""
    must_sign: bool = False
    """Whether a revision waits for their word."""


class NeedDoc(Strict):
    """What a stakeholder asked for, and what meets it."""

    id: Id
    from_: str = Field(alias="from")
    """Who asked."""
    text: Text
    """What they asked for."""
    met_by: str = ""
    """The process, service or policy that meets it."""
    keeps_free: str = ""
    """Days without planned work: `last 2 working days of a month`, or `first …`."""

    @field_validator("keeps_free")
    @classmethod
    def _names_days(cls, keeps_free: str) -> str:
        if keeps_free:
            words.kept_free(keeps_free)
        return keeps_free


class SignOffDoc(Strict):
    """What somebody said to one revision."""

    revision: int
    sha256: str = ""
    """Of the revision: a sign-off is worth nothing for any other text (I13)."""
    person: str
    at: Moment
    vote: Literal["approve", "remark", "object"]
    note: str = ""

"""Organization: people, teams, roles, who is on call, who answers for what, and how they are reached."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from console.operating_model.schema.scalars import Day, Id, Moment, Strict, Text, Windows

SeverityWord = Literal["S1", "S2", "S3", "S4"]


class PersonDoc(Strict):
    """A person of the provider, the client or a supplier."""

    name: Text
    org: Literal["msp", "client", "supplier"] = "msp"
    email: str = ""
    phone: str = ""
    login: str = ""
    title: str = ""
    shift: Windows = ()
    """Usual working hours, local."""
    tech_hours_week: float = Field(default=0, ge=0, le=168)
    rate: float = Field(default=0, ge=0)
    active_from: Day | None = None
    active_to: Day | None = None


class TeamDoc(Strict):
    """People who receive work together."""

    lead: str
    members: list[str]


class OnCallDoc(Strict):
    """Who is called outside shifts: a weekly turn through `order`, beginning at `start`."""

    calendar: str = "always"
    rota: Literal["weekly"] = "weekly"
    order: list[str] = Field(min_length=1)
    start: Day


class RoleDoc(Strict):
    """A role that decides. Exactly one holder; a missing deputy is a gap."""

    holder: str = ""
    deputy: str = ""
    sees: list[str] = []


class RaciDoc(Strict):
    """Who does (R), answers for (A), is asked about (C) and hears of (I) one service or process."""

    for_: str = Field(alias="for")
    R: list[str] = Field(min_length=1)
    A: str
    deputy: str = ""
    C: list[str] = []
    I: list[str] = []  # noqa: E741 - the letter of RACI


class ChannelDoc(Strict):
    """How word travels: for which severities (or reports), in which hours."""

    id: Id
    kind: Text
    from_: str = Field(alias="from")
    to: str
    use: list[str] = []
    hours: str = "always"
    by: str = ""


class AccessDoc(Strict):
    """Who may do what at the desk, for which clients."""

    person: str
    role: Literal["viewer", "technician", "lead", "owner"]
    clients: list[str] = ["*"]


class StakeholderDoc(Strict):
    """Somebody whose agreement counts."""

    person: str
    interest: Literal["high", "medium", "low"]
    influence: Literal["high", "medium", "low"]
    must_sign: bool = False


class NeedDoc(Strict):
    """What a stakeholder asked for, and what meets it."""

    id: Id
    from_: str = Field(alias="from")
    text: Text
    met_by: str = ""


class SignOffDoc(Strict):
    """What somebody said to one revision."""

    revision: int
    sha256: str = ""
    """Of the revision: a sign-off is worth nothing for any other text (I13)."""
    person: str
    at: Moment
    vote: Literal["approve", "remark", "object"]
    note: str = ""

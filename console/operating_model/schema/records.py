"""Records of daily work that people write: one JSON object a line, told apart by `kind`, each about one client."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from console.operating_model.schema.facts import FactRecord
from console.operating_model.schema.governance import DecisionDoc, MaintenanceDoc, WaiverDoc
from console.operating_model.schema.organization import SignOffDoc
from console.operating_model.schema.plan import ActionDoc
from console.operating_model.schema.scalars import Id, Moment, Seconds, Strict, Text

LONGEST_ABSENCE = 366


class RestoreTestDoc(Strict):
    """Somebody restored something, and saw whether it worked and how long it took."""

    service: str
    at: date
    by: str
    what: str = ""
    duration: Seconds | None = None
    result: Literal["ok", "failed"]


class LogDoc(Strict):
    """One use of a decision right, granted or refused: who decided what about which thing, and why."""

    id: Id
    at: Moment
    by: str
    what: Text
    about: str = ""
    outcome: Literal["granted", "refused"]
    why: str = ""


class LogRecord(LogDoc):
    """`log`."""

    kind: Literal["log"]
    client: Id


class CommentRecord(Strict):
    """`comment`: what people have to say about one row, host or doubt of a week, for whoever reads its page."""

    kind: Literal["comment"]
    client: Id
    week: str = Field(pattern=r"^\d{4}-W\d{2}$")
    about: Text
    text: Text
    by: str
    at: Moment

    @property
    def name(self) -> str:
        """What tells it from others of its kind: of one week and thing, the latest holds."""
        return f"{self.week} {self.about}"


class AbsenceRecord(Strict):
    """`absence`: local days on which a person does not work, or a machine is not expected to be heard (K4, K18)."""

    kind: Literal["absence"]
    client: Id
    person: str = ""
    """Who is away; or"""
    host: str = ""
    """which machine."""
    first: date
    """The first day."""
    last: date
    """The last day, too."""
    why: Text
    approved_by: str = ""
    """Who allowed it; nothing follows from one that nobody did."""
    at: date | None = None
    """When it was said; a week that was over by then does not know of it."""

    @model_validator(mode="after")
    def _about_one(self) -> AbsenceRecord:
        if bool(self.person) == bool(self.host):
            raise ValueError("name a person or a host, and one of them alone")
        if not 0 <= (self.last - self.first).days <= LONGEST_ABSENCE:
            raise ValueError(f"last is the day of first or a later one, at most {LONGEST_ABSENCE} days on")
        return self

    @property
    def about(self) -> str:
        """Who or what is away."""
        return self.person or self.host

    @property
    def name(self) -> str:
        """What tells it from others of its kind: of one person or host and first day, the latest holds."""
        return f"{self.about} {self.first}"


class DecisionRecord(DecisionDoc):
    """`decision`."""

    kind: Literal["decision"]
    client: Id


class WaiverRecord(WaiverDoc):
    """`waiver`."""

    kind: Literal["waiver"]
    client: Id


class MaintenanceRecord(MaintenanceDoc):
    """`maintenance`."""

    kind: Literal["maintenance"]
    client: Id


class ActionRecord(ActionDoc):
    """`action`."""

    kind: Literal["action"]
    client: Id


class SignOffRecord(SignOffDoc):
    """`sign-off`."""

    kind: Literal["sign-off"]
    client: Id


class RestoreTestRecord(RestoreTestDoc):
    """`restore-test`."""

    kind: Literal["restore-test"]
    client: Id


RecordDoc = Annotated[
    DecisionRecord
    | WaiverRecord
    | MaintenanceRecord
    | ActionRecord
    | SignOffRecord
    | RestoreTestRecord
    | LogRecord
    | CommentRecord
    | AbsenceRecord
    | FactRecord,
    Field(discriminator="kind"),
]

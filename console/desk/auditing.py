"""What is written into the audit log of verbs and pages: by whom, about what, how that stood before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from console.desk.office import Asked, Office, Pages, clients, kept, require
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.mapping import granted
from console.pages.audit import Audit, AuditRow
from console.pages.verb import Argument, Role
from console.store import audit, outbox, papers
from console.store.audit import Entry
from console.store.chain import digest

REPEATS_AFTER = 600
"""Seconds in which the same refusal, or the same export, of one account is written once: nobody can fill the log."""
_MOST, _DEFAULT = 10_000, 100
_NAMING = (
    "incident", "agent", "draft", "model", "week", "letter", "policy", "waiver", "maintenance", "action", "milestone",
    "gap", "treatment", "host", "service", "site", "person", "scope", "outage", "to", "reader", "format", "revision",
)  # fmt: skip
"""Arguments that name what something is about; what people write in their own words is in the record itself."""


@dataclass(frozen=True, slots=True)
class _Stands:
    """How things stand at an instant: what an act is about, every model in force, and who may what."""

    about: str
    heads: dict[str, str]
    roles: str


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is asked for."""

    office: Office
    asked: Asked
    name: str
    arguments: Sequence[Argument] = ()

    @property
    def client(self) -> str:
        """Whose it is, whether or not whoever asks may know of it; "" the house's."""
        return _client(self.office, self.asked)

    @property
    def about(self) -> str:
        """What it is about, as it was named."""
        given = self.asked.arguments
        return " ".join(f"{one.name}={given[one.name]}" for one in self.arguments if given.get(one.name) and
                        one.name in _NAMING)  # fmt: skip

    def stands(self) -> _Stands:
        """How things stand now."""
        return _Stands(_standing(self.office, self.asked, self.client), _heads(self.office), _roles(self.office))

    async def done(self, before: _Stands) -> None:
        """Write that it was done. Raises DeskRefusal where that cannot be kept."""
        after = self.stands()
        published = [f"published={one}:{sha[:12]}" for one, sha in after.heads.items() if before.heads.get(one) != sha]
        about = " ".join([self.about, *published]).strip()
        entries = [self._entry(about=about, before=before.about, after=after.about)]
        if before.roles != after.roles:
            changed = {"about": "access in provider.yaml", "before": before.roles, "after": after.roles}
            entries.append(self._entry(action="roles", client="", **changed))
        try:
            await _keep(self.office, entries)
        except DeskRefusal as error:
            told = f"{self.name} was done, but could not be written into the audit log: {error.text}"
            raise DeskRefusal(told, error.what_to_do, Kind.CANNOT_KEEP) from error

    async def refused(self, refusal: DeskRefusal) -> None:
        """Write that somebody wanted what they may not; what was only asked wrongly is no refusal."""
        client = self.client
        hidden = client and self.asked.who.role_at(self.office.ledger.model, client) is None
        if (refusal.kind is Kind.FORBIDDEN or hidden) and _is_new(self.office, self.asked, self.name):
            await _keep(self.office, [self._entry(about=self.about, outcome="refused", why=refusal.text)])

    async def exported(self) -> None:
        """Write that something was taken out of the house."""
        if _is_new(self.office, self.asked, f"{self.name} {self.client} {self.about}"):
            await _keep(self.office, [self._entry(about=self.about)])

    def _entry(self, **more: Any) -> Entry:  # noqa: ANN401 - fields of an entry
        who, reason = self.asked.who, self.asked.arguments.get("reason", "")
        given = {"action": self.name, "client": self.client, "why": reason if isinstance(reason, str) else "", **more}
        return Entry(at=self.asked.now, uid=who.uid, login=who.login, behind=who.behind, **given)


def rows(office: Office, asked: Asked) -> Audit:
    """The log, as far as the reader is a lead for what it tells. Raises DeskRefusal."""
    model, wanted = office.ledger.model, asked.text("client")
    leads = [one for one in clients(office, asked) if (asked.who.role_at(model, one) or 0) >= Role.LEAD]
    if not wanted and (asked.who.role_at(model, "") or 0) >= Role.LEAD:
        leads.append("")
    if not leads:
        require(office, asked, Role.LEAD, wanted)
    most = asked.number("most") if asked.text("most") else _DEFAULT
    if not 0 < most <= _MOST:
        raise DeskRefusal(f"most must be 1 to {_MOST}, not {most}", "ask for fewer rows")
    found = audit.latest(office.ledger.database.reading, most, clients=leads)
    names = AuditRow.__struct_fields__
    return Audit(asked.now, tuple(AuditRow(**{name: getattr(one, name) for name in names}) for one in found))


async def _keep(office: Office, entries: Sequence[Entry]) -> None:
    await kept(office.ledger.writer.do(lambda connection: [audit.add(connection, one) for one in entries]))


def _is_new(office: Office, asked: Asked, what: str) -> bool:
    """Whether this account's same wish was not written a moment ago."""
    told, key = office.told_apart, (asked.who.uid, what)
    for old in [one for one, at in told.items() if at + REPEATS_AFTER <= asked.now]:
        del told[old]
    if key in told or len(told) >= _MOST:
        return False
    told[key] = asked.now
    return True


def _client(office: Office, asked: Asked) -> str:
    """The client that is named, or of what is named."""
    ledger, given = office.ledger, asked.arguments
    named = given.get("client") or given.get("model")
    if isinstance(named, str) and named in ledger.model.clients:
        return named
    agent = ledger.agents.get(str(given.get("agent", "")))
    one = _incident(office, given.get("incident"))
    draft = next((each for each in office.published.record.drafts.all() if each.sha256 == given.get("draft")), None)
    letter = _letter(office, given.get("letter"))
    found = [one.opening.client if one else "", agent.client if agent else "", draft.model if draft else ""]
    found.append(letter.client if letter else "")
    return next((each for each in found if each and each != "provider"), "")


def _standing(office: Office, asked: Asked, client: str) -> str:
    """SHA-256 of an incident's events, an enrolment or a letter.

    Where none is named: of the client's newest record, what is published, and which drafts wait.
    """
    given = asked.arguments
    one, letter = _incident(office, given.get("incident")), _letter(office, given.get("letter"))
    if one is not None:
        return digest([msgspec.to_builtins(event) for event in one.events])
    if letter is not None:
        return digest([msgspec.to_builtins(letter)])
    agent = office.ledger.agents.get(str(given.get("agent", "")))
    if agent is not None:
        return digest([msgspec.to_builtins(agent)])
    drafts = [(draft.sha256, draft.withdrawn_at) for draft in office.published.record.drafts.all()]
    newest = papers.newest(office.ledger.database.reading, client)
    return digest([client, newest, _heads(office), drafts])


def _incident(office: Office, number: object) -> Any:  # noqa: ANN401 - an incident, or None
    wanted = _number(number)
    return None if wanted is None else office.ledger.cases.open.get(wanted) or office.history.incident(wanted)


def _letter(office: Office, number: object) -> outbox.Waiting | None:
    wanted = _number(number)
    return None if wanted is None else outbox.by_id(office.ledger.database.reading, wanted)


def _number(said: object) -> int | None:
    text = str(said)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _heads(office: Office) -> dict[str, str]:
    return {head.model: head.sha256 for head in office.published.heads()}


def _roles(office: Office) -> str:
    return digest(granted(office.ledger.model))


PAGES: Pages = {"audit": rows}

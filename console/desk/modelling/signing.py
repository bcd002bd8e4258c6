"""What people say to a revision or a draft: each vote names the hash it was given to, and is worth nothing to any other
text (I13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from console.desk.office import Asked, Office, Verbs, client_of, require
from console.desk.records.papers import keep, records_of
from console.desk.refusal import DeskRefusal, Kind
from console.desk.rights import speaker
from console.operating_model.schema.records import SignOffRecord
from console.pages.house import Done
from console.pages.model import Signature
from console.pages.verb import Role
from console.store.drafts import Draft


def votes(office: Office, client: str, sha256: str) -> list[SignOffRecord]:
    """What was said to the text with this hash, the latest of each person."""
    records: Sequence[object] = records_of(office, client)
    return [one for one in records if isinstance(one, SignOffRecord) and one.sha256 == sha256]


def signatures(office: Office, model: str, sha256: str, revision: int = 0) -> tuple[Signature, ...]:
    """What was said to a text; to a revision also by records that name its number alone."""
    if model not in office.ledger.model.clients:
        return ()
    said = votes(office, model, sha256) + (votes(office, model, "") if revision else [])
    return tuple(_signature(one) for one in said if one.sha256 or one.revision == revision)


def _signature(one: SignOffRecord) -> Signature:
    return Signature(one.person, one.vote, int(one.at.timestamp()), one.note)


def found_draft(office: Office, asked: Asked) -> Draft:
    """The draft that is named by the first characters of its hash. Raises DeskRefusal."""
    wanted = asked.text("draft")
    seen = [one for one in office.published.record.drafts.all() if may_see(office, asked, one.model)]
    found = [one for one in seen if wanted and one.sha256.startswith(wanted)]
    if len(found) != 1:
        known = ", ".join(f"{one.sha256[:12]} ({one.model})" for one in found or seen[-8:]) or "none"
        text = f"{wanted} begins more than one draft" if found else f"there is no draft {wanted!r}"
        raise DeskRefusal(text, f"known are: {known}", Kind.NOT_FOUND)
    return found[0]


def may_see(office: Office, asked: Asked, model: str) -> bool:
    """Whether who asks has any role where this model counts; the provider's file is read by all who have one."""
    clients = ["", *office.ledger.model.clients] if model == "provider" else [model]
    return any(asked.who.role_at(office.ledger.model, client) for client in clients)


async def sign(office: Office, asked: Asked) -> Done:
    """Say yes, yes with a remark, or no to what is in force, or to a draft."""
    vote, note = asked.text("vote"), asked.text("note").strip()
    if vote != "approve" and not note:
        raise DeskRefusal(f"who says {vote} says why", "say it with note")
    draft = found_draft(office, asked) if asked.text("draft") else None
    named = asked.text("client") or (draft.model if draft else "")
    if named == "provider" or (draft and draft.model != named):
        raise DeskRefusal(f"{named}'s people have no say in this text", "sign the file of a client")
    client = client_of(office, replace(asked, arguments={"client": named}))
    require(office, asked, Role.TECHNICIAN, client.id)
    person = speaker(office, replace(asked, arguments={"by": asked.text("person")}), client)
    number, sha256 = _signed(office, client.id, draft)
    fields = {
        "kind": "sign-off",
        "client": client.id,
        "revision": number,
        "sha256": sha256,
        "person": person,
        "at": datetime.fromtimestamp(asked.now, UTC).isoformat(),
        "vote": vote,
        "note": note,
    }
    await keep(office, asked, fields)
    about = f"draft {sha256[:12]}" if draft else f"revision {number}"
    words = {"approve": "approves", "remark": "approves with a remark", "object": "objects to"}
    return Done(f"{person} {words[vote]} {about} of {client.id}" + (f": {note}" if note else ""))


def _signed(office: Office, client: str, draft: Draft | None) -> tuple[int, str]:
    """Number and hash of what is signed."""
    if draft is not None:
        return (draft.base or 0) + 1, draft.sha256
    head = office.published.record.head(client)
    if head is None:
        raise DeskRefusal(f"nothing of {client} is published", "publish it first", Kind.NOT_FOUND)
    return head.number, head.sha256


VERBS: Verbs = {"sign": sign}

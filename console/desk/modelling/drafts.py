"""Drafts at the desk: proposing, taking back, and the pages on which others read what they would change."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from console.desk.live.actions import documents_of, problems_told, refuse_house, text_of
from console.desk.modelling.impact import impact_of
from console.desk.modelling.publishing import changed_of, document_of, editions_of, house_or
from console.desk.modelling.revisions import diff_of
from console.desk.modelling.signing import found_draft, may_see, signatures
from console.desk.office import Asked, Office, Pages, Verbs, require
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.amend import Amendment, CannotAmend, amended
from console.operating_model.lineage import base_of, with_base
from console.operating_model.problems import ModelErrors
from console.pages.drafts import DraftPage, DraftRow, Drafts, Impact
from console.pages.house import Done
from console.pages.model import Document
from console.pages.verb import Role
from console.store.drafts import Draft


async def propose(office: Office, asked: Asked) -> Done:
    """Keep a model file as a draft."""
    documents = documents_of(asked)
    if len(documents) != 1:
        raise DeskRefusal("a draft is one model", "propose one file at a time")
    return told_of(await proposed(office, asked, documents[0], text_of(asked, "reason")))


async def proposed(office: Office, asked: Asked, document: Document, reason: str) -> Draft:
    """A draft of this document. Raises DeskRefusal where it could not be published, or changes nothing."""
    (edition,) = editions_of(office, [document])
    require(office, asked, Role.TECHNICIAN, house_or(edition.model))
    if not changed_of(office, [edition]):
        raise DeskRefusal(f"that is what is in force of {edition.model}", "change something first")
    await _read(office, asked, [document])
    sha256 = office.published.record.would_be(edition)
    draft = Draft(edition.model, sha256, edition.base, asked.now, asked.who.login, reason)
    try:
        kept = office.published.record.drafts.add(draft, edition.text)
    except OSError as error:
        raise _full(error) from error
    office.pulse.beat()
    return kept


async def _read(office: Office, asked: Asked, documents: Sequence[Document]) -> None:
    """Read them in a thread, so that others are answered meanwhile; whoever asks next finds the model made."""
    try:
        await asyncio.to_thread(office.published.model_with, documents, asked.now)
    except ModelErrors as errors:
        raise DeskRefusal(problems_told(errors), "mend them; `watchbill model check` tells them all") from errors


async def draft_change(office: Office, asked: Asked, client: str, changes: Sequence[Amendment], reason: str) -> Draft:
    """A draft of what is in force with these changes in it, comments kept. Raises DeskRefusal."""
    record = office.published.record
    head = record.head(client)
    if head is None or not may_see(office, asked, client):
        known = ", ".join(one.model for one in record.heads() if may_see(office, asked, one.model)) or "none"
        raise DeskRefusal(f"no model {client!r} is published", f"known are: {known}", Kind.NOT_FOUND)
    text = record.text(head)
    if base_of(text) is not None:
        text = with_base(text, head.number)
    try:
        new = await asyncio.to_thread(amended, text, changes)
    except CannotAmend as error:
        raise DeskRefusal(str(error), f"see `watchbill model show {client}`") from error
    return await proposed(office, asked, Document(f"{client}.yaml", new, head.number), reason)


async def withdraw(office: Office, asked: Asked) -> Done:
    """Take a draft back: whoever proposed it, or a lead."""
    draft = found_draft(office, asked)
    if draft.author != asked.who.login:
        require(office, asked, Role.LEAD, house_or(draft.model))
    if state_of(office, draft) == "published":
        raise DeskRefusal("it is published already", "publish the revision before again", Kind.CONFLICT)
    try:
        office.published.record.drafts.withdraw(draft.sha256, asked.who.login, asked.now)
    except OSError as error:
        raise _full(error) from error
    office.pulse.beat()
    return Done(f"draft {draft.sha256[:12]} of {draft.model} is taken back")


async def impact(office: Office, asked: Asked) -> Impact:
    """What model files would change if they were in force now."""
    documents = documents_of(asked)
    refuse_house(office, asked, documents)
    editions_of(office, documents)
    await _read(office, asked, documents)
    return impact_of(office, asked, documents)


def listed(office: Office, asked: Asked) -> Drafts:
    """Every draft that may be seen: the open ones first, then the newest."""
    client = asked.text("client")
    drafts = [one for one in office.published.record.drafts.all() if not client or one.model == client]
    rows = [_row(office, one) for one in drafts if may_see(office, asked, one.model)]
    rows.sort(key=lambda row: (row.state != "open", -row.at))
    return Drafts(asked.now, tuple(rows))


def shown(office: Office, asked: Asked) -> DraftPage:
    """One draft with everything that whoever decides about it should know."""
    draft = found_draft(office, asked)
    record, document = office.published.record, document_of(office, draft)
    parent = record.revision(draft.model, draft.base)
    old = (f"{draft.model} revision {draft.base}", record.text(parent)) if parent else ("nothing in force", "")
    row = _row(office, draft)
    client = office.ledger.model.clients.get(draft.model)
    signers = [one.person for one in client.doc.stakeholders if one.must_sign] if client and client.doc else []
    agree = {one.person for one in row.signatures if one.vote != "object"}
    return DraftPage(
        now=asked.now,
        row=row,
        diff=diff_of(old, (f"draft {draft.sha256[:12]}", document.text)),
        impact=impact_of(office, asked, [document]) if row.state == "open" else Impact((), (), (), ()),
        unsigned=tuple(one for one in signers if one not in agree),
    )


def state_of(office: Office, draft: Draft) -> str:
    """`open`, `behind`, `published` or `withdrawn`."""
    history = office.published.record.history(draft.model)
    if any(one.sha256 == draft.sha256 for one in history):
        return "published"
    if draft.withdrawn_at is not None:
        return "withdrawn"
    return "open" if draft.base == (history[-1].number if history else None) else "behind"


def told_of(draft: Draft) -> Done:
    """A draft in one sentence, and the page that shows it."""
    name = draft.sha256[:12]
    return Done(f"draft {name} of {draft.model} is kept; `watchbill model drafts {name}`", "draft", (("draft", name),))


def _full(error: OSError) -> DeskRefusal:
    return DeskRefusal(
        f"the draft cannot be kept: {error.strerror}", "free some space on the console's disk", Kind.CANNOT_KEEP
    )


def _row(office: Office, draft: Draft) -> DraftRow:
    return DraftRow(
        model=draft.model,
        sha256=draft.sha256,
        base=draft.base,
        at=draft.at,
        author=draft.author,
        reason=draft.reason,
        state=state_of(office, draft),
        signatures=signatures(office, draft.model, draft.sha256),
    )


PAGES: Pages = {"drafts": listed, "draft": shown}
VERBS: Verbs = {"propose": propose, "withdraw": withdraw, "impact": impact}

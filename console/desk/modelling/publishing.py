"""Putting texts in force by right: who may, over which base, and against whose objection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from console.desk.live.actions import documents_of, first_come, problems_told, put_in_force, text_of
from console.desk.modelling.signing import found_draft, votes
from console.desk.office import Asked, Office, Verbs, require
from console.desk.refusal import DeskRefusal, Kind
from console.desk.rights import decided, log
from console.desk.week.frozen import weeks_of
from console.operating_model.load import files
from console.operating_model.mapping import granted
from console.operating_model.problems import ModelErrors
from console.operating_model.schema.records import SignOffRecord
from console.pages.house import Done
from console.pages.model import Document, Published
from console.pages.verb import Role
from console.store.documents import Edition, StaleBase, Tampered
from console.store.drafts import Draft


async def publish(office: Office, asked: Asked) -> Published:
    """Put model files in force, and judge by them from now on."""
    return await put_by_right(office, asked, documents_of(asked))


async def publish_draft(office: Office, asked: Asked) -> Done:
    """Put a draft in force, as it was proposed and signed."""
    draft = found_draft(office, asked)
    if draft.withdrawn_at is not None:
        raise DeskRefusal(f"{draft.withdrawn_by} took this draft back", "propose it again", Kind.CONFLICT)
    reason = asked.text("reason").strip() or draft.reason
    asked = replace(asked, arguments={**asked.arguments, "reason": reason})
    done = await put_by_right(office, asked, [document_of(office, draft)])
    return Done(
        f"{done.model} revision {done.revision} is in force ({done.sha256[:12]})", "revisions", (("model", done.model),)
    )


def document_of(office: Office, draft: Draft) -> Document:
    """A draft as the file that it would be published from."""
    return Document(f"{draft.model}.yaml", office.published.record.drafts.text(draft), draft.base)


async def put_by_right(office: Office, asked: Asked, documents: Sequence[Document]) -> Published:
    """Publish what somebody may publish and nobody objects to; `reason` says why. Raises DeskRefusal."""
    reason = text_of(asked, "reason")
    read = await asyncio.to_thread(files, documents)
    editions = _told(lambda: office.published.editions_of(read))
    for one in editions:
        require(office, asked, Role.LEAD, house_or(one.model))
    changed = changed_of(office, editions)
    open_objections = [(one, vote) for one in changed for vote in objections(office, one)]
    overrule = asked.text("overrule").strip()
    if open_objections and not overrule:
        said = "; ".join(f"{vote.person} objects to it: “{vote.note}”" for _, vote in open_objections)
        raise DeskRefusal(said, "talk to them, or say why you overrule them: overrule", Kind.CONFLICT)
    in_force = office.ledger.model.clients
    if any(one.model == "provider" for one in changed):
        await _refuse_other_roles(office, asked, documents)
    await _refuse_other_weeks(office, asked, documents, [one.model for one in changed if one.model in in_force])
    for client in (in_force[one.model] for one in changed if one.model in in_force):
        person = await decided(office, asked, client, "publish-model", client.id)
        why = replace(asked, arguments={**asked.arguments, "reason": overrule})
        for edition, vote in open_objections:
            if edition.model == client.id:
                about = f"{vote.person} on {vote.sha256[:12]}"
                await log(office, why, client, ("overrule-objection", about), (person, True))
    return await put_in_force(office, read, asked, reason)


async def _refuse_other_roles(office: Office, asked: Asked, documents: Sequence[Document]) -> None:
    """Who may what is an owner's to say: a lead does not make an owner of themselves. Raises DeskRefusal."""
    try:
        model = await asyncio.to_thread(office.published.model_with, documents, asked.now)
    except ModelErrors:
        return  # whoever publishes it hears of every problem with it
    if granted(model) != granted(office.ledger.model):
        require(office, asked, Role.OWNER, "")


async def _refuse_other_weeks(
    office: Office, asked: Asked, documents: Sequence[Document], clients: Sequence[str]
) -> None:
    """A client's frozen weeks follow one another without a gap or an overlap, so their first day stays what it is."""
    frozen = {one: found[-1].week for one in clients if (found := weeks_of(office).latest(one, 1))}
    if not frozen:
        return
    try:
        model = await asyncio.to_thread(office.published.model_with, documents, asked.now)
    except ModelErrors:
        return  # whoever publishes it hears of every problem with it
    for one, week in frozen.items():
        before, after = office.ledger.model.clients[one], model.clients.get(one)
        if after is not None and after.week_starts != before.week_starts:
            told = f"weeks of {one} are frozen up to {week}, so they go on to begin on the same day"
            raise DeskRefusal(told, "leave week_starts as it is", Kind.CONFLICT)


def editions_of(office: Office, documents: Sequence[Document]) -> list[Edition]:
    """What documents want in force. Raises DeskRefusal where they are not documents."""
    return _told(lambda: office.published.editions(documents))


def _told(editions: Callable[[], list[Edition]]) -> list[Edition]:
    try:
        return editions()
    except ModelErrors as errors:
        raise DeskRefusal(problems_told(errors), "mend them; `watchbill model check` tells them all") from errors


def changed_of(office: Office, editions: Sequence[Edition]) -> list[Edition]:
    """Those that say something else than what is in force. Raises DeskRefusal where one has not the right base."""
    try:
        return office.published.record.changed(editions)
    except StaleBase as stale:
        raise DeskRefusal(*first_come(stale), Kind.CONFLICT) from stale
    except Tampered as error:
        raise DeskRefusal(str(error), "restore that file from a backup first", Kind.CONFLICT) from error


def house_or(model: str) -> str:
    """The client that a model needs a role for; "", the house, for the provider's own."""
    return "" if model == "provider" else model


def objections(office: Office, edition: Edition) -> list[SignOffRecord]:
    """Who says no to exactly this text."""
    if edition.model not in office.ledger.model.clients:
        return []
    sha256 = office.published.record.would_be(edition)
    return [one for one in votes(office, edition.model, sha256) if one.vote == "object"]


VERBS: Verbs = {"publish": publish, "publish-draft": publish_draft}

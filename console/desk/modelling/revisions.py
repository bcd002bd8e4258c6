"""The revisions of a model: read, pulled, compared, exported, and whether they are still what was published."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from console.desk.live.actions import documents_of, problems_told
from console.desk.modelling.effect import effect_of
from console.desk.modelling.publishing import editions_of
from console.desk.modelling.signing import may_see, signatures
from console.desk.office import Asked, Office, Pages, Verbs
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.differ import changes, unified
from console.operating_model.lineage import base_of, with_base, without_base
from console.operating_model.parts import split
from console.operating_model.problems import ModelErrors
from console.pages.model import Diff, Document, Exported, Published, Pulled, RevisionRow, Revisions, Verified
from console.store.documents import Revision, Tampered

DAY = 86_400


async def show_model(office: Office, asked: Asked) -> Published:
    """One revision as it was written; the one in force where none is named."""
    revision = found(office, asked, "revision")
    return office.published.page(revision, text_of(office, revision))


async def pull_model(office: Office, asked: Asked) -> Pulled:
    """What is in force, with its number as the base."""
    revision = found(office, asked, "revision")
    text = with_base(text_of(office, revision), revision.number)
    parts = tuple(Document(one.name, one.text) for one in split(Document(f"{revision.model}.yaml", text)))
    return Pulled(revision.model, revision.number, revision.sha256, text, parts)


async def diff_model(office: Office, asked: Asked) -> Diff:
    """Files against what is in force, or two revisions of one model."""
    if not asked.text("model"):
        return _files(office, asked)
    older, newer = found(office, asked, "old"), found(office, asked, "new")
    return diff_of(_named(office, older), _named(office, newer))


async def export_model(office: Office, asked: Asked) -> Exported:
    """One revision with everything that it inherited when it was published, as JSON."""
    revision = found(office, asked, "revision")
    record = office.published.record
    provider = [one for one in record.history("provider") if one.at <= revision.at or one.number == 1]
    documents = [Document(f"{one.model}.yaml", text_of(office, one)) for one in {revision.model: revision}.values()]
    if revision.model != "provider" and provider:
        documents.append(Document("provider.yaml", text_of(office, provider[-1])))
    try:
        model = office.published.model_of(documents)
    except ModelErrors as errors:
        raise DeskRefusal(
            problems_told(errors), "this revision says what is refused today; read it with show"
        ) from None
    doc = model.provider.doc if revision.model == "provider" else model.clients[revision.model].doc
    fields = doc.model_dump(by_alias=True, exclude_none=True) if doc else {}
    text = json.dumps({**fields, "base": revision.number}, indent=2, ensure_ascii=False, default=_plain)
    return Exported(revision.model, revision.number, revision.sha256, text)


def history(office: Office, asked: Asked) -> Revisions:
    """Every revision of one model, the newest first."""
    head = found(office, asked, "revision")
    return Revisions(asked.now, head.model, published(office, head.model))


def published(office: Office, model: str) -> tuple[RevisionRow, ...]:
    """Every revision of one model that may be seen, the newest first."""
    return tuple(_row(office, one) for one in reversed(office.published.record.history(model)))


def verify(office: Office, asked: Asked) -> Verified:
    """Whether numbers follow and hashes hold, of everything that was ever published and may be
    seen (row 23c)."""
    record = office.published.record
    seen = [head.model for head in record.heads() if may_see(office, asked, head.model)]
    count = sum(len(record.history(model)) for model in seen)
    return Verified(asked.now, count, tuple(record.broken(seen)))


def found(office: Office, asked: Asked, argument: str) -> Revision:
    """A revision of `model` by its number, the one in force where none is given. Raises DeskRefusal."""
    record, model = office.published.record, asked.text("model")
    heads = [head for head in record.heads() if may_see(office, asked, head.model)]
    head = next((head for head in heads if head.model == model), None)
    if head is None:
        known = ", ".join(head.model for head in heads) or "none"
        raise DeskRefusal(f"no model {model!r} is published", f"known are: {known}", Kind.NOT_FOUND)
    if not asked.text(argument):
        return head
    revision = record.revision(model, asked.number(argument))
    if revision is None:
        raise DeskRefusal(
            f"{model} has no revision {asked.text(argument)}", f"known are: 1 to {head.number}", Kind.NOT_FOUND
        )
    return revision


def first_proposed(office: Office, revision: Revision) -> int:
    """When work on a revision began: its author's first draft over the same base, else its publishing."""
    drafts = [
        one.at
        for one in office.published.record.drafts.all()
        if (one.model, one.base) == (revision.model, revision.parent)
        and (one.sha256 == revision.sha256 or (one.author == revision.author and one.withdrawn_at is None))
    ]
    return min([*drafts, revision.at])


def text_of(office: Office, revision: Revision) -> str:
    """A revision as it was written. Raises DeskRefusal where it is not what was published."""
    try:
        return office.published.record.text(revision)
    except (Tampered, OSError) as error:
        raise DeskRefusal(str(error), "see `watchbill model verify`; restore that file from a backup") from error


def _files(office: Office, asked: Asked) -> Diff:
    lines: list[str] = []
    said: list[str] = []
    documents = documents_of(asked)
    names = {one.text: one.name for one in documents}
    for edition in editions_of(office, documents):
        head = office.published.record.head(edition.model)
        if head is not None and not may_see(office, asked, head.model):
            raise DeskRefusal(f"you may not see {head.model}", "ask an owner for a role", Kind.FORBIDDEN)
        old = ("nothing in force", "") if head is None else _named(office, head)
        one = diff_of(old, (names.get(edition.text, edition.model), edition.text))
        lines += one.lines
        said += one.changes
    return Diff(tuple(lines), tuple(said))


def diff_of(old: tuple[str, str], new: tuple[str, str]) -> Diff:
    """What two texts, each given as (name, text), say differently; nothing, where that is their base alone."""
    if without_base(old[1]) == without_base(new[1]):
        return Diff((), ())
    base = base_of(new[1])
    same_base = without_base(old[1]) if base is None else with_base(old[1], base)
    return Diff(unified((old[0], same_base), new), changes(old[1], new[1]))


def _named(office: Office, revision: Revision) -> tuple[str, str]:
    return f"{revision.model} revision {revision.number}", text_of(office, revision)


def _row(office: Office, one: Revision) -> RevisionRow:
    proposed_at = first_proposed(office, one)
    return RevisionRow(
        model=one.model,
        revision=one.number,
        parent=one.parent,
        at=one.at,
        author=one.author,
        reason=one.reason,
        sha256=one.sha256,
        proposed_at=proposed_at,
        days=(one.at - proposed_at) // DAY,
        signatures=signatures(office, one.model, one.sha256, one.number),
        effect=effect_of(office, one),
    )


def _plain(value: object) -> object:
    """What JSON has no word for: days, instants, zones."""
    if isinstance(value, ZoneInfo):
        return value.key
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


PAGES: Pages = {"revisions": history, "verify": verify}
VERBS: Verbs = {
    "show-model": show_model,
    "pull-model": pull_model,
    "diff-model": diff_model,
    "export-model": export_model,
}

"""Drafts and revisions of models as views: what is proposed, what it would change, who said what to it."""

from __future__ import annotations

from collections.abc import Iterable

from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.drafts import DraftPage, DraftRow, Drafts, Impact
from console.pages.model import RevisionRow, Revisions, Signature
from console.pages.starting import Presets
from console.tui.present.words import moment
from console.tui.view import TONES, Cell, Column, Presenters, Row, Target, View

STATES = {"open": "accent", "behind": "watch", "published": "ok", "withdrawn": "quiet"}
_VOTES = {"approve": "ok", "remark": "watch", "object": "breach"}


def drafts(page: Drafts, now: Instant) -> View:
    """Every draft, the open ones first."""
    waiting = sum(row.state == "open" for row in page.rows)
    return View(
        title="Drafts › changes that somebody proposes",
        answer=f"{waiting} open" if waiting else "nothing waits for a decision",
        tone="accent" if waiting else "ok",
        columns=(
            Column("draft", 12),
            Column("model", 14),
            Column("state", 10),
            Column("by", 10, priority=1),
            Column("said", 22, priority=2),
            Column("reason", 20, flex=True),
        ),
        rows=tuple(_draft(row, now) for row in page.rows),
        empty=(
            "Propose a change: watchbill model propose FILE --reason …, or watchbill model set CLIENT PATH=VALUE …",
        ),
    )


def draft(page: DraftPage, now: Instant) -> View:
    """One draft: what it says, what it would change, who said what to it."""
    row = page.row
    about = (("draft", row.sha256[:12]), ("client", row.model))
    over = f"over revision {row.base}" if row.base else "a first one"
    lines = [
        *_signed(row.signatures, page.unsigned),
        *(("says", clean(one, 400), "accent") for one in page.diff.changes),
        *_impact(page.impact),
        *(("", clean(one, 400), _line_tone(one)) for one in page.diff.lines),
    ]
    ago = duration(max(0, now - row.at))
    return View(
        title=f"Drafts › {row.sha256[:12]} of {clean(row.model)}",
        answer=f"{row.state}, {over}",
        tone=STATES.get(row.state, ""),
        above=(Cell(clean(row.reason, 400)), Cell(f"proposed {ago} ago by {clean(row.author)}", "quiet")),
        columns=(Column("", 8), Column("", 60, flex=True)),
        rows=tuple(
            Row(str(place), (Cell(word, "quiet"), Cell(text, tone)), about=about, detail=(text,))
            for place, (word, text, tone) in enumerate(lines)
        ),
        empty=("It says what is in force.",),
    )


def revisions(page: Revisions, now: Instant) -> View:
    """Every revision of one model, the newest first."""
    return View(
        title=f"Model › {clean(page.model)} › revisions",
        answer=f"{len(page.rows)} published",
        columns=(
            Column("rev", 4, right=True),
            Column("published", 16),
            Column("by", 10),
            Column("took", 6, right=True, priority=1),
            Column("said", 24, priority=2),
            Column("effect", 18, priority=3),
            Column("reason", 20, flex=True),
        ),
        rows=tuple(_revision(row, now) for row in page.rows),
    )


def presets(page: Presets, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """What a first model can begin with."""
    return View(
        title="Presets › what a first model begins with",
        answer=f"{len(page.rows)} ship with this version",
        columns=(Column("preset", 14), Column("version", 7, right=True), Column("for", 30, flex=True)),
        rows=tuple(
            Row(
                row.name,
                (Cell(row.name), Cell(str(row.version), order=row.version), Cell(row.title)),
                detail=(row.contents, f"watchbill model init --preset {row.name}"),
            )
            for row in page.rows
        ),
    )


def _draft(row: DraftRow, now: Instant) -> Row:
    return Row(
        key=row.sha256,
        cells=(
            Cell(row.sha256[:12]),
            Cell(clean(row.model)),
            Cell(row.state, STATES.get(row.state, "")),
            Cell(clean(row.author)),
            said(row.signatures),
            Cell(clean(row.reason)),
        ),
        opens=Target("draft", (("draft", row.sha256[:12]),)),
        about=(("draft", row.sha256[:12]), ("client", row.model)),
        detail=(
            clean(row.reason, 400),
            f"proposed   {duration(max(0, now - row.at))} ago by {clean(row.author)}",
            *told(row.signatures),
        ),
    )


def _revision(row: RevisionRow, now: Instant) -> Row:
    return Row(
        key=str(row.revision),
        cells=(
            Cell(str(row.revision), order=row.revision),
            Cell(moment(row.at), order=row.at),
            Cell(clean(row.author)),
            Cell(f"{row.days} d", order=row.days),
            said(row.signatures),
            Cell(row.effect, "quiet"),
            Cell(clean(row.reason)),
        ),
        detail=(
            clean(row.reason, 400),
            f"published  {duration(max(0, now - row.at))} ago by {clean(row.author)}",
            f"took       {row.days} days from its first draft",
            f"effect     28 days before and after: {row.effect}",
            f"parent     {row.parent or 'none: it is the first'}",
            f"sha256     {row.sha256}",
            *told(row.signatures),
        ),
    )


def told(signatures: tuple[Signature, ...]) -> tuple[str, ...]:
    """What each said, a line each."""
    return tuple(f"{one.vote:<10} {clean(one.person)} {clean(one.note, 200)}".rstrip() for one in signatures)


def said(signatures: tuple[Signature, ...]) -> Cell:
    """Who said what, in the tone of the worst."""
    worst = max((one.vote for one in signatures), key=list(_VOTES).index, default="")
    text = ", ".join(f"{clean(one.person)} {one.vote}" for one in signatures)
    return Cell(text or "–", _VOTES.get(worst, "quiet"))


def _signed(signatures: tuple[Signature, ...], unsigned: tuple[str, ...]) -> Iterable[tuple[str, str, str]]:
    for one in signatures:
        note = f": {clean(one.note, 300)}" if one.note else ""
        yield one.vote, f"{clean(one.person)}{note}", _VOTES.get(one.vote, "")
    for person in unsigned:
        yield "unsigned", f"{clean(person)} must sign, and has not agreed yet", "watch"


def _impact(impact: Impact) -> Iterable[tuple[str, str, str]]:
    yield from (("closes", clean(one, 400), "ok") for one in impact.gaps_closed)
    yield from (("opens", clean(one, 400), "watch") for one in impact.gaps_opened)
    for judged in impact.judged:
        where = clean(f"{judged.host} {judged.check} {judged.subject}".rstrip())
        said = f"{where}: {judged.before.value} → {judged.after.value} ({clean(judged.sentence)})"
        yield "judges", said, TONES[judged.after]
    for one in impact.promised:
        said = clean(f"{one.name} from {one.since}: {one.before} → {one.after}")
        yield "promises", said, ""
    yield from (("moves", clean(f"{one.host}: {one.before} → {one.after}", 400), "") for one in impact.moved)


def _line_tone(line: str) -> str:
    if line.startswith(("+++", "---", "@@")):
        return "quiet"
    return {"+": "ok", "-": "breach"}.get(line[:1], "")


PRESENTERS: Presenters = {"drafts": drafts, "draft": draft, "revisions": revisions, "presets": presets}

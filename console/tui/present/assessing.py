"""The assessment as views: one for each part of the page, and the treatments of a gap."""

from __future__ import annotations

from collections.abc import Callable

from checks.reading import Instant
from checks.text import clean
from console.pages.assessing import (
    Assessment,
    CheckRow,
    ComponentRow,
    OpenGap,
    PromiseRow,
    SignRow,
)
from console.tui.present.treating import lines, treatments_of
from console.tui.view import Cell, Column, Presenters, Row, View

_STEPS = {"passed": "■", "partly": "▪", "failed": "□", "not measured": "?", "not applicable": "·"}
_TONES = {"on": "watch", "off": "ok", "not measured": "unknown", "opened": "watch", "closed": "ok"}
_NOTHING = "Nothing is published yet: watchbill model publish FILE --reason …"
_CLIENT = Column("client", 10, priority=1)


def assessment(page: Assessment, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """The part that the tab names."""
    return _PARTS[page.tab](page)


def _gaps(page: Assessment) -> View:
    answered = sum(bool(row.answer) for row in page.gaps)
    said = f"{len(page.gaps)} to close · {answered} answered" if page.gaps else "nothing is missing"
    columns = (
        Column("gap", 5),
        Column("about", 15),
        Column("evidence", 24, flex=True),
        Column("owner", 14, priority=2),
        Column("answer", 24, priority=4),
        _CLIENT,
    )
    empty = "Every host reaches a service, every service has an owner, a promise and somebody who can stand in."
    return View(
        title="Assess › what the model lacks",
        answer=said,
        tone="watch" if page.gaps else "ok",
        columns=columns,
        rows=tuple(_gap(row) for row in page.gaps),
        empty=(empty,),
    )


def _gap(row: OpenGap) -> Row:
    return Row(
        key=f"{row.client} {row.key}",
        cells=(
            Cell(row.number, "quiet" if row.answer else "watch"),
            Cell(clean(row.about)),
            Cell(clean(row.evidence)),
            Cell(clean(row.owner_name or "nobody"), "" if row.owner else "quiet"),
            Cell(clean(row.answer or "–"), "quiet"),
            Cell(clean(row.client), "quiet"),
        ),
        opens=treatments_of(row.client, row.key),
        about=(("client", row.client), ("gap", row.key), ("treatment", "act")),
        detail=lines(
            f"{row.number} {row.about}: {row.evidence}",
            f"to close   {row.fix}",
            f"owner      {row.owner_name or 'nobody'} · {row.component}",
            f"answer     {row.answer}" if row.answer else "",
            f"why        {row.title}: {row.why} ({row.source})",
            *(f"can be done  {one}" for one in row.treatments),
        ),
    )


def _checks(page: Assessment) -> View:
    columns = (
        Column("component", 12),
        Column("level", 14),
        Column("result", 14),
        Column("check", 30, flex=True),
        Column("first", 40, priority=4),
        _CLIENT,
    )
    parts = [(row.client, row.component, _component(row)) for row in page.components]
    rows = [
        row
        for client, component, head in parts
        for row in (head, *(_check(one) for one in page.checks if (one.client, one.component) == (client, component)))
    ]
    return View(
        title="Assess › 30 checks",
        answer=_whole(page),
        tone="watch" if page.overall else "",
        columns=columns,
        rows=tuple(rows),
        above=(Cell("■ passed  ▪ partly  □ not  ? not measured  · does not apply", "quiet"),),
        empty=(_NOTHING,),
    )


def _whole(page: Assessment) -> str:
    told = [f"level {one.level} · mean {one.mean} · {one.strengths} of 30 passed" for one in page.overall]
    if len(told) == 1:
        return told[0]
    return f"{len(told)} clients, the lowest at level {min((one.level for one in page.overall), default=0)}"


def _component(row: ComponentRow) -> Row:
    """A component above its checks: five steps, its score, and what to do first."""
    steps = "".join(_STEPS[step] for step in row.steps)
    level = "–" if row.level is None else str(row.level)
    first = f"→ {row.first}" if row.first else "nothing is open"
    paper = "written down, and not followed yet" if row.is_paper_only else ""
    return Row(
        key=f"{row.client} {row.component}",
        cells=(
            Cell(row.component, "accent"),
            Cell(f"level {level} of 5", "accent"),
            Cell(f"{steps}  {row.score}", "accent"),
            Cell(clean(first), "accent"),
            Cell(paper, "quiet"),
            Cell(clean(row.client), "quiet"),
        ),
        detail=lines(f"{row.component}: level {level} of 5, score {row.score}", first, paper),
    )


def _check(row: CheckRow) -> Row:
    tone = "ok" if row.is_passed else "unknown" if row.result == "not measured" else "watch"
    return Row(
        key=f"{row.client} {row.component} {row.level}",
        cells=(
            Cell(""),
            Cell(f"{row.level} {row.name}"),
            Cell(row.result, "quiet" if row.result == "not applicable" else tone),
            Cell(clean(row.text)),
            Cell(clean(row.advice or "–"), "quiet"),
            Cell(clean(row.client), "quiet"),
        ),
        detail=lines(
            f"{row.component}, level {row.level}: {row.text}",
            f"result     {row.result}",
            f"failed     {', '.join(row.failed)}" if row.failed else "",
            f"first      {row.advice}" if row.advice else "",
            f"why        {row.why} ({row.source})",
            f"passed     {', '.join(row.passed)}" if row.passed else "",
        ),
    )


def _signs(page: Assessment) -> View:
    on = sum(row.state == "on" for row in page.signs)
    return View(
        title="Assess › do I need this?",
        answer=f"{on} of {len(page.signs)} signs are on",
        tone="watch" if on else "ok",
        columns=(
            Column("sign", 12),
            Column("question", 48, priority=2),
            Column("facts", 30, flex=True),
            Column("row", 4, priority=1),
            _CLIENT,
        ),
        rows=tuple(_sign(row) for row in page.signs),
        above=tuple(Cell(clean(_needed(client, answer, len(page.needed)), 400)) for client, answer in page.needed),
        empty=(_NOTHING,),
    )


def _needed(client: str, answer: str, clients: int) -> str:
    return answer if clients == 1 else f"{client}: {answer}"


def _sign(row: SignRow) -> Row:
    return Row(
        key=f"{row.client} {row.row}",
        cells=(
            Cell(row.state, _TONES[row.state]),
            Cell(row.question),
            Cell(clean("; ".join(row.facts))),
            Cell(row.row, "quiet"),
            Cell(clean(row.client), "quiet"),
        ),
        detail=lines(row.question, f"sign       {row.state} (row {row.row} of the article)", "", *row.facts),
    )


def _promises(page: Assessment) -> View:
    return View(
        title="Assess › promises and what underpins them",
        answer=f"{len(page.promises)} stand too high" if page.promises else "every promise is underpinned",
        tone="watch" if page.promises else "ok",
        columns=(
            Column("service", 14),
            Column("part", 12),
            Column("evidence", 30, flex=True),
            Column("expect", 10, priority=1),
            Column("contract", 12, priority=2),
            _CLIENT,
        ),
        rows=tuple(_promise(row) for row in page.promises),
        empty=("What was promised, suppliers and jobs can keep.",),
    )


def _promise(row: PromiseRow) -> Row:
    expected = f"{row.expected} for all needs together, if they fail independently" if row.expected else ""
    return Row(
        key=f"{row.client} {row.key}",
        cells=(
            Cell(clean(row.service)),
            Cell(row.kind, "watch"),
            Cell(clean(row.evidence)),
            Cell(row.expected or "–", "quiet"),
            Cell(clean(row.contract or "–"), "quiet"),
            Cell(clean(row.client), "quiet"),
        ),
        opens=treatments_of(row.client, row.key),
        about=(("client", row.client), ("gap", row.key), ("treatment", "act")),
        detail=lines(
            f"{row.service}, {row.kind}: {row.evidence}",
            f"contract   {row.contract}" if row.contract else "",
            f"severity   {row.severity}" if row.severity else "",
            f"expect     {expected}" if expected else "",
            "enter      what can be done about it",
        ),
    )


def _changes(page: Assessment) -> View:
    against = "; ".join(words if len(page.against) == 1 else f"{client}: {words}" for client, words in page.against)
    opened, closed = (sum(row.what == what for row in page.changes) for what in ("opened", "closed"))
    return View(
        title="Assess › what changed",
        answer=f"{closed} closed · {opened} opened" if page.changes else "nothing changed",
        tone="watch" if opened else "ok",
        columns=(Column("what", 8), Column("about", 28), Column("", 30, flex=True), _CLIENT),
        rows=tuple(
            Row(
                key=f"{row.client} {row.what} {row.about}",
                cells=(Cell(row.what, _TONES.get(row.what, "accent")), Cell(clean(row.about)), Cell(clean(row.text)),
                       Cell(clean(row.client), "quiet")),
                detail=lines(f"{row.what} {row.about}", row.text),
            )
            for row in page.changes
        ),
        above=(Cell(clean(f"against {against}", 400), "quiet"),) if against else (),
        empty=("Compare with another time: watchbill assess --against REVISION|DATE",),
    )  # fmt: skip


_PARTS: dict[str, Callable[[Assessment], View]] = {
    "gaps": _gaps,
    "checks": _checks,
    "signs": _signs,
    "promises": _promises,
    "compare": _changes,
}
PRESENTERS: Presenters = {"assess": assessment}

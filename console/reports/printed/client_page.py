"""What the client reads, as a document (operating-model.md, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.text import clean
from console.pages.week import Week
from console.reports.charts.drawn import service_charts, update_chart
from console.reports.printed.agents import backup_rows, more_silences, patch_rows, silence_rows
from console.reports.printed.appendix import appendix
from console.reports.printed.document import Document, Part, Section, Sentences, Table
from console.reports.printed.protection import backups_kept
from console.reports.printed.saying import (
    budget,
    contract_light,
    days,
    help_light,
    help_words,
    is_told,
    light,
    number,
    on_site,
    revision,
    sentences,
    service_light,
    service_name,
    shown_services,
    state,
    waiting,
)
from console.reports.restated import for_client, lines


def client_page(week: Week, earlier: Sequence[Week] = ()) -> Document:
    """The page of one client; `earlier` are the weeks before it, the latest last, for the lines over time."""
    found = [
        Section("1", "Services", (_services(week), *_notes(week), *service_charts(week, earlier))),
        Section("2", "Help", tuple(_help(week))),
        Section("3", "Protection", tuple(_protection(week))),
        Section("4", "Risks", _listed([one.text for one in week.risks], numbered=True)),
        Section("5", "We will", (_actions(week),)),
        Section("6", "You decide", (_decide(week),)),
        Section("", "Restated", _listed(list(lines(for_client(week.restated))))),
        *appendix(week),
    ]
    return Document(
        title=clean(week.client_name, 80),
        subtitle=f"IT service week {week.week} ({days(week)})",
        state=state(week),
        model=revision(week),
        headline=tuple(sentences(clean(week.headline, 600))),
        sections=tuple(one for one in found if _has_words(one)),
        foot=clean(week.contact),
        preview=week.frozen is None,
        zone=week.zone,
    )


def _has_words(section: Section) -> bool:
    return any(not isinstance(part, Table) or part.rows or part.empty for part in section.parts)


def _services(week: Week) -> Table:
    rows: list[tuple[str, ...]] = []
    for one in shown_services(week):
        shares = number(one.availability), number(one.month), number(one.target)
        rows.append((service_name(one), *shares, budget(one.budget_left, one.month), service_light(one)))
        if one.contract is not None:
            terms = number(one.contract.availability), number(one.contract.month), number(one.target)
            left = budget(one.contract.budget_left, one.contract.month)
            rows.append(("– in contract terms", *terms, left, contract_light(one)))
    head = ("service", "this week", "28 days", "promised", "budget left, 28 d", "light")
    return Table(head, tuple(rows), right=(1, 2, 3), empty="The model names no service.")


def _notes(week: Week) -> Iterator[Sentences]:
    told: list[str] = []
    for one in shown_services(week):
        told += one.notes
        if not is_told(one):
            told.append(f"{one.name}: between {one.low} and {one.high}, by what nobody saw.")
        if week.so_far and one.forecast:
            told.append(f"{one.name}: {one.forecast}.")
    if told:
        yield Sentences(tuple(clean(line) for line in told))


def _help(week: Week) -> Iterator[Part]:
    told = week.help
    if told is None:
        yield Sentences(("No promise of help is recorded.",))
        return
    rows = tuple(
        (help_words(one.promise), f"{one.met} of {one.due}" if one.due else "none due",
         number(one.share) if one.due else "–", f"{clean(one.want)} %" if one.want else "–",
         help_light(one))
        for one in told.lines
    )  # fmt: skip
    yield Table(("promise", "kept", "share", "wanted", "light"), rows, right=(2, 3))
    said = [f"Late: {'; '.join(told.late)}." if told.late else "", waiting(told.open, told.waiting)]
    said += [f"Typical: {told.typical}." if told.typical else "", on_site(told.on_site)]
    yield Sentences((clean(" ".join(filter(None, said)), 900),))


def _protection(week: Week) -> Iterator[Part]:
    kept = backups_kept(week)
    rows = [(clean(one.name), f"{one.good}/{one.due}", clean(one.nights), clean(one.worst_age), clean(one.restore),
             light(one.light, "○ NOTHING DUE")) for one in week.jobs]  # fmt: skip
    if kept:
        rows.insert(0, ("all jobs", kept.good, "", kept.share, "", kept.light))
    head = ("backups", "good", "nights", "age of the newest copy", "restore", "light")
    yield Table(head, tuple(rows), caption="nights: ▪ good  ! with a warning  × failed  – never ran  ? not known")
    updates = tuple(
        (", ".join(clean(word) for word in one.severities), clean(one.words), light(one.light, "○ NOTHING DUE"))
        for one in week.updates
    )
    yield Table(("updates", "hosts", "light"), updates)
    yield from update_chart(week)
    yield from _agents(week)


def _agents(week: Week) -> Iterator[Part]:
    heads = [
        ("host", "status", "waiting", "of security", "oldest"),
        ("backup", "status", "newest", "what was seen"),
        ("not known", "from", "for"),
    ]
    shown = (patch_rows(week) if not week.updates else [], backup_rows(week) if not week.jobs else [])
    silent: Sequence[tuple[str, ...]] = [] if week.updates or week.jobs else silence_rows(week)
    for head, rows in zip(heads, (*shown, silent), strict=True):
        cells = tuple(tuple(clean(cell) for cell in row) for row in rows)
        if cells:
            yield Table(head, cells)
    if silent and (more := more_silences(week)):
        yield Sentences((more,))
    if not (week.updates or week.jobs or week.patches or week.backups):
        yield Sentences(("Nothing is recorded of backups or updates.",))


def _listed(lines: Sequence[str], numbered: bool = False) -> tuple[Part, ...]:
    return (Sentences(tuple(clean(line, 400) for line in lines), numbered),) if lines else ()


def _actions(week: Week) -> Table:
    rows = tuple(
        (clean(one.action), clean(one.what), clean(one.who), clean(one.due), "▲ NEEDS YOUR OK" if one.needs_ok else "")
        for one in week.actions
    )
    return Table(("", "what", "who", "by", ""), rows)


def _decide(week: Week) -> Table:
    return Table(
        ("", "what", "by"), tuple((clean(one.decision), clean(one.what), clean(one.by)) for one in week.decide)
    )

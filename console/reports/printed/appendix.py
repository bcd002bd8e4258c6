"""Behind the page: from how many seconds each figure was made, every incident, and what the page was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from checks.text import clean
from checks.wording import duration
from console.pages.week import Week, WeekIncident
from console.reports.printed.agents import more_silences, silence_rows
from console.reports.printed.document import Section, Sentences, Table
from console.reports.printed.saying import at, we_say
from console.reports.wording import moment


def appendix(week: Week, letters: Sequence[str] = ("A", "B", "C", "D")) -> Iterator[Section]:
    """Its sections, called by four letters; none of them stands on the printed sheet."""
    times, incidents, silent, source = letters
    yield Section(times, "From how many seconds", (_seconds(week), Sentences((length_of(week),))), aside=True)
    yield Section(incidents, "Incidents of the week", (_incidents(week),), aside=True)
    if week.comments:
        yield Section("", "What we say to it", (Sentences(we_say(week)),), aside=True)
    if week.silences and (week.updates or week.jobs):
        rows = tuple(tuple(clean(cell) for cell in row) for row in silence_rows(week))
        more = (Sentences((left,)),) if (left := more_silences(week)) else ()
        yield Section(silent, "Of which nobody knows", (Table(("host", "from", "for"), rows), *more), aside=True)
    yield Section(source, "Made from", (Sentences(tuple(made_from(week))),), aside=True)


def length_of(week: Week) -> str:
    """`The week is 604 800 s long; …`, which is not so where clocks change."""
    seconds = week.end - week.start
    change = "" if seconds == 604_800 else ", because the clocks change in it"
    return (
        f"The week is {grouped(seconds)} s long{change}. E eligible, K known, U unknown, D down: seconds of service "
        "hours without planned work. Nothing unknown is counted as good."
    )


def grouped(count: int) -> str:
    """`604 800`."""
    return f"{count:,}".replace(",", " ")


def made_from(week: Week) -> Iterator[str]:
    """Model, formulas and, once frozen, the hash of everything that was read."""
    yield f"Model: {clean(week.revision) or 'none is published'}. Formulas: version {clean(week.formula)}."
    yield f"Client: {clean(week.client)}. Zone: {clean(week.zone)}."
    if week.frozen is not None:
        yield f"Frozen {at(week.frozen.at, week.zone)} by {clean(week.frozen.by_name)} ({clean(week.frozen.by)})."
        yield f"SHA-256 of the records and the model: {clean(week.frozen.inputs_sha256)}"
    else:
        yield "Not frozen: the figures may still move, and no hash holds them."


def _seconds(week: Week) -> Table:
    rows = tuple(
        (clean(one.name), grouped(one.eligible), grouped(one.known), grouped(one.unknown), grouped(one.down),
         clean(one.availability), clean(one.coverage), clean(one.low), clean(one.high), clean(one.verdict) or "–")
        for one in week.services
    )  # fmt: skip
    head = ("service", "E", "K", "U", "D", "available", "known", "low", "high", "verdict")
    return Table(head, rows, right=tuple(range(1, 9)), empty="The model names no service.")


def _what(one: WeekIncident) -> str:
    """What it was, and whether somebody's word ended it where evidence did not."""
    return clean(f"{one.title} (resolved on word, not on evidence: {one.on_word})" if one.on_word else one.title)


def _incidents(week: Week) -> Table:
    zone = ZoneInfo(week.zone)
    rows = tuple(
        (f"I-{one.incident}", clean(one.severity), moment(one.detected_at, zone),
         "open" if one.resolved_at is None else duration(one.resolved_at - one.detected_at),
         clean(one.own_verdict) or "–", clean(one.solve_verdict) or "–", _what(one))
        for one in week.incidents
    )  # fmt: skip
    return Table(("", "sev", "detected", "wall clock", "own", "solve", "what"), rows, empty="None.")

"""What the provider's owner reads (operating-model.md, 5.3): A over all clients, B to K from the same frozen weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from statistics import median

from checks.text import clean
from checks.wording import counted
from console.pages.figures import Figure
from console.pages.week import Week
from console.reports.charts.hosts import histogram
from console.reports.charts.loads import load_bars
from console.reports.charts.maturity import maturity_bars, maturity_radar
from console.reports.charts.work import work_bar
from console.reports.printed.appendix import appendix
from console.reports.printed.document import Document, Part, Section, Sentences, Table
from console.reports.printed.loads import loads, loads_told
from console.reports.printed.saying import LIGHTS, NO_PROMISE, days, evidence, number, state
from console.reports.restated import lines
from console.reports.weekly.owner_work import ALONE

TITLES: Mapping[str, str] = {
    "B": "Breaches", "C": "People", "D": "Work mix", "E": "Noise", "F": "Suppliers", "G": "Value",
    "H": "Model health", "I": "Data quality", "J": "Dates", "K": "Restated",
}  # fmt: skip
Earlier = Mapping[str, Sequence[Week]]
"""By client, the frozen weeks before, the latest last."""
_NOISE_BAND = Fraction(1, 100)
"""A share that moved by no more has not moved (5.1)."""
_OPEN_BAD = ("S1", "S2")


def owner_page(weeks: Sequence[Week], earlier: Earlier | None = None) -> Document:
    """One page over all clients of one week."""
    before = earlier or {}
    first = weeks[0] if weeks else None
    found = [Section("A", "All clients", (_clients(weeks, before),)), *_sections(weeks, before)]
    if len(weeks) == 1:
        found += appendix(weeks[0], tuple("LMNO"))  # A to K are its own
    return Document(
        title="All clients" if len(weeks) != 1 else clean(weeks[0].client_name, 80),
        subtitle=f"Owner's week {first.week} ({days(first)})" if first else "Owner's week",
        state=state(first) if first and len(weeks) == 1 else _states(weeks),
        model=counted(len(weeks), "client", "clients"),
        headline=tuple(_headline(weeks)),
        sections=tuple(found),
        preview=any(one.frozen is None for one in weeks),
        zone=first.zone if first else "UTC",
    )


def _states(weeks: Sequence[Week]) -> str:
    frozen = sum(one.frozen is not None for one in weeks)
    return f"{counted(frozen, 'week', 'weeks')} frozen, {len(weeks) - frozen} still a preview."


def _headline(weeks: Sequence[Week]) -> Iterator[str]:
    bad = [one for one in weeks if worst(one) == "missed"]
    if bad:
        yield f"■ {len(bad)} of {counted(len(weeks), 'client', 'clients')} with something missed: " + ", ".join(
            clean(one.client_name) for one in bad[:5]
        )
    blind = [one for one in weeks if any(line.verdict == "unproven" for line in one.services)]
    if blind:
        yield f"▲ not proven everywhere at {', '.join(clean(one.client_name) for one in blind[:5])}"
    if not bad and not blind:
        yield "● Every promise was kept." if weeks else "There is no client yet."


def worst(week: Week) -> str:
    """The worst light of everything on the page."""
    shown = {*(one.light for one in week.services), *(one.light for one in week.jobs)}
    shown |= {*(one.light for one in week.updates), *(one.light for one in (week.help.lines if week.help else ()))}
    return next((light for light in ("missed", "watch", "ok") if light in shown), "")


def _clients(weeks: Sequence[Week], earlier: Earlier) -> Table:
    head = ("client", "light", "missed", "unproven", "own", "resolve", "open S1/S2", "evidence", "trend")
    rows = tuple(_client(week, earlier.get(week.client, ())) for week in sorted(weeks, key=_order))
    return Table(head, rows, right=(2, 3, 4, 5, 6, 7), empty="No client has a week yet.")


def _order(week: Week) -> tuple[int, str]:
    return ("missed", "watch", "ok", "").index(worst(week)), week.client


def _client(week: Week, before: Sequence[Week]) -> tuple[str, ...]:
    missed = sum(one.light == "missed" for one in week.services)
    unproven = sum(one.verdict == "unproven" for one in week.services)
    kept = {one.promise: one.share if one.due else "–" for one in (week.help.lines if week.help else ())}
    bad = sum(one.severity in _OPEN_BAD and one.resolved_at is None for one in week.incidents)
    own, resolve = (number(kept.get(promise, "")) for promise in ("own", "resolve"))
    return (clean(week.client), LIGHTS.get(worst(week), NO_PROMISE), str(missed), str(unproven), own, resolve, str(bad),
            number(week.evidence) if evidence(week) else "–", trend(week, before))  # fmt: skip


def trend(week: Week, before: Sequence[Week]) -> str:
    """`▼ falling`, `▲ rising` against the median of the four weeks before, `=` within the noise band; `–` alone."""
    moved = [change for one in week.figures if (change := moved_by(one, before)) is not None]
    if not moved:
        return "–"
    if min(moved) < -_NOISE_BAND:
        return "▼ falling"
    return "△ rising" if max(moved) > _NOISE_BAND else "= steady"


def moved_by(one: Figure, before: Sequence[Week]) -> Fraction | None:
    """By how much a promised share (K1, K8, K15) moved against the median of the four weeks before."""
    if one.kpi not in ("K1", "K8", "K15") or one.span == "28d" or one.value is None or not one.target:
        return None
    earlier = [
        Fraction(*same.value) for week in before[-4:] for same in week.figures if same.key == one.key and same.value
    ]
    return Fraction(*one.value) - median(earlier) if earlier else None


def _sections(weeks: Sequence[Week], earlier: Earlier) -> Iterator[Section]:
    for letter, title in TITLES.items():
        lines = [line for week in weeks for line in _lines(week, letter, len(weeks) > 1)]
        if letter == "C" and len(weeks) > 1:
            lines = [*filter(None, [loads_told(weeks)]), *(line for line in lines if not line.endswith(ALONE))]
        parts: list[Part] = [Sentences(tuple(lines) or ("none",))]
        if letter == "C":
            parts += load_bars(loads(weeks, earlier))
        if letter == "D" and len(weeks) == 1:
            parts += [*histogram(weeks[0]), *work_bar(weeks[0])]
        if letter == "H" and len(weeks) == 1:
            parts += [*maturity_bars(weeks[0]), *maturity_radar(weeks[0], earlier.get(weeks[0].client, ()))]
        yield Section(letter, title, tuple(parts))


def _lines(week: Week, letter: str, is_named: bool) -> Iterator[str]:
    said = [line for one in week.owner if one.letter == letter for line in one.lines]
    if letter == "K":
        said += lines(week.restated)
    for line in said:
        if not (is_named and line == "none"):
            yield clean(f"{week.client}: {line}" if is_named else line, 400)

"""The convention of monitoring plugins: exit codes, the first line, performance data; read leniently, written strictly.

Exit codes 0 to 3; `TEXT | 'label'=value[UOM];[warn];[crit];[min];[max]`; further lines are long text. Source: the
Monitoring Plugins Development Guidelines, and draft-kaestle-monitoring-plugins-interface-03. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from checks.check import Check, Unit
from checks.finding import Finding, Status
from checks.standard import Bad, Standard
from checks.text import clean

EXITS = {Status.OK: 0, Status.NOT_DUE: 0, Status.WATCH: 1, Status.BREACH: 2, Status.UNKNOWN: 3}
WORDS = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
UNKNOWN = EXITS[Status.UNKNOWN]
MOST_TEXT, MOST_VALUES = 300, 100
"""Characters of the first line, and values, that are read of one plugin."""
_VALUE = re.compile(r"\s*(?:'((?:[^']|'')*)'|([^\s'=|]+))=([^\s;]*)((?:;[^\s;]*){0,4})\s*")
_NUMBER = re.compile(r"(-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)([^\d\s]*)")


class Value(Struct, frozen=True):
    """One value of a plugin's performance data, in the plugin's own unit."""

    label: str
    number: float | None
    """None for `U`: it could not be measured."""
    unit: str
    limits: str
    """`warn;crit;min;max` as the plugin writes them; "" where it writes none."""

    @property
    def words(self) -> str:
        """`85 %`, `1.5 s`, `not known`."""
        return "not known" if self.number is None else f"{self.number:g} {self.unit}".rstrip()


class Said(Struct, frozen=True):
    """What a plugin wrote."""

    text: str
    """The first line, without performance data; "" where it wrote nothing."""
    long: tuple[str, ...]
    values: tuple[Value, ...]


def said(out: str) -> Said:
    """What a plugin's output says. Whatever it wrote is read as far as it can be; nothing raises."""
    first, *rest = (out.splitlines() or [""])[: MOST_VALUES * 2]
    text, _, data = first.partition("|")
    long: list[str] = []
    for place, line in enumerate(rest):
        words, bar, more = line.partition("|")
        long.append(clean(words.strip(), MOST_TEXT))
        if bar:
            data = " ".join((data, more, *rest[place + 1 :]))
            break
    return Said(clean(text.strip(), MOST_TEXT), tuple(filter(None, long)), tuple(_values(data)))


def _values(data: str) -> Iterator[Value]:
    for place, found in enumerate(_VALUE.finditer(data)):
        if place == MOST_VALUES:
            return
        label = found[2] if found[1] is None else found[1].replace("''", "'")
        number = _NUMBER.fullmatch(found[3].replace(",", "."))
        if number is None and found[3].upper() != "U":
            continue
        value, unit = (None, "") if number is None else (float(number[1]), number[2])
        yield Value(clean(label, 60), value, clean(unit, 10), clean(found[4].removeprefix(";"), 60))


def line(check: Check, found: Iterable[Finding], standard: Standard) -> tuple[str, int]:
    """All findings of one check as a plugin writes them, and its exit code: the worst one first."""
    ordered = sorted(found, key=lambda one: (-gravity(EXITS[one.status]), one.subject))
    if not ordered:
        return f"{check.name.upper()} UNKNOWN: nothing of it is listed on this machine", UNKNOWN
    code = EXITS[ordered[0].status]
    first, *others = (_safe(f"{one.subject}: {one.sentence}" if one.subject else one.sentence) for one in ordered)
    data = " ".join(_data(check, one, standard) for one in ordered if one.value is not None)
    more = "".join(f"\n{WORDS[EXITS[one.status]]} {text}" for one, text in zip(ordered[1:], others, strict=True))
    return f"{check.name.upper()} {WORDS[code]}: {first}" + (f" | {data}" if data else "") + more, code


def local_lines(check: Check, found: Iterable[Finding], standard: Standard) -> Iterator[str]:
    """The same as local checks of Checkmk: `STATUS "NAME" DATA TEXT`, a line a subject."""
    for one in found:
        name = _safe(f"{check.title} {one.subject}".strip()).replace('"', "'")
        data = _data(check, one, standard).replace("'", "").replace(" ", "_") if one.value is not None else "-"
        yield f'{EXITS[one.status]} "{name}" {data} {_safe(one.sentence)}'


def gravity(code: int) -> int:
    """How an exit code ranks: critical over unknown over warning, as the plugins' own tools have it."""
    return (0, 1, 3, 2)[code]


def _data(check: Check, one: Finding, standard: Standard) -> str:
    """`'label'=value[UOM];warn;crit;min`: ratios in percent, instants as their age in seconds."""
    factor, unit = (100.0, "%") if check.unit is Unit.RATIO else (1.0, _UNITS.get(check.unit, ""))
    value = one.value or 0.0
    if check.unit is Unit.SINCE:
        value = max(0.0, one.taken_at - value)
    limits = ";".join(_limit(limit, factor, standard.bad) for limit in (standard.warn, standard.crit))
    least = "" if check.unit is Unit.CELSIUS else "0"
    return f"{_label(one.subject or check.name)}={value * factor:.10g}{unit};{limits};{least}".rstrip(";")


_UNITS = {Unit.SECONDS: "s", Unit.SINCE: "s", Unit.BYTES: "B"}


def _limit(limit: float | None, factor: float, bad: Bad) -> str:
    """A range that alarms outside of itself: `90` from 0 to 90, `10:` from 10 on."""
    if limit is None:
        return ""
    return f"{limit * factor:.10g}" if bad is Bad.ABOVE else f"{limit * factor:.10g}:"


def _label(name: str) -> str:
    quoted = clean(name, 60).replace("'", "''").replace("=", "_").replace("|", "_")
    return f"'{quoted}'"


def _safe(text: str) -> str:
    """A sentence without what the convention gives a meaning."""
    return clean(text, MOST_TEXT).replace("|", "/")

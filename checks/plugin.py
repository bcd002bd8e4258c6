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
from checks.standard import Bad
from checks.text import clean

EXITS = {Status.OK: 0, Status.NOT_DUE: 0, Status.WATCH: 1, Status.BREACH: 2, Status.UNKNOWN: 3}
WORDS = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
UNKNOWN = EXITS[Status.UNKNOWN]
MOST_TEXT, MOST_VALUES = 300, 100
"""Characters of the first line, and values, that are read of one plugin."""
MOST_BYTES = 4096
"""What is written: Nagios 4 keeps 8 KiB of a plugin's output, older ones and what carries it between machines 4."""
_ROOM_FOR_MORE = 24
Judged = tuple[Check, Finding]
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


def line(found: Iterable[Judged], name: str = "") -> tuple[str, int]:
    """What a plugin writes of its findings, the worst one first, in at most MOST_BYTES; and its exit code.

    `name` is the one check that was asked for; without it the first line counts, and every other names its check.
    """
    ordered = sorted(found, key=lambda row: (-gravity(EXITS[row[1].status]), row[0].name, row[1].subject))
    if not ordered:
        return f"{name.upper()} UNKNOWN: nothing of it is listed on this machine", UNKNOWN
    codes = [EXITS[one.status] for _, one in ordered]
    texts = [_text(one.subject if name else _title(check, one), one.sentence) for check, one in ordered]
    data = [f"{_label(check, one, name)}={_data(check, one)}" for check, one in ordered if one.value is not None]
    first = texts[0] if name else f"{sum(map(bool, codes))} of {len(codes)} are not well"
    head = f"{name.upper() or 'WATCHBILL'} {WORDS[codes[0]]}: {first}"
    if kept := _fitting(data, MOST_BYTES // 2):
        head += f" | {' '.join(kept)}"
    rest = [f"{WORDS[code]} {text}" for code, text in zip(codes, texts, strict=True)][1 if name else 0 :]
    shown = _fitting(rest, MOST_BYTES - len(head.encode()) - _ROOM_FOR_MORE)
    left_out = [f"and {len(rest) - len(shown)} more"] if len(shown) < len(rest) else []
    return "\n".join((head, *shown, *left_out)), codes[0]


def local_lines(found: Iterable[Judged]) -> Iterator[str]:
    """The same as local checks of Checkmk: `STATUS "SERVICE" METRIC TEXT`, a line a finding.

    A quote of either kind inside of a service's name, and a metric's name with a space, colon, slash or backslash, are
    refused there: the metric is the check's own name. Two characters, a backslash and n, would be a line's end.
    """
    for check, one in found:
        metric = "-" if one.value is None else f"{check.name}={_data(check, one, has_unit=False)}"
        yield local_line(EXITS[one.status], _title(check, one), one.sentence, metric)


def local_line(code: int, service: str, text: str, metric: str = "-") -> str:
    """One local check of Checkmk."""
    quoted = clean(service, MOST_TEXT).translate({ord('"'): "’", ord("'"): "’"})
    words = safe(text).replace("\\", "/")
    return f'{code} "{quoted}" {metric} {words}'


def gravity(code: int) -> int:
    """How an exit code ranks: critical over unknown over warning, as the plugins' own tools have it."""
    return (0, 1, 3, 2)[code]


def safe(text: str, longest: int = MOST_TEXT) -> str:
    """A text of one line without the bar, which begins performance data."""
    return clean(text, longest).replace("|", "/")


def _title(check: Check, one: Finding) -> str:
    return f"{check.title} {one.subject}".strip()


def _text(subject: str, sentence: str) -> str:
    return safe(f"{subject}: {sentence}" if subject else sentence)


def _fitting(parts: Iterable[str], most: int) -> list[str]:
    """The first parts, each of them whole, that `most` bytes hold with a separator each."""
    kept = []
    for part in parts:
        most -= len(part.encode()) + 1
        if most < 0:
            break
        kept.append(part)
    return kept


def _data(check: Check, one: Finding, *, has_unit: bool = True) -> str:
    """`value[UOM];warn;crit;min`: ratios in percent, instants as their age in seconds."""
    factor, unit = (100.0, "%") if check.unit is Unit.RATIO else (1.0, _UNITS.get(check.unit, ""))
    value = one.value or 0.0
    if check.unit is Unit.SINCE:
        value = max(0.0, one.taken_at - value)
    standard = check.standard
    limits = ";".join(_limit(limit, factor, standard.bad) for limit in (standard.warn, standard.crit))
    can_be_negative = check.unit is Unit.CELSIUS or standard.bad is Bad.BELOW  # seconds left are, once it has ended
    least = "" if can_be_negative else "0"
    return f"{_number(value * factor)}{unit if has_unit else ''};{limits};{least}".rstrip(";")


_UNITS = {Unit.SECONDS: "s", Unit.SINCE: "s", Unit.BYTES: "B"}


def _limit(limit: float | None, factor: float, bad: Bad) -> str:
    """A range that alarms outside of itself: `90` from 0 to 90, `10:` from 10 on."""
    if limit is None:
        return ""
    return _number(limit * factor) if bad is Bad.ABOVE else f"{_number(limit * factor)}:"


def _number(value: float) -> str:
    """Sign, digits and point alone: the convention knows no exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _label(check: Check, one: Finding, name: str) -> str:
    """The subject; the check's name where there is none, and before it where several checks are told."""
    words = (one.subject or check.name) if name else f"{check.name} {one.subject}".strip()
    quoted = clean(words).replace("'", "''").replace("=", "_").replace("|", "_")
    return f"'{quoted}'"

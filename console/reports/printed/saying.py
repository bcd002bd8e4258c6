"""How a page says what a week holds: lights in words, names with their hours, dates, who froze it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from checks.reading import Instant
from checks.text import clean
from console.pages.figures import Figure
from console.pages.week import Availability, Week
from console.pages.week_sections import HelpLine
from console.service_levels.availability import NO_DATA, NOTHING_DUE

LIGHTS: Mapping[str, str] = {"ok": "● OK", "watch": "▲ WATCH", "missed": "■ MISSED"}
"""Sign and word of each light (5.1)."""
NO_PROMISE, NONE_DUE = "○ NO PROMISE", "○ NOTHING DUE"
_RANKS = {"missed": 0, "watch": 1, "ok": 2}
_REVISION = re.compile(r"^(.*?)\s*revision (\d+)$")
_NAME_WIDTH = 18


def light(value: str, grey: str = NO_PROMISE) -> str:
    """`▲ WATCH`; the grey words where there is no light."""
    return LIGHTS.get(value, grey)


def service_light(line: Availability) -> str:
    """The light of a service; grey says why it is grey."""
    return light(line.light, NONE_DUE if line.availability == NOTHING_DUE else NO_PROMISE)


def contract_light(line: Availability) -> str:
    """The light of a service in contract terms, with the reason where the week knows one."""
    contract = line.contract
    if contract is None:
        return ""
    whole = light(contract.light)
    return f"{whole[0]} {clean(contract.words)}" if contract.words else whole


def service_name(line: Availability) -> str:
    """`ERP (shop hours)`, `Sign-in (identity)`: its name with its hours, or with the id where that says more."""
    if line.hours:
        whole = f"{line.name} ({line.hours})"
        return clean(whole if len(whole) <= _NAME_WIDTH else whole.replace(" hours)", " hrs)"))
    return clean(line.name if line.name.casefold() == line.service.casefold() else f"{line.name} ({line.service})")


def shown_services(week: Week) -> tuple[Availability, ...]:
    """The worst light first; without a promise only what stopped, or everything where nothing was promised."""
    promised = [line for line in week.services if line.target]
    shown = [line for line in week.services if line.target or line.down or line.availability == NO_DATA]
    lines = shown if promised else list(week.services)
    return tuple(sorted(lines, key=lambda line: _RANKS.get(line.light, 3)))


def help_light(one: HelpLine) -> str:
    """The light of a promise of help; none where nothing is wanted of it, and grey where nothing was due."""
    return light(one.light, "" if one.due else NONE_DUE)


def budget(left: str, month: str) -> str:
    """What is left of the error budget; nobody knows it where nothing is known of the 28 days."""
    return "not known" if left and month == NO_DATA else number(left)


def is_told(line: Availability) -> bool:
    """Whether the service's own notes say between which bounds it is."""
    return line.verdict != "unproven" or line.light == "ok" or any(line.low in note for note in line.notes)


def number(said: str) -> str:
    """A figure of a column; a dash where nothing was due."""
    return "–" if said in ("", NOTHING_DUE) else clean(said)


def days(week: Week) -> str:
    """`Mon 9 - Sun 15 Nov`, in the client's zone."""
    zone = ZoneInfo(week.zone)
    first, last = datetime.fromtimestamp(week.start, zone), datetime.fromtimestamp(week.end - 1, zone)
    month = "" if first.month == last.month else f" {first:%b}"
    return f"{first:%a} {first.day}{month} - {last:%a} {last.day} {last:%b}"


def at(instant: Instant, zone: str) -> str:
    """`Mon 16 Nov 09:30`."""
    when = datetime.fromtimestamp(instant, ZoneInfo(zone))
    return f"{when:%a} {when.day} {when:%b %H:%M}"


def state(week: Week) -> str:
    """Who prepared it, or what kind of preview it is; and for how much of the time there is evidence."""
    if week.frozen is not None:
        made = f"Prepared by {clean(week.frozen.by_name)}, frozen {at(week.frozen.at, week.zone)}."
    elif week.so_far:
        made = f"PREVIEW, so far: the week as it stood {at(week.now, week.zone)}; figures may still move."
    else:
        made = f"PREVIEW made {at(week.now, week.zone)}: the week is over and not yet frozen."
    return f"{made} {evidence(week)}".rstrip()


def evidence(week: Week) -> str:
    """`Evidence for 99.20 % of expected time.`"""
    if not week.evidence or week.evidence == NOTHING_DUE:
        return ""
    if week.evidence == NO_DATA:
        return "There is no evidence of any expected time."
    return f"Evidence for {clean(week.evidence)} of expected time."


def revision(week: Week) -> str:
    """`model r7`."""
    found = _REVISION.match(week.revision)
    return f"model r{found[2]}" if found else clean(week.revision) or "no model"


def figure(week: Week, kpi: str, name: str, about: str = "") -> Figure | None:
    """One figure of the week, if it has it."""
    return next((one for one in week.figures if (one.kpi, one.name, one.about) == (kpi, name, about)), None)


def given(found: Figure, name: str) -> str:
    """What an input of a figure was, by the first word of its name; "" where there is none."""
    return next((one.value for one in found.inputs if one.name.split(",")[0] == name), "")


def help_words(promise: str) -> str:
    """`answered in time`, `solved in time`."""
    return {"own": "answered in time", "resolve": "solved in time"}.get(promise, clean(promise))


def waiting(open_: int, waits: int) -> str:
    """`Open: 2 (one waits for your OK).`"""
    few = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    count = few[waits] if waits < len(few) else str(waits)
    told = f" ({count} wait{'s' if waits == 1 else ''} for your OK)" if waits else ""
    return f"Open: {open_}{told}."


def on_site(count: int) -> str:
    """`On site once.`"""
    said = {0: "", 1: "On site once.", 2: "On site twice."}
    return said.get(count, f"On site {count} times.")


def sentences(headline: str) -> Sequence[str]:
    """The headline cut before each sign, and before that the rest held, so that each trouble stands on its own."""
    return [part.strip() for part in re.split(r"(?=[■▲○●] )|(?=Everything else held)", headline) if part.strip()]


def we_say(week: Week) -> tuple[str, ...]:
    """What we have to say to rows of the week, each with who says it."""
    first = reversed(week.figures)  # of several figures about one thing, the first is its own
    names = {f"{one.kpi}/{one.about}" if one.about else one.kpi: f"{one.name} {one.about}" for one in first}
    return tuple(
        clean(f"{names.get(one.about, one.about.replace('/', ' ')).strip()}: {one.text} ({one.by_name})", 400)
        for one in week.comments
    )

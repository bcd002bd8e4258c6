"""What is held back: a breach that stands, and that nobody is alarmed of yet (4.1). Pure.

Inside a maintenance window that counts as planned, detection waits for its end. A standard may ask that a breach has
stood for some time, or for some looks in a row. Both hold back the alarm and nothing else: the record has the breach
from its first second, and an incident is detected at the first bad evidence that became it, or at the window's end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from checks.reading import Instant
from checks.standard import Standard
from checks.wording import duration
from console.operating_model.entities import Client
from console.operating_model.mapping import carried
from console.service_levels.windows import Window


class HeldBack(Struct, frozen=True, omit_defaults=True):
    """Why nobody is alarmed of something, and until when."""

    why: str
    """`unconfirmed`, `maintenance`, `flapping`, `presence` or `symptom`."""
    about: str
    since: Instant
    until: Instant | None = None
    """When it will be told at the latest, if it lasts; None where no time says so."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A breach, as far as it decides whether it is told."""

    since: Instant
    looks: int
    evidence_until: Instant | None = None


def held_back(bad: Bad, standard: Standard, windows: Sequence[Window], now: Instant) -> HeldBack | None:
    """Why a breach is not told yet at `now`; None where it is. `windows` are those of its host that count."""
    detected = detected_at(bad.since, windows)
    if detected > now:
        names = sorted({one.id for one in windows if bad.since < one.ended and one.start < detected})
        return HeldBack("maintenance", f"maintenance {', '.join(names)}", bad.since, detected)
    if bad.looks < standard.in_a_row:
        return HeldBack("unconfirmed", f"{bad.looks} of {standard.in_a_row} looks in a row", bad.since)
    due = bad.since + standard.stands_for
    proven = now if bad.evidence_until is None else min(now, bad.evidence_until)
    if proven < due:
        return HeldBack("unconfirmed", f"has to stand for {duration(standard.stands_for)}", bad.since, due)
    return None


def detected_at(since: Instant, windows: Iterable[Window]) -> Instant:
    """When a breach counts as detected: at its first bad evidence, or at the end of the windows around it (TL9)."""
    for one in sorted(windows, key=lambda one: one.start):
        if one.start <= since < one.ended:
            since = one.ended
    return since


def covering(client: Client, host: str, windows: Iterable[Window]) -> tuple[Window, ...]:
    """The windows in which a host may break: it or what it runs on is worked on, or all that it carries is excused."""
    below = _below(client, host)
    services = carried(client, host) & client.services.keys() if host in client.hosts else frozenset()
    return tuple(
        one
        for one in windows
        if one.is_planned and (below & set(one.hosts) or (services and services <= set(one.services)))
    )


def _below(client: Client, host: str) -> set[str]:
    found: set[str] = set()
    while host and host not in found:
        found.add(host)
        below = client.hosts.get(host)
        host = below.runs_on if below else ""
    return found

"""Section 3 where only agents speak: how hosts stand with updates and backups, and what nobody saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from checks.finding import Status
from checks.text import clean
from checks.wording import duration
from console.pages.week import Week
from console.reports.wording import moment

_MOST = 12
_WIDTH = 87


def agent_lines(week: Week) -> Iterator[str]:
    """The lines of what agents see; none where people's records say the same."""
    if not week.updates:
        yield from _table(patch_rows(week))
    if not week.jobs:
        yield from _table(backup_rows(week))
    if not week.updates and not week.jobs:
        told = [(f"not known {host}", f"from {since}", f"for {length}") for host, since, length in silence_rows(week)]
        more = more_silences(week)
        yield from _table([*told, *([(more, "", "")] if more else [])])


def patch_rows(week: Week) -> list[tuple[str, ...]]:
    """How each host stands with updates; empty where no agent looks."""
    return [
        (f"updates {one.host}", _word(one.status), _count(one.pending, "waiting"), _count(one.security, "of security"),
         _oldest(one.oldest_security_days))
        for one in week.patches
    ]  # fmt: skip


def backup_rows(week: Week) -> list[tuple[str, ...]]:
    """How each backup stands that an agent can see."""
    zone = ZoneInfo(week.zone)
    return [
        (f"backup {one.host} {one.subject}".rstrip(), _word(one.status),
         moment(one.newest_at, zone) if one.newest_at else "–", one.sentence)
        for one in week.backups
    ]  # fmt: skip


def silence_rows(week: Week) -> list[tuple[str, str, str]]:
    """The first stretches of which nobody knows: host, from when, for how long."""
    zone = ZoneInfo(week.zone)
    return [(one.host, moment(one.start, zone), duration(one.end - one.start)) for one in week.silences[:_MOST]]


def more_silences(week: Week) -> str:
    """`and 3 more`: the stretches that `silence_rows` leaves out; "" where it shows all."""
    left = len(week.silences) - _MOST
    return f"and {left} more" if left > 0 else ""


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    cells = [[clean(cell, 60) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))] if cells else []
    for row in cells:
        line = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        yield line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"


def _word(status: str) -> str:
    return f"{Status(status).sign} {status}"


def _count(count: int | None, word: str) -> str:
    return f"{'unknown' if count is None else count} {word}"


def _oldest(days: int | None) -> str:
    return "" if days is None else f"the oldest {days} d"

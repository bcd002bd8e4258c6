"""A week as plain text that fits 80 columns: the answer on top, then the tables, then what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from checks.finding import Status
from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.week import Week
from console.reports.wording import moment

WIDTH = 80
_VERDICT = {"met": Status.OK, "missed": Status.BREACH, "unproven": Status.UNKNOWN}


def text(week: Week) -> str:
    """The page, ending with a line end."""
    zone = ZoneInfo(week.zone)
    lines = [*_head(week, zone), *_services(week), *_incidents(week, zone)]
    lines += [*_patches(week), *_backups(week, zone), *_silences(week, zone), *_foot(week)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(week: Week, zone: ZoneInfo) -> Iterator[str]:
    so_far = f" · so far, {moment(week.now, zone)}" if week.so_far else ""
    yield clean(f"{week.client_name} · week {week.week}{so_far}", WIDTH)
    yield f"{moment(week.start, zone)} to {moment(week.end, zone)} ({week.zone})"
    yield "─" * WIDTH
    yield clean(week.headline, 3 * WIDTH)


def _services(week: Week) -> Iterator[str]:
    rows = [
        (
            line.name,
            line.owner,
            line.availability,
            line.coverage,
            line.target or "–",
            _word(line.verdict) if line.verdict else "–",
        )
        for line in week.services
    ]
    yield from table(("Service", "owner", "available", "known", "promised", "verdict"), rows, right=(2, 3, 4))
    for line in week.services:
        if line.verdict == "unproven":
            yield f"  {line.name}: between {line.low} and {line.high}, depending on what nobody saw"


def _incidents(week: Week, zone: ZoneInfo) -> Iterator[str]:
    if not week.incidents:
        yield from ("", "Incidents", "  none")
        return
    rows = [
        (f"#{one.incident}", one.severity, moment(one.detected_at, zone), _took(one.detected_at, one.resolved_at),
         one.own_verdict or "–", one.solve_verdict or "–", one.title)
        for one in week.incidents
    ]  # fmt: skip
    yield from table(("Incidents", "", "detected", "took", "own", "solve", "what"), rows)


def _patches(week: Week) -> Iterator[str]:
    rows = [
        (line.host, _word(line.status), _number(line.pending), _number(line.security), _days(line.oldest_security_days),
         _days(line.lists_age_days))
        for line in week.patches
    ]  # fmt: skip
    if rows:
        yield from table(("Patches", "status", "waiting", "security", "oldest", "lists"), rows, right=(2, 3, 4, 5))
    else:
        yield from ("", "Patches", "  no data")


def _backups(week: Week, zone: ZoneInfo) -> Iterator[str]:
    rows = [
        (
            line.host,
            line.subject,
            _word(line.status),
            moment(line.newest_at, zone) if line.newest_at else "–",
            line.sentence,
        )
        for line in week.backups
    ]
    if rows:
        yield from table(("Backups", "what", "status", "newest", ""), rows)
    else:
        yield from ("", "Backups", "  none is looked at: name them in the agent's agent.toml")


def _silences(week: Week, zone: ZoneInfo) -> Iterator[str]:
    if not week.silences:
        return
    rows = [(one.host, moment(one.start, zone), duration(one.end - one.start)) for one in week.silences[:20]]
    yield from table(("Not known", "from", "for"), rows)
    if len(week.silences) > len(rows):
        yield f"  and {len(week.silences) - len(rows)} more"


def _foot(week: Week) -> Iterator[str]:
    yield ""
    yield f"model {week.revision or 'not published'} · formulas {week.formula} · unknown is never counted as good"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """An aligned table under an empty line; the last column is cut to the page."""
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(len(line[place]) for line in [list(head), *cells]) for place in range(len(head))]
    widths[-1] = max(8, min(widths[-1], WIDTH - sum(widths[:-1]) - 2 * len(widths)))
    yield ""
    for line in [list(head), *cells]:
        shown = [_cut(cell, width) for cell, width in zip(line, widths, strict=True)]
        padded = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(shown, widths, strict=True))
        ]
        yield "  ".join(padded)


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: width - 1] + "…"


def _word(status: str) -> str:
    known = _VERDICT.get(status) or Status(status)
    return f"{known.sign} {status}"


def _number(count: int | None) -> str:
    return "unknown" if count is None else str(count)


def _days(count: int | None) -> str:
    return "–" if count is None else f"{count} d"


def _took(start: Instant, end: Instant | None) -> str:
    return "open" if end is None else duration(end - start)

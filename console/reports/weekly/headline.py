"""The answer of five seconds: what stopped, what was not saved, what nobody can prove; and whether the rest held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from checks.finding import Status
from checks.wording import counted, duration
from console.pages.week import Availability
from console.reports.weekly.backups import JobWeek, bad_nights, job_name
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.handled import thing
from console.reports.weekly.spoken import several, shortly, times
from console.reports.wording import without_stops
from console.service_levels.availability import NO_DATA, NOTHING_DUE
from console.service_levels.kpis.backups import GOOD

SIGN = "■ "
_MOST_SEEN = 2


def week_headline(facts: WeekFacts, lines: Sequence[Availability], weeks: Sequence[JobWeek]) -> str:
    """One sentence a trouble, each after its sign; then what is not known, then that the rest held."""
    bad = [*_stopped(lines), *_not_saved(facts, weeks), *_seen_unsaved(facts, weeks)]
    said = [SIGN + one for one in bad]
    blind = [line for line in lines if line.verdict == "unproven" and not line.down]
    deaf = [line.name for line in lines if is_unwatched(line)]
    unwatched = [f"Not watched: {', '.join(deaf)}."] if deaf else []
    if not bad and not any(line.down for line in lines):
        told = f"{without_stops(lines)}; {counted(len(facts.incidents), 'incident', 'incidents')}."
        return " ".join((told, *unwatched))
    short = [line for line in lines if line.down and line.light != "missed"]
    if not bad:
        said += [f"{_stop(line)}." for line in short]
    said += [f"Not proven: {', '.join(map(_unknown, blind))}."] if blind else []
    said += unwatched
    if not deaf and not any(line.availability == NO_DATA for line in lines):
        said.append("Everything else held.")
    return " ".join(said)


def is_unwatched(line: Availability) -> bool:
    """Promised, and in 28 days nothing that it stands on was ever heard."""
    return bool(line.target) and line.availability == line.month == NOTHING_DUE


def _stopped(lines: Sequence[Availability]) -> Iterator[str]:
    for line in sorted(lines, key=lambda line: -line.down):
        if line.down and line.light == "missed":
            yield f"{_stop(line)}."


def _stop(line: Availability) -> str:
    hours = f" of {line.hours}" if line.hours else ""
    return f"{line.name} stopped {times(line.stops)} ({_long(line.down)}{hours})"


def _long(seconds: int) -> str:
    """`1 h 47 min`."""
    return duration(seconds)


def _not_saved(facts: WeekFacts, weeks: Sequence[JobWeek]) -> Iterator[str]:
    """`File backups skipped two nights, running again since Thursday.`"""
    found = bad_nights(tuple(weeks))
    for one in weeks:
        nights = found.get(one.job.id, [])
        if nights:
            name = thing(job_name(facts, one.job))
            word = "night" if one.job.every >= 86_400 else "run"
            count = f"{several(len(nights))} {word}{'s' if len(nights) != 1 else ''}"
            yield f"{name[0].upper()}{name[1:]} backups skipped {count}, {_since(facts, one, nights[-1])}."


def _seen_unsaved(facts: WeekFacts, weeks: Sequence[JobWeek]) -> Iterator[str]:
    """`Backup night of nas: newest snapshot 5 d old.`: what agents see of hosts for which no job is written down."""
    told = {one.job.host for one in weeks}
    late = [
        (host, one.finding)
        for host, judged in sorted(facts.findings.items())
        for one in judged
        if one.tells_copies and one.finding.status is Status.BREACH and host not in told
    ]
    for host, finding in late[:_MOST_SEEN]:
        yield f"{f'Backup {finding.subject}'.rstrip()} of {host}: {finding.sentence}."
    if len(late) > _MOST_SEEN:
        yield f"{counted(len(late) - _MOST_SEEN, 'more backup', 'more backups')} too old."


def _since(facts: WeekFacts, week: JobWeek, last: int) -> str:
    again = next((due.at for due in week.dues if due.at > last and due.word in GOOD), None)
    if again is None:
        return "and are not running yet"
    return f"running again since {datetime.fromtimestamp(again, facts.client.zone):%A}"


def _unknown(line: Availability) -> str:
    if line.availability == NO_DATA:
        return f"{line.name} (no data)"
    return f"{line.name} ({shortly(line.unknown)} unseen)"

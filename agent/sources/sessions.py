"""What programs that keep a list of their backups have in common: of each job the newest copy, and the last result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent.looking import Look
from checks.reading import CheckName, Instant, Item, Reading

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Session:
    """One run of one job."""

    job: str
    at: Instant
    """When it was begun: what is restored from it is as of then; when it ended, where only that is told."""
    is_over: bool = True
    is_copy: bool = False
    """Whether something can be restored from it."""
    is_well: bool = False
    said: str = ""
    """How it ended, in the program's own words."""


def copies(at: Look, check: str, found: Iterable[Session]) -> Iterator[Reading]:
    """The newest copy of each job; None where no run of it made one."""
    for job, runs in _by_job(found).items():
        made = [one for one in runs if one.is_copy]
        newest = tuple(Item("copy", one.said, one.at) for one in reversed(made[-_MOST_NAMED:]))
        yield Reading(CheckName(check), job, float(made[-1].at) if made else None, at.now, at.next_look, newest)


def results(at: Look, check: str, found: Iterable[Session]) -> Iterator[Reading]:
    """0 where the last run of each job that is over ended well, else 1; nothing where none is over."""
    for job, runs in _by_job(found).items():
        for last in [one for one in runs if one.is_over][-1:]:
            words = "its last run ended well" if last.is_well else f"its last run ended otherwise: {last.said[:200]}"
            items = (Item("last run", words, last.at),)
            yield Reading(CheckName(check), job, float(not last.is_well), at.now, at.next_look, items)


def _by_job(found: Iterable[Session]) -> dict[str, list[Session]]:
    """Of each job its runs, oldest first."""
    jobs: dict[str, list[Session]] = {}
    for one in sorted(found, key=lambda one: (one.job, one.at)):
        jobs.setdefault(one.job, []).append(one)
    return jobs

"""No flood: more than a handful of messages to one person within ten minutes become one (K17, S12 of reliability)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from checks.reading import Instant
from console.letters.letter import Letter, Posting, Way

MOST = 5
"""Messages to one person within SPAN."""
SPAN = 600
_FOLDS = frozenset({"opening", "mark", "offer", "over", "back"})


class Told(Protocol):
    """A letter that is waiting, with its number."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def letter(self) -> Letter:
        """What it tells."""
        ...


T = TypeVar("T", bound=Told)


@dataclass(frozen=True, slots=True)
class Turn(Generic[T]):
    """What happens to one person's letters now: each sent, folded into one, or held until a later instant."""

    single: tuple[T, ...]
    folded: tuple[T, ...] = ()
    held: tuple[T, ...] = ()
    until: Instant = 0


def turn(letters: Sequence[T], recent: Sequence[Instant], now: Instant) -> Turn[T]:
    """Deal with one person's letters that are due, given when they were told something in the last SPAN seconds.

    S1 first and never held: where there is no room left, the most severe are told in one letter at once. What is
    written once a day or week, and what several were folded into already, goes by itself.
    """
    alone = tuple(one for one in letters if one.letter.about not in _FOLDS or one.letter.way is Way.HOOK)
    mine = _dealt([one for one in letters if one not in alone], recent, now)
    return Turn((*alone, *mine.single), mine.folded, mine.held, mine.until)


def _dealt(letters: Sequence[T], recent: Sequence[Instant], now: Instant) -> Turn[T]:
    ordered = sorted(letters, key=lambda one: (one.letter.severity or "S9", one.id))
    room = MOST - len([at for at in recent if at > now - SPAN])
    if len(ordered) <= room:
        return Turn(tuple(ordered))
    if room >= 1:
        return Turn(tuple(ordered[: room - 1]), tuple(ordered[room - 1 :]))
    urgent = tuple(one for one in ordered if one.letter.severity == "S1")
    held = tuple(one for one in ordered if one.letter.severity != "S1")
    until = min(at for at in recent if at > now - SPAN) + SPAN
    return Turn(urgent if len(urgent) == 1 else (), urgent if len(urgent) > 1 else (), held, until)


def folded(letters: Sequence[Told], now: Instant) -> Posting:
    """One letter that tells what several would have told."""
    first = letters[0].letter
    clients = {one.letter.client for one in letters}
    lines: tuple[str, ...] = (
        f"{len(letters)} messages within {SPAN // 60} minutes, told in one:",
        "",
        *(one.letter.subject for one in letters),
        "",
        "watchbill incidents",
    )
    letter = Letter(
        about="fold",
        subject=f"{len(letters)} messages: {first.subject}",
        lines=lines,
        client=clients.pop() if len(clients) == 1 else "",
        person=first.person,
        way=first.way,
        account=first.account,
        severity=min((one.letter.severity for one in letters if one.letter.severity), default=""),
    )
    ids = [one.id for one in letters]
    return Posting(f"fold {min(ids)}-{max(ids)} {first.person}", now, letter)


def reached(letter: Letter) -> str:
    """Whom a letter reaches: a person, or everybody in a room."""
    return letter.person or letter.account


def by_person(letters: Sequence[T]) -> Iterator[tuple[str, list[T]]]:
    """Letters by whom they reach."""
    groups: dict[str, list[T]] = {}
    for one in letters:
        groups.setdefault(reached(one.letter), []).append(one)
    yield from groups.items()

"""A post office without a daemon: a real store, the example's model, a clock that stands still, a hand that carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from builders import at

from checks.catalogue import BY_NAME
from checks.finding import Impact
from console.incidents.events import Event, Kind, Opening
from console.letters.letter import Accounts, Fate, Letter, Outcome
from console.operating_model.entities import Severity
from console.operating_model.examples import example
from console.operating_model.load import load
from console.store import outbox
from console.store.database import opened
from console.store.ledger import Ledger
from console.store.writer import Batch, Writer
from console.watch.posting import Post

TUESDAY = at("Tue 10:00")


@dataclass
class Hand:
    """Carries letters by hand: keeps what it took, and answers as it was told to."""

    known: Accounts = field(default_factory=lambda: Accounts(has_mail=True))
    answer: Outcome = field(default_factory=lambda: Outcome(Fate.SENT))
    taken: list[tuple[str, str, Letter]] = field(default_factory=list)

    def accounts(self) -> Accounts:
        return self.known

    def carry(self, letter: Letter, key: str, to: tuple[str, str], written_at: int) -> Outcome:
        if self.answer.fate is Fate.SENT:
            self.taken.append((key, to[1], letter))
        return self.answer

    @property
    def keys(self) -> list[str]:
        return [key for key, _, _ in self.taken]


@dataclass
class Office:
    """The store, the post, the hand, and what happens."""

    ledger: Ledger
    hand: Hand
    time: list[int]
    post: Post

    def opens(self, *, severity: str = "S1", service: str = "files", host: str = "fs01", title: str = "is down") -> int:
        number, batch = self.ledger.cases.last + 1, Batch()
        opening = Opening(
            number, "brackwater", service, host, f"c{number}", "", title, Impact.DOWN, Severity(severity), self.time[0]
        )
        self.ledger.cases.report(opening, batch)
        self.ledger.keep(batch).result()
        return number

    def happens(self, number: int, kind: Any, **more: Any) -> None:
        batch = Batch()
        case = self.ledger.cases.open.get(number) or self.ledger.cases.resting[number]
        self.ledger.cases.add(case, Event(self.time[0], more.pop("by", ""), Kind(kind), **more), batch)
        self.ledger.keep(batch).result()

    async def round(self, seconds: int = 0, *, marks: bool = False) -> list[str]:
        """Let time pass and the post go round; the keys of what was carried by it."""
        self.time[0] += seconds
        before = len(self.hand.taken)
        passed = self.ledger.clear(self.time[0]) if marks else None
        if passed is not None:
            passed.result()
        await self.post.go_round()
        return self.hand.keys[before:]

    def letters(self) -> dict[str, outbox.Waiting]:
        return {one.key: one for one in outbox.standing(self.ledger.database.reading, 1000)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = opened(tmp_path)
    writer = Writer(database)
    ledger = Ledger(database, writer, BY_NAME, load(example("brackwater"), BY_NAME), lambda: None)
    ledger.read_back()
    hand, time = Hand(), [TUESDAY]
    post = Post(ledger, hand, lambda: time[0], lambda longest: longest)
    post._digest_at = TUESDAY + 10**9
    yield Office(ledger, hand, time, post)
    writer.close()
    database.close()

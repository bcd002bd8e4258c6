"""Streams of check-ins as agents make them, and ways in which they may reach a console: in order, or anyhow."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import Raw

from checks.reading import CheckIn, CheckName, Dropped, Gap, Machine, Reading, Why
from checks.wire import Carry, Hello, carry, encode_check_in

PACE = 300
START = 1_795_510_800
MACHINE = Machine("h", "debian-12")
EPOCHS = ("a" * 32, "b" * 32)


@dataclass(frozen=True)
class Spooled:
    """One agent's check-ins: those of a spool, and those of the spool that came after it."""

    spools: tuple[tuple[CheckIn, ...], ...]
    ahead: int
    """Seconds by which the agent's clock is ahead of the console's."""

    def hello(self, spool: int, now: int) -> Hello:
        """What the agent says before it sends from a spool."""
        last = self.spools[spool][-1]
        since = now + self.ahead - last.taken_at
        return Hello(last.epoch, last.seq, last.boot_id, last.uptime + since, now + self.ahead, "0.1.0")


def spooled(dice: random.Random) -> Spooled:
    """A story of one host: disks fill, a backup grows late, subjects go, the machine restarts, the spool was full."""
    ahead = dice.choice((0, 0, 3, 3600, -90))
    at, boot, spools = START, 0, []
    for epoch in EPOCHS[: dice.choice((1, 1, 2))]:
        made: list[CheckIn] = []
        seq = 0
        for _ in range(dice.randint(3, 7)):
            lost = dice.choice((0, 0, 0, 0, 1, 3))
            at += PACE * (1 + lost) + (dice.randrange(3 * PACE) if dice.random() < 0.1 else 0)
            boot += dice.random() < 0.15
            gaps = (Dropped(seq + 1, seq + lost, lost, "the spool was full"),) if lost else ()
            seq += lost + 1
            seen = tuple(_seen(dice, at + ahead))
            readings = tuple(one for one in seen if isinstance(one, Reading))
            unseen = tuple(one for one in seen if isinstance(one, Gap))
            uptime = float(at - START + 1000)
            made.append(
                CheckIn(epoch, seq, at + ahead, f"boot-{boot}", uptime, PACE, "0.1.0", MACHINE, readings, unseen, gaps)
            )
        spools.append(tuple(made))
    return Spooled(tuple(spools), ahead)


def _seen(dice: random.Random, at: int) -> Iterator[Reading | Gap]:
    for subject in ("/", "/srv"):
        if dice.random() < 0.8:
            yield Reading(CheckName("disk"), subject, dice.choice((0.3, 0.3, 0.5, 0.85, 0.97)), at, at + PACE)
    if dice.random() < 0.2:
        yield Gap(CheckName("memory"), "", Why.DENIED, "may not look", at, at + PACE)
    else:
        yield Reading(CheckName("memory"), "", dice.choice((0.4, 0.99)), at, at + PACE)
    yield Reading(CheckName("newest_file"), "dump", float(at - dice.choice((60, 90_000, 200_000))), at, at + 3600)


def anyhow(dice: random.Random, stream: Spooled, spool: int) -> Iterator[list[Carry]]:
    """What may be sent while a spool is under way, in bursts: its check-ins shuffled, again, cut short, shown live.

    A spool that was left behind is sent again as well: an agent is restarted in the middle of a delivery.
    """
    mine = stream.spools[spool]
    earlier = [one for before in stream.spools[:spool] for one in before]
    for _ in range(dice.randint(0, 3)):
        chosen = dice.choices([*mine, *earlier], k=dice.randint(1, 6))
        if dice.random() < 0.3:
            chosen = sorted(chosen, key=lambda one: -one.taken_at)
        yield [_sent(dice, one, is_mine=one in mine) for one in chosen]


def _sent(dice: random.Random, check_in: CheckIn, *, is_mine: bool) -> Carry:
    body = encode_check_in(check_in)
    whole = carry(body, live=is_mine and dice.random() < 0.2)
    if dice.random() < 0.15:
        return Carry(Raw(body[: dice.randrange(len(body))]), whole.sha256, whole.live)
    return whole

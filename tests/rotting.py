"""Bytes that rot, and how a daemon notices."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from console.daemon import Wanted, running
from console.store.holding import CannotOpen
from console.store.writer import Batch, NotKept
from console.watch.rot import TAMPERED, Rot

BYTES = 8
"""That rot in one place: a value of any size is hit, and most pages are hit in what they hold."""


def rotten(file: Path, dice: random.Random, within: range | None = None) -> None:
    """The same file with other bytes somewhere, or somewhere in this range of it."""
    body = bytearray(file.read_bytes())
    within = within or range(len(body))
    place = dice.randrange(within.start, within.stop - BYTES)
    for offset in range(BYTES):
        body[place + offset] ^= dice.randrange(1, 256)
    file.write_bytes(body)


async def what_is_said(home: Path) -> str:
    """How a daemon on this home notices: as it starts, by its daily look, or not at all."""
    try:
        async with running(Wanted(home, "127.0.0.1", 0, starter=False)) as daemon:
            found = await Rot(daemon.ledger, home, lambda: int(time.time())).look()
            if any(one.about != TAMPERED for one in found):
                with pytest.raises(NotKept):
                    daemon.ledger.writer.keep(Batch(silences=[{"agent": "a", "start": 1, "end": 2}])).result(10)
                assert daemon.ledger.trouble
            return "daily look" if found else "unnoticed"
    except CannotOpen:
        return "start"

"""Looks the store over while it works, once a day: what rots is noticed before a backup of it is all that is left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checks.finding import Status
from checks.reading import Instant
from console.store.doctoring import Complaint, looked_over
from console.store.ledger import Ledger

FIRST_SECONDS = 900
"""After the start, which looks at the pages itself."""
EVERY_SECONDS = 86_400
DAMAGE = ("database", "write-ahead log", "contents", "audit log")
"""What of the doctor's looks says that the store is not what was written."""
TAMPERED = "audit log"
"""It says so itself, in the log and to the doctor; to stop watching for it would serve whoever was at it."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rot:
    """One per daemon, on its loop; it looks in a thread."""

    ledger: Ledger
    home: Path
    clock: Callable[[], Instant]

    async def stand(self) -> None:
        """Look every day until cancelled."""
        await asyncio.sleep(FIRST_SECONDS)
        while True:
            await self.look()
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> tuple[Complaint, ...]:
        """One look; what is damaged. A database that is takes nothing more from then on, and says so."""
        complaints = await asyncio.to_thread(looked_over, self.home, self.clock())
        found = tuple(one for one in complaints if one.about in DAMAGE and one.status is Status.BREACH)
        for one in found:
            log.error("%s: %s; %s", one.about, one.sentence, one.advice)
            if one.about != TAMPERED:
                self.ledger.end(f"{one.about}: {one.sentence}; {one.advice}")
        return found

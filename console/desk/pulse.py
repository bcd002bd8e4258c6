"""The desk's pulse: a number that grows whenever something changed, and a way to wait for it."""

from __future__ import annotations

import asyncio


class Pulse:
    """Counts changes. Waiting costs nothing, and a hundred changes in one breath wake a screen once."""

    def __init__(self) -> None:
        self.generation = 0
        self.is_stopped = False
        self._changed = asyncio.Event()

    def beat(self) -> None:
        """Something changed."""
        self.generation += 1
        self._changed.set()
        self._changed = asyncio.Event()

    def stop(self) -> None:
        """Let everybody who waits go."""
        self.is_stopped = True
        self.beat()

    async def next_after(self, generation: int, seconds: float) -> None:
        """Return when the number is beyond `generation`, or after `seconds`."""
        if self.generation != generation:
            return
        changed = self._changed
        try:
            async with asyncio.timeout(seconds):
                await changed.wait()
        except TimeoutError:
            return

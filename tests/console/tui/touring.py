"""The console on a real terminal, led through pages and clicked at: `python touring.py SOCKET PAGES FILE`.

A process of its own: what it writes is what a terminal gets. At its end it leaves in FILE what it saw.
"""

from __future__ import annotations

import ctypes
import json
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from textual.pilot import OutOfBounds, Pilot

from console.client.client import Client
from console.tui.app import ConsoleApp
from console.tui.screens.keys import KeysScreen
from console.tui.screens.page import PageScreen
from console.tui.view import Target

CLICKS = 4
PATIENCE = 10.0


class Touring(ConsoleApp):
    """The console, and a guide who opens one page after the other."""

    def __init__(self, socket: Path, targets: list[Target]) -> None:
        super().__init__(Client(socket), time.time)
        self._targets, self._dice = targets, random.Random(12)
        self.seen: dict[str, int] = {}
        self.booms = 0

    def action_boom(self) -> None:
        """What no text of anybody's may bring about."""
        self.booms += 1

    async def tour(self, pilot: Pilot[object]) -> None:
        """One page after the other, then the help, then out."""
        for target in self._targets:
            screen = PageScreen(target, self._clock)
            self.switch_screen(screen)
            until = time.monotonic() + PATIENCE
            while screen.view is None and time.monotonic() < until:
                await pilot.pause(0.02)
            await self._click(pilot)
            if screen.view is not None:
                self.seen[target.page] = self.seen.get(target.page, 0) + len(screen.view.rows)
        await self.push_screen(KeysScreen())
        await self._click(pilot)
        self.exit()

    async def _click(self, pilot: Pilot[object]) -> None:
        """Here and there, with the mouse and with keys that lead nowhere else."""
        await pilot.press("down", "down", "pagedown")
        for _ in range(CLICKS):
            place = self._dice.randrange(self.size.width), self._dice.randrange(1, self.size.height - 1)
            with suppress(OutOfBounds):
                await pilot.click(offset=place)
                await pilot.hover(offset=place)
        await pilot.pause(0.05)


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # prctl(2), PR_SET_PDEATHSIG: it ends with the test
    wanted = [Target(page, tuple(map(tuple, given))) for page, given in json.loads(sys.argv[2])]
    app = Touring(Path(sys.argv[1]), wanted)
    app.run(auto_pilot=app.tour)
    Path(sys.argv[3]).write_text(json.dumps({"seen": app.seen, "booms": app.booms, "code": app.return_code or 0}))

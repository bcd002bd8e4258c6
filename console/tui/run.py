"""The screens' front door: runs the console on the terminal, and hands it the clock."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from types import FrameType

from console.client.client import Client
from console.tui.app import ConsoleApp

PATIENCE = 3.0
"""Seconds that the app has to leave by itself."""


class OnTerminal(ConsoleApp):
    """The console on a real terminal: it leaves when the terminal is closed, or when it is told to."""

    def on_mount(self) -> None:
        """Signals end the app from its own loop, wherever it is: never in the middle of a repaint.

        A loop that waits for a terminal which is gone never gets there, so time ends it too; nothing is left to tidy.
        """
        loop = asyncio.get_running_loop()

        def leave(number: int, _: FrameType | None) -> None:
            last = threading.Timer(PATIENCE, os._exit, (128 + number,))
            last.daemon = True
            last.start()
            loop.call_soon_threadsafe(lambda: self.exit(return_code=128 + number))

        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, leave)


def run(client: Client) -> int:
    """Run the console on the terminal; its exit code."""
    app = OnTerminal(client, time.time)  # noqa: TID251 - a front door
    app.run()
    return app.return_code or 0

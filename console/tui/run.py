"""The screens' front door: runs the console on the terminal, and hands it the clock."""

from __future__ import annotations

import asyncio
import signal
import time
from functools import partial

from console.client.client import Client
from console.tui.app import ConsoleApp


class OnTerminal(ConsoleApp):
    """The console on a real terminal: it leaves when the terminal is closed, or when it is told to."""

    def on_mount(self) -> None:
        """Signals end the app from its own loop, wherever it is: never in the middle of a repaint."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            leave = partial(self.exit, return_code=128 + number)
            asyncio.get_running_loop().add_signal_handler(number, leave)


def run(client: Client) -> int:
    """Run the console on the terminal; its exit code."""
    app = OnTerminal(client, time.time)  # noqa: TID251 - a front door
    app.run()
    return app.return_code or 0

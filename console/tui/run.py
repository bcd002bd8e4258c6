"""The screens' front door: runs the console on the terminal, and hands it the clock."""

from __future__ import annotations

import time

from console.client.client import Client
from console.tui.app import ConsoleApp


def run(client: Client) -> int:
    """Run the console on the terminal; its exit code."""
    app = ConsoleApp(client, time.time)  # noqa: TID251 - a front door
    app.run()
    return app.return_code or 0

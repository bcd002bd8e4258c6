"""What the console knows by name: clients and their hosts, for the palette and for choosing."""

from __future__ import annotations

from typing import Any

from checks.text import clean
from console.client.client import Client
from console.tui.view import Target


class Known:
    """Names, as far as they were told."""

    def __init__(self) -> None:
        self.things: list[tuple[str, Target]] = []
        self.clients: tuple[str, ...] = ()

    def ask(self, client: Client) -> Any:  # noqa: ANN401 - two pages
        """What there is."""
        return client.page("hosts"), client.page("model")

    def learn(self, told: Any) -> None:  # noqa: ANN401 - two pages
        """An answer of the desk."""
        hosts, models = told
        self.things = [
            (clean(f"{row.client} › {row.host}"), Target("host", (("client", row.client), ("host", row.host))))
            for row in hosts.rows
        ]
        self.clients = tuple(head.model for head in models.heads if head.model != "provider")

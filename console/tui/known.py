"""What the console knows by name: clients, services, people and hosts, for the palette and for choosing."""

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
        self.alarms: tuple[str, ...] = ()
        """Marks that nobody has answered, a line each: the banner of every screen (J5)."""
        self.locks_after = 0
        """Seconds without a key after which a console locks itself, and opens locked; 0: it does not."""
        self._heads: tuple[str, ...] = ()
        self._named: list[tuple[str, Target]] = []

    def ask(self, client: Client) -> Any:  # noqa: ANN401 - three or six pages
        """What there is; the rest only where another model is in force than last time."""
        hosts, models, alarms = client.page("hosts"), client.page("model"), client.page("alarms")
        if _heads(models) == self._heads:
            return hosts, models, alarms, None
        return hosts, models, alarms, (client.page("services"), client.page("people"), client.page("house"))

    def learn(self, told: Any) -> None:  # noqa: ANN401 - three or six pages
        """An answer of the desk."""
        hosts, models, alarms, rest = told
        self.alarms = tuple(_alarm(row) for row in alarms.rows)
        self._heads = _heads(models)
        self.clients = tuple(head.model for head in models.heads if head.model != "provider")
        if rest is not None:
            services, people, house = rest
            self.locks_after = house.locks_after
            self._named = [*(_client(one) for one in self.clients), *_services(services), *_people(people)]
        self.things = [*self._named, *_hosts(hosts)]


def _alarm(row: Any) -> str:  # noqa: ANN401 - the page's own type
    promise = "to own it" if row.clock == "own" else "to solve it"
    said = f"{row.percent} % of the time {promise} is used" if row.percent < 100 else f"the promise {promise} is broken"
    more = f", {row.percent} % of its time gone" if row.percent > 100 else ""
    return clean(f"▲ #{row.incident} {row.client}: {said}{more} · {row.owner or 'nobody'} has it · {row.what}", 300)


def _heads(models: Any) -> tuple[str, ...]:  # noqa: ANN401 - the page's own type
    return tuple(head.sha256 for head in models.heads)


def _client(name: str) -> tuple[str, Target]:
    return clean(f"{name} › model"), Target("components", (("client", name),))


def _services(page: Any) -> list[tuple[str, Target]]:  # noqa: ANN401 - the page's own type
    return [
        (clean(f"{row.client} › {row.name}"), Target("service", (("client", row.client), ("service", row.service))))
        for row in page.rows
    ]


def _people(page: Any) -> list[tuple[str, Target]]:  # noqa: ANN401 - the page's own type
    return [(clean(f"People › {row.name}"), Target("who", (("person", row.person),))) for row in page.rows]


def _hosts(page: Any) -> list[tuple[str, Target]]:  # noqa: ANN401 - the page's own type
    return [
        (clean(f"{row.client} › {row.host}"), Target("host", (("client", row.client), ("host", row.host))))
        for row in page.rows
    ]

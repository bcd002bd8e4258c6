"""The demonstration: an example published, and its records arriving as the clock moves on."""

from __future__ import annotations

import asyncio
import getpass
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import structs

from checks.reading import Instant
from console.access.identity import Visitor
from console.desk.modelling.publishing import publish
from console.desk.office import Asked, Office
from console.desk.records.importing import take
from console.operating_model.examples import PROVIDER, Written, example, written_records
from console.operating_model.records import Line, lines
from console.operating_model.schema.incidents import IncidentRecord
from console.operating_model.until import until
from console.pages.model import Document

EXAMPLE = "brackwater"
FILES = ("records.jsonl", "week-46.jsonl")
EVERY_SECONDS = 5.0
PUBLISHED_AT: Instant = 1_793_996_400
"""Fri 6 Nov 2026, 15:20 in New York: the example's model was in force before its sign-offs."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Demonstration:
    """One example, told up to an instant."""

    office: Office
    told: Instant | None = None
    _lines: list[Line] = field(default_factory=list)

    async def begin(self) -> None:
        """Publish, and bring in what had happened by now."""
        asked = self._asked(min(PUBLISHED_AT, self.office.now))
        documents = [structs.asdict(_seated(one, asked.who.login)) for one in example(EXAMPLE)]
        await publish(self.office, Asked(asked.who, {"documents": documents, "reason": "the example"}, asked.now))
        for file in FILES:
            source = Document(file, written_records(EXAMPLE, file).text)
            self._lines += (await asyncio.to_thread(lines, source))[0]
        numbers = [line.record.number for line in self._lines if isinstance(line.record, IncidentRecord)]
        cases = self.office.ledger.cases
        cases.last = max([cases.last, *numbers])  # what a visitor reports takes no number of the story's
        await self.go_on()

    async def stand(self) -> None:
        """Bring in what happens, until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await self.go_on()

    async def go_on(self) -> None:
        """Bring in what has happened since last time. Where a visitor did otherwise with an incident, theirs stands."""
        now = self.office.now
        new = list(until(self._lines, now, self.told))
        is_first, self.told = self.told is None, now
        alone = [line for line in new if line.record.kind == "incident-event" and not is_first]
        together = [line for line in new if line.record.kind != "incident-event" or is_first]
        for some in filter(None, (together, *([event] for event in alone))):
            await self._take(some, now)

    async def _take(self, some: Sequence[Line], now: Instant) -> None:
        done = await take(self.office, self._asked(now), EXAMPLE, some)
        for problem in done.problems:
            log.info("left out: %s", problem)

    def _asked(self, now: Instant) -> Asked:
        login = getpass.getuser()
        return Asked(Visitor(os.getuid(), login, login, is_daemon=True), {}, now)


def _seated(file: Written, login: str) -> Document:
    """A file of the example; in the provider's is a place for whoever looks at it, so that they can own something."""
    seat = f"people:\n  you: {{name: You, org: msp, login: {login}}}\n" if file.name == PROVIDER else "people:\n"
    return Document(file.name, file.text.replace("people:\n", seat, 1))

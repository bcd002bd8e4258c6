"""One line to an agent: messages in, messages out, whoever brought the bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from checks import wire


class Pausable(Protocol):
    """The sending side of a byte stream that can be asked to wait."""

    def pause_reading(self) -> None:
        """Take no more bytes for now."""

    def resume_reading(self) -> None:
        """Go on."""


class Line:
    """Frames over a byte stream. Raises NotAMessage, and ends quietly when the other side hangs up."""

    def __init__(self, source: Pausable, write: Callable[[bytes], None]) -> None:
        self._reader = asyncio.StreamReader(limit=2 * wire.MOST_BYTES)
        self._reader.set_transport(source)  # type: ignore[arg-type]  # it only ever pauses and resumes
        self._write = write

    def feed(self, data: bytes) -> None:
        """Bytes arrived."""
        self._reader.feed_data(data)

    def feed_end(self) -> None:
        """Nothing more will arrive."""
        if not self._reader.at_eof():
            self._reader.feed_eof()

    async def receive(self, seconds: float) -> wire.FromAgent | None:
        """The next message; None when the agent hung up or said nothing for `seconds`. Raises NotAMessage."""
        try:
            async with asyncio.timeout(seconds):
                header = await self._reader.readexactly(wire.HEADER.size)
                body = await self._reader.readexactly(wire.body_length(header))
        except (asyncio.IncompleteReadError, TimeoutError, ConnectionError):
            return None
        return wire.from_agent(header, body)

    def send(self, message: wire.FromConsole) -> None:
        """Say something."""
        self._write(wire.frame(message))

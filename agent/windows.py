"""What stands on Windows for what a Unix has: threads for pipes that can be waited for.

Not run by us on Windows; its tests run it on a Unix, from which the calls that Windows lacks were taken.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import IO

_CHUNK = 65_536


def pieces(streams: Sequence[IO[bytes]], deadline: float) -> Iterator[tuple[int, bytes]]:
    """(which stream, what it says next), until all have ended. Raises TimeoutError at `deadline` (monotonic clock).

    A thread reads each, and is left behind where somebody who was not ended keeps the stream open.
    """
    said: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()

    def read(place: int, number: int) -> None:
        piece = b"."
        while piece:
            try:
                piece = os.read(number, _CHUNK)
            except OSError:
                piece = b""
            said.put((place, piece))
        os.close(number)

    for place, stream in enumerate(streams):
        # A number of its own: the stream may be closed, and its number given to another, while somebody still reads.
        threading.Thread(target=read, args=(place, os.dup(stream.fileno())), daemon=True).start()
    left = len(streams)
    while left:
        try:
            place, piece = said.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise TimeoutError from None
        left -= not piece
        yield place, piece

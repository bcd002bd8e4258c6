"""The only threads of the interface: asking the desk, and hearing that something changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any

from textual.app import App

from console.client.client import Client, NotReachable, Refused

AGAIN_SECONDS = 1.0
START_SECONDS = 0.02


def ask(
    app: App[Any], question: Callable[[], Any], answered: Callable[[Any], None], failed: Callable[[Exception], None]
) -> None:
    """Ask in a thread; the answer, or what went wrong, arrives on the app's own thread."""

    def work() -> None:
        try:
            answer = question()
        except (NotReachable, Refused) as error:
            _tell(app, failed, error)
        else:
            _tell(app, answered, answer)

    threading.Thread(target=work, name="ask", daemon=True).start()


def follow(app: App[Any], client: Client, changed: Callable[[int], None], lost: Callable[[Exception], None]) -> None:
    """Follow the daemon's changes for as long as the app runs; where it goes away, try again every second."""

    def work() -> None:
        while not app.is_running and not app._exit:  # noqa: SLF001 - it may be faster than the app, and than its end
            time.sleep(START_SECONDS)
        while app.is_running:
            try:
                for generation in client.changes():
                    if not _leave(app, changed, generation):
                        break
            except NotReachable as error:
                _leave(app, lost, error)
            time.sleep(AGAIN_SECONDS)

    threading.Thread(target=work, name="follow", daemon=True).start()


def _leave(app: App[Any], call: Callable[[Any], None], what: object) -> bool:
    """Whether the app will hear it, in its turn: what is raised when it does is the app's, and ends no following."""
    try:
        return app.call_later(call, what)
    except RuntimeError:
        return False  # its loop is closed


def _tell(app: App[Any], call: Callable[[Any], None], what: object) -> bool:
    """Whether the app heard it: it may not run yet, or not any more."""
    if not app.is_running:
        return False
    try:
        app.call_from_thread(call, what)
    except (RuntimeError, CancelledError):
        return False  # it ended, or had not quite begun, between the question and the answer
    return True

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
        while app.is_running:
            try:
                for generation in client.changes():
                    if not app.is_running:
                        return
                    _tell(app, changed, generation)
            except NotReachable as error:
                _tell(app, lost, error)
            time.sleep(AGAIN_SECONDS)

    threading.Thread(target=work, name="follow", daemon=True).start()


def _tell(app: App[Any], call: Callable[[Any], None], what: object) -> None:
    if app.is_running:
        try:
            app.call_from_thread(call, what)
        except (RuntimeError, CancelledError):
            return  # the app ended between the question and the answer

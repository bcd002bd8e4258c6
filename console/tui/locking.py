"""A console that is only read: `Z` locks it by hand, and where the provider says so it opens locked and locks itself.

It keeps a slip of a key from doing something; who may do what is the daemon's business.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, Key

from checks.text import clean
from checks.wording import duration
from console.pages.verb import Verb
from console.tui.heading import LOCKED, local_time
from console.tui.known import Known

KEY = "Z"


class Lockable(App[None]):
    """The part of the console that knows when somebody last touched a key, and whether keys may act."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(KEY, "lock", show=False)]

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock, self.touched, self.known = clock, clock(), Known()
        self._is_locked: bool | None = None

    @property
    def is_locked(self) -> bool:
        """Whether no key changes anything; by itself where the provider's setting says so, and nobody unlocked it."""
        self._lock_if_left()
        return bool(self.known.locks_after) if self._is_locked is None else self._is_locked

    async def on_event(self, event: Event) -> None:
        """Whoever presses a key is at the desk; the key itself does not unlock what was left alone for too long."""
        if isinstance(event, Key):
            self._lock_if_left()
            self.touched = self._clock()
        await super().on_event(event)

    def action_lock(self) -> None:
        """Lock, or unlock for as long as keys are pressed."""
        self._is_locked = not self.is_locked
        after = self.known.locks_after
        self.say("locked: no key changes anything" if self._is_locked else
                 f"unlocked, until no key was pressed for {duration(after)}" if after else "unlocked")  # fmt: skip

    def refuses(self, verb: Verb | None) -> bool:
        """Whether this verb, or for None a change of the model, may not be done now; the person is told."""
        refused = self.is_locked and (verb is None or verb.acts)
        if refused:
            self.say(f"{verb.label if verb else 'edit'}: this console is locked; {KEY} unlocks it")
        return refused

    def time_told(self, at: float) -> str:
        """The clock of the heading."""
        return f"{LOCKED}  {local_time(at)}" if self.is_locked else local_time(at)

    def _lock_if_left(self) -> None:
        """What was unlocked counts no more where nobody pressed a key for the while that the provider says."""
        after = self.known.locks_after
        if after and self._clock() - self.touched >= after:
            self._is_locked = None

    def say(self, text: str) -> None:
        """Tell the person something, for a moment."""
        self.notify(clean(text, 500), markup=False)

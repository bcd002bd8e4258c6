"""Who is inside, by whichever door: of one agent the newest connection counts; who is put out is out at once."""

from __future__ import annotations

from collections.abc import Callable

from checks.token import is_newcomer

HangUp = Callable[[], object]
"""Ends one connection at once."""


class Seats:
    """The connections that may speak, over all doors."""

    def __init__(self) -> None:
        self._taken: dict[str, HangUp] = {}

    def take(self, user: str, hang_up: HangUp) -> str:
        """Sit down; where it is. Newcomers do not push each other out: many may hold the same token."""
        seat = f"{user} {id(hang_up)}" if is_newcomer(user) else user
        self.put_out(seat)
        self._taken[seat] = hang_up
        return seat

    def leave(self, seat: str, hang_up: HangUp) -> None:
        """Stand up, unless somebody newer sits there."""
        if self._taken.get(seat) is hang_up:
            del self._taken[seat]

    def put_out(self, user: str) -> None:
        """End the connection of somebody who may not be here any more."""
        hang_up = self._taken.pop(user, None)
        if hang_up is not None:
            hang_up()

    def clear(self) -> None:
        """End every connection."""
        for seat in list(self._taken):
            self.put_out(seat)

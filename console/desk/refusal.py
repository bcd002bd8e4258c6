"""How the desk says no: what is wrong, and what to do. The API turns the kind into a status."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """Why, as an HTTP status."""

    WRONG = 400
    FORBIDDEN = 403
    NOT_FOUND = 404
    CONFLICT = 409
    CANNOT_KEEP = 503


class DeskRefusal(Exception):
    """The desk did not do it. Nothing has changed."""

    def __init__(self, text: str, what_to_do: str, kind: Kind = Kind.WRONG) -> None:
        super().__init__(text)
        self.text = text
        self.what_to_do = what_to_do
        self.kind = kind

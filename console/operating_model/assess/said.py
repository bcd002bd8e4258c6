"""Causes and tickets that stand in the words of an incident, where no field holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable

CAUSES = ("client-accepted-risk", "force-majeure", "supplier", "client", "own")
_TICKET = re.compile(r"\b(?:ticket|ref|reference|case)\b[\s:#.-]*([A-Za-z]{0,6}-?\d[\w-]*)", re.IGNORECASE)


def cause_in(text: str, suppliers: Iterable[str]) -> str:
    """The cause that a resolution names: one of the known words, or a supplier's name; "" where it names none."""
    words = set(re.findall(r"[\w-]+", text.casefold()))
    named = next((cause for cause in CAUSES if cause in words), "")
    is_theirs = any(name.split()[0].casefold() in words for name in suppliers if name.strip())
    return named or ("supplier" if is_theirs else "")


def ticket_in(texts: Iterable[str]) -> str:
    """The ticket that somebody wrote down, such as `ticket RF-55120`; "" where nobody did."""
    return next((found[1] for text in texts if (found := _TICKET.search(text))), "")

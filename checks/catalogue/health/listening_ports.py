"""Do the ports listen that should, and no others? Each of the baseline that the administrator listed, and the rest."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName, Item
from checks.standard import Bad, Standard

_NAMED = 5


def _sentence(seen: Seen) -> str:
    if seen.reading.subject:
        return "does not listen" if seen.value else f"listens{_by(seen)}"
    if not seen.value:
        return "nothing listens beyond what was accepted"
    items = seen.reading.items
    named = ", ".join(_named(one) for one in items[:_NAMED])
    more = f" and {len(items) - _NAMED} more" if len(items) > _NAMED else ""
    return f"not accepted, and listens: {named}{more}"


def _by(seen: Seen) -> str:
    return next((f": {item.detail}" for item in seen.reading.items if item.detail), "")


def _named(item: Item) -> str:
    return f"{item.name} ({item.detail})" if item.detail else item.name


CHECK = Check(
    name=CheckName("listening_ports"),
    family=Family.HEALTH,
    title="ports",
    question="Do the ports listen that should, and no others?",
    unit=Unit.COUNT,
    standard=Standard(
        1,
        2,
        Bad.ABOVE,
        "our default: 1 is a port that nobody accepted, 2 an accepted one that is silent; "
        "seen in two looks, so that a restart is no alarm",
        in_a_row=2,
    ),
    sentence=_sentence,
    ran="real sockets of this machine, IPv4 and IPv6, TCP and UDP, loopback and all",
    needs="nothing: any user may look; only root sees which program it is",
    advice="Find who opened it; close it, or add it to `ports` in agent.toml. Start what should listen and does not.",
)

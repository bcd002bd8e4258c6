"""The key of the doors: who knows the next one, announcing it, changing to it."""

from __future__ import annotations

from console.desk.office import Asked, Office, Pages, Verbs, require
from console.desk.refusal import DeskRefusal, Kind
from console.intake.hostkeys import NoNextKey
from console.pages.doors import Doors, Unaware
from console.pages.house import Done
from console.pages.verb import Role

_NAMED = 5
"""Agents that a refusal names."""


def doors(office: Office, asked: Asked) -> Doors:
    """Where agents come in, and by which key."""
    require(office, asked, Role.OWNER, "")
    around = office.surroundings
    return Doors(
        now=asked.now,
        address=around.door,
        account=around.account,
        host_key=around.keys.current,
        next_host_key=around.keys.next,
        announced_at=around.keys.announced_at,
        unaware=_unaware(office, around.keys.next),
    )


async def announce_key(office: Office, asked: Asked) -> Done:
    """Make the next key, and tell it to whoever comes."""
    require(office, asked, Role.OWNER, "")
    keys = office.surroundings.keys
    keys.announce()
    unaware = _unaware(office, keys.next)
    return Done(f"{keys.next} is announced; {len(unaware)} agents have to hear of it", "doors")


async def switch_key(office: Office, asked: Asked) -> Done:
    """Change to the next key. Agents that never heard of it would not speak to us again."""
    require(office, asked, Role.OWNER, "")
    keys = office.surroundings.keys
    unaware = _unaware(office, keys.next)
    if keys.next and unaware and not asked.text("force"):
        named = ", ".join(f"{one.client}/{one.host}" for one in unaware[:_NAMED])
        more = f" and {len(unaware) - _NAMED} more" if len(unaware) > _NAMED else ""
        raise DeskRefusal(
            f"{len(unaware)} agents do not know the next key: {named}{more}",
            "wait until they have delivered; with --force they have to join again",
            Kind.CONFLICT,
        )
    try:
        keys.switch()
    except NoNextKey:
        raise DeskRefusal("no next key is announced", "watchbill door announce-key", Kind.CONFLICT) from None
    office.surroundings.rekey()
    behind = "; have sshd read it: systemctl reload watchbill-door" if office.surroundings.account else ""
    return Done(f"the doors show {keys.current} from now on{behind}", "doors")


def _unaware(office: Office, key: str) -> tuple[Unaware, ...]:
    if not key:
        return ()
    living = (one for one in office.ledger.agents.values() if one.ended_at is None and not one.is_imported)
    states = ((one, office.ledger.states[one.agent]) for one in living)
    return tuple(
        Unaware(one.agent, one.client, one.host, state.received_at) for one, state in states if key not in state.pins
    )


PAGES: Pages = {"doors": doors}
VERBS: Verbs = {"announce-key": announce_key, "switch-key": switch_key}

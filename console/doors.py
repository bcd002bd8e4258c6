"""Opens the doors of a home: the embedded one, and the one behind OpenSSH where this home has one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from checks.reading import Instant
from console.client.front import DamagedDoor, openssh_door
from console.intake.bridged import Bridged
from console.intake.conversation import Announced, CanDate
from console.intake.door import CannotListen, Door, Knocked, Refused
from console.intake.gate import Gate
from console.intake.hostkeys import HostKeys
from console.intake.seats import Seats
from console.store.careful import write_whole
from console.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Place:
    """Where the embedded door is wanted."""

    home: Path
    bind: str
    port: int
    """0: last time's, or any."""
    grace: int
    """Seconds in which whoever connects must have logged in."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where agents come in."""

    embedded: str
    invited_to: str
    keys: HostKeys
    seats: Seats
    rekey: Callable[[], None]
    account: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What the doors have around them: who closes them, who hears of strangers, and who vouches for the clock."""

    stack: AsyncExitStack
    knocked: Knocked
    can_date: CanDate


async def doors_of(place: Place, ledger: Ledger, clock: Callable[[], Instant], around: Around) -> Doors:
    """The embedded door, open, and the one behind OpenSSH where this home has one. Raises CannotListen."""
    stack = around.stack
    keys, seats = HostKeys(place.home / "console"), Seats()
    try:
        openssh = openssh_door(place.home)
    except DamagedDoor as error:
        raise CannotListen(str(error)) from error
    gate = Gate(ledger, clock, Announced(keys, openssh.account if openssh else "", around.can_date))
    door = Door(gate.may_enter, gate.converse, seats, Refused(gate.was_ours, around.knocked))

    def rekey() -> None:
        door.rekey(keys.path)

    own = await _embedded(place, door, stack, openssh.port if openssh else 0)
    if openssh is None:
        return Doors(own, own, keys, seats, rekey)
    bridged = Bridged(gate.converse, seats)
    await bridged.open(Path(openssh.socket), openssh.account)
    stack.push_async_callback(bridged.close)
    return Doors(own, openssh.address, keys, seats, rekey, openssh.account)


async def _embedded(place: Place, door: Door, stack: AsyncExitStack, taken: int) -> str:
    """Where the embedded door is. The port of last time is asked for again, unless OpenSSH has `taken` it over."""
    remembered = place.home / "console" / "door.port"
    said = remembered.read_text().strip() if remembered.exists() else ""
    last = int(said) if said.isdigit() else 0  # one that a power cut left empty is no reason to stay shut
    door.grace = place.grace
    port = await door.open(place.bind, place.port or (0 if last == taken else last), place.home / "console/host_key")
    stack.push_async_callback(door.close)
    write_whole(remembered, str(port).encode())
    return f"{place.bind}:{port}"

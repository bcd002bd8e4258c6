"""When was it really? Places an agent's instants on the console's clock. Pure.

Within one boot the distance between two moments is known from the uptime, whatever the agent's wall clock says; across
boots the agent's clock is all there is (DESIGN, order and time).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from msgspec import structs

from checks.check import Check, Unit
from checks.reading import CheckIn, CheckName, Gap, Instant, Machine, Reading
from checks.text import clean
from checks.wire import Hello

TOLERATED = 5
"""Seconds of difference that are taken for transport, not for a wrong clock."""
Evidence = TypeVar("Evidence", Reading, Gap)


@dataclass(frozen=True, slots=True)
class Placing:
    """What the HELLO of a connection says about the agent's clock."""

    boot_id: str
    uptime: float
    heard_at: Instant
    ahead: int
    """Seconds by which the agent's clock runs ahead of the console's; 0 where it is within the tolerated."""

    @classmethod
    def of(cls, hello: Hello, heard_at: Instant) -> Placing:
        """The placing of everything that follows this HELLO."""
        ahead = hello.clock - heard_at
        return cls(hello.boot_id, hello.uptime, heard_at, ahead if abs(ahead) > TOLERATED else 0)

    def shift(self, check_in: CheckIn) -> int:
        """Seconds to add to the agent's instants."""
        if check_in.boot_id != self.boot_id:
            return 0
        at = self.heard_at - round(self.uptime - check_in.uptime)
        by = at - check_in.taken_at
        return by if abs(by) > TOLERATED else 0


def placed(
    check_in: CheckIn, shift: int, bounds: tuple[Instant, Instant], checks: Mapping[CheckName, Check]
) -> CheckIn:
    """The check-in with instants of the console's clock, inside `bounds`, and every text made safe to show.

    History never runs backwards and never ahead of now, whatever a clock says: what lies outside `bounds` is moved in.
    """
    taken_at = min(max(check_in.taken_at + shift, bounds[0]), bounds[1])
    by = taken_at - check_in.taken_at
    return structs.replace(
        check_in,
        taken_at=taken_at,
        pace=min(max(1, check_in.pace), 7 * 86_400),
        agent=clean(check_in.agent, 40),
        machine=_cleaned_machine(check_in),
        readings=tuple(_reading(reading, by, checks) for reading in check_in.readings),
        gaps=tuple(
            structs.replace(_moved(gap, by), subject=clean(gap.subject, 200), reason=clean(gap.reason))
            for gap in check_in.gaps
        ),
    )


def _reading(reading: Reading, by: int, checks: Mapping[CheckName, Check]) -> Reading:
    moved = _moved(reading, by) if by else reading
    check = checks.get(reading.check)
    if by and check is not None and check.unit is Unit.SINCE and reading.value is not None:
        moved = structs.replace(moved, value=reading.value + by)
    items = tuple(
        structs.replace(item, name=clean(item.name, 200), detail=clean(item.detail, 200)) for item in reading.items
    )
    subject = clean(reading.subject, 200)
    if subject == reading.subject and items == reading.items:
        return moved
    return structs.replace(moved, subject=subject, items=items)


def _moved(seen: Evidence, by: int) -> Evidence:
    return structs.replace(seen, taken_at=seen.taken_at + by, next_look=seen.next_look + by)


def _cleaned_machine(check_in: CheckIn) -> Machine:
    machine = check_in.machine
    return structs.replace(machine, **{name: clean(getattr(machine, name), 100) for name in machine.__struct_fields__})

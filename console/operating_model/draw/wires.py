"""Lines between two columns of text: every box has one trunk of its own, and where two lines cross one hops.

Lines leave a box on its second row and arrive on its first, so that what leaves and what arrives never share a row.
What leads back into its own column leaves on the first row too: its trunks stand left of all the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
_LIGHT, _HEAVY = " │││─┘┐┤─└┌├─┴┬┼", " ┃┃┃━┛┓┫━┗┏┣━┻┳╋"
_PASSING = str.maketrans("┫┣╋", "┨┠╂")
"""A lit trunk where a branch that is not lit leaves it."""
ARROW, BACK = "▸▹", "◂◃"
"""At what is needed, and at what is only used."""


@dataclass(frozen=True, slots=True)
class Wire:
    """One trunk: the rows from which it is fed on the left, and the rows where it arrives, right or back left."""

    feeds: tuple[int, ...]
    right: tuple[int, ...] = ()
    back: tuple[int, ...] = ()
    lit: frozenset[int] = frozenset()
    """The rows of its ends that are lit."""
    soft: frozenset[int] = frozenset()
    """The rows where it arrives at what is only used."""
    through: frozenset[int] = frozenset()
    """The rows where it arrives at no box, and runs on."""

    @property
    def span(self) -> tuple[int, int]:
        """First and last row of its trunk."""
        rows = (*self.feeds, *self.right, *self.back)
        return min(rows), max(rows)

    def is_lit_at(self, row: int) -> bool:
        """Whether its trunk is lit there."""
        return bool(self.lit) and min(self.lit) <= row <= max(self.lit)


@dataclass(frozen=True, slots=True)
class Channel:
    """The room between two columns, drawn: one line of text a row, and the rows in which a line is lit."""

    lines: tuple[str, ...]
    lit: frozenset[int]


class _Board:
    """Cells with the arms of the line in each, and whose line it is."""

    def __init__(self, wires: Sequence[Wire], height: int) -> None:
        self.wires = wires
        self.columns = [2 * track + 1 for track in _tracks(wires)]
        self.width = max(self.columns, default=0) + 3 if wires else 0
        self.arms = [[0] * self.width for _ in range(height)]
        self.owner = [[-1] * self.width for _ in range(height)]

    def draw(self) -> None:
        """All trunks first, so that branches hop over them."""
        for number, wire in enumerate(self.wires):
            first, last = wire.span
            for row in range(first, last + 1):
                self.arms[row][self.columns[number]] = (UP if row > first else 0) | (DOWN if row < last else 0)
                self.owner[row][self.columns[number]] = number
        for number, wire in enumerate(self.wires):
            trunk = self.columns[number]
            for row in (*wire.feeds, *wire.back):
                self._branch(number, row, range(trunk), LEFT)
            for row in wire.right:
                self._branch(number, row, range(trunk + 1, self.width), RIGHT)

    def _branch(self, number: int, row: int, along: range, arm: int) -> None:
        self.arms[row][self.columns[number]] |= arm
        for column in along:
            if not self.arms[row][column]:
                self.arms[row][column] = LEFT | RIGHT
                self.owner[row][column] = number

    def line(self, row: int) -> str:
        """One row as text, lit lines heavy: they are told apart without colour."""
        return "".join(self._sign(row, column) for column in range(self.width))

    def _sign(self, row: int, column: int) -> str:
        number, arms = self.owner[row][column], self.arms[row][column]
        if number < 0:
            return _LIGHT[arms]
        wire = self.wires[number]
        if row in wire.lit:
            return _HEAVY[arms]
        is_lit = column == self.columns[number] and wire.is_lit_at(row)
        return _HEAVY[arms].translate(_PASSING) if is_lit else _LIGHT[arms]


def channel(wires: Sequence[Wire], height: int) -> Channel:
    """The lines of one channel; as narrow as its trunks allow."""
    board = _Board(wires, height)
    board.draw()
    lines = [board.line(row) for row in range(height)]
    hard = {row for wire in wires for row in wire.right if row not in wire.soft}
    for wire in wires:
        for row in (one for one in wire.right if one not in wire.through):
            lines[row] = lines[row][:-1] + ARROW[row not in hard]
        for row in wire.back:
            lines[row] = BACK[row in wire.soft] + lines[row][1:]
    return Channel(tuple(lines), frozenset(row for row in range(height) if any(one.is_lit_at(row) for one in wires)))


def _tracks(wires: Sequence[Wire]) -> list[int]:
    """A track for each trunk, first those that lead back: two share one only where their spans do not touch."""
    taken: list[list[tuple[int, int]]] = []
    found = [0] * len(wires)
    floor = 0
    for leads_back in (True, False):
        these = [index for index, wire in enumerate(wires) if bool(wire.back) is leads_back]
        for index in sorted(these, key=lambda one: wires[one].span):
            first, last = wires[index].span
            free = (
                track
                for track in range(floor, len(taken))
                if all(last < start or first > end for start, end in taken[track])
            )
            track = next(free, len(taken))
            if track == len(taken):
                taken.append([])
            taken[track].append((first, last))
            found[index] = track
        floor = len(taken)
    return found

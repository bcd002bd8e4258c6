"""The chain of the audit log: each row's digest covers the digest before it, so no row changes, moves or goes unseen.

What a chain cannot show by itself, a cut end and a whole chain written anew, its anchors show: the head at an instant,
kept where whoever owns the database does not reach. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from checks.reading import Instant

GENESIS = "0" * 64
"""What the first row follows."""
RESTORED = "restore"
"""The action of a row that says: what came after the row before it was replaced by a backup."""
SEALED = (
    "number",
    "at",
    "uid",
    "login",
    "behind",
    "action",
    "client",
    "about",
    "outcome",
    "why",
    "before",
    "after",
    "previous",
)
"""What a row's digest covers, in this order."""
_AT, _ACTION, _PREVIOUS = (SEALED.index(name) for name in ("at", "action", "previous"))
_LINE = re.compile(r"watchbill-audit (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) rows=(\d{1,18}) head=([0-9a-f]{64})")


class Anchor(Struct, frozen=True):
    """How many rows there were at an instant, and the digest of the last of them."""

    at: Instant
    rows: int
    head: str

    @property
    def text(self) -> str:
        """As it stands in the file beside the store, in the journal and in letters."""
        at = datetime.fromtimestamp(self.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"watchbill-audit {at} rows={self.rows} head={self.head}"


class Verdict(Struct, frozen=True):
    """What came of looking a chain over."""

    rows: int
    head: str
    first_broken: int
    """The number of the first row that is not as it was written, or gone; 0 where every row is."""
    problem: str
    """What is wrong with it, "" where nothing is."""
    notes: tuple[str, ...]
    """What is no fault, and still worth knowing: a restore, rows that no anchor covers yet."""
    anchors: int
    """How many were held against it."""
    covered: int
    """Up to which row an anchor vouches for it."""


def digest(fields: Sequence[object]) -> str:
    """SHA-256 of a row's sealed fields: of the JSON array that they make."""
    return hashlib.sha256(msgspec.json.encode(list(fields))).hexdigest()


def anchors_in(text: str) -> list[Anchor]:
    """Every anchor in a text: the file itself, a journal, a letter."""
    return [
        Anchor(int(datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()), int(rows), head)
        for at, rows, head in _LINE.findall(text)
    ]


def looked_over(rows: Iterable[Sequence[object]], anchors: Sequence[Anchor]) -> Verdict:
    """Walk a chain and hold its anchors against it. `rows` are SEALED and the digest, in the order of their numbers."""
    chain: list[str] = []
    restores: list[tuple[int, int]] = []
    broken = ""
    for row in rows:
        broken = _wrong(row, len(chain) + 1, chain[-1] if chain else GENESIS)
        if broken:
            break
        chain.append(str(row[-1]))
        if row[_ACTION] == RESTORED:
            restores.append((len(chain), int(str(row[_AT]))))
    aside = [one for one in anchors if not _agrees(one, chain) and _is_replaced(one, restores)]
    mine = sorted((one for one in anchors if one not in aside), key=lambda one: one.rows)
    first, told = (len(chain) + 1, broken) if broken else _against(mine, chain)
    covered = max((one.rows for one in mine if one.rows <= len(chain)), default=0)
    notes = [*_replaced(aside, restores), *_uncovered(len(chain), covered)]
    head = chain[-1] if chain else GENESIS
    return Verdict(len(chain), head, first, told, () if told else tuple(notes), len(anchors), covered)


def _wrong(row: Sequence[object], number: int, previous: str) -> str:
    """What is wrong with the row that should have this number; "" where nothing is."""
    if row[0] != number:
        return f"row {number} is missing: row {row[0]} follows row {number - 1}"
    if row[_PREVIOUS] != previous:
        return f"row {number} does not follow row {number - 1} as that is now"
    return "" if digest(row[:-1]) == row[-1] else f"row {number} is not what was written"


def _agrees(anchor: Anchor, chain: Sequence[str]) -> bool:
    return anchor.rows <= len(chain) and anchor.head == (chain[anchor.rows - 1] if anchor.rows else GENESIS)


def _is_replaced(anchor: Anchor, restores: Sequence[tuple[int, int]]) -> bool:
    """Whether it is of a store that a later restore put aside."""
    return any(anchor.rows >= number and anchor.at <= at for number, at in restores)


def _against(anchors: Sequence[Anchor], chain: Sequence[str]) -> tuple[int, str]:
    """The first row that anchors vouch for and the chain has not, with what is wrong; (0, "") where there is none."""
    agreed = 0
    for anchor in anchors:
        at = anchor.text.split()[1]
        if anchor.rows > len(chain):
            return len(chain) + 1, f"rows {len(chain) + 1} to {anchor.rows} are gone: {at} there were {anchor.rows}"
        if not _agrees(anchor, chain):
            told = f"rows {agreed + 1} to {anchor.rows} are not those that were there {at}: they were written anew"
            return agreed + 1, told
        agreed = anchor.rows
    return 0, ""


def _replaced(aside: Sequence[Anchor], restores: Sequence[tuple[int, int]]) -> Iterator[str]:
    for number, at in restores:
        lost = max((one.rows for one in aside if one.rows >= number and one.at <= at), default=0)
        said = f"; rows {number} to {lost} of the store before it were put aside with it" if lost else ""
        yield f"row {number}: a backup was put back {Anchor(at, 0, GENESIS).text.split()[1]}{said}"


def _uncovered(rows: int, covered: int) -> Iterator[str]:
    if rows > covered:
        yield f"rows {covered + 1} to {rows} are not anchored yet: a cut end among them would not show"

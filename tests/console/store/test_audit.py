"""The audit log: whatever is done to it behind its back is found, and where it began (C2)."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from promises import Measured

from console.store import anchors, audit
from console.store.audit import Entry
from console.store.chain import GENESIS, RESTORED, SEALED, Anchor, Verdict, anchors_in, digest, looked_over
from console.store.database import opened

NOW = 1_795_510_800
ROWS, CASES = 40, 1000
Raw = list[object]


def entry(number: int, action: str = "note") -> Entry:
    about = f"incident={number}"
    return Entry(at=NOW + number, uid=1000, login="ana", action=action, client="mill", about=about, after=f"{number:x}")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    database = opened(tmp_path)
    with database.writing.begin() as connection:
        for number in range(1, ROWS + 1):
            audit.add(connection, entry(number))
    database.close()
    with closing(sqlite3.connect(tmp_path / "watchbill.db")) as connection:
        yield connection


def rows_of(log: sqlite3.Connection) -> list[Raw]:
    return [list(row) for row in audit.raw_rows(log)]


def anchored(rows: Sequence[Sequence[object]], every: int = 10) -> list[Anchor]:
    """An anchor every so many rows, and one at the end."""
    places = sorted({*range(0, len(rows) + 1, every), len(rows)})
    return [Anchor(NOW + place, place, str(rows[place - 1][-1]) if place else GENESIS) for place in places]


def resealed(rows: Sequence[Raw]) -> list[Raw]:
    """A chain that is sound in itself: what somebody makes who knows how, and owns the database."""
    made: list[Raw] = []
    for number, row in enumerate(rows, 1):
        fields = [number, *row[1:12], made[-1][-1] if made else GENESIS]
        made.append([*fields, digest(fields)])
    return made


def test_rows_follow_one_another_and_a_whole_log_has_nothing_wrong(log: sqlite3.Connection) -> None:
    rows = rows_of(log)
    found = looked_over(rows, anchored(rows))
    assert (found.rows, found.first_broken, found.problem, found.notes) == (ROWS, 0, "", ())
    assert found.covered == ROWS
    assert [row[12] for row in rows] == [GENESIS, *(row[-1] for row in rows[:-1])]


def _flip(rows: list[Raw], chance: random.Random) -> int:
    place, column = chance.randrange(len(rows)), chance.randrange(len(SEALED) + 1)
    was = rows[place][column]
    rows[place][column] = was + 1 if isinstance(was, int) else f"{was}x" if chance.random() < 0.5 or not was else ""
    return place + 1


def _delete(rows: list[Raw], chance: random.Random) -> int:
    place = chance.randrange(len(rows) - 1)
    del rows[place]
    return place + 1


def _reorder(rows: list[Raw], chance: random.Random) -> int:
    """Two rows change places, and take each other's number."""
    one, other = sorted(chance.sample(range(len(rows)), 2))
    rows[one], rows[other] = [rows[one][0], *rows[other][1:]], [rows[other][0], *rows[one][1:]]
    return one + 1


def _truncate(rows: list[Raw], chance: random.Random) -> int:
    place = chance.randrange(len(rows))
    del rows[place:]
    return place + 1


def _rewrite(rows: list[Raw], chance: random.Random) -> int:
    """One row is changed, and everything after it sealed anew."""
    place = chance.randrange(len(rows))
    rows[place][3] = "somebody else"
    rows[:] = resealed(rows)
    return place + 1


_TAMPERING: tuple[Callable[[list[Raw], random.Random], int], ...] = (_flip, _delete, _reorder, _truncate, _rewrite)


@pytest.mark.promise("C2", "flip, delete, reorder, truncate, rewrite, 1,000 in all: 1,000 found")
@pytest.mark.parametrize("tampering", _TAMPERING, ids=lambda one: one.__name__.strip("_"))
def test_whatever_is_done_to_the_log_is_found(
    log: sqlite3.Connection, measured: Measured, tampering: Callable[[list[Raw], random.Random], int]
) -> None:
    sound = rows_of(log)
    vouching, missed = anchored(sound), []
    for case in range(CASES // len(_TAMPERING)):
        chance = random.Random(f"{tampering.__name__} {case}")
        rows = [list(row) for row in sound]
        first = tampering(rows, chance)
        if tampering is _rewrite:  # a chain sealed anew tells only after which anchor it was
            first = (first - 1) // 10 * 10 + 1
        found = looked_over(rows, vouching)
        missed += [] if found.problem and found.first_broken == first else [(case, first, found)]
    each = CASES // len(_TAMPERING)
    measured(f"{tampering.__name__.strip('_')} {each - len(missed)}/{each}")
    assert missed == []


def test_a_cut_end_or_a_log_written_anew_does_not_show_without_an_anchor(log: sqlite3.Connection) -> None:
    rows = rows_of(log)
    assert looked_over(rows[:30], []).problem == ""
    assert looked_over(rows[:30], []).notes == (
        "rows 1 to 30 are not anchored yet: a cut end among them would not show",
    )
    assert looked_over(rows[:30], anchored(rows)[-1:]).problem.startswith("rows 31 to 40 are gone")


def test_a_row_can_neither_be_changed_nor_deleted_by_mistake(log: sqlite3.Connection) -> None:
    for wrong in ("update audit set login = 'eve' where number = 3", "delete from audit where number = 3"):
        with pytest.raises(sqlite3.DatabaseError, match="only ever added to"):
            log.execute(wrong)


def test_a_restore_explains_what_it_put_aside_and_nothing_else(log: sqlite3.Connection) -> None:
    rows = rows_of(log)
    vouching = anchored(rows)
    restore: Raw = [31, NOW + 100, 0, "root", "", RESTORED, "", "x", "done", "", "", "", rows[29][-1]]
    rows = [*rows[:30], [*restore, digest(restore)]]
    found = looked_over(rows, vouching)
    assert found.problem == ""
    assert any("rows 31 to 40 of the store before it were put aside" in note for note in found.notes)
    rows[5][3] = "eve"
    assert looked_over(rows, vouching).first_broken == 6
    assert looked_over(resealed(rows), vouching).problem.startswith("rows 1 to 10 are not those")


def test_anchors_are_read_out_of_any_text(tmp_path: Path, log: sqlite3.Connection) -> None:
    vouching = anchored(rows_of(log))
    journal = "\n".join(f"Nov 27 console watchbill[7]: INFO {one.text} new=10" for one in vouching)
    assert anchors_in(journal) == vouching


def test_the_file_of_anchors_shows_hours_without_rows_and_what_is_done_to_it(tmp_path: Path) -> None:
    path = tmp_path / anchors.FILE
    for hour, rows in enumerate((3, 3, 9)):
        anchors.drop(path, Anchor(NOW + 3600 * hour, rows, f"{rows:064x}"), "hour")
    lines = path.read_text().splitlines()
    assert [line.split(" new=")[1].split()[0] for line in lines] == ["3", "0", "6"]
    assert anchors.newest(path) == Anchor(NOW + 7200, 9, f"{9:064x}")
    assert list(anchors.problems(path.read_text())) == []
    assert list(anchors.problems("\n".join([lines[0], lines[2]]))) == [
        "line 2 of the anchors does not follow the line before it"
    ]
    assert list(anchors.problems(path.read_text().replace("rows=3", "rows=2", 1)))
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_empty_log_is_whole() -> None:
    assert looked_over([], []) == Verdict(0, GENESIS, 0, "", (), 0, 0)

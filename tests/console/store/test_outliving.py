"""What outlives a look: each sight of another copy, with the last look before it; how a host stood as a week ended."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from checks.catalogue import CATALOGUE
from checks.reading import CheckIn, CheckName, Gap, Machine, Reading, Why
from console.store.database import opened
from console.store.fold import Folded, Judging, fold_check_in
from console.store.history import History
from console.store.outliving import Sight, readings
from console.store.standing import AgentState
from console.store.writer import Batch, write

HOUR = 3600
SUNDAY = 1_795_996_800 - 2 * HOUR  # Sun 29 Nov 2026, 22:00 UTC
CHECKS = {one.name: one for one in CATALOGUE}
DUMP = CheckName("newest_file")


def copy(at: int, made: int | None) -> Reading:
    return Reading(DUMP, "dump", None if made is None else float(made), at, at + HOUR)


def blind(at: int) -> Gap:
    return Gap(DUMP, "dump", Why.DENIED, "the agent may not look", at, at + HOUR)


def folded(*looks: Reading | Gap | None) -> list[Folded]:
    """One look an hour from Sunday 22:00 on, each with this evidence, or with none of the backup."""
    state, found = AgentState("a", "mill", "main", "box"), []
    for number, one in enumerate(looks):
        at = SUNDAY + number * HOUR
        memory = Reading(CheckName("memory"), "", number / 10, at, at + HOUR)
        told = (memory, *((one,) if isinstance(one, Reading) else ()))
        gaps = (one,) if isinstance(one, Gap) else ()
        look = CheckIn("e", number + 1, at, "b", 1.0, HOUR, "1", Machine("box", "debian"), told, gaps)
        found.append(fold_check_in(state, look, Judging(CHECKS, lambda check, _: check.standard, at)))
        state = found[-1].state
    return found


def sights(found: Iterable[Folded]) -> list[tuple[int, bool, int | None, int | None]]:
    """Hour, whether it was seen, the copy, and the hour of the last look that saw what was before."""
    return [
        (
            (one.at - SUNDAY) // HOUR,
            one.is_seen,
            one.made,
            None if one.looked is None else (one.looked - SUNDAY) // HOUR,
        )
        for each in found
        for one in each.sights
    ]


def test_a_copy_is_told_of_once_and_so_is_that_nobody_can_look_any_more() -> None:
    at = [SUNDAY + number * HOUR for number in range(9)]
    looks = (copy(at[0], None), copy(at[1], 7), copy(at[2], 7), blind(at[3]), blind(at[4]), copy(at[5], 7),
             copy(at[6], 9), None, None)  # fmt: skip
    assert sights(folded(*looks)) == [
        (0, True, None, None),
        (1, True, 7, 0),
        (3, False, None, 2),
        (5, True, 7, None),
        (6, True, 9, 5),
        (7, False, None, 6),
    ]


def test_the_first_look_of_a_week_tells_how_the_host_stood_before_it() -> None:
    found = folded(copy(SUNDAY, 7), copy(SUNDAY + HOUR, 7), copy(SUNDAY + 2 * HOUR, 7), copy(SUNDAY + 3 * HOUR, 7))
    (stood,) = [one.stood for one in found if one.stood]
    assert (stood.taken_at, stood.until) == (SUNDAY + HOUR, SUNDAY + 2 * HOUR)
    assert {one.check: one.value for one in readings(stood.body)} == {"memory": 0.1, "newest_file": 7.0}


def test_both_are_read_back_from_the_instant_on_that_is_asked_for(tmp_path: Path) -> None:
    database = opened(tmp_path / "console")
    batch = Batch()
    looks = [copy(SUNDAY + number * HOUR, number // 2) for number in range(6)]
    for one in folded(*looks):
        batch.add_folded(one)
    with database.writing.begin() as connection:
        write(connection, [batch])
        write(connection, [batch])  # read again after a power cut: nothing is there twice
    history, monday = History(database.reading), SUNDAY + 2 * HOUR
    assert [one.value for one in history.stood_at(["a"], monday)["a"]] == [0.1, 0.0]
    assert history.stood_at(["a"], monday + 1) == {}, "how it stood at another instant, nobody wrote down"
    assert history.stood_at(["b"], monday) == {}
    told = history.sights(["a"], SUNDAY + 3 * HOUR, SUNDAY + 5 * HOUR)
    assert told == [
        Sight("a", "newest_file", "dump", SUNDAY + 2 * HOUR, is_seen=True, made=1, looked=SUNDAY + HOUR),
        Sight("a", "newest_file", "dump", SUNDAY + 4 * HOUR, is_seen=True, made=2, looked=SUNDAY + 3 * HOUR),
    ]
    database.close()

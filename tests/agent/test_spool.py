"""The spool: durable, numbered, bounded, honest about what it dropped."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from conftest import small_disk

from agent.sameness import is_change, shape
from agent.spool import Spool, SpoolFull
from checks.reading import CheckIn, CheckName, Machine, Reading
from checks.wire import decode_check_in, digest

NOW = 1_800_000_000


def a_check_in(
    at: int = NOW, value: float = 0.5, padding: int = 0, up: float | None = None, boot: str = "boot"
) -> CheckIn:
    machine = Machine("h" * (1 + padding), "debian-12")
    return CheckIn(
        "",
        0,
        at,
        boot,
        float(at - NOW) if up is None else up,
        60,
        "0.1.0",
        machine,
        (Reading(CheckName("disk"), "/", value, at, at + 60),),
    )


def noise(size: int) -> str:
    return os.urandom(size // 2).hex()


def a_big_one(at: int) -> CheckIn:
    return CheckIn("", 0, at, "boot", float(at - NOW), 60, "0.1.0", Machine(noise(4000), "debian-12"))


def test_numbers_have_no_holes_and_survive_a_restart(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    assert [spool.add(a_check_in(NOW + n), is_change=False) for n in range(3)] == [1, 2, 3]
    epoch = spool.epoch
    spool.close()

    again = Spool(tmp_path / "spool.db")
    assert (again.epoch, again.newest, again.waiting) == (epoch, 3, 3)
    assert again.add(a_check_in(), is_change=False) == 4
    bodies = [decode_check_in(one.body) for one in again.after(0)]
    assert [(one.epoch, one.seq) for one in bodies] == [(epoch, n) for n in (1, 2, 3, 4)]
    again.close()


def test_only_a_matching_digest_is_an_ack(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    seq = spool.add(a_check_in(), is_change=False)
    (waiting,) = spool.after(0)

    assert not spool.acknowledged(seq, "0" * 64, NOW)
    assert spool.waiting == 1
    assert spool.acknowledged(seq, digest(waiting.body), NOW)
    assert spool.waiting == 0
    spool.close()


def test_what_was_acknowledged_is_kept_a_day_for_a_console_that_lost_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.add(a_check_in(), is_change=False)
    (first,) = spool.after(0)
    spool.acknowledged(1, digest(first.body), NOW)

    assert [one.seq for one in spool.after(1)] == []
    assert [one.seq for one in spool.after(0)] == [1]
    spool.add(a_check_in(NOW + 86_500), is_change=False)
    assert [one.seq for one in spool.after(0)] == [2]
    spool.close()


def test_a_number_that_was_never_acknowledged_goes_again_although_the_console_has_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.add(a_check_in(), is_change=False)

    assert [one.seq for one in spool.after(1)] == [1]
    spool.close()


def test_a_full_spool_thins_routine_first_and_names_exactly_what_went(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db", most_bytes=100_000)
    for number in range(60):
        spool.add(a_big_one(NOW + number), is_change=number == 3)

    kept = [decode_check_in(one.body) for one in spool.after(0)]
    numbers = [one.seq for one in kept]
    assert 4 in numbers
    assert numbers[-1] == 60
    told = [gap for one in kept for gap in one.dropped]
    missing = [seq for seq in range(1, 61) if seq not in numbers]
    assert [seq for gap in told for seq in range(gap.first_seq, gap.last_seq + 1)] == missing
    assert sum(gap.count for gap in told) == len(missing)
    assert all(digest(one.body) for one in spool.after(0))
    spool.close()


def test_what_is_older_than_seven_days_goes_and_is_named(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.add(a_check_in(NOW), is_change=True)
    spool.add(a_check_in(NOW + 8 * 86_400), is_change=False)

    (left,) = spool.after(0)
    (gap,) = decode_check_in(left.body).dropped
    assert (gap.first_seq, gap.last_seq, gap.reason) == (1, 1, "older than 7 days")
    spool.close()


def test_a_clock_that_jumps_makes_nothing_old(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    year = 365 * 86_400
    for number, at in enumerate((NOW, NOW + year, NOW - year, NOW)):
        spool.add(a_check_in(at, up=float(number)), is_change=False)
    spool.add(a_check_in(NOW - year, up=1.0, boot="another"), is_change=False)
    assert [one.seq for one in spool.after(0)] == [1, 2, 3, 4, 5]

    spool.add(a_check_in(NOW - year, up=8.0 * 86_400, boot="another"), is_change=False)
    assert [one.seq for one in spool.after(0)] == [6]
    spool.close()


def test_a_check_in_whose_bytes_the_disk_changed_is_named_and_in_nobodys_way(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    for number in range(4):
        spool.add(a_check_in(NOW + number), is_change=False)
    with sqlite3.connect(tmp_path / "spool.db") as other:
        (body,) = other.execute("select body from spool where seq = 2").fetchone()
        other.execute("update spool set body = ? where seq = 2", (body[:40] + bytes([body[40] ^ 1]) + body[41:],))
    other.close()

    kept = [decode_check_in(one.body) for one in spool.after(0)]
    assert [one.seq for one in kept] == [1, 3, 4]
    assert [(gap.first_seq, gap.last_seq, gap.reason) for gap in kept[1].dropped] == [
        (2, 2, "it could not be read any more")
    ]
    spool.close()


def test_a_numbering_begun_by_another_process_is_the_one_that_counts(tmp_path: Path) -> None:
    spool, courier = Spool(tmp_path / "spool.db"), Spool(tmp_path / "spool.db")
    spool.add(a_check_in(), is_change=False)
    courier.begin_epoch()
    spool.add(a_check_in(NOW + 60), is_change=False)

    assert {decode_check_in(one.body).epoch for one in courier.after(0)} == {courier.epoch}
    spool.close()
    courier.close()


def test_a_new_epoch_is_begun_whole_or_not_at_all_and_names_what_was_lost_before(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "size=900k") as small:
        spool = Spool(small / "spool.db")
        for number in range(6):
            spool.add(a_big_one(NOW + number), is_change=True)
        spool.set_aside(1, "not a check-in")
        before = spool.epoch
        (small / "big").write_bytes(bytes(small_room(small)))
        with pytest.raises(SpoolFull):
            spool.begin_epoch()
        assert (spool.epoch, spool.waiting) == (before, 5)

        (small / "big").unlink()
        spool.begin_epoch()
        first, *_ = (decode_check_in(one.body) for one in spool.after(0))
        assert (spool.epoch != before, spool.waiting, first.seq) == (True, 5, 2)
        assert [(gap.first_seq, gap.last_seq) for gap in first.dropped] == [(1, 1)]
        spool.close()


def small_room(folder: Path) -> int:
    """Bytes that are free where this folder is."""
    there = os.statvfs(folder)
    return there.f_bavail * there.f_frsize


def test_what_a_full_disk_did_not_take_is_counted_and_named_by_the_next(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "size=300k") as small:
        spool = Spool(small / "spool.db")
        spool.add(a_check_in(), is_change=False)
        (small / "big").write_bytes(bytes(small_room(small)))
        for _ in range(3):
            with pytest.raises(SpoolFull):
                spool.add(a_big_one(NOW), is_change=True)
        (small / "big").unlink()
        assert spool.add(a_check_in(), is_change=False) == 5
        last = [decode_check_in(one.body) for one in spool.after(0)][-1]
        assert [(gap.first_seq, gap.last_seq, gap.reason) for gap in last.dropped] == [(2, 4, "the disk was full")]
        spool.close()


def test_a_check_in_that_the_console_cannot_read_is_set_aside_and_named(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    for number in range(3):
        spool.add(a_check_in(NOW + number), is_change=False)
    spool.set_aside(2, "not a check-in")

    first, third = (decode_check_in(one.body) for one in spool.after(0))
    assert (first.seq, third.seq) == (1, 3)
    assert [(gap.first_seq, gap.last_seq) for gap in third.dropped] == [(2, 2)]
    spool.close()


def test_a_new_epoch_keeps_what_waits_and_numbers_it_anew(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    for number in range(3):
        spool.add(a_check_in(NOW + number, value=number / 10), is_change=False)
    before = spool.epoch
    (first, *_) = spool.after(0)
    spool.acknowledged(1, digest(first.body), NOW)
    spool.begin_epoch()

    kept = [decode_check_in(one.body) for one in spool.after(0)]
    assert spool.epoch != before
    assert [(one.epoch, one.seq, one.readings[0].value) for one in kept] == [
        (spool.epoch, 1, 0.1),
        (spool.epoch, 2, 0.2),
    ]
    spool.close()


def named(spool: Spool, mark: int = 0) -> list[tuple[int, int, str]]:
    """The numbers that the check-ins beyond a console's mark name as dropped."""
    gaps = [gap for one in spool.after(mark) for gap in decode_check_in(one.body).dropped]
    assert all(gap.count == gap.last_seq - gap.first_seq + 1 for gap in gaps)
    return [(gap.first_seq, gap.last_seq, gap.reason) for gap in gaps]


def test_a_damaged_spool_is_moved_aside_and_what_was_in_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "spool.db"
    with closing(Spool(path)) as spool:
        for _ in range(5):
            spool.add(a_check_in(), is_change=False)
        before = spool.epoch
    path.write_bytes(path.read_bytes().replace(b"TABLE facts", b"T\xff\x85LE facts"))

    with closing(Spool(path)) as again:
        assert (again.epoch, again.add(a_check_in(), is_change=False)) == (before, 6)
        assert path.with_suffix(".damaged").exists()
        assert named(again, mark=2) == [(3, 5, "the disk lost it")], "a console that has two misses three"


def test_where_nobody_knows_what_was_in_a_damaged_spool_a_new_epoch_begins(tmp_path: Path) -> None:
    path = tmp_path / "spool.db"
    with closing(Spool(path)) as spool:
        spool.add(a_check_in(), is_change=False)
        before = spool.epoch
    path.write_bytes(b"no database at all" * 100)
    path.with_suffix(".given").write_text(f"{before} 7 12345\n")

    with closing(Spool(path)) as again:
        assert again.epoch != before
        assert again.newest == 0


def test_what_is_gone_with_the_end_of_its_log_is_named_and_no_number_is_given_twice(tmp_path: Path) -> None:
    with closing(Spool(tmp_path / "spool.db")) as spool:
        for _ in range(5):
            spool.add(a_check_in(), is_change=False)
        killed = shutil.copytree(tmp_path, tmp_path / "killed", ignore=shutil.ignore_patterns("*-shm"))
    log = killed / "spool.db-wal"
    log.write_bytes(log.read_bytes()[: log.stat().st_size * 2 // 3])

    with closing(Spool(killed / "spool.db")) as again:
        assert again.add(a_check_in(), is_change=False) == 6
        ((first, last, why),) = named(again)
        assert (first > 1, last, why) == (True, 5, "the disk lost it")
        assert [decode_check_in(one.body).seq for one in again.after(0)] == [*range(1, first), 6]


def test_numbers_that_are_not_there_any_more_are_named_to_a_console_that_asks_for_them(tmp_path: Path) -> None:
    with closing(Spool(tmp_path / "spool.db")) as spool:
        for _ in range(9):
            spool.add(a_check_in(), is_change=False)
        spool.set_aside(5, "nobody can read it")
        with closing(sqlite3.connect(tmp_path / "spool.db")) as other, other:
            other.execute("delete from spool where seq in (2, 3, 4, 7)")
        gone = "it is not here any more"
        assert named(spool, mark=2) == [(3, 4, gone), (5, 5, "nobody can read it"), (7, 7, gone)]


@pytest.mark.parametrize(
    "rot",
    [
        "update facts set value = 'no epoch' where key = 'epoch'; update facts set value = '100' where key = 'newest'",
        "update facts set value = cast(x'5b31372cff' as text) where key in ('clock', 'newest')",
        "update facts set value = '7' where key = 'clock'; update spool set seq = 4 where seq = 2",
        "update facts set value = '1' where key = 'newest'; update memory set value = '{{'",
    ],
)
def test_what_the_disk_changed_in_a_spool_keeps_nothing_from_leaving_it(tmp_path: Path, rot: str) -> None:
    with closing(Spool(tmp_path / "spool.db")) as spool:
        for _ in range(3):
            spool.add(a_check_in(), is_change=False)
        spool.keep("a probe's", [1])
        epoch = spool.epoch
    with closing(sqlite3.connect(tmp_path / "spool.db")) as other, other:
        other.executescript(rot)

    with closing(Spool(tmp_path / "spool.db")) as again:
        assert again.recall("a probe's") in ([1], None)
        newest = again.add(a_check_in(), is_change=False)
        told = [seq for first, last, _ in named(again) for seq in range(first, last + 1)]
        sent = [decode_check_in(one.body) for one in again.after(0)]
        assert {one.epoch for one in sent} == {epoch}
        assert sorted([*told, *(one.seq for one in sent)]) == [*range(1, newest + 1)]


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "size=300k") as small:
        spool = Spool(small / "spool.db")
        kept = 0
        with pytest.raises(SpoolFull, match="free some space"):
            for _ in range(200):
                spool.add(a_big_one(NOW), is_change=True)
                kept += 1
        assert spool.newest == kept
        spool.keep("a probe's memory", "x" * 400_000)
        assert spool.recall("a probe's memory") is None
        spool.close()


def test_every_number_that_was_said_is_there_after_kill_minus_nine(tmp_path: Path) -> None:
    path = tmp_path / "spool.db"
    code = (
        "import sys; from pathlib import Path; from agent.spool import Spool\n"
        "from checks.reading import CheckIn, Machine\n"
        f"spool = Spool(Path({str(path)!r}))\n"
        "while True:\n"
        "    seq = spool.add(CheckIn('', 0, 1, 'b', 1.0, 60, '1', Machine('h', 'x')), is_change=False)\n"
        "    sys.stdout.write(f'{seq}\\n'); sys.stdout.flush()\n"
    )
    said = 0
    for attempt in range(4):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.05 * (attempt + 1))
            writer.send_signal(signal.SIGKILL)
            lines = [line for line in writer.stdout.read().split("\n") if line]
        said = max(said, *(int(line) for line in lines)) if lines else said
    connection = sqlite3.connect(path)
    numbers = [seq for (seq,) in connection.execute("select seq from spool order by seq")]
    connection.close()
    assert numbers == list(range(1, len(numbers) + 1))
    assert said >= 4
    assert numbers[-1] >= said


def test_probes_remember_across_restarts(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.keep("cpu", [1.5, 2.5])
    spool.close()

    again = Spool(tmp_path / "spool.db")
    assert again.recall("cpu") == [1.5, 2.5]
    assert again.recall("nothing") is None
    again.close()


def test_the_same_again_is_routine_and_another_value_is_a_change() -> None:
    before = shape(a_check_in(value=0.51))

    assert not is_change(before, a_check_in(value=0.52))
    assert is_change(before, a_check_in(value=0.95))
    assert is_change(None, a_check_in())

"""ZFS snapshots: not run by us with ZFS. What stands in for it is as zfs-list(8) of OpenZFS documents -H and -p."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.backup import zfs_snapshots
from agent.round import Round
from checks.catalogue import BY_NAME
from checks.reading import Gap

PROBE = zfs_snapshots.PROBE
CHECK = BY_NAME[PROBE.check]
NOON = 1_795_694_400  # 2026-11-26 12:00 UTC
HOUR = 3600


def told(root: Path) -> list[str]:
    found = [
        CHECK.finding_of_gap(one) if isinstance(one, Gap) else CHECK.finding(one, CHECK.standard, NOON)
        for one in PROBE.look(Look(NOON, NOON + 60, Forgetful(), root=root))
    ]
    return [f"{one.subject} {one.status.value}: {one.sentence}" for one in found]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose kernel has a pool, and a program in zfs's place."""
    (tmp_path / "proc/spl/kstat/zfs/tank").mkdir(parents=True)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path


def zfs(root: Path, text: str, then: str = "exit 0") -> None:
    (root / "said").write_text(text)
    (root / "zfs").write_text(f'#!/bin/sh\necho "$*" >>{root}/asked\ncat {root}/said\n{then}\n')
    (root / "zfs").chmod(0o755)


def row(name: str, ago: int) -> str:
    return f"{name}\t{NOON - ago}\n"


def test_the_newest_by_a_timer_counts_and_one_by_hand_does_not(root: Path) -> None:
    zfs(root, row("tank/a b@autosnap_2026-11-26_11:00:01_hourly", HOUR)
        + row("tank/a b@autosnap_2026-11-26_00:00:01_daily", 12 * HOUR)
        + row("tank/late@zfs-auto-snap_daily-2026-11-24-0900", 51 * HOUR)
        + row("tank/late@before-upgrade", HOUR) + row("tank/hand@2019", 9_999_999))  # fmt: skip
    assert told(root) == [
        "tank/a b ok: newest snapshot 1 h old",
        "tank/late breach: newest snapshot 2 d 3 h old",
    ]
    assert (root / "asked").read_text() == "list -H -p -t snapshot -o name,creation\n"


@pytest.mark.parametrize(
    ("text", "then", "expected"),
    [
        ("", "exit 0", []),
        ("tank@autosnap_x\tyesterday\n", "exit 0", ["zfs said what nobody understands"]),
        ("\x1b[31m\n", "exit 0", ["zfs said what nobody understands"]),
        ("", "echo 'Permission denied' >&2; exit 1", ["zfs ended with 1: Permission denied"]),
        ("", "head -c 40000000 /dev/zero", ["zfs wrote more than 33554432 bytes"]),
    ],
)
def test_what_is_no_list_is_a_gap(root: Path, text: str, then: str, expected: list[str]) -> None:
    zfs(root, text, then)
    seen = told(root)
    assert len(seen) == len(expected)
    assert all(words in one and one.startswith(" unknown: ") for one, words in zip(seen, expected, strict=True))


def test_ten_thousand_are_taken_in_within_a_second(root: Path) -> None:
    zfs(root, "".join(row(f"tank/d{n % 9}@autosnap_{n}", n + HOUR) for n in range(10_000)))
    began = time.monotonic()
    assert len(told(root)) == 9
    assert time.monotonic() - began < 1


def test_where_the_kernel_has_no_zfs_no_program_is_run(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    zfs(root, row("tank@autosnap_1", HOUR))
    assert told(tmp_path_factory.mktemp("bare")) == []
    assert not (root / "asked").exists()


def test_it_is_asked_once_an_hour(root: Path) -> None:
    zfs(root, row("tank@autosnap_1", HOUR))
    rounds, memory = Round([PROBE]), Forgetful()
    for now in (NOON, NOON + 300, NOON + 3599, NOON + 3600):
        assert len(rounds.gather(Look(now, now + 300, memory, root=root)).readings) == 1
    assert len((root / "asked").read_text().splitlines()) == 2


def test_a_snapshot_in_the_pool_of_its_data_is_no_copy() -> None:
    assert not CHECK.tells_copies

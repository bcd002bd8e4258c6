"""RAID arrays, pools and file systems: btrfs on a loop device for real, the rest as the kernel documents it."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.health import filesystem_errors, raid_arrays, storage_pools
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading, Why

NOW = int(time.time())


def look(root: Path = Path("/")) -> Look:
    return Look(NOW, NOW + 300, Forgetful(), root=root)


def told(one: Reading | Gap) -> str:
    check = BY_NAME[one.check]
    if isinstance(one, Gap):
        return f"{one.subject} {one.why.value}"
    finding = check.finding(one, check.standard, NOW)
    return f"{one.subject} {finding.status.value}: {finding.sentence}"


MDSTAT = """Personalities : [raid1] [raid6] [raid5] [raid4] [raid0]
md0 : active raid1 sdb1[1] sda1[0]
      1048512 blocks super 1.2 [2/2] [UU]
      [==>..................]  check = 12.6% (132096/1048512) finish=1.5min speed=33440K/sec
      bitmap: 0/1 pages [0KB], 65536KB chunk

md1 : active raid5 sdf1[4] sde1[2](F) sdd1[1] sdc1[0]
      2096128 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/2] [UU_]
      [===>.................]  recovery = 15.0% (157696/1048064) finish=0.8min speed=17521K/sec

md2 : active raid1 sdh1[1](F) sdg1[0]
      1048512 blocks super 1.2 [2/1] [U_]

md127 : inactive sdi1[0](S) sdj1[1](S)
      2096128 blocks super 1.2

md3 : active raid0 sdl[1] sdk[0]
      2096128 blocks super 1.2 512k chunks

md4 : active (auto-read-only) raid1 sdm1[0] sdn1[1]
      1048512 blocks super 1.2 [2/2] [UU]
      \tresync=PENDING

unused devices: <none>
"""


def mdstat(root: Path, text: str) -> list[str]:
    (root / "proc").mkdir(exist_ok=True)
    (root / "proc/mdstat").write_bytes(text.encode("latin-1"))
    return [told(one) for one in raid_arrays.look(look(root))]


def test_each_array_says_how_many_members_it_lacks(tmp_path: Path) -> None:
    assert mdstat(tmp_path, MDSTAT) == [
        "md0 ok: whole: check 12.6%",
        "md1 breach: 1 member is missing: sde1 failed, recovery 15.0%",
        "md2 breach: 1 member is missing: sdh1 failed",
        "md127 breach: 2 members are missing: does not run",
        "md3 ok: whole",
        "md4 ok: whole: resync pending",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Personalities : \nunused devices: <none>\n", [" not here"]),
        ("", [" failed"]),
        ("\xff\xfe no such thing", [" failed"]),
        ("Personalities : \nmd0 : active raid1 a[0]\n  8 blocks [1/9] [U]\n", ["md0 failed"]),
        (MDSTAT[:130], ["md0 ok: whole"]),
    ],
)
def test_odd_texts_are_gaps_with_their_reason(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert mdstat(tmp_path, text) == expected


def test_where_there_is_nothing_nothing_is_due(tmp_path: Path) -> None:
    for probe in (raid_arrays, storage_pools, filesystem_errors):
        (one,) = probe.look(look(tmp_path))
        assert isinstance(one, Gap)
        assert one.why is Why.NOT_HERE


def pool(root: Path, missing: str, errors: str) -> None:
    device = root / "sys/fs/btrfs/0a1b/devinfo/1"
    device.mkdir(parents=True, exist_ok=True)
    (device / "missing").write_text(missing)
    (device / "error_stats").write_text(errors)


@pytest.mark.parametrize(
    ("missing", "errors", "expected"),
    [
        ("0\n", "write_errs 0\nread_errs 0\n", ["0a1b ok: all of its devices are there", "0a1b ok: no errors"]),
        ("1\n", "write_errs 2\nread_errs 0\n", ["0a1b breach: device 1 is missing",
                                              "0a1b breach: 2 errors: 2 write errors on device 1"]),
        ("yes", "write_errs many", ["0a1b failed", "0a1b failed"]),
        ("", "", ["0a1b failed", "0a1b failed"]),
    ],
)  # fmt: skip
def test_what_btrfs_tells_of_its_devices(tmp_path: Path, missing: str, errors: str, expected: list[str]) -> None:
    pool(tmp_path, missing, errors)
    assert [told(one) for probe in (storage_pools, filesystem_errors) for one in probe.look(look(tmp_path))] == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("ONLINE\n", "tank ok: all of its devices are there"),
        ("DEGRADED\n", "tank breach: the pool is DEGRADED"),
        ("SUSPENDED\n", "tank breach: the pool is SUSPENDED"),
        ("\x1b[31mFINE", "tank failed"),
        ("", "tank failed"),
    ],
)
def test_what_zfs_tells_of_its_pools(tmp_path: Path, state: str, expected: str) -> None:
    """The file is documented in OpenZFS (spa_stats.c); not run by us with ZFS."""
    (tmp_path / "proc/spl/kstat/zfs/tank").mkdir(parents=True)
    (tmp_path / "proc/spl/kstat/zfs/tank/state").write_text(state)
    (one,) = storage_pools.look(look(tmp_path))
    assert told(one) == expected


def test_what_ext4_tells_of_its_errors(tmp_path: Path) -> None:
    folder = tmp_path / "sys/fs/ext4/sda1"
    folder.mkdir(parents=True)
    seen = []
    for text in ("0\n", "3\n", "x"):
        (folder / "errors_count").write_text(text)
        seen += [told(one) for one in filesystem_errors.look(look(tmp_path))]
    assert seen == ["sda1 ok: no errors", "sda1 breach: 3 errors", "sda1 failed"]


def ran(*argv: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(argv, capture_output=True, check=False)


def test_a_real_btrfs_is_well_until_its_data_is_damaged(btrfs_image: tuple[Path, Path]) -> None:
    file, where = btrfs_image
    (where / "data").write_bytes(b"watchbill" * 100_000)
    uuid = ran("findmnt", "-no", "UUID", str(where)).stdout.decode().strip()

    def seen() -> list[str]:
        both = (storage_pools, filesystem_errors)
        return [told(one) for probe in both for one in probe.look(look()) if one.subject == uuid]

    assert seen() == [f"{uuid} ok: all of its devices are there", f"{uuid} ok: no errors"]
    assert ran("umount", str(where)).returncode == 0
    content = file.read_bytes()
    with file.open("r+b") as damaged:
        damaged.seek(content.index(b"watchbill" * 100) + 40_000)
        damaged.write(b"damaged")
    assert ran("mount", "-o", "loop", str(file), str(where)).returncode == 0
    with pytest.raises(OSError, match="Input/output error"):
        (where / "data").read_bytes()
    assert seen()[1].startswith(f"{uuid} breach: ")
    assert "corruption errors on device 1" in seen()[1]

"""Real snapper on btrfs: good, late, half-made, empty, unmounted; and its files in any state."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from conftest import needs

from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.backup import snapper_snapshots
from checks.catalogue import BY_NAME
from checks.reading import Gap

CHECK = BY_NAME[snapper_snapshots.PROBE.check]
INFO = "<snapshot><num>{}</num><date>2026-11-26 {:02}:00:00</date></snapshot>"
NOON = 1_795_694_400  # 2026-11-26 12:00 UTC


def told(root: Path, now: int) -> list[str]:
    seen = snapper_snapshots.look(Look(now, now + 60, Forgetful(), root=root))
    found = [
        CHECK.finding_of_gap(one) if isinstance(one, Gap) else CHECK.finding(one, CHECK.standard, now) for one in seen
    ]
    return [f"{one.subject} {one.status.value}: {one.sentence}" for one in found]


def test_a_real_one_is_empty_then_good_late_half_made_and_unmounted(
    btrfs_image: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("snapper")
    file, root = btrfs_image

    def ran(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True, timeout=60)

    def snapper(*words: str) -> None:
        """With a configuration of its own bound over the machine's, for as long as it runs."""
        bound = 'mount --bind "$1/snapper" /etc/snapper && mount --bind "$1/default" /etc/default && shift && exec "$@"'
        ran("unshare", "-m", "sh", "-c", bound, "-", str(own), "snapper", "--no-dbus", "-c", "data", *words)

    monkeypatch.setenv("TZ", "Pacific/Auckland")
    own = file.parent / "own"
    ran("btrfs", "subvolume", "create", str(root / "srv"))
    for folder in (own / "snapper/configs", own / "default", root / "etc/snapper/configs"):
        folder.mkdir(parents=True)
    (own / "default/snapper").write_text('SNAPPER_CONFIGS=""\n')
    assert told(root, NOON) == [], "installed, and nothing configured"
    snapper("create-config", str(root / "srv"))
    seen = (own / "snapper/configs/data").read_text().replace(str(root), "")  # as it is seen from the probe's root
    (root / "etc/snapper/configs/data").write_text(seen)
    assert told(root, int(time.time())) == ["data breach: has no whole snapshot at all"]
    snapper("create", "-c", "timeline")
    snapper("create", "-d", "<date>1999-01-01 00:00:00</date>")
    now = int(time.time())
    assert told(root, now)[0].startswith("data ok: newest snapshot ")
    assert "whole" not in told(root, now)[0]
    assert told(root, now + 27 * 3600)[0].startswith("data breach: newest snapshot 1 d 3 h old")
    ran("btrfs", "subvolume", "delete", str(root / "srv/.snapshots/2/snapshot"))
    assert told(root, now)[0].endswith("; 1 newer one is not whole"), "what cannot be gone back to is no restore point"
    shutil.copytree(root / "etc", file.parent / "bare/etc")
    assert told(file.parent / "bare", now) == [
        f"data unknown: cannot read {file.parent}/bare/srv/.snapshots: No such file or directory"
    ]


def configured(root: Path, *, name: str = "home", text: str = 'SUBVOLUME="/home"\nTIMELINE_CREATE="yes"\n') -> Path:
    (root / "etc/snapper/configs").mkdir(parents=True, exist_ok=True)
    (root / "etc/snapper/configs" / name).write_text(text)
    (root / "home/.snapshots").mkdir(parents=True, exist_ok=True)
    return root / "home/.snapshots"


def made(snapshots: Path, number: int, hour: int) -> Path:
    (snapshots / str(number) / "snapshot").mkdir(parents=True)
    (snapshots / str(number) / "info.xml").write_text(INFO.format(number, hour))
    return snapshots / str(number)


def test_where_it_is_not_installed_nothing_is_said(tmp_path: Path) -> None:
    assert told(tmp_path, NOON) == []


def test_one_that_makes_none_by_the_clock_is_never_late(tmp_path: Path) -> None:
    made(configured(tmp_path, text='SUBVOLUME="/home"\nTIMELINE_CREATE="no"\n'), 1, 1)
    assert [one.split(":")[0] for one in told(tmp_path, NOON)] == ["home not due"]


def test_a_damaged_configuration_hides_no_other(tmp_path: Path) -> None:
    made(configured(tmp_path), 9, 11)
    configured(tmp_path, name="odd", text="SUBVOLUME=\udcff".encode("utf-8", "surrogateescape").decode("latin-1"))
    assert told(tmp_path, NOON) == [
        "home ok: newest snapshot 1 h old",
        "odd unknown: /etc/snapper/configs/odd names no SUBVOLUME",
    ]


@pytest.mark.parametrize("text", ["", "no xml", "<date>2026-99-99 11:00:00</date>", "<date>\x1b[31m</date>"])
def test_an_info_that_tells_no_date_is_of_no_whole_snapshot(tmp_path: Path, text: str) -> None:
    snapshots = configured(tmp_path)
    made(snapshots, 9, 10)
    (made(snapshots, 10, 11) / "info.xml").write_text(text)
    (snapshots / "not a number").mkdir()
    assert told(tmp_path, NOON) == ["home ok: newest snapshot 2 h old; 1 newer one is not whole"]


def test_ten_thousand_are_looked_through_within_a_second(tmp_path: Path) -> None:
    snapshots = configured(tmp_path)
    for number in range(1, 10_000):
        (snapshots / str(number)).mkdir()
    made(snapshots, 10_000, 9)
    began = time.monotonic()
    assert told(tmp_path, NOON) == ["home watch: newest snapshot 3 h old"]
    assert time.monotonic() - began < 1


def test_a_snapshot_on_the_disk_of_its_data_is_no_copy() -> None:
    assert not CHECK.tells_copies

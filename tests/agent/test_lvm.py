"""LVM through the root helper: a real volume group, whole and with a disk gone; thin pools as lvmreport(7) has them."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import needs

from agent import root as helper
from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.health import thin_pools, volume_groups
from agent.sources import lvm
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading

GROUP = {"vg_name": "data", "pv_count": "2", "vg_missing_pv_count": "0"}
POOL = {"vg_name": "data", "lv_name": "pool", "segtype": "thin-pool", "lv_health_status": "", "data_percent": "81.20",
        "metadata_percent": "93.00"}  # fmt: skip
ROOT = {"vg_name": "data", "lv_name": "root", "segtype": "linear", "lv_health_status": "", "data_percent": "",
        "metadata_percent": ""}  # fmt: skip


def seen(root: Path) -> list[str]:
    """What both probes say, judged."""
    now = int(time.time())
    at = Look(now, now + 300, Forgetful(), root=root)
    told = []
    for one in (*volume_groups.look(at), *thin_pools.look(at)):
        if isinstance(one, Gap):
            told.append(f"{one.why.value}: {one.reason}")
        else:
            check = BY_NAME[one.check]
            found = check.finding(one, check.standard, now)
            told.append(f"{one.subject} {found.status.value}: {found.sentence}")
            assert isinstance(one, Reading)
    return told


def wrote(root: Path, told: object) -> Path:
    path = root / lvm.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(told if isinstance(told, str) else json.dumps(told))
    path.chmod(0o644)
    return root


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"groups": [GROUP], "volumes": [ROOT]}, ["data ok: all of its disks are there"]),
        ({"groups": [GROUP], "volumes": [POOL]}, ["data ok: all of its disks", "data/pool breach: 93 % full"]),
        (
            {"groups": [GROUP | {"vg_missing_pv_count": "1"}], "volumes": [ROOT | {"lv_health_status": "partial"}]},
            ["data breach: a disk is missing, root: partial"],
        ),
        ({"groups": [], "volumes": []}, []),
        ({"error": "vgs is not installed here"}, ["failed: vgs is not installed here"]),
        ("{", ["failed: "]),
        ({"groups": [{}], "volumes": []}, ["failed: LVM's report is not what lvmreport(7) says"]),
        (
            {"groups": [GROUP | {"vg_missing_pv_count": "x"}], "volumes": []},
            ["failed: LVM's report is not what lvmreport(7) says"],
        ),
    ],
)  # fmt: skip
def test_what_the_helper_wrote_is_judged_or_a_gap(tmp_path: Path, told: object, says: list[str]) -> None:
    found = [one for one in seen(wrote(tmp_path, told)) if not one.startswith("not here")]
    assert len(found) == len(says)
    assert all(one.startswith(words) for one, words in zip(found, says, strict=True)), found


def test_a_machine_whose_lvm_nobody_asks_is_unknown_and_one_without_says_nothing(tmp_path: Path) -> None:
    assert seen(tmp_path) == []
    uuid = tmp_path / "sys/block/dm-0/dm/uuid"
    uuid.parent.mkdir(parents=True)
    uuid.write_text("CRYPT-LUKS2-1\n")
    assert seen(tmp_path) == []
    uuid.write_text("LVM-AbC\n")
    assert seen(tmp_path)[0].startswith("denied: only root may ask LVM; let root run `python -I -m agent.root`")


@pytest.fixture
def disks(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two loop devices, and no group named `watchbill` afterwards."""
    needs("vgcreate")
    if os.geteuid() != 0:
        pytest.skip("needs root, to make loop devices")
    made = []
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"")
        os.truncate(tmp_path / name, 64 << 20)
        ran = subprocess.run(["losetup", "-f", "--show", tmp_path / name], capture_output=True, text=True, check=False)
        if ran.returncode:
            pytest.skip(f"no loop device here: {ran.stderr.strip()}")
        made.append(ran.stdout.strip())
    yield made[0], made[1]
    subprocess.run(["vgremove", "-qff", "watchbill"], capture_output=True, check=False)
    for one in made:
        subprocess.run(["losetup", "-d", one], capture_output=True, check=False)


@pytest.mark.real
def test_a_real_volume_group_is_whole_until_a_disk_is_gone(tmp_path: Path, disks: tuple[str, str]) -> None:
    subprocess.run(["vgcreate", "-q", "watchbill", *disks], check=True, capture_output=True)
    assert helper.main([], tmp_path) == 0
    assert "watchbill ok: all of its disks are there" in seen(tmp_path)
    subprocess.run(["losetup", "-d", disks[1]], check=True)
    assert helper.main([], tmp_path) == 0
    assert "watchbill breach: a disk is missing" in seen(tmp_path)

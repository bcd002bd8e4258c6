"""Proxmox VE: not run by us. Index, logs, archives and storages are as its own code has them (samples/README.md)."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import Look, Probe
from agent.probes.backup import vzdump_backups, vzdump_result
from agent.round import Round
from checks.catalogue import BY_NAME
from checks.reading import Gap

SAMPLES = Path(__file__).parent / "samples/vzdump"
NOON = 1_795_694_400  # 2026-11-26 12:00 UTC
HOUR = 3600
OK = "UPID:pve1:0000C2A0:00F0B000:6B05F2C0:vzdump::root@pam: 6B060000 OK\n"


def told(probe: Probe, root: Path, now: int = NOON) -> list[str]:
    check = BY_NAME[probe.check]
    found = [
        check.finding_of_gap(one) if isinstance(one, Gap) else check.finding(one, check.standard, now)
        for one in probe.look(Look(now, now + 60, Forgetful(), root=root))
    ]
    return [f"{one.subject} {one.status.value}: {one.sentence}".strip() for one in found]


def backups(root: Path) -> list[str]:
    return told(vzdump_backups.PROBE, root)


def result(root: Path, now: int = NOON) -> list[str]:
    return told(vzdump_result.PROBE, root, now)


@pytest.fixture
def node(tmp_path: Path) -> Path:
    """A node pve1 with a virtual machine and a container, a template, and storages that are there."""
    own = tmp_path / "etc/pve/nodes/pve1"
    for conf, text in {"qemu-server/100": "name: web\n", "lxc/101": "hostname: mail\n",
                       "qemu-server/900": "name: debian\ntemplate: 1\n"}.items():  # fmt: skip
        (own / conf).parent.mkdir(parents=True, exist_ok=True)
        (own / f"{conf}.conf").write_text(text)
    (tmp_path / "etc/pve/local").symlink_to("nodes/pve1")
    shutil.copy(SAMPLES / "storage.cfg", tmp_path / "etc/pve/storage.cfg")
    for folder in ("var/lib/vz/dump", "mnt/pve/nas/dump", "var/log/pve/tasks", "var/log/vzdump"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def archive(folder: Path, guest: str, ago: int, ends: str) -> None:
    at = time.strftime("%Y_%m_%d-%H_%M_%S", time.localtime(NOON - ago))
    (folder / f"vzdump-{guest}-{at}{ends}").touch()


def log(root: Path, name: str, at: int = NOON - HOUR) -> None:
    shutil.copy(SAMPLES / name, root / "var/log/vzdump" / name)
    os.utime(root / "var/log/vzdump" / name, (at, at))


def index(root: Path, text: str, name: str = "index") -> None:
    (root / "var/log/pve/tasks" / name).write_text(text)


def test_the_newest_whole_archive_of_each_guest_counts_in_whichever_storage_it_lies(node: Path) -> None:
    archive(node / "var/lib/vz/dump", "qemu-100", 30 * HOUR, ".vma.zst")
    archive(node / "mnt/pve/nas/dump", "qemu-100", 2 * HOUR, ".vma.zst")
    archive(node / "mnt/pve/nas/dump", "qemu-100", HOUR, ".vma.dat")
    archive(node / "mnt/pve/nas/dump", "qemu-100", HOUR, ".log")
    archive(node / "mnt/pve/nas/dump", "lxc-101", 51 * HOUR, ".tar.gz")
    archive(node / "mnt/pve/nas/dump", "lxc-777", HOUR, ".tgz")
    assert backups(node) == ["VM 100 ok: newest backup 2 h old", "CT 101 breach: newest backup 2 d 3 h old"]


def test_a_guest_without_any_is_a_breach_and_a_template_needs_none(node: Path) -> None:
    nowhere = "breach: has no backup in any storage of its node"
    assert backups(node) == [f"VM 100 {nowhere}", f"CT 101 {nowhere}"]
    (node / "etc/pve/storage.cfg").unlink()
    archive(node / "var/lib/vz/dump", "qemu-100", HOUR, ".vma")
    (node / "var/lib/vz/dump/vzdump-lxc-101-2026_99_26-01_00_02.tar").touch()
    (node / "var/lib/vz/dump" / os.fsdecode(b"vzdump-lxc-101-\xff.tar")).touch()
    assert backups(node) == ["VM 100 ok: newest backup 1 h old", f"CT 101 {nowhere}"]


def test_what_lies_in_a_backup_server_is_not_told_by_files(node: Path) -> None:
    with (node / "etc/pve/storage.cfg").open("a") as file:
        file.write("\npbs: vault\n\tdatastore main\n\tserver 192.0.2.7\n\tcontent backup\n")
    (node / "etc/pve/nodes/pve1/qemu-server/102.conf").write_text("name: database\n")
    archive(node / "var/lib/vz/dump", "qemu-102", 9000 * HOUR, ".vma.zst")
    archive(node / "var/lib/vz/dump", "qemu-100", HOUR, ".vma.zst")
    log(node, "qemu-102.log")
    assert backups(node) == ["VM 100 ok: newest backup 1 h old"]


def test_a_folder_of_archives_that_has_its_own_name_is_looked_into(node: Path) -> None:
    (node / "etc/pve/storage.cfg").write_text(
        "dir: local\n\tpath /srv\n\tcontent backup\n\tcontent-dirs iso=a,backup=keep/all\n"
    )
    (node / "srv/keep/all").mkdir(parents=True)
    archive(node / "srv/keep/all", "qemu-100", HOUR, ".vma.lzo")
    assert backups(node)[0] == "VM 100 ok: newest backup 1 h old"


def test_a_storage_that_is_not_mounted_is_a_gap_and_no_guest_is_called_late(node: Path) -> None:
    (node / "mnt/pve/nas/dump").rmdir()
    assert backups(node) == [f"unknown: storage nas: {node}/mnt/pve/nas/dump is not there; is it mounted?"]


def test_a_node_whose_configuration_is_not_there_or_may_not_be_read_is_a_gap(
    node: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (node / "etc/pve/local").unlink()
    assert backups(node) == ["unknown: /etc/pve is empty: does pve-cluster run?"]
    (node / "etc/pve/local").symlink_to("nodes/pve1")

    def denied(path: Path, *_: object) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_text", denied)
    (gap,) = vzdump_backups.look(Look(NOON, NOON + 60, Forgetful(), root=node))
    assert isinstance(gap, Gap)
    assert (gap.why.value, gap.reason.rpartition(": ")[2]) == ("denied", "Permission denied")


def test_the_last_run_that_is_over_counts_and_other_tasks_do_not(node: Path) -> None:
    shutil.copy(SAMPLES / "index", node / "var/log/pve/tasks/index")
    assert result(node) == ["ok: its last run ended well"]
    index(node, OK.replace("6B060000 OK", "7B060000 job errors"), "index.1")
    assert result(node) == ["breach: its last run failed: job errors"]
    index(node, OK.replace("OK", "WARNINGS: 2"))
    index(node, "", "index.1")
    assert result(node) == ["watch: its last run ended with warnings: 2"]
    index(node, OK.replace("OK", "unexpected status"))
    assert result(node) == ["breach: its last run failed: unexpected status"]


def test_a_guest_that_failed_is_not_hidden_by_a_later_run_of_others(node: Path) -> None:
    index(node, OK)
    for name in ("qemu-100.log", "lxc-101.log"):
        log(node, name)
    assert result(node) == [
        "breach: CT 101: command 'set -o pipefail && tar cpf - ...' failed: exit code 2",
    ]
    assert result(node, NOON + 9 * 24 * HOUR) == ["ok: its last run ended well"], "one that was removed leaves its log"
    with (node / "var/log/vzdump/lxc-101.log").open("a") as file:
        file.write("2026-11-26 03:06:00 INFO: Finished Backup of VM 101 (00:02:01)\n")
    assert result(node) == ["ok: its last run ended well"], "what it says last"
    for number in range(200, 204):
        log(node, "lxc-101.log")
        (node / "var/log/vzdump/lxc-101.log").rename(node / f"var/log/vzdump/lxc-{number}.log")
    assert result(node)[0].endswith("; 2 more failures")


def test_a_node_that_never_ran_one_and_an_index_of_garbage_tell_nothing(node: Path) -> None:
    assert result(node) == []
    (node / "var/log/pve/tasks/index").write_bytes(b"UPID:pve1:\xff\xfe\x00vzdump:: 6B06 OK\n" * 1000)
    assert result(node) == []


def test_an_index_that_may_not_be_read_is_denied(node: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index(node, OK)

    def denied(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", denied)
    (gap,) = vzdump_result.look(Look(NOON, NOON + 60, Forgetful(), root=node))
    assert isinstance(gap, Gap)
    assert gap.why.value == "denied"


def test_a_machine_that_is_no_node_says_nothing_and_a_node_is_looked_at_every_quarter(
    node: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bare = tmp_path_factory.mktemp("bare")
    assert (backups(bare), result(bare)) == ([], [])
    rounds, memory = Round([vzdump_backups.PROBE]), Forgetful()
    seen = [rounds.gather(Look(now, now + 60, memory, root=node)).durations for now in (NOON, NOON + 899, NOON + 900)]
    assert [bool(one) for one in seen] == [True, False, True]
    quiet = [rounds.gather(Look(now, now + 60, Forgetful(), root=bare)).readings for now in (NOON, NOON + 900)]
    assert quiet == [[], []]

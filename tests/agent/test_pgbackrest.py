"""Real pgBackRest with a real PostgreSQL: unused, never ran, good, late, damaged; and what it may say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import needs, stand_in

from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.backup import pgbackrest_backups
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading, Why

CHECK = BY_NAME[pgbackrest_backups.PROBE.check]
GOOD = {
    "name": "main",
    "status": {"code": 0, "message": "ok"},
    "repo": [{"key": 1, "status": {"code": 0, "message": "ok"}}],
    "backup": [
        {"label": "20260101-000000F", "type": "full", "error": False, "timestamp": {"start": 90, "stop": 100}},
        {"label": "20260102-000000F", "type": "full", "error": True, "timestamp": {"start": 190, "stop": 200}},
    ],
}


def seen(root: Path) -> list[Reading | Gap]:
    now = int(time.time())
    return list(pgbackrest_backups.look(Look(now, now + 60, Forgetful(), root=root)))


def says(one: Reading | Gap) -> tuple[str, str]:
    assert isinstance(one, Reading), one
    found = CHECK.finding(one, CHECK.standard, one.taken_at)
    return found.status.value, found.sentence


class Cluster:
    """A PostgreSQL of its own in `place`, which pgBackRest keeps; both run as the user postgres."""

    def __init__(self, place: Path) -> None:
        self.place, self.conf = place, place / "etc/pgbackrest.conf"
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self.conf.parent.mkdir()
        self.conf.write_text(
            f"[global]\nrepo1-path={place}/repo\nlog-path={place}/log\nlock-path={place}/lock\nstart-fast=y\n"
            f"repo1-retention-full=2\n[main]\npg1-path={place}/data\npg1-port=54329\npg1-socket-path={place}\n"
        )
        for name in ("repo", "log", "lock"):
            (place / name).mkdir()
        subprocess.run(["chown", "-R", "postgres", str(place)], check=True)

    def run(self, *argv: str | Path) -> None:
        words = " ".join(map(str, argv))
        subprocess.run(["su", "postgres", "-s", "/bin/sh", "-c", f"cd {self.place}; {words}"],
                       check=True, stdout=subprocess.DEVNULL, timeout=120)  # fmt: skip

    def start(self) -> None:
        self.run(self.bin / "initdb", "-D", "data", "-A", "trust")
        with (self.place / "data/postgresql.conf").open("a") as file:
            push = f"pgbackrest --config={self.conf} --stanza=main archive-push %p"
            file.write(f"port=54329\nlisten_addresses=''\nunix_socket_directories='{self.place}'\n")
            file.write(f"archive_mode=on\narchive_command='{push}'\n")
        self.run(self.bin / "pg_ctl", "-D", "data", "-w", "-l", "pg.log", "start")

    def stop(self) -> None:
        self.run(self.bin / "pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def pgbackrest(self, word: str) -> None:
        self.run("pgbackrest", f"--config={self.conf}", "--stanza=main", word)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """In a folder that the user postgres may enter."""
    needs("pgbackrest")
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("postgresql is not installed")
    if os.geteuid() != 0:
        pytest.skip("needs root, to become the user postgres")
    place = Path("/tmp") / f"watchbill-pgbackrest-{os.getpid()}"
    place.mkdir()
    made = Cluster(place)
    try:
        yield made
    finally:
        if (place / "data/postmaster.pid").exists():
            made.stop()
        shutil.rmtree(place)


@pytest.mark.real
def test_a_database_never_backed_up_then_well_late_and_damaged(cluster: Cluster) -> None:
    assert [says(one) for one in seen(cluster.place)] == [("breach", "has no good backup at all")], (
        "configured, no more"
    )
    cluster.start()
    cluster.pgbackrest("stanza-create")
    assert [says(one) for one in seen(cluster.place)] == [("breach", "has no good backup at all")]
    cluster.pgbackrest("backup")
    (good,) = seen(cluster.place)
    assert says(good)[0] == "ok"
    assert isinstance(good, Reading)
    assert (good.subject, good.value) == ("main", pytest.approx(time.time(), abs=60))
    assert CHECK.finding(good, CHECK.standard, good.taken_at + 51 * 3600).status.value == "breach"
    for name in ("backup.info", "backup.info.copy"):
        (cluster.place / "repo/backup/main" / name).write_text("garbage\n")
    (damaged,) = seen(cluster.place)
    assert isinstance(damaged, Gap)
    assert "pgbackrest cannot tell: repository 1: [" in damaged.reason


def test_it_is_asked_again_when_its_configuration_or_a_local_repository_changes(configured: Path) -> None:
    conf, told = configured / "etc/pgbackrest/pgbackrest.conf", configured / "repo/backup/main/backup.info"
    conf.write_text(f"[global]\nrepo1-path = {configured}/repo\n")
    at = Look(1, 61, Forgetful(), root=configured)
    prints = [pgbackrest_backups.fingerprint(at)]
    told.parent.mkdir(parents=True)
    told.write_text("one")
    prints.append(pgbackrest_backups.fingerprint(at))
    os.utime(told, (5, 5))
    prints.append(pgbackrest_backups.fingerprint(at))
    os.utime(conf, (5, 5))
    prints.append(pgbackrest_backups.fingerprint(at))
    assert len(set(prints)) == 4
    assert pgbackrest_backups.fingerprint(at) == prints[-1]


def test_a_machine_that_does_not_use_it_says_nothing(tmp_path: Path) -> None:
    assert seen(tmp_path) == []


@pytest.fixture
def configured(tmp_path: Path) -> Path:
    (tmp_path / "etc/pgbackrest/conf.d").mkdir(parents=True)
    (tmp_path / "etc/pgbackrest/pgbackrest.conf").write_text("[global]\n[global:backup]\n[main]\n")
    (tmp_path / "etc/pgbackrest/conf.d/more.conf").write_text("[other]\n[main:archive-push]\n")
    return tmp_path


def test_a_backup_with_damaged_pages_is_no_restore_point_and_a_stanza_without_any_never_ran(
    configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (configured / "answer").write_text(json.dumps([GOOD]))
    stand_in(configured / "bin", monkeypatch, "pgbackrest", f"exec cat {configured}/answer")
    main, other = seen(configured)
    assert isinstance(main, Reading)
    assert main.value == 100
    assert says(main)[1].endswith("old; backup 20260102-000000F holds damaged pages")
    assert (other.subject, says(other)) == ("other", ("breach", "has no good backup at all"))


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("yes", "wrote more than"),
        ("printf '\\377'", "nobody understands"),
        ("echo '{}x'", "nobody understands"),
        ("""echo '[{"name":"main"}]'""", "nobody understands"),
        (
            """echo '[{"name":"main","backup":[],"status":{"code":1,"message":"missing stanza path"}}]'""",
            "missing stanza",
        ),
        ("kill -9 $$", "ended with -9"),
        ("echo no >&2; exit 41", "ended with 41: no"),
    ],
)
def test_one_that_misbehaves_is_a_gap_with_its_reason(
    configured: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    stand_in(configured / "bin", monkeypatch, "pgbackrest", script)
    gap = seen(configured)[0]
    assert isinstance(gap, Gap)
    assert told in gap.reason


def test_a_configuration_that_may_not_be_read_is_denied(configured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> str:
        raise PermissionError(13, "Permission denied", "/etc/pgbackrest.conf")

    monkeypatch.setattr(Path, "read_text", denied)
    (gap,) = seen(configured)
    assert isinstance(gap, Gap)
    assert (gap.why, gap.reason) == (Why.DENIED, "the agent's user may not read /etc/pgbackrest.conf")

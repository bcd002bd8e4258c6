"""What unattended-upgrades writes, well, nothing to do, failed, killed, long ago, never, denied."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.patch import automatic_updates
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading, Why

NOW = 1_800_000_000
CHECK = BY_NAME[automatic_updates.PROBE.check]
INSTALLED = "INFO All upgrades installed"
START = "INFO Starting unattended upgrades script"
NOTHING = "INFO No packages found that can be upgraded unattended and no pending auto-removals"
FAILED = "ERROR Installing the upgrades failed!", "ERROR error message: installArchives() failed"


def machine(root: Path, *said: str, age: int = 3600, switch: str = "1") -> Path:
    settings = root / "etc/apt/apt.conf.d"
    settings.mkdir(parents=True)
    (settings / "20auto-upgrades").write_text(f'APT::Periodic::Unattended-Upgrade "{switch}";\n')
    log = root / "var/log/unattended-upgrades/unattended-upgrades.log"
    log.parent.mkdir(parents=True)
    stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(NOW - age))
    log.write_text("".join(f"{stamp},123 {line}\n" for line in said))
    return root


def seen(root: Path) -> list[str]:
    told = []
    for one in automatic_updates.look(Look(NOW, NOW + 60, Forgetful(), root=root)):
        if isinstance(one, Gap):
            told.append(f"{one.why.value}: {one.reason}")
        else:
            assert isinstance(one, Reading)
            found = CHECK.finding(one, CHECK.standard, NOW)
            told.append(f"{found.status.value}: {found.sentence}")
    return told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((START, NOTHING), "ok: its last run ended well"),
        ((START, "INFO Packages that will be upgraded: demo", INSTALLED), "ok: its last run ended well"),
        ((START, *FAILED), "watch: its last run failed: Installing the upgrades failed!"),
        ((START, *FAILED, START, NOTHING), "ok: its last run ended well"),
        ((START, NOTHING, START), "ok: its last run ended well"),
        ((), "watch: is switched on, and never ran"),
        (("nonsense", "9999-99-99"), "watch: is switched on, and never ran"),
    ],
)  # fmt: skip
def test_how_the_last_run_went(tmp_path: Path, said: tuple[str, ...], told: str) -> None:
    assert seen(machine(tmp_path, *said)) == [told]


def test_one_that_was_killed_and_one_that_is_long_ago(tmp_path: Path) -> None:
    assert seen(machine(tmp_path / "a", START, age=2 * 86_400)) == ["watch: its last run began and never ended"]
    assert seen(machine(tmp_path / "b", START, NOTHING, age=4 * 86_400)) == ["watch: has not run for days"]


def test_nobody_switched_it_on(tmp_path: Path) -> None:
    assert seen(tmp_path) == []
    assert seen(machine(tmp_path, START, *FAILED, switch="0")) == []


def test_a_log_that_may_not_be_read_is_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(tmp_path, START)

    def denied(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", denied)
    (gap,) = automatic_updates.look(Look(NOW, NOW + 60, Forgetful(), root=tmp_path))
    assert isinstance(gap, Gap)
    assert gap.why is Why.DENIED

"""Real apt with a signed repository: what waits, for security, held back, until a restart; and a broken one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import needs
from repositories import apt_update, debs, dpkg_status

from agent.forgetful import Forgetful
from agent.looking import DEAR_EVERY, Look
from agent.probes.patch import package_lists, security_updates, updates
from agent.sources.packages import apt, fingerprint
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading, Why

NOW = 1_800_000_000


def look(root: Path = Path("/"), memory: Forgetful | None = None, now: int = NOW) -> Look:
    return Look(now, now + 60, memory or Forgetful(), root=root)


def the(seen: object) -> Reading:
    (one,) = seen  # type: ignore[misc]
    assert isinstance(one, Reading), one
    return one


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for program in ("apt-get", "apt-ftparchive", "dpkg-deb", "gpg"):
        needs(program)
    made = debs(tmp_path)
    dpkg_status(made)
    apt_update(made)
    return made


@pytest.mark.real
def test_what_waits_is_seen_until_it_is_installed(root: Path) -> None:
    memory = Forgetful()
    waiting = the(updates.look(look(root, memory)))
    assert (waiting.value, [item.name for item in waiting.items]) == (2.0, ["demo", "other"])
    assert waiting.items[0].detail == "1.0 → 1.1 Debian-Security:bookworm-security"
    security = the(security_updates.look(look(root, memory, NOW + 600)))
    assert (security.value, security.taken_at) == (NOW, NOW), "asked once for both"
    assert (
        BY_NAME[security.check]
        .finding(security, BY_NAME[security.check].standard, NOW)
        .sentence.startswith("2 security updates wait")
    )
    before = fingerprint(look(root))
    dpkg_status(root, version=1)
    os.utime(root / "var/lib/dpkg/status", (NOW, NOW))
    assert fingerprint(look(root)) != before
    assert the(updates.look(look(root, memory, NOW + 700))).value == 0
    assert the(security_updates.look(look(root, memory, NOW + 700))).value is None


@pytest.mark.real
def test_what_is_held_back_is_missing_all_the_same(root: Path) -> None:
    dpkg_status(root, held="other")
    waiting = the(updates.look(look(root)))
    assert waiting.value == 2.0
    assert waiting.items[1].detail == "1.0 → 2.0 Debian-Security:bookworm-security, held back"


@pytest.mark.real
def test_what_is_installed_and_waits_for_a_restart_counts_as_missing(root: Path) -> None:
    dpkg_status(root, version=1)
    (root / "run").mkdir()
    (root / "run/reboot-required").touch()
    os.utime(root / "run/reboot-required", (NOW - 500, NOW - 500))
    (root / "run/reboot-required.pkgs").write_text("demo\ndemo\n")
    missing = the(security_updates.look(look(root)))
    assert (missing.value, [item.name for item in missing.items]) == (NOW - 500, ["demo"])


@pytest.mark.real
def test_a_broken_apt_is_a_gap_with_its_reason_and_asked_again(root: Path) -> None:
    memory = Forgetful()
    sources = root / "etc/apt/sources.list"
    good = sources.read_text()
    sources.write_text("nonsense\n")
    for probe in (updates, security_updates):
        (gap,) = probe.look(look(root, memory))
        assert isinstance(gap, Gap)
        assert (gap.why, gap.reason[:25]) == (Why.FAILED, "apt-get ended with 100: E")
    sources.write_text(good)
    assert the(updates.look(look(root, memory))).value == 2.0


def test_a_real_apt_of_this_machine_is_asked_once_for_both_checks() -> None:
    needs("apt-get")
    memory = Forgetful()
    first = the(security_updates.look(look(memory=memory)))
    pending = the(updates.look(look(memory=memory, now=NOW + 600)))
    assert pending.taken_at == first.taken_at
    assert len(pending.items) == min(500, pending.value or 0)
    assert all(item.since is not None for item in pending.items)
    assert the(updates.look(look(memory=memory, now=NOW + DEAR_EVERY))).taken_at == NOW + DEAR_EVERY


APT = """Reading package lists...
Inst libssl3 [3.0.1] (3.0.2 Debian-Security:12/oldstable-security [amd64])
Inst base-files [12.4] (12.15 Debian:12.15/oldstable [amd64]) [libc6:amd64 ]
Inst linux-image-new (6.1.2 Debian:12.15/oldstable, Debian-Security:12/oldstable-security [amd64])
Conf libssl3 (3.0.2 Debian-Security:12/oldstable-security [amd64])
"""


def test_apts_words_are_read_with_origin_and_security() -> None:
    assert [(one.name, one.old, one.new, one.is_security) for one in apt.parsed(APT)] == [
        ("libssl3", "3.0.1", "3.0.2", True),
        ("base-files", "12.4", "12.15", False),
        ("linux-image-new", "new", "6.1.2", True),
    ]


def test_the_age_of_the_lists_is_not_the_publishers(tmp_path: Path) -> None:
    (gap,) = package_lists.look(look(tmp_path))
    assert isinstance(gap, Gap)
    assert gap.why is Why.NOT_HERE
    (tmp_path / "var/lib/dpkg").mkdir(parents=True)
    (tmp_path / "var/lib/dpkg/status").touch()
    lists = tmp_path / "var/lib/apt/lists"
    (lists / "partial").mkdir(parents=True)
    assert the(package_lists.look(look(tmp_path))).value is None
    (lists / "deb.example_InRelease").touch()
    os.utime(lists / "deb.example_InRelease", (1, 1))
    os.utime(lists / "partial", (NOW - 60, NOW - 60))
    assert the(package_lists.look(look(tmp_path))).value == NOW - 60

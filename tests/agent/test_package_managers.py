"""Real dnf 4, dnf 5, zypper and pacman with local repositories; the others by what their makers say that they print."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import needs, stand_in
from repositories import ISSUED, look, pkgs, rpms, run, system, told

from agent.probes.patch import package_lists
from agent.sources.packages import fingerprint
from checks.reading import Reading

SID = Path("/opt/watchbill-real/sid")
"""A small Debian of newer programs, which `.ci/programs` makes."""
FEDORA = ("fedora", "")


def yum(root: Path, repository: Path | str) -> None:
    folder = root / "etc/yum.repos.d"
    folder.mkdir(parents=True)
    (folder / "own.repo").write_text(f"[own]\nname=own\nbaseurl=file://{repository}\ngpgcheck=0\nenabled=1\n")


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in the small Debian whose programs stand on the PATH; what they are told is in their own paths."""
    if not (SID / "usr/bin/dnf5").exists() or os.geteuid() != 0:
        pytest.skip("the newer programs are not installed, or this is not root")
    for name in ("dnf5", "zypper", "pacman"):
        stand_in(tmp_path / "bin", monkeypatch, name, f'sid={SID}; exec chroot $sid {name} "${{@//"$sid"/}}"')
    place = Path(tempfile.mkdtemp(prefix="watchbill-", dir=SID / "tmp"))
    yield place
    shutil.rmtree(place)


def inside(place: Path) -> str:
    return "/" + str(place.relative_to(SID))


DNF = [
    ("", 2.0, ["demo.noarch → 1.1-1 own high", "other.noarch → 2.0-1 own"]),
    ("", float(ISSUED), ["demo.noarch → 1.1-1 own high"]),
]


@pytest.mark.real
def test_a_real_dnf_4(tmp_path: Path) -> None:
    for program in ("dnf", "rpmbuild", "createrepo_c"):
        needs(program)
    root = tmp_path / "root"
    repository, old = rpms(tmp_path)
    system(root, *FEDORA)
    yum(root, repository)
    assert {row[2][0] for row in told(root)} == {
        "dnf has no lists yet: enable dnf-makecache.timer, or run `dnf makecache`",
        "its repositories publish no advisories",
    }
    dnf = ("dnf", "-q", "-y", f"--installroot={root}", "--releasever=1")
    run(*dnf, "--disablerepo=*", "install", *old)
    run(*dnf, "makecache")
    assert told(root) == DNF
    (lists,) = package_lists.look(look(root))
    assert isinstance(lists, Reading)
    assert lists.value is not None
    before = fingerprint(look(root))
    run(*dnf, "upgrade")
    assert fingerprint(look(root)) != before
    assert told(root) == [("", 0.0, []), ("", None, [])]


@pytest.mark.real
def test_a_dnf_whose_repositories_publish_no_advisories_does_not_say_that_none_waits(tmp_path: Path) -> None:
    for program in ("dnf", "rpmbuild", "createrepo_c"):
        needs(program)
    root = tmp_path / "root"
    repository, old = rpms(tmp_path, advisories=False)
    system(root, "centos", "rhel fedora")
    yum(root, repository)
    dnf = ("dnf", "-q", "-y", f"--installroot={root}", "--releasever=1")
    run(*dnf, "--disablerepo=*", "install", *old)
    run(*dnf, "makecache")
    waits, security = told(root)
    assert (waits[1], security) == (2.0, ("", None, ["its repositories publish no advisories"]))


@pytest.mark.real
def test_a_real_dnf_5(tmp_path: Path, newer: Path) -> None:
    for program in ("rpmbuild", "createrepo_c"):
        needs(program)
    rpms(tmp_path)
    shutil.copytree(tmp_path / "repo", newer / "repo")
    shutil.copytree(tmp_path / "old", newer / "old")
    root, where = newer / "root", inside(newer)
    system(root, *FEDORA)
    yum(root, f"{where}/repo")
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/dnf5").touch()
    dnf = ("dnf5", "-q", "-y", f"--installroot={where}/root", "--releasever=1", "--no-gpgchecks")
    run(*dnf, "install", *(f"{where}/{one.relative_to(newer)}" for one in (newer / "old").rglob("*.rpm")))
    run(*dnf, "makecache")
    assert told(root) == DNF
    run(*dnf, "upgrade")
    assert told(root) == [("", 0.0, []), ("", None, [])]


ZYPPER = [
    ("", 2.0, ["demo.noarch 1.0-1 → 1.1-1 own", "other.noarch 1.0-1 → 2.0-1 own"]),
    ("", float(ISSUED), ["DEMO-2026-1 → demo own high"]),
]


def zypped(root: Path, where: str, repository: str, old: list[str]) -> None:
    system(root, "opensuse-leap", "suse opensuse")
    zypper = ("zypper", "--non-interactive", "--quiet", "--no-gpg-checks", "--root", where)
    run(*zypper, "addrepo", "--no-gpgcheck", f"file://{repository}", "own")
    run(*zypper, "install", "--allow-unsigned-rpm", "-y", *old)
    run(*zypper, "addlock", "other")


@pytest.mark.real
def test_a_real_zypper_old(tmp_path: Path) -> None:
    for program in ("zypper", "rpmbuild", "createrepo_c"):
        needs(program)
    root = tmp_path / "root"
    repository, old = rpms(tmp_path)
    system(root, "opensuse-leap", "suse opensuse")
    assert told(root)[0][2] == ["zypper has no lists yet: run `zypper refresh`"]
    zypped(root, str(root), str(repository), [str(one) for one in old])
    run("zypper", "--root", root, "--non-interactive", "--no-gpg-checks", "refresh")
    assert told(root) == ZYPPER
    (lists,) = package_lists.look(look(root))
    assert isinstance(lists, Reading)
    assert lists.value is not None


@pytest.mark.real
def test_a_real_zypper_new(tmp_path: Path, newer: Path) -> None:
    for program in ("rpmbuild", "createrepo_c"):
        needs(program)
    rpms(tmp_path)
    shutil.copytree(tmp_path / "repo", newer / "repo")
    shutil.copytree(tmp_path / "old", newer / "old")
    where = inside(newer)
    old = [f"{where}/{one.relative_to(newer)}" for one in (newer / "old").rglob("*.rpm")]
    zypped(newer / "root", f"{where}/root", f"{where}/repo", old)
    run("zypper", "--root", f"{where}/root", "--non-interactive", "--no-gpg-checks", "refresh")
    assert told(newer / "root") == ZYPPER
    run("zypper", "--root", f"{where}/root", "--non-interactive", "--no-gpg-checks", "removelock", "other")
    run("zypper", "--root", f"{where}/root", "--non-interactive", "--no-gpg-checks", "update", "-y")
    assert told(newer / "root") == [("", 0.0, []), ("", None, [])]


def pacman(root: Path, where: str, repository: str, old: list[str]) -> None:
    system(root, "arch")
    for folder in ("var/lib/pacman", "var/cache/pacman/pkg"):
        (root / folder).mkdir(parents=True)
    cache = f"CacheDir = {where}/var/cache/pacman/pkg\nLogFile = {where}/log\nIgnorePkg = other\n"
    text = f"[options]\nArchitecture = auto\nSigLevel = Never\n{cache}[core]\nServer = file://{repository}\n"
    (root / "etc/pacman.conf").write_text(text)
    asked = ("pacman", "--noconfirm", "--root", where, "--dbpath", f"{where}/var/lib/pacman", "--config",
             f"{where}/etc/pacman.conf")  # fmt: skip
    run(*asked, "-U", *old)
    assert told(root)[0][2][0].startswith("pacman: warning: database file for 'core' does not exist")
    run(*asked, "-Sy")
    assert told(root) == [
        ("", 2.0, ["demo 1.0-1 → 1.1-1", "other 1.0-1 → 2.0-1, held back"]),
        ("", None, ["pacman does not tell which updates are for security"]),
    ]
    (lists,) = package_lists.look(look(root))
    assert isinstance(lists, Reading)
    assert lists.value is not None
    run(*asked, "-Su", "--overwrite=*")
    assert told(root)[0] == ("", 1.0, ["other 1.0-1 → 2.0-1, held back"])


@pytest.mark.real
def test_a_real_pacman_old(tmp_path: Path) -> None:
    for program in ("pacman", "repo-add"):
        needs(program)
    repository, old = pkgs(tmp_path)
    pacman(tmp_path / "root", str(tmp_path / "root"), str(repository), [str(one) for one in old])


@pytest.mark.real
def test_a_real_pacman_new(tmp_path: Path, newer: Path) -> None:
    needs("repo-add")
    pkgs(tmp_path)
    for folder in ("repo", "old"):
        shutil.copytree(tmp_path / folder, newer / folder, symlinks=True)
    where = inside(newer)
    old = [f"{where}/old/{one.name}" for one in (newer / "old").iterdir()]
    pacman(newer / "root", f"{where}/root", f"{where}/repo", old)

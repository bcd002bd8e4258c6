"""Local repositories, made with the makers' own tools, and what the probes tell of them.

The update of `demo` closes a hole; that of `other` does not.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.patch import security_updates, updates
from checks.reading import Reading

NOW = 1_800_000_000
VERSIONS = {"demo": ("1.0", "1.1"), "other": ("1.0", "2.0")}
ISSUED = 1_793_617_200
"""2026-11-02 11:00 UTC, when the advisory about `demo` was published."""
_SPEC = "Name: {}\nVersion: {}\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%description\nx\n%files\n"
_ADVISORY = """<?xml version="1.0" encoding="UTF-8"?>
<updates><update from="security@example.com" status="stable" type="security" version="1">
<id>DEMO-2026-1</id><title>demo</title><issued date="2026-11-02 11:00:00"/><updated date="2026-11-02 11:00:00"/>
<severity>Important</severity><description>a hole</description><pkglist><collection><name>c</name>
<package name="demo" version="1.1" release="1" epoch="0" arch="noarch" src="demo-1.1-1.src.rpm">
<filename>demo-1.1-1.noarch.rpm</filename></package></collection></pkglist></update></updates>
"""
_CONTROL = "Package: {}\nVersion: {}\nArchitecture: all\nMaintainer: x <x@example.com>\nDescription: x\n"


def look(root: Path, memory: Forgetful | None = None) -> Look:
    return Look(NOW, NOW + 60, memory or Forgetful(), root=root)


def told(root: Path) -> list[tuple[str, float | None, list[str]]]:
    """Of each check, its value and what it is made of, or why it is not known."""
    at = look(root)
    return [
        (one.subject, one.value, [f"{item.name} {item.detail} {item.severity}".rstrip() for item in one.items])
        if isinstance(one, Reading)
        else (one.subject, None, [one.reason])
        for probe in (updates, security_updates)
        for one in probe.look(at)
    ]


def run(*words: str | Path, cwd: Path | None = None, **env: str) -> None:
    """Run a maker's tool. Raises where it fails."""
    argv = [str(word) for word in words]
    env = {**os.environ, "LC_ALL": "C", **env}
    done = subprocess.run(argv, cwd=cwd, env=env, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, (argv, done.stdout.decode()[-500:], done.stderr.decode()[-500:])


def system(root: Path, name: str, like: str = "") -> None:
    """Say in os-release what the machine at `root` is."""
    (root / "etc").mkdir(parents=True, exist_ok=True)
    (root / "etc/os-release").write_text(f'ID={name}\nID_LIKE="{like}"\n')


def rpms(place: Path, *, advisories: bool = True) -> tuple[Path, list[Path]]:
    """A repository of RPMs, and the packages that are older."""
    for name, versions in VERSIONS.items():
        for folder, version in zip(("old", "repo"), versions, strict=True):
            spec = place / f"{name}.spec"
            spec.write_text(_SPEC.format(name, version))
            tree = ("--define", f"_topdir {place}/build", "--define", f"_rpmdir {place}/{folder}")
            run("rpmbuild", "-bb", "--quiet", *tree, spec, HOME=str(place))
    run("createrepo_c", "-q", place / "repo")
    if advisories:
        (place / "updateinfo.xml").write_text(_ADVISORY)
        run("modifyrepo_c", place / "updateinfo.xml", place / "repo/repodata")
    return place / "repo", sorted((place / "old").rglob("*.rpm"))


def debs(place: Path) -> Path:
    """A root whose apt has a signed repository, whose `Release` says that all of it is for security."""
    for name, versions in VERSIONS.items():
        tree = place / f"{name}/DEBIAN"
        tree.mkdir(parents=True)
        (tree / "control").write_text(_CONTROL.format(name, versions[1]))
        run("dpkg-deb", "--build", tree.parent, place)
    repository, root, keys = place / "repo", place / "root", place / "gpg"
    repository.mkdir()
    keys.mkdir(mode=0o700)
    for deb in place.glob("*.deb"):
        deb.rename(repository / deb.name)
    _written(repository / "Packages", "apt-ftparchive", "packages", ".", cwd=repository)
    about = [f"APT::FTPArchive::Release::{key}" for key in ("Label=Debian-Security", "Suite=bookworm-security")]
    options = [word for one in about for word in ("-o", one)]
    _written(place / "Release", "apt-ftparchive", *options, "release", ".", cwd=repository)
    gpg = ("gpg", "-q", "--batch", "--homedir", keys)
    run(*gpg, "--passphrase", "", "--quick-gen-key", "x@example.com", "rsa2048")
    run(*gpg, "--output", place / "key.gpg", "--export")
    run(*gpg, "--output", repository / "InRelease", "--clearsign", place / "Release")
    run("gpgconf", "--homedir", keys, "--kill", "all")
    for folder in ("etc/apt/apt.conf.d", "etc/apt/preferences.d", "var/lib/apt/lists/partial", "var/lib/dpkg",
                   "var/cache/apt/archives/partial", "var/log/apt"):  # fmt: skip
        (root / folder).mkdir(parents=True)
    (root / "etc/apt/sources.list").write_text(f"deb [signed-by={place}/key.gpg] file:{repository} ./\n")
    return root


def dpkg_status(root: Path, held: str = "", version: int = 0) -> None:
    """Both packages installed, in the older or the newer version; one perhaps held."""
    rows = [
        _CONTROL.format(name, versions[version]).replace(
            "\nVersion", f"\nStatus: {'hold' if name == held else 'install'} ok installed\nVersion"
        )
        for name, versions in VERSIONS.items()
    ]
    (root / "var/lib/dpkg/status").write_text("\n".join(rows) + "\n")


def apt_update(root: Path) -> None:
    """`apt-get update` in a root made by `debs`."""
    where = (
        "-o",
        f"Dir={root}",
        "-o",
        f"Dir::State::status={root}/var/lib/dpkg/status",
        "-o",
        "APT::Sandbox::User=root",
    )
    run("apt-get", "-q", *where, "update")


def pkgs(place: Path) -> tuple[Path, list[Path]]:
    """A repository of pacman's, and the packages that are older."""
    for name, versions in VERSIONS.items():
        for folder, version in zip(("old", "repo"), versions, strict=True):
            tree = place / f"{name}-{version}"
            (tree / "usr/share").mkdir(parents=True)
            (tree / "usr/share" / name).write_text(version)
            about = f"pkgname = {name}\npkgbase = {name}\npkgver = {version}-1\npkgdesc = x\nbuilddate = 1\n"
            (tree / ".PKGINFO").write_text(f"{about}packager = x\nsize = 4\narch = any\n")
            (place / folder).mkdir(exist_ok=True)
            made = place / folder / f"{name}-{version}-1-any.pkg.tar.gz"
            run("tar", "-C", tree, "-czf", made, ".PKGINFO", "usr")
    run("repo-add", "-q", place / "repo/core.db.tar.gz", *(place / "repo").glob("*.pkg.tar.gz"))
    return place / "repo", sorted((place / "old").glob("*.pkg.tar.gz"))


def _written(to: Path, *words: str | Path, cwd: Path) -> None:
    told = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, check=True, timeout=60)
    to.write_bytes(told.stdout)

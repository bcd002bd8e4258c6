"""What will lie at / on a machine: the agent's folder, its command, systemd's units, and what it is made of."""

from __future__ import annotations

import os
import platform
import shutil
from importlib.metadata import PathDistribution
from importlib.resources import files
from pathlib import Path

from packages import elf, python
from packages.made import HOME, NAME, ROOT, Made, NotMade, ran

UNITS = Path("usr/lib/systemd/system")
DOC = Path("usr/share/doc") / NAME
_JOINED = "ConditionPathExists=/var/lib/watchbill/agent/identity.json\n"
"""A machine that has not joined yet is no failure: its agent waits."""


def tree(made: Made, wheels: list[Path]) -> None:
    """Lay it all out. Raises NotMade."""
    python.put(made.home, wheels)
    libraries = elf.gather(made.home)
    elf.bind(made.home)
    python.compile_(made.home)
    _units(made.tree / UNITS)
    (made.tree / "usr/bin").mkdir()
    (made.tree / "usr/bin" / NAME).symlink_to(HOME / "bin" / NAME)
    _doc(made, libraries)
    _dated(made)


def _units(into: Path) -> None:
    into.mkdir(parents=True)
    for unit in sorted(files("agent.units").iterdir(), key=lambda one: one.name):
        if unit.name.endswith((".service", ".timer")):
            text = unit.read_text().replace("/opt/watchbill/bin/", f"{HOME}/bin/")
            if unit.name == f"{NAME}.service":
                text = text.replace("\n[Service]", f"{_JOINED}\n[Service]", 1)
            (into / unit.name).write_text(text)


def _doc(made: Made, libraries: list[Path]) -> None:
    """Licences, and a list of the parts with their versions: what to look up when one of them has a hole."""
    into = made.tree / DOC
    into.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", into / "copyright")
    parts = {f"CPython {platform.python_version()}"}
    for path in made.home.rglob("*.dist-info"):
        told = PathDistribution(path)
        parts.add(f"{told.metadata['Name']} {told.version}")
    for package in {_package(path) for path in libraries} - {""}:
        name, version = package.split()
        parts.add(f"{name} {version} (Debian)")
        shutil.copy(Path("/usr/share/doc") / name / "copyright", into / f"copyright.{name}")
    (into / "parts").write_text("\n".join(sorted(parts, key=str.lower)) + "\n")


def _package(library: Path) -> str:
    """The builder's package that a library belongs to, with its version: `libssl3 3.0.17-1`; "" where nobody knows."""
    if not shutil.which("dpkg-query"):
        return ""
    for path in (library, library.resolve(), Path("/usr") / library.relative_to("/")):
        try:
            name = ran("dpkg-query", "-S", path).partition(": ")[0].partition(",")[0]
            return ran("dpkg-query", "-W", "-f", "${binary:Package} ${Version}", name).replace(":" + _arch(), "")
        except NotMade:
            continue
    return ""


def _arch() -> str:
    return ran("dpkg", "--print-architecture").strip()


def _dated(made: Made) -> None:
    """Modes and dates that do not tell whose machine made it."""
    for path in sorted(made.tree.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (made.epoch, made.epoch), follow_symlinks=False)
    made.tree.chmod(0o755)
    os.utime(made.tree, (made.epoch, made.epoch))

"""What every package is made of: its tree, version and date; and how programs are run that make it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checks.version import VERSION

__all__ = ["HOME", "ROOT", "VERSION", "Made", "NotMade", "epoch", "ran"]
ROOT = Path(__file__).parents[1]
HOME = Path("/opt/watchbill-agent")
"""Where the agent lies with its Python. The console's own is /opt/watchbill: a machine may have both."""
NAME = "watchbill-agent"
SUMMARY = "looks at this machine and checks in with a Watchbill console"
_WHERE = {
    "dpkg-deb": "dpkg", "rpmbuild": "rpm", "strip": "binutils", "ldd": "libc-bin", "git": "git",
}  # fmt: skip


class NotMade(Exception):
    """A package could not be made: says which program failed or is missing, and what to install."""


@dataclass(frozen=True, slots=True)
class Made:
    """One making of packages."""

    tree: Path
    """What will lie at / on a machine."""
    into: Path
    version: str
    epoch: int
    """Seconds since 1970 that every file is dated: the same source gives the same bytes."""
    effort: int = 6
    """How hard xz works, from 0 to 9."""

    @property
    def home(self) -> Path:
        """The agent's folder within the tree."""
        return self.tree / HOME.relative_to("/")

    @property
    def machine(self) -> str:
        """The processor that it is for, as rpm calls it: `x86_64`, `aarch64`."""
        return platform.machine()


def epoch() -> int:
    """SOURCE_DATE_EPOCH, else when the last commit was made, else 1980."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not said and (ROOT / ".git").exists() and shutil.which("git"):
        said = ran("git", "-C", str(ROOT), "log", "-1", "--format=%ct").strip()
    if said and not said.isdigit():
        raise NotMade(f"SOURCE_DATE_EPOCH is {said!r}: it must be seconds since 1970")
    return int(said or 315_532_800)


def ran(*argv: str | Path, env: Mapping[str, str] | None = None) -> str:
    """What a program said. Raises NotMade where it fails or is missing."""
    name = Path(argv[0]).name
    try:
        done = subprocess.run([*map(str, argv)], capture_output=True, text=True, check=False, env=env)
    except FileNotFoundError as error:
        raise NotMade(f"{name} is not installed (Debian, Ubuntu: apt install {_WHERE.get(name, name)})") from error
    if done.returncode:
        words = "\n".join((done.stderr.strip() or done.stdout.strip()).splitlines()[-8:])
        raise NotMade(f"{name} ended with {done.returncode}:\n{words}")
    return done.stdout

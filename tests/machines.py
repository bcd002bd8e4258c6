"""A machine without Python, with an older C library: a small Debian 11 in a folder, where programs run as root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import small_disk

OLD = Path(os.environ.get("WATCHBILL_OLD_MACHINE", "/opt/watchbill-real/bullseye"))


@dataclass(frozen=True)
class OldMachine:
    """One of them; what is written there lies in a layer of its own."""

    root: Path

    def run(self, *argv: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program there, with processes and mounts that end with it."""
        inside = ["unshare", "--mount", "--pid", "--fork", "--kill-child", f"--root={self.root}", "--mount-proc"]
        env = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "HOME": "/root"}
        asked = [*inside, *map(str, argv)]
        return subprocess.run(asked, env=env, capture_output=True, text=True, check=False, timeout=120)

    def done(self, *argv: str | Path) -> str:
        """Run a program that does what it should; what it said."""
        ran = self.run(*argv)
        assert ran.returncode == 0, (argv, ran.stdout, ran.stderr)
        return ran.stdout

    def given(self, file: Path) -> Path:
        """Put a file there; its path inside."""
        shutil.copy(file, self.root / "root" / file.name)
        return Path("/root") / file.name

    def write(self, path: str, text: str) -> None:
        """Write a file there, and its folder."""
        place = self.root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)

    def traces(self, word: str) -> set[str]:
        """Every path there that has the word in it."""
        found = (path.relative_to(self.root) for path in self.root.rglob("*") if word in path.name)
        return {f"/{path}" for path in found}


@contextmanager
def old_machine(folder: Path) -> Iterator[OldMachine]:
    """A fresh one, as a layer in memory, gone at the end; skips, with the reason, where there is none."""
    if not (OLD / "usr/bin/dpkg").exists():
        pytest.skip(f"an old Debian in {OLD} is not installed (make test-faults)")
    if os.geteuid():
        pytest.skip("needs root, to run programs in a tree of their own")
    with small_disk(folder / "layers", "size=1g,mode=755") as layers:
        for name in ("new", "work", "old"):
            (layers / name).mkdir(mode=0o755)
        options = f"lowerdir={OLD},upperdir={layers / 'new'},workdir={layers / 'work'}"
        root = layers / "old"
        subprocess.run(["mount", "-t", "overlay", "-o", options, "overlay", str(root)], check=True)
        try:
            yield OldMachine(root)
        finally:
            subprocess.run(["umount", "-l", str(root)], check=True)

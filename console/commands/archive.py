"""A pack as one zip file: the same bytes for the same files, and nothing in it that its manifest does not say.

Files are stored, not compressed, so that every byte can be searched and no small file can unpack into a big one.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
from msgspec import Struct

from checks.secrets import secrets

MANIFEST = "MANIFEST.json"
MOST_BYTES = 64 << 20
MOST_FILES = 1000
_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,99}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_BEFORE, _AFTER, _END = 30, 46, 22
"""Bytes of a local header, of its copy in the directory, and of the directory's end, without names."""


class Listed(Struct, frozen=True, forbid_unknown_fields=True):
    """One file in the manifest."""

    name: str
    sha256: str


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What is in a pack, and from which revision it was made."""

    pack: int
    """Version of this format: 1."""
    client: str
    revision: int
    sha256: str
    """Of the revision, in the chain of its client."""
    files: tuple[Listed, ...]


@dataclass(frozen=True)
class Opened:
    """A pack that was read: its files, and everything that is wrong with it."""

    files: Mapping[str, str]
    problems: tuple[str, ...]
    fingerprint: str = ""
    """sha256 of the manifest: two people who have the same one have the same pack."""
    manifest: Manifest | None = None


def packed(client: str, revision: int, sha256: str, files: Mapping[str, str]) -> bytes:
    """The zip file of these files."""
    data = {name: text.encode() for name, text in files.items()}
    listed = tuple(Listed(name, hashlib.sha256(data[name]).hexdigest()) for name in sorted(data))
    data[MANIFEST] = _canonical(Manifest(1, client, revision, sha256, listed))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(data):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o600 << 16
            archive.writestr(info, data[name])
    return out.getvalue()


def opened(data: bytes) -> Opened:
    """The pack in these bytes. Whatever is wrong with it is told; nothing is unpacked anywhere."""
    if len(data) > MOST_BYTES:
        return Opened({}, (f"is larger than {MOST_BYTES >> 20} MiB",))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problems = list(_layout(archive, len(data)))
            if problems:
                return Opened({}, tuple(problems))
            content = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, RuntimeError) as error:
        return Opened({}, (f"is no whole zip file: {error}",))
    found = _read(content)
    if not found.problems and found.manifest is not None and _again(found) != data:
        return Opened({}, ("holds bytes that are not as watchbill writes them",))
    return found


def _again(found: Opened) -> bytes:
    """The zip file that the same files make: what differs from it hides something, or was changed."""
    manifest = found.manifest
    files = {name: text for name, text in found.files.items() if name != MANIFEST}
    return packed(manifest.client, manifest.revision, manifest.sha256, files) if manifest else b""


def _layout(archive: zipfile.ZipFile, size: int) -> Iterator[str]:
    """What a zip file could hide in: names, comments, compression, bytes that belong to no file."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    yield from (f"{name!r} is no name of a pack's file" for name in names if not _NAME.fullmatch(name))
    if len(set(names)) != len(names) or len(names) > MOST_FILES:
        yield "holds a name twice, or too many of them"
    if any(info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 for info in infos):
        yield "is compressed or encrypted; a pack is neither"
    whole = _END + sum(_BEFORE + _AFTER + 2 * len(info.filename.encode()) + info.file_size for info in infos)
    if whole != size or archive.comment or any(info.extra or info.comment for info in infos):
        yield "holds bytes that belong to none of its files"


def _read(content: dict[str, bytes]) -> Opened:
    said = content.pop(MANIFEST, b"")
    fingerprint = hashlib.sha256(said).hexdigest()
    try:
        manifest = msgspec.json.decode(said, type=Manifest)
    except (msgspec.DecodeError, RecursionError) as error:
        return Opened({}, (f"{MANIFEST} is missing or is no manifest: {error}",))
    problems = list(_against(manifest, content))
    if said != _canonical(manifest):
        problems.append(f"{MANIFEST} is not written as watchbill writes it")
    files: dict[str, str] = {}
    for name, data in {**content, MANIFEST: said}.items():
        try:
            files[name] = data.decode()
        except UnicodeDecodeError:
            problems.append(f"{name} is not plain text")
            continue
        problems += [f"{name}:{one.line} looks like {one.kind}" for one in secrets(files[name].replace("\0", ""))]
    return Opened(files, tuple(problems), fingerprint, manifest)


def _against(manifest: Manifest, content: Mapping[str, bytes]) -> Iterator[str]:
    if manifest.pack != 1:
        yield f"{MANIFEST} is of version {manifest.pack}; this watchbill reads 1"
    listed = {one.name: one.sha256 for one in manifest.files}
    yield from (f"{name} is in the zip file and not in the manifest" for name in sorted(content.keys() - listed.keys()))
    yield from (f"{name} is in the manifest and not in the zip file" for name in sorted(listed.keys() - content.keys()))
    for name in sorted(listed.keys() & content.keys()):
        if hashlib.sha256(content[name]).hexdigest() != listed[name]:
            yield f"{name} was changed: it is not what the manifest says"


def _canonical(manifest: Manifest) -> bytes:
    return (json.dumps(msgspec.to_builtins(manifest), indent=2) + "\n").encode()

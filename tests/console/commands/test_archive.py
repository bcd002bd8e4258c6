"""A pack as a zip file: the same bytes every time, and everything that could be wrong with one is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from console.commands.archive import MANIFEST, MOST_BYTES, opened, packed

FILES = {"README.txt": "read me\n", "model/mill.yaml": "schema: 1\n", "sites.txt": "Mühle\n"}
PACK = packed("mill", 3, "ab" * 32, FILES)


def rewritten(change: Callable[[zipfile.ZipFile, zipfile.ZipFile], None]) -> bytes:
    """The pack with something done to it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PACK)) as old, zipfile.ZipFile(out, "w") as new:
        change(old, new)
    return out.getvalue()


def copy(old: zipfile.ZipFile, new: zipfile.ZipFile, *but: str) -> None:
    for name in old.namelist():
        if name not in but:
            new.writestr(name, old.read(name))


def test_the_same_files_make_the_same_bytes_whatever_their_order() -> None:
    assert packed("mill", 3, "ab" * 32, dict(reversed(FILES.items()))) == PACK


def test_what_was_packed_comes_out_and_its_fingerprint_stays() -> None:
    found = opened(PACK)
    assert found.problems == ()
    assert {name: text for name, text in found.files.items() if name != MANIFEST} == FILES
    assert found.manifest is not None
    assert (found.manifest.client, found.manifest.revision) == ("mill", 3)
    assert found.fingerprint == opened(PACK).fingerprint != opened(packed("mill", 4, "ab" * 32, FILES)).fingerprint


def changed(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    copy(old, new, "README.txt")
    new.writestr("README.txt", "read  me\n")


def added(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    copy(old, new)
    new.writestr("more.txt", "more")


def left_out(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    copy(old, new, "sites.txt")


def without_manifest(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    copy(old, new, MANIFEST)


def climbing(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    copy(old, new)
    new.writestr("../../etc/passwd", "x")


def absolute(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    copy(old, new)
    new.writestr("/etc/passwd", "x")


def bomb(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    copy(old, new)
    new.writestr("zeros.txt", "0" * 10_000_000, zipfile.ZIP_DEFLATED)


def commented(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    copy(old, new)
    new.comment = b"ask Bob"


def binary(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
    copy(old, new, "sites.txt")
    new.writestr("sites.txt", b"\xff\xfe\x00")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed, "README.txt was changed: it is not what the manifest says"),
        (added, "more.txt is in the zip file and not in the manifest"),
        (left_out, "sites.txt is in the manifest and not in the zip file"),
        (without_manifest, "MANIFEST.json is missing or is no manifest"),
        (climbing, "'../../etc/passwd' is no name of a pack's file"),
        (absolute, "'/etc/passwd' is no name of a pack's file"),
        (bomb, "is compressed or encrypted; a pack is neither"),
        (commented, "holds bytes that belong to none of its files"),
        (binary, "sites.txt is not plain text"),
    ],
)
def test_what_was_done_to_a_pack_is_told(change: Callable[[zipfile.ZipFile, zipfile.ZipFile], None], said: str) -> None:
    problems = opened(rewritten(change)).problems
    assert any(problem.startswith(said) for problem in problems), problems


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", PACK[:-30], PACK[: len(PACK) // 2], b"x" * 5000])
def test_what_is_no_zip_file_is_told(data: bytes) -> None:
    assert "is no whole zip file" in opened(data).problems[0]


def test_bytes_before_between_or_after_the_files_are_told() -> None:
    assert opened(b"#!/bin/sh\n" + PACK).problems
    assert opened(PACK + b"more").problems
    assert opened(b"x" * (MOST_BYTES + 1)).problems == ("is larger than 64 MiB",)


def test_a_name_that_is_there_twice_is_told() -> None:
    def twice(old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
        copy(old, new)
        with pytest.warns(UserWarning, match="Duplicate name"):
            new.writestr("sites.txt", "other")

    assert "holds a name twice, or too many of them" in opened(rewritten(twice)).problems


def test_a_secret_in_a_pack_is_told_by_its_place_and_never_repeated() -> None:
    problems = opened(packed("mill", 3, "ab" * 32, {"sites.txt": "gate\npassword: hunter2\n"})).problems
    assert problems == ("sites.txt:2 looks like a password or key",)
    hidden = opened(packed("mill", 3, "ab" * 32, {"a.txt": "p\0assword: hunter2"})).problems
    assert hidden == ("a.txt:1 looks like a password or key",)


def test_every_byte_that_is_flipped_anywhere_is_noticed() -> None:
    for place in range(len(PACK)):
        flipped = PACK[:place] + bytes([PACK[place] ^ 1]) + PACK[place + 1 :]
        assert opened(flipped).problems, place

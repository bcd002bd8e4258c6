"""One client in one file or in several: which files belong together, how they become one text, and files again.

A file that says neither `client:` nor `provider:` is a part of the client whose head stands in the same folder, or of
the only client that was given with it. A published text of several parts is a stream of YAML documents, each led by a
line `# part: NAME`, in which every part stands as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from console.operating_model.document import Parsed, Source, documents
from console.operating_model.merging import merged
from console.operating_model.problems import ModelErrors, Problem
from console.operating_model.syntax import MOST_BYTES

_LED = re.compile(r"(?:\A|^---\n)# part: ([A-Za-z0-9_][A-Za-z0-9_. -]{0,99})\n", re.MULTILINE)
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or a part of a published text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that one model is made of."""

    model: str
    """`provider`, or the client's id; "" where its head does not say it."""
    doc: Parsed
    text: str
    """What is published of it."""
    files: tuple[Source, ...] = ()
    """What it was gathered from, its head first."""


@dataclass(frozen=True, slots=True)
class _File:
    source: Source
    docs: list[Parsed]

    @property
    def heads(self) -> list[Parsed]:
        return [doc for doc in self.docs if "client" in doc.tree or "provider" in doc.tree]

    @property
    def folder(self) -> str:
        return str(PurePath(self.source.name).parent)


def split(source: Source) -> list[Part]:
    """The files that a published text was made of, by name; itself where it is one file."""
    if not _LED.match(source.text):
        return [Part(source.name, source.text)]
    found = _LED.split(source.text)[1:]
    return [Part(name, text) for name, text in zip(found[::2], found[1::2], strict=True)]


def join(files: Sequence[Source]) -> str:
    """The published text of these files: one as it stands, several as a stream, in this order."""
    if len(files) == 1:
        return files[0].text
    taken: set[str] = set()
    led = [f"# part: {_name(file, taken)}\n{file.text}" for file in files]
    return "---\n".join(text if text.endswith("\n") else f"{text}\n" for text in led)


def gathered(sources: Iterable[Source]) -> tuple[list[Group], list[Problem]]:
    """The models that these files are, parts with their heads; and what is wrong with the files as such."""
    problems: list[Problem] = []
    once = {(source.name, source.text): source for source in sources}
    files = [file for source in once.values() if (file := _file(source, problems))]
    heads = [file for file in files if file.heads]
    parts: dict[int, list[_File]] = {id(file): [] for file in heads}
    are_all_read = not problems
    for file in files:
        if not file.heads:
            head = _head_of(file, heads)
            if isinstance(head, _File):
                parts[id(head)].append(file)
            elif are_all_read:
                problems.append(file.docs[0].problem((), head))
    return [_group(head, parts[id(head)], problems) for head in heads], problems


def _file(source: Source, problems: list[Problem]) -> _File | None:
    try:
        parts = split(source)
        if len(parts) > 1:
            parts = [Part(f"{PurePath(source.name).with_suffix('')}/{part.name}", part.text) for part in parts]
        file = _File(source, [doc for part in parts for doc in documents(part)])
    except ModelErrors as errors:
        problems.extend(errors.problems)
        return None
    for extra in file.heads[1:]:
        key = "provider" if "provider" in extra.tree else "client"
        problems.append(extra.problem((key,), "another head stands in this file already; give each a file of its own"))
    return file


def _head_of(part: _File, heads: Sequence[_File]) -> _File | str:
    """The client's head that a part belongs to, or why there is none."""
    clients = [head for head in heads if "client" in head.heads[0].tree]
    beside = [head for head in clients if head.folder == part.folder] or clients
    if len(beside) == 1:
        return beside[0]
    if not beside:
        return (
            "says neither `client:` nor `provider:`, and no file with it does; write `client: {id: …, name: …, tz: …}`"
        )
    named = ", ".join(sorted(head.source.name for head in beside))
    return f"may belong to {named}; give each client a folder of its own"


def _group(head: _File, parts: list[_File], problems: list[Problem]) -> Group:
    files = [head, *sorted(parts, key=lambda file: file.source.name)]
    first = head.heads[0]
    doc = merged([first, *(doc for file in files for doc in file.docs if doc is not first)], problems)
    text = join([file.source for file in files])
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        problems.append(first.problem((), f"and its parts are larger than {MOST_BYTES >> 20} MiB together"))
    return Group(_model(first), doc, text, tuple(file.source for file in files))


def _model(head: Parsed) -> str:
    if "provider" in head.tree:
        return "provider"
    client = head.tree["client"]
    return str(client.get("id", "")) if isinstance(client, dict) else ""


def _name(file: Source, taken: set[str]) -> str:
    """The file's own name, safe as a name anywhere, and taken once."""
    wanted = _UNSAFE.sub("-", PurePath(file.name).name).lstrip("-.")[:80] or "part.yaml"
    stem, suffix = PurePath(wanted).stem, PurePath(wanted).suffix
    names = (wanted if number == 1 else f"{stem}-{number}{suffix}" for number in range(1, len(taken) + 2))
    name = next(one for one in names if one not in taken)
    taken.add(name)
    return name

"""How many errors each file system has counted: btrfs and ext4 tell it in kernel files that everybody may read."""

from __future__ import annotations

from collections.abc import Iterator

from agent.looking import Look, Looked, Probe
from agent.sources.kernel import folders, number, words
from checks.reading import CheckName, Gap, Item, Reading, Why

_CHECK = "filesystem_errors"


def look(at: Look) -> Looked:
    """Errors since somebody last set the count to 0 (btrfs device stats -z; e2fsck)."""
    seen = [*_btrfs(at), *_ext4(at)]
    yield from seen or [at.gap(_CHECK, Why.NOT_HERE, "no file system here counts its errors")]


def _btrfs(at: Look) -> Iterator[Reading | Gap]:
    for pool in folders(at.root / "sys/fs/btrfs", "devinfo"):
        items: list[Item] = []
        total = 0
        try:
            for device in sorted((pool / "devinfo").iterdir()):
                for name, count in _counts(words(device / "error_stats")):
                    total += count
                    items += [Item(f"{count} {name} on device {device.name}")] if count else []
        except (OSError, ValueError):
            yield at.gap(_CHECK, Why.FAILED, "its devices do not tell their errors", pool.name)
            continue
        yield Reading(CheckName(_CHECK), pool.name, float(total), at.now, at.next_look, tuple(items[:20]))


def _counts(text: str) -> Iterator[tuple[str, int]]:
    """`corruption_errs 3` of each line as words and number. Raises ValueError, also for an empty text."""
    for line in text.split("\n"):
        name, count = line.split()
        yield name.replace("_errs", " errors"), int(count)


def _ext4(at: Look) -> Iterator[Reading | Gap]:
    for system in folders(at.root / "sys/fs/ext4", "errors_count"):
        try:
            count = number(system / "errors_count")
        except (OSError, ValueError):
            yield at.gap(_CHECK, Why.FAILED, "the kernel does not tell its errors", system.name)
            continue
        yield at.reading(_CHECK, system.name, float(count))


PROBE = Probe(CheckName("filesystem_errors"), look)

"""Can files still be made? The share of a file system's inodes that is used."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{wording.ratio(seen.value)} of the file slots (inodes) used"


CHECK = Check(
    name=CheckName("inodes"),
    family=Family.HEALTH,
    title="inodes",
    question="Can files still be made?",
    unit=Unit.RATIO,
    standard=Standard(0.80, 0.95, Bad.ABOVE, "our default: without inodes a disk is full however much room it has"),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Look for a folder with very many small files (sessions, mail queues, caches).",
    charted=True,
)

"""Is there a recent backup? When Time Machine made its newest one on each destination."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return "has no backup at all" if seen.reading.value is None else f"newest backup {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("time_machine"),
    family=Family.BACKUP,
    title="Time Machine",
    question="Is the newest backup recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us; the property list as macOS writes it",
    needs="Full Disk Access, to read com.apple.TimeMachine.plist",
    advice="Connect the disk or the server, and choose Back Up Now; then restore one file.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)

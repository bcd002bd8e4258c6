"""Is there a recent restore point? When the newest Time Machine backup at a destination was made."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    faults = [item.detail for item in seen.reading.items if item.name == "fault"]
    newest = f"newest backup {wording.duration(seen.age)} old"
    return "; ".join(["has no backup at all" if seen.reading.value is None else newest, *faults])


CHECK = Check(
    name=CheckName("time_machine"),
    family=Family.BACKUP,
    title="Time Machine",
    question="Is the newest backup recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        3 * 86_400, 10 * 86_400, Bad.ABOVE, "our default: a notebook may be away from it for days, and not for weeks"
    ),
    sentence=_sentence,
    ran="not run by us, on no Mac at all; preferences written as public tools read them, Apple documents none",
    needs="Full Disk Access for the agent, to read /Library/Preferences/com.apple.TimeMachine.plist",
    advice="Connect the destination and run `tmutil startbackup --block`; remove one that is no longer used.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)

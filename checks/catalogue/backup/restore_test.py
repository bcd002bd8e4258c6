"""Was it proven that it can be restored? When the last restore test that went well began."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard

_DAY = 86_400


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last test"), "")
    if seen.reading.value is None:
        return f"the last restore test {last}" if last else "no restore was proven"
    proven = f"a restore was proven {wording.duration(seen.age)} ago"
    return f"{proven}; it {last}" if last else proven


CHECK = Check(
    name=CheckName("restore_test"),
    family=Family.BACKUP,
    title="restore test",
    question="Was a restore of this backup proven lately?",
    unit=Unit.SINCE,
    standard=Standard(
        90 * _DAY, 180 * _DAY, Bad.ABOVE, "our default: proven every quarter, and after half a year proven no more"
    ),
    sentence=_sentence,
    ran="real restores, good and failed, and results written by hand",
    needs="what the command itself needs; none for what is written by hand",
    advice="Restore a sample beside the original, compare it, and keep it with `watchbill-agent restore-test`.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
    is_of_proof=True,
)

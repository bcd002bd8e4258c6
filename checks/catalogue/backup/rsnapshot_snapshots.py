"""Is there a recent restore point? When the newest whole rsnapshot snapshot was made."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "has no whole snapshot at all"
    return f"newest whole snapshot {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("rsnapshot_snapshots"),
    family=Family.BACKUP,
    title="rsnapshot",
    question="Is the newest whole snapshot recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="real rsnapshot, from its first run to a failure",
    needs="to read rsnapshot's configuration and its log",
    advice="Read rsnapshot's log: a run with errors renews its folder all the same, with whatever it got.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)

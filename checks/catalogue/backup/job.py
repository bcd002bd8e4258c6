"""Does the job run? When the last good run of a wrapped job began."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    if seen.reading.value is None:
        return f"no run of it was good yet; {last}" if last else "it never ran"
    age = wording.duration(seen.age)
    if last in ("", "good"):
        return f"the last good run began {age} ago"
    return f"no good run for {age}; {last}"


CHECK = Check(
    name=CheckName("job"),
    family=Family.BACKUP,
    title="job",
    question="When did the job last run well?",
    unit=Unit.SINCE,
    standard=Standard(26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly job: one may be late, two may not"),
    sentence=_sentence,
    ran="real jobs: good, failed, killed, never run",
    advice="If it failed, read its log; if it never ran, look at its timer or cron, and whether the machine was on.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)

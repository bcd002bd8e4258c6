"""How did the job's last run end? 0 well, 1 with an error, or without anybody seeing its end."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or ("its last run failed" if seen.value else "its last run ended well")


CHECK = Check(
    name=CheckName("job_result"),
    family=Family.BACKUP,
    title="job result",
    question="Did the job's last run end well?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "POSIX: a program that fails ends with another exit code than 0"),
    sentence=_sentence,
    ran="real jobs: good, failed, killed, never run",
    advice="Read the job's own log; run it by hand with `watchbill-agent wrap` once the cause is mended.",
    impact=Impact.AT_RISK,
)

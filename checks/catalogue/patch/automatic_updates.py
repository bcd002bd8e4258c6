"""Do the updates that install themselves do so? 0 they do, 1 the last run failed, never ended, or is long ago."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or ("does not install updates by itself" if seen.value else "its last run ended well")


CHECK = Check(
    name=CheckName("automatic_updates"),
    family=Family.PATCH,
    title="automatic updates",
    question="Do the updates that install themselves do so?",
    unit=Unit.COUNT,
    standard=Standard(1, None, Bad.ABOVE, "apt: its timer runs them every day; what they did not install still waits"),
    sentence=_sentence,
    ran="the log of a real unattended-upgrades 2.9, run dry; its failures by its source",
    needs="to read /var/log/unattended-upgrades, which the group adm may",
    advice="Read its log; mend the cause (a lock, a full /boot, a broken package), then `unattended-upgrade --debug`.",
    impact=Impact.AT_RISK,
)

"""Is it up to date? How many updates its package manager would install."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return wording.counted(seen.value, "update waits", "updates wait")


CHECK = Check(
    name=CheckName("updates"),
    family=Family.PATCH,
    title="updates",
    question="Is it up to date?",
    unit=Unit.COUNT,
    standard=Standard(
        50, None, Bad.ABOVE, "our default: a heap of updates is a missed patch night; what matters is security_updates"
    ),
    sentence=_sentence,
    ran="real apt, dnf 4 and 5, zypper and pacman with local repositories; "
    "apk, snap, flatpak, Homebrew and macOS not run by us: as documented; "
    "Windows not either, where the agent cannot run programs yet",
    advice="Plan a patch window; install security updates first.",
    impact=Impact.AT_RISK,
)

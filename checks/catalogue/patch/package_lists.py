"""How old is what it knows about updates? When its package lists were last refreshed."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"refreshed {wording.duration(seen.age)} ago" if seen.reading.value is not None else "never refreshed"


CHECK = Check(
    name=CheckName("package_lists"),
    family=Family.PATCH,
    title="lists",
    question="How old is what it knows about updates?",
    unit=Unit.SINCE,
    standard=Standard(2 * 86_400, 7 * 86_400, Bad.ABOVE, "operating-model: a scan older than 7 days is no scan"),
    sentence=_sentence,
    ran="real apt, dnf, zypper and pacman with local repositories; apk, Windows and macOS not run by us: as documented",
    advice="Look why the refresh fails (`apt update`, `dnf makecache`); without it no new update is seen.",
    impact=Impact.AT_RISK,
    none_means=Status.WATCH,
)

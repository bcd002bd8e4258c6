"""Was the repository checked lately? When borgmatic's last check of it ended well."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard

_DAY = 86_400


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "no check that ended well is noted"
    return f"last checked, and found well, {wording.duration(seen.age)} ago"


CHECK = Check(
    name=CheckName("borgmatic_check"),
    family=Family.BACKUP,
    title="borgmatic check",
    question="Was the repository checked lately, and found well?",
    unit=Unit.SINCE,
    standard=Standard(
        35 * _DAY, 70 * _DAY, Bad.ABOVE, "our default: borgmatic's default is every month; one may be late, two may not"
    ),
    sentence=_sentence,
    ran="real borgmatic, Debian's 1.7: checked, late, damaged, never checked; 2.1's notes as we saw them",
    needs="to read /root/.borgmatic or /root/.local/state/borgmatic, where borgmatic runs as root",
    advice="Run `borgmatic check --verbosity 1`; a repository no longer used is forgotten with its folder of notes.",
    impact=Impact.AT_RISK,
    none_means=Status.WATCH,
    is_of_proof=True,
)

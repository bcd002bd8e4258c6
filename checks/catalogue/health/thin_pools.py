"""Is there room left in each LVM thin pool? The share that is used, of its data or of what it keeps about them."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{wording.ratio(seen.value)} full"


CHECK = Check(
    name=CheckName("thin_pools"),
    family=Family.HEALTH,
    title="thin pool",
    question="Is there room left in each thin pool?",
    unit=Unit.RATIO,
    standard=Standard(0.80, 0.92, Bad.ABOVE, "as for disks; lvmthin(7): a pool that is full stops every volume in it"),
    sentence=_sentence,
    ran="not run by us: no kernel of the tests maps devices; as lvmreport(7) has it",
    needs="the root helper: docs/root-helper.md",
    advice="Extend it (`lvextend`), its metadata too; delete snapshots that nobody needs; run `fstrim`.",
    charted=True,
)

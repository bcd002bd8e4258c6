"""What can be done about a gap: four treatments of a promise that stands too high (3.5), a fix for every other. Pure.

A treatment is a value: a change of the model as dotted paths and new values, or the record to write. A gap stays listed
until the numbers change, whatever was chosen.
"""

from __future__ import annotations

from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.treatments import promises
from console.operating_model.treatments.fixes import fix
from console.operating_model.treatments.people import client_owner
from console.operating_model.treatments.treatment import Treatment


def treatments(facts: Facts, key: str, found: tuple[Gap, ...]) -> tuple[Treatment, ...]:
    """What can be done about the gap, or the shortfall, with this key; nothing where there is none."""
    four = tuple(promises.of_gap(facts, key))
    gap = next((one for one in found if one.key == key), None)
    if four or gap is None:
        return four
    change = fix(facts, gap)
    act = Treatment("act", gap.fix, (), "action", f"{gap.number} {gap.about}: {gap.fix}", gap.owner)
    return (*((change,) if change else ()), act, _accept(facts, gap))


def _accept(facts: Facts, gap: Gap) -> Treatment:
    text = f"{gap.number} {gap.about} stays as it is: {gap.evidence}"
    sentence = "accept it: the client decides, until a day, and it stays listed"
    return Treatment("accept", sentence, (), "decision", text, client_owner(facts, gap.about))

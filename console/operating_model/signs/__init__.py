"""Do I need this? The signs of rows 45 to 48, read from documents and practice, and a plain answer (row 01). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from console.operating_model.assess.criterion import Seen
from console.operating_model.assess.practice import Practice
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts
from console.operating_model.signs import direction, present_way, strain
from console.operating_model.signs.sign import Sign, State


def signs(facts: Facts, practice: Practice) -> tuple[Sign, ...]:
    """Every sign, by its row."""
    seen = Seen(facts, practice, gaps(facts))
    return (*present_way.signs(seen), *strain.signs(seen), *direction.signs(seen))


def need(found: Sequence[Sign]) -> str:
    """The answer to “do I need this?”: yes with the facts, no, or that it cannot be said yet."""
    told = [fact for one in found if one.state is State.ON for fact in one.facts]
    if told:
        return f"yes, because {'; '.join(told)}"
    unmeasured = [one.row for one in found if one.state is State.UNMEASURED]
    if unmeasured:
        return f"nothing speaks for it yet; {', '.join(unmeasured)} cannot be measured"
    return "no: every sign was measured, and none is on"

"""When will it be full? Seconds until no room is left, by the trend of the last two weeks with its 95 % interval."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard

_DAY = 86_400


def _sentence(seen: Seen) -> str:
    bounds = {item.name: item.detail for item in seen.reading.items}
    if seen.reading.value is None:
        return "nobody can say yet: two days of looks are needed" if bounds else "it does not fill up"
    soonest, latest = bounds.get("soonest", ""), bounds.get("latest", "")
    between = (
        f", between {_about(float(soonest))} and {_about(float(latest))}"
        if soonest.isdecimal() and latest.isdecimal() and len(soonest + latest) < 30
        else ""
    )
    return f"full in about {_about(seen.value)}{between}"


def _about(seconds: float) -> str:
    """Whole days where there are several: a forecast knows no hours."""
    return wording.counted(seconds / _DAY, "day", "days") if seconds >= 2 * _DAY else wording.duration(seconds)


CHECK = Check(
    name=CheckName("time_to_full"),
    family=Family.HEALTH,
    title="full in",
    question="When will it be full?",
    unit=Unit.SECONDS,
    standard=Standard(
        14 * _DAY,
        2 * _DAY,
        Bad.BELOW,
        "our default: two weeks are time to order room, two days are time to make some; trend by Sen (1968)",
        stands_for=7 * 3600,  # two forecasts, six hours apart, must agree
    ),
    sentence=_sentence,
    ran="real file systems; the growth over weeks was made up",
    advice="Find what grows (`du -xh --max-depth=2`), and make or order room before the forecast's earliest day.",
)

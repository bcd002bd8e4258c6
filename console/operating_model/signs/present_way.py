"""Is the present way written down, effective, efficient and understood? (rows 45 and 46)"""

from __future__ import annotations

from fractions import Fraction

from checks.wording import percent
from console.operating_model.assess.criterion import Seen
from console.operating_model.signs.sign import Sign, listed, read

BUSY = Fraction(85, 100)
_NOISE = 40.0


def signs(seen: Seen) -> tuple[Sign, ...]:
    """Rows 45, 46a, 46b and 46c."""
    return _written(seen), _effective(seen), _efficient(seen), _understood(seen)


def _written(seen: Seen) -> Sign:
    empty = [gap.about for gap in seen.gaps if gap.number == "EMPTY"]
    on = [f"nothing is written about {listed(empty)}"] if empty else []
    on += [f"seen, and in no model: {listed(list(seen.practice.unplanned))}"] if seen.practice.unplanned else []
    off = [f"every section says something, for {len(seen.facts.doc.hosts)} hosts"]
    return read("45", "is part of the present way unwritten?", on, off)


def _effective(seen: Seen) -> Sign:
    """SLO attainment per service, and SLA attainment (K15) over 28 days."""
    on: list[str] = []
    off: list[str] = []
    for id_, service in seen.facts.client.services.items():
        kept = seen.practice.availability.get(id_)
        if service.availability is None or kept is None:
            continue
        text = f"{id_}: {percent(kept)} of {service.availability * 100:.2f} % promised"
        (off if kept >= Fraction(str(round(service.availability, 6))) else on).append(text)
    for promise, verdicts in (("own", _verdicts(seen, "own")), ("solve", _verdicts(seen, "solve"))):
        missed = [id_ for id_, verdict in verdicts if verdict == "missed"]
        if verdicts:
            text = f"{promise}: {len(verdicts) - len(missed)} of {len(verdicts)} in time"
            (on if missed else off).append(f"{text}, not {listed(missed)}" if missed else text)
    return read("46a", "are promises missed?", on, off)


def _verdicts(seen: Seen, promise: str) -> list[tuple[str, str]]:
    told = ((one.id, one.own_verdict if promise == "own" else one.solve_verdict) for one in seen.practice.lately())
    return [(id_, verdict) for id_, verdict in told if verdict]


def _efficient(seen: Seen) -> Sign:
    """Load (K18), noise (K17), and what contracts cost for each host a month."""
    on, off = noise(seen)
    for person, share in (seen.practice.load or {}).items():
        (on if share > BUSY else off).append(f"{person} is loaded to {percent(share)}")
    cost, hosts = sum(one.month_cost for one in seen.facts.doc.contracts.values()), len(seen.facts.doc.hosts)
    if cost and hosts:
        off.append(f"contracts cost {cost / hosts:.2f} a month for each of {hosts} hosts")
    return read("46b", "does the present way waste effort?", on, off)


def noise(seen: Seen) -> tuple[list[str], list[str]]:
    """Facts about noise: above the target of the model (40 % where it has none), or not."""
    if seen.practice.noise is None:
        return [], []
    kpi = seen.facts.doc.kpis.get("noise")
    target = kpi.target if kpi and kpi.target is not None else _NOISE
    text = f"noise among incidents is {percent(seen.practice.noise)}, and {target:g} % is the target"
    return ([text], []) if seen.practice.noise * 100 > Fraction(str(target)) else ([], [text])


def _understood(seen: Seen) -> Sign:
    """Who must sign the revision in force, and has not."""
    must = [one.person for one in seen.facts.doc.stakeholders if one.must_sign]
    missing = [gap.about for gap in seen.gaps if gap.number == "G16"]
    on = [f"{listed(missing)} did not sign revision {seen.facts.revision}"] if missing else []
    off = [f"signed by {listed(must)}"] if must and not missing else []
    return read("46c", "is it not understood by everybody?", on, off)

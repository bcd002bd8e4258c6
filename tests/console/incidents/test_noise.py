"""K17: what became of what was raised."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from builders import an_incident, at, event
from msgspec import structs

from checks.finding import Status
from console.incidents.events import Incident, Kind, Opening
from console.incidents.noise import NoiseCount, Raised, noise
from console.store.standing import Change

WEEK = at("Mon 00:00"), at("Mon 00:00") + 7 * 86_400
T = at("Tue 10:00")
HOUR = 3600


def about(incident: Incident, host: str) -> Incident:
    return structs.replace(incident, opening=structs.replace(incident.opening, host=host))


def worked(host: str) -> Incident:
    return about(an_incident(T, event(T + 60, Kind.OWNED, "ana")), host)


def cleared(host: str, when: int = T) -> Incident:
    ended = event(when + 300, Kind.RECOVERED), event(when + 900, Kind.CLEARED)
    return about(an_incident(when, *ended), host)


def voided(host: str) -> Incident:
    return about(an_incident(T, event(T + 60, Kind.VOID, "ana", "false")), host)


def change(was: Status, status: Status, when: int, host: str = "far") -> Change:
    return Change("a", "mill", host, "disk", "/", was, status, when, when, None, "", "reading")


def test_w30_thirty_six_findings_are_half_noise_and_a_third_work() -> None:
    incidents = [
        *(worked(f"w{number}") for number in range(12)),
        *(cleared(f"k{number}") for number in range(6)),
        *(cleared(f"c{number}") for number in range(14)),
        *(voided(f"v{number}") for number in range(4)),
    ]

    count = noise(incidents, (), WEEK, lambda one: one.host.startswith("k"))

    assert count == NoiseCount(raised=36, work=12, known=6, cleared=14, voided=4)
    assert (count.noise, count.actionable) == (Fraction(1, 2), Fraction(1, 3))
    assert Counter(fate for fate, _ in count.fates) == {"work": 12, "known": 6, "cleared": 14, "voided": 4}
    assert {one.host for fate, one in count.fates if fate == "voided"} == {"v0", "v1", "v2", "v3"}


def test_the_same_finding_within_the_hour_is_the_same_and_later_another() -> None:
    soon, late = cleared("box", T + 300 + HOUR), cleared("box", T + 300 + HOUR + 300 + HOUR + 1)

    assert noise([cleared("box"), soon, late], (), WEEK) == NoiseCount(raised=3, cleared=2, suppressed=1)


def test_a_relapse_is_raised_once_more_and_is_the_same() -> None:
    one = an_incident(
        T, event(T + 60, Kind.RECOVERED), event(T + 120, Kind.RELAPSED), event(T + 180, Kind.OWNED, "ana")
    )

    assert noise([one], (), WEEK) == NoiseCount(raised=2, work=1, suppressed=1)


def test_a_symptom_is_its_roots() -> None:
    root, symptom = worked("hv"), structs.replace(cleared("vm"), parent=1)

    assert noise([root, symptom], (), WEEK) == NoiseCount(raised=2, work=1, suppressed=1)


def test_what_no_incident_was_opened_for_is_raised_by_its_change() -> None:
    changes = [change(Status.OK, Status.BREACH, T), change(Status.BREACH, Status.OK, T + 60)]
    waived = [change(Status.OK, Status.BREACH, T, "known")]
    open_still = [change(Status.OK, Status.BREACH, T, "other")]

    count = noise([], [*changes, *waived, *open_still], WEEK, lambda one: one.host == "known")

    assert count == NoiseCount(raised=3, known=1, cleared=1, undecided=1)


def test_what_was_held_back_is_no_noise_and_counts_once_where_it_was_raised_later() -> None:
    passed = [change(Status.OK, Status.BREACH, T, "brief"), change(Status.BREACH, Status.OK, T + 60, "brief")]
    opening = worked("box").opening
    early = structs.replace(
        change(Status.OK, Status.BREACH, T - 600, opening.host), client=opening.client, check=opening.check
    )
    quiet = {("brief", "disk", "/", T), (opening.host, opening.check, "/", T - 600)}

    assert noise([worked("box")], [*passed, early], WEEK, quiet=quiet) == NoiseCount(raised=1, work=1)


def test_a_change_that_an_incident_tells_of_is_counted_once() -> None:
    opening = worked("box").opening
    changes = [change(Status.OK, Status.BREACH, T, opening.host)]
    changes = [structs.replace(one, client=opening.client, check=opening.check) for one in changes]

    assert noise([worked("box")], changes, WEEK) == NoiseCount(raised=1, work=1)


def test_what_a_person_reported_is_no_finding_and_another_week_is_not_this_one() -> None:
    said = worked("box")
    said = structs.replace(said, opening=structs.replace(said.opening, source="person"))

    assert noise([said, cleared("old", WEEK[0] - 1), cleared("new", WEEK[1])], (), WEEK) == NoiseCount()
    assert noise([], (), WEEK).noise is None


def test_what_is_raised_just_before_the_week_makes_its_return_a_duplicate() -> None:
    again = cleared("box", WEEK[0] + 60)

    assert noise([cleared("box", WEEK[0] - 600), again], (), WEEK) == NoiseCount(raised=1, suppressed=1)


def test_raised_is_told_with_its_place() -> None:
    seen: list[Raised] = []
    noise([worked("box")], (), WEEK, lambda one: bool(seen.append(one)))

    assert [(one.host, one.check, one.at) for one in seen] == [("box", "disk", T)]
    assert isinstance(seen[0].incident, Incident)
    assert isinstance(seen[0].incident.opening, Opening)

"""Signs that an operating model is needed: on, off, or not measured, each with the facts that it was read from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.assess.practice import Handled, Practice
from console.operating_model.build import client_of
from console.operating_model.examples import example, written_records
from console.operating_model.gaps.gap import Facts
from console.operating_model.load import load
from console.operating_model.records import records
from console.operating_model.signs import need, signs
from console.operating_model.signs.sign import Sign, State, listed, read
from console.operating_model.signs.strain import inconsistencies, open_at, slope

NOW = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York
DAY = 86_400


@pytest.fixture(scope="module")
def brackwater() -> Facts:
    model = load(example("brackwater"), BY_NAME)
    client = model.clients["brackwater"]
    assert client.doc is not None
    written = records(written_records("brackwater"))
    return Facts(client, client.doc, model.provider.doc, date(2026, 11, 15), 1, frozenset(BY_NAME), written)


def sign(facts: Facts, row: str, **practice: Any) -> Sign:
    return next(one for one in signs(facts, Practice(now=NOW, **practice)) if one.row == row)


def rewritten(facts: Facts, **sections: Any) -> Facts:
    doc = facts.doc.model_copy(update=sections)
    return replace(facts, doc=doc, client=client_of(doc, BY_NAME))


def handled(id_: str, kind: str = "disk", **more: Any) -> Handled:
    fields = {"service": "erp", "severity": "S2", "detected_at": NOW - 3 * DAY, "resolved_at": NOW - 3 * DAY + 3600}
    return Handled(id_, kind, **{**fields, **more})


def test_row_01_the_answer_is_plain_and_has_its_facts(brackwater: Facts) -> None:
    late = [handled(f"i-{number}", detected_at=NOW - number * 6 * DAY, resolved_at=None) for number in (1, 2, 3)]
    told = need(signs(rewritten(brackwater, raci=[]), Practice(now=NOW, incidents=tuple(late))))
    assert told.startswith("yes, because ")
    assert "nobody is accountable for connectivity, identity, erp, files, backup and 1 more" in told
    assert "open incidents at the end of the last four weeks: 0, 1, 2, 3" in told
    assert told.count(";") >= 2, "three facts and more"


def test_nothing_on_is_no_only_once_everything_was_measured() -> None:
    off = read("47a", "?", [], ["fine"])
    assert need([off]) == "no: every sign was measured, and none is on"
    assert need([off, read("48a", "?", [], [])]) == "nothing speaks for it yet; 48a cannot be measured"


def test_row_45_what_is_unwritten_or_unplanned_is_told(brackwater: Facts) -> None:
    assert sign(brackwater, "45").state is State.OFF
    assert sign(brackwater, "45", unplanned=("nas",)).facts == ("seen, and in no model: nas",)
    assert "nothing is written about outcomes" in sign(rewritten(brackwater, outcomes=[]), "45").facts


def test_row_46a_missed_promises_are_told_with_their_numbers(brackwater: Facts) -> None:
    kept = {"erp": Fraction(979142, 1_000_000), "files": Fraction(995, 1000)}
    missed = (handled("i-102", own_verdict="met", solve_verdict="missed"), handled("i-103", own_verdict="met"))
    told = sign(brackwater, "46a", availability=kept, incidents=missed)
    assert told.state is State.ON
    assert told.facts == ("erp: 97.91 % of 99.50 % promised", "solve: 0 of 1 in time, not i-102")
    assert sign(brackwater, "46a", availability={"files": Fraction(995, 1000)}).state is State.OFF
    assert sign(brackwater, "46a").state is State.UNMEASURED


def test_row_46b_load_above_85_is_told(brackwater: Facts) -> None:
    assert sign(brackwater, "46b", load={"marco": Fraction(9, 10)}).facts == ("marco is loaded to 90.00 %",)
    assert sign(brackwater, "46b", load={"marco": Fraction(85, 100)}).state is State.OFF


def test_row_46c_who_must_sign_and_has_not_is_told(brackwater: Facts) -> None:
    assert sign(brackwater, "46c").facts == ("tom did not sign revision 1",)
    assert sign(rewritten(brackwater, stakeholders=[]), "46c").state is State.UNMEASURED


def test_row_47a_unclear_roles(brackwater: Facts) -> None:
    told = sign(brackwater, "47a", incidents=(handled("i-1", owners=3, unowned=1500),))
    assert told.facts == ("no deputy for erp", "passed on twice or more: i-1", "25 min in which nobody had an incident")
    whole = [one.model_copy(update={"deputy": "priya"}) for one in brackwater.doc.raci]
    assert sign(rewritten(brackwater, raci=whole), "47a").state is State.OFF


def test_row_47b_and_20_three_incidents_with_three_paths_are_flagged_with_their_ids(brackwater: Facts) -> None:
    paths = (("owned", "resolved"), ("owned", "note", "resolved"), ("note", "owned", "resolved"))
    three = tuple(handled(f"i-{number}", path=path) for number, path in enumerate(paths, 1))
    told = sign(brackwater, "47b", incidents=three)
    assert told.state is State.ON
    assert told.facts == ("disk: 3 ways of handling it in 3 incidents (i-1, i-2, i-3)",)
    false_alarms = tuple(replace(one, is_void=True) for one in three)
    assert sign(brackwater, "47b", incidents=false_alarms).state is State.UNMEASURED
    same = tuple(replace(one, path=paths[0]) for one in three)
    assert sign(brackwater, "47b", incidents=same).state is State.OFF


def test_row_20_skipped_steps_and_a_wide_spread_are_inconsistent_too() -> None:
    quick = [handled(f"i-{number}", resolved_at=NOW - 3 * DAY + 600) for number in (1, 2)]
    slow = handled("i-3", resolved_at=NOW - 3 * DAY + 36_000, skipped=("verify-on-agent",))
    assert list(inconsistencies("disk", [*quick, slow])) == [
        "disk: steps of the runbook were skipped in i-3",
        "disk: solved in 10 min or in 10 h (i-1, i-2, i-3)",
    ]


def test_row_47c_a_rising_backlog_is_on_and_a_flat_one_is_off(brackwater: Facts) -> None:
    flat = tuple(handled(f"i-{number}", detected_at=NOW - 60 * DAY, resolved_at=None) for number in (1, 2))
    assert sign(brackwater, "47c", incidents=flat).state is State.OFF
    rising = (*flat, handled("i-3", detected_at=NOW - 8 * DAY, resolved_at=None))
    assert sign(brackwater, "47c", incidents=rising).facts == (
        "open incidents at the end of the last four weeks: 2, 2, 3, 3",
    )
    assert (slope([1, 1, 1, 1]), slope([0, 1, 2, 3]), slope([3, 2, 1, 0])) == (0, 1, -1)
    assert open_at(rising, NOW - 8 * DAY) == 2, "what begins at an instant is not open before it"


def test_row_48a_three_hosts_more_on_ten_in_90_days_are_30_percent(brackwater: Facts) -> None:
    old = {f"h{number}": NOW - 200 * DAY for number in range(10)}
    new = {f"n{number}": NOW - 30 * DAY for number in range(3)}
    told = sign(brackwater, "48a", joined={**old, **new})
    assert (told.state, told.facts[0]) == (State.ON, "3 hosts joined 10 in 90 days (30 %): n0, n1, n2")
    assert sign(brackwater, "48a", joined=old).state is State.OFF
    assert sign(brackwater, "48a", joined=new).state is State.UNMEASURED, "nothing was there before"
    assert sign(brackwater, "48a", users_before=20).facts == (
        "24 users, and 90 days ago there were 20", "92 hours of technicians a week",
    )  # fmt: skip
    assert sign(brackwater, "48a", users_before=21).state is State.OFF


def test_row_48b_noise_above_its_target_is_on(brackwater: Facts) -> None:
    told = sign(brackwater, "48b", noise=Fraction(1, 2))
    assert (told.state, told.facts) == (State.ON, ("noise among incidents is 50.00 %, and 40 % is the target",))
    assert sign(brackwater, "48b", noise=Fraction(2, 5)).state is State.OFF
    back = tuple(handled(f"i-{number}", reopened=int(number == 1)) for number in range(7))
    assert sign(brackwater, "48b", incidents=back).facts == ("1 of 7 resolved incidents came back: i-1",)


def test_row_48c_a_service_without_outcome_is_on(brackwater: Facts) -> None:
    assert sign(brackwater, "48c").state is State.OFF
    erp = brackwater.doc.services["erp"].model_copy(update={"outcome": ""})
    told = sign(rewritten(brackwater, services={**brackwater.doc.services, "erp": erp}), "48c")
    assert told.facts == ("services that serve no outcome: erp",)


def test_a_long_list_is_cut_and_says_so() -> None:
    assert listed(["a", "b", "c"], 2) == "a, b and 1 more"

"""Days that end or ask for something: listed before they come, sorted, the past ones first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from checks.finding import Status
from console.operating_model.gaps.gap import Facts
from console.operating_model.plan.dates import Dated, dates
from console.operating_model.plan.reach import answering, delivered_by, standing_on


def on(facts: Facts, day: date) -> dict[str, Dated]:
    return {f"{one.kind} {one.about}": one for one in dates(replace(facts, today=day))}


def test_row_26b_the_last_day_to_cancel_is_listed(facts: Facts) -> None:
    listed = {f"{one.kind} {one.about}": one for one in dates(facts)}
    notice = listed["notice c-erp"]
    assert (notice.day, notice.owner, notice.text) == (
        date(2026, 11, 1), "tom", "last day to cancel: Ledgerwood Software",
    )  # fmt: skip
    assert notice.status(facts.today) is Status.BREACH
    assert listed["contract c-erp"].status(facts.today) is Status.WATCH
    assert listed["notice c-line"].day == date(2027, 3, 2)


def test_the_past_ones_stand_first_and_what_was_never_done_before_all(facts: Facts) -> None:
    days = [one.day for one in dates(facts)]
    assert days[0] is None
    assert days[1:] == sorted(day for day in days[1:] if day)
    first = dates(facts)[0]
    assert (first.kind, first.about, first.status(facts.today)) == ("restore test", "identity", Status.BREACH)


def test_each_kind_is_near_for_its_own_time(facts: Facts) -> None:
    for kind, lead in (("notice c-line", 60), ("life fw01", 90), ("milestone ms-3", 14), ("decision d-3", 60)):
        day = on(facts, facts.today)[kind].day
        assert day is not None
        before, at = day - timedelta(days=lead + 1), day - timedelta(days=lead)
        assert [on(facts, one)[kind].status(one) for one in (before, at)] == [Status.NOT_DUE, Status.WATCH], kind


def test_a_waiver_is_listed_until_nothing_follows_from_it(facts: Facts) -> None:
    assert on(facts, date(2026, 11, 19))["waiver w-1"].status(date(2026, 11, 19)) is Status.WATCH
    late = date(2026, 11, 21)
    assert on(facts, late)["waiver w-1"].status(late) is Status.BREACH  # a-2 is not done
    assert "waiver w-1" not in {f"{one.kind} {one.about}" for one in dates(_done(facts, late))}
    assert "decision d-3" not in on(facts, date(2027, 4, 2))


def _done(facts: Facts, today: date) -> Facts:
    from console.operating_model.schema.records import ActionRecord

    done = [one.model_copy(update={"done": today}) if isinstance(one, ActionRecord) else one for one in facts.records]
    return replace(facts, today=today, records=done)


def test_row_23a_a_policy_past_its_review_is_listed_as_passed(facts: Facts) -> None:
    late = date(2027, 1, 16)
    review = on(facts, late)["review patching"]
    assert (review.owner, review.status(late)) == ("priya", Status.BREACH)


def test_a_restore_test_is_due_so_long_after_the_last_good_one(facts: Facts) -> None:
    listed = on(facts, facts.today)
    assert listed["restore test files"].day == date(2026, 11, 12)
    assert listed["restore test erp"].day == date(2027, 1, 18)


def test_what_stands_on_a_part_is_found_through_guests_and_soft_use(facts: Facts) -> None:
    assert standing_on(facts.client, "hv01") == ("identity", "erp", "files")
    assert standing_on(facts.client, "fw02") == ("connectivity",)
    assert delivered_by(facts, "ledgerwood") == ("erp",)
    assert answering(facts, "erp01") == "tom"
    assert answering(facts, "m365") == "dana"

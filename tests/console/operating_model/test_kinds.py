"""Kinds of fields in words, values as people write them, and where two values differ."""

from __future__ import annotations

from console.operating_model.kinds import differences, hints, kind_of, written
from console.operating_model.schema.client import BaselineDoc, ClientDoc
from console.operating_model.schema.scalars import Percent, Seconds
from console.operating_model.schema.services import OfferingDoc, SlaDoc


def test_values_are_written_as_people_write_them() -> None:
    assert [written(Seconds, one) for one in (90, 900, 14_400, 604_800)] == ["90s", "15m", "4h", "1w"]
    assert written(Percent, 0.999) == "99.9"
    assert written(float, 40.0) == "40"
    assert written(bool, True) == "true"
    assert written(list[str], ["a", "b"]) == "[a, b]"
    assert written(str | None, None) == ""


def test_every_field_of_a_clients_file_has_a_kind() -> None:
    kinds = {key: kind_of(hint).word for key, hint in hints(ClientDoc).items()}
    assert kinds["hosts"] == "map of id to keys below"
    assert kinds["outcomes"] == "list of keys below"
    assert kinds["schema"] == "one of 1"
    assert kinds["holiday_sets"] == "map of id to list of date or place"


def test_only_the_keys_that_differ_are_told() -> None:
    before, after = OfferingDoc(sla="a", price=95), OfferingDoc(sla="a", price=99.5, includes=["backup"])
    assert list(differences(OfferingDoc, before, after)) == [("includes", "[]", "[backup]"), ("price", "95", "99.5")]
    assert list(differences(OfferingDoc, before, before)) == []


def test_differences_reach_into_maps_and_show_what_one_side_lacks() -> None:
    before = SlaDoc.model_validate({"incident": {"S1": {"own": "15m", "resolve": "4h"}}})
    after = SlaDoc.model_validate(
        {"incident": {"S1": {"own": "30m", "resolve": "4h"}, "S2": {"own": "1h", "resolve": "8h"}}, "clear_after": "1h"}
    )
    told = {key: (one, other) for key, one, other in differences(SlaDoc, before, after)}
    assert told["incident.S1.own"] == ("15m", "30m")
    assert told["clear_after"] == ("10m", "1h")
    assert told["incident.S2"][0] == ""
    windows = hints(BaselineDoc)["calendars"]
    changed = {"a": {"mon": ["08:00-10:00"]}}, {"a": {"mon": ["08:00-12:00"]}}
    assert list(differences(windows, *changed)) == [("a.mon", "[08:00-10:00]", "[08:00-12:00]")]

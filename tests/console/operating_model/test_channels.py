"""The channel for a severity and an hour, and whose week on call it is."""

from __future__ import annotations

import pytest
from builders import at

from checks.catalogue import BY_NAME
from console.operating_model.channels import address, on_call, people_of, way_for
from console.operating_model.entities import Model
from console.operating_model.examples import example
from console.operating_model.load import load
from console.operating_model.schema.client import ClientDoc, ProviderDoc

NOW = at("Sat 12:00")
MONDAY = NOW + 44 * 3600


@pytest.fixture(scope="module")
def model() -> Model:
    return load(example("brackwater"), BY_NAME)


def documents(model: Model) -> tuple[ClientDoc, ProviderDoc]:
    doc, provider = model.clients["brackwater"].doc, model.provider.doc
    assert doc is not None
    assert provider is not None
    return doc, provider


def opens(calendar: str) -> int | None:
    return {"always": NOW, "office": MONDAY}.get(calendar)


def test_row_33c_the_worst_is_told_by_phone_and_the_mild_by_mail(model: Model) -> None:
    doc, _ = documents(model)
    kinds = {severity: way.kind for severity in ("S1", "S2", "S3", "S4") if (way := way_for(doc, severity, opens))}
    assert kinds == {"S1": "phone", "S2": "phone", "S3": "email", "S4": "email"}


def test_a_closed_channel_says_when_it_opens(model: Model) -> None:
    doc, _ = documents(model)
    way = way_for(doc, "S4", opens)
    assert way is not None
    assert way.opens_at == MONDAY


def test_of_two_the_one_that_is_open_is_taken(model: Model) -> None:
    doc, _ = documents(model)
    night = doc.channels[0].model_copy(update={"id": "ch-night", "use": ["S4"]})
    both = doc.model_copy(update={"channels": [*doc.channels, night]})
    way = way_for(both, "S4", opens)
    assert way is not None
    assert way.id == "ch-night"
    assert way_for(doc.model_copy(update={"channels": []}), "S1", opens) is None


@pytest.mark.parametrize(
    ("when", "person"),
    [
        ("2026-11-08T23:59:59", ""),
        ("2026-11-09T00:00:00", "marco"),
        ("2026-11-15T23:59:59", "marco"),
        ("2026-11-16T00:00:00", "priya"),
        ("2026-11-23T00:00:00", "marco"),
        ("2027-03-14T23:30:00", "priya"),
        ("2027-03-15T00:00:00", "marco"),
    ],
)
def test_the_turn_changes_on_monday_at_local_midnight_also_over_a_clock_change(
    model: Model, when: str, person: str
) -> None:
    doc, provider = documents(model)
    assert on_call(doc, provider, model.clients["brackwater"].zone, at(when)) == person


def test_without_a_rota_nobody_is_on_call(model: Model) -> None:
    doc, _ = documents(model)
    assert on_call(doc, None, model.clients["brackwater"].zone, NOW) == ""


def test_an_end_of_a_channel_is_a_team_a_role_or_a_person(model: Model) -> None:
    doc, _ = documents(model)
    assert people_of(model, doc, "field") == ("dana", "marco")
    assert people_of(model, doc, "change-authority") == ("helen", "tom")
    assert people_of(model, doc, "tom") == ("tom",)
    assert people_of(model, doc, "msp") == ()


def test_a_mail_goes_to_the_mail_address_and_a_call_to_the_phone(model: Model) -> None:
    helen = model.person("brackwater", "helen")
    assert helen is not None
    assert (address(helen, "phone"), address(helen, "email")) == ("+1-865-555-0110", "helen@brackwater.example")

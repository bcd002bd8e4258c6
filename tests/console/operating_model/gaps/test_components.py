"""A component of which the model says nothing is a gap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from console.operating_model.gaps.components import COMPONENTS

from checks.catalogue import BY_NAME
from console.operating_model.examples import example
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts
from console.operating_model.load import load
from console.operating_model.schema.client import ClientDoc


@dataclass(frozen=True)
class Doc:
    name: str
    text: str


PROVIDER = Doc("provider.yaml", "schema: 1\nprovider: {name: P}\npeople: {ana: {name: Ana}}\n")
HEAD = "schema: 1\nclient: {id: m, name: M, tz: UTC}\n"


def silent(text: str) -> list[str]:
    model = load([PROVIDER, Doc("m.yaml", HEAD + text)], BY_NAME)
    client = model.clients["m"]
    assert client.doc is not None
    facts = Facts(client, client.doc, model.provider.doc, date(2026, 11, 15), 1, frozenset(BY_NAME))
    return [gap.about for gap in gaps(facts) if gap.number == "NIL"]


def test_row_15_an_empty_section_is_shown_as_a_gap_and_not_hidden() -> None:
    assert silent("") == sorted(COMPONENTS)
    assert silent("hosts:\nservices:\nraci: []\npolicies: {}\n") == sorted(COMPONENTS)
    assert "plan" not in silent("needs: [{id: n-1, from: ana, text: More}]\n")


def test_row_15_every_component_has_sections_that_a_file_may_say() -> None:
    assert {one for sections in COMPONENTS.values() for one in sections} <= ClientDoc.model_fields.keys()
    assert len(COMPONENTS) == 8


def test_what_the_baseline_says_is_said() -> None:
    model = load(example("brackwater"), BY_NAME)
    client = model.clients["brackwater"]
    assert client.doc is not None
    facts = Facts(client, client.doc, model.provider.doc, date(2026, 11, 15), 1, frozenset(BY_NAME))
    assert not [gap for gap in gaps(facts) if gap.number == "NIL"]
    bare = replace(facts, doc=client.doc.model_copy(update={"kpis": {}}))
    assert [gap.fix for gap in gaps(bare) if gap.number == "NIL"] == ["write kpis: watchbill model explain kpis"]

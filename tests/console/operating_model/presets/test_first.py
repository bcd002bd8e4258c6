"""A first model out of twelve answers: it can be published as it is, and lacks only what nobody could have known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from checks.catalogue import BY_NAME
from console.operating_model.examples import example
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts
from console.operating_model.load import load
from console.operating_model.presets import NAMES, preset
from console.operating_model.presets.first import Answers, NoMachine, Ours, first_model
from console.pages.starting import PRESETS, QUESTIONS

TODAY = date(2026, 11, 15)
ANSWERS = Answers(
    provider="Hilltop IT",
    me="Ana Ruiz",
    colleague="Tom Berg",
    client="The Mill",
    zone="Europe/Berlin",
    users=14,
    contact="Rosa Klein",
    servers="SRV 01, srv02",
    workstations=", ".join(f"pc{number}" for number in range(1, 9)),
    internet="Ridgeline Fiber",
    vendor="Ledgerwood",
    login="ana",
)


@pytest.mark.parametrize("name", NAMES)
def test_row_49_twelve_answers_make_a_valid_model_of_ten_hosts(name: str) -> None:
    assert len(QUESTIONS) <= 12
    files = first_model(ANSWERS, preset(name), None, TODAY)
    assert [one.name for one in files] == ["provider.yaml", "the-mill.yaml"]
    model = load(files, BY_NAME)
    client = model.clients["the-mill"]
    assert client.doc is not None
    assert len(client.hosts) == 10
    assert (len(client.doc.slas), len(client.doc.policies), len(client.doc.processes)) == (1, 4, 4)
    found = gaps(Facts(client, client.doc, model.provider.doc, TODAY, 1, frozenset(BY_NAME)))
    assert {gap.number for gap in found} <= {"G6", "G11", "G14", "G16"}
    assert len(found) <= 6


def test_row_60a_and_65_each_preset_has_a_version_and_its_own_limits() -> None:
    assert NAMES == PRESETS
    found = [preset(name) for name in NAMES]
    assert all(one.version >= 1 and one.title for one in found)
    assert len({str(one.fields["app"]) for one in found}) == 3
    text = first_model(ANSWERS, preset("dental"), None, TODAY)[1].text
    assert 'from the preset "dental", version 1' in text
    assert "limits: {critical: 3d" in text
    with pytest.raises(KeyError):
        preset("../provider")


def test_where_a_provider_is_in_force_only_what_its_baseline_lacks_is_written() -> None:
    ours = load(example("brackwater"), BY_NAME).provider
    assert ours.doc is not None
    (file,) = first_model(ANSWERS, preset("legal"), Ours(("dana", "priya"), ours.doc), TODAY)
    model = load([example("brackwater")[0], file], BY_NAME)
    doc = model.clients["the-mill"].doc
    assert doc is not None
    assert doc.processes["p-week"].review == date(2027, 2, 1)
    assert "p-incident: {name" not in file.text
    assert "managed-line: {sla: standard" in file.text
    assert doc.services["documents"].owner == "dana"


def test_somebody_alone_is_told_so_by_a_gap() -> None:
    files = first_model(replace(ANSWERS, colleague=""), preset("legal"), None, TODAY)
    model = load(files, BY_NAME)
    client = model.clients["the-mill"]
    assert client.doc is not None
    found = gaps(Facts(client, client.doc, model.provider.doc, TODAY, 1, frozenset(BY_NAME)))
    assert "G4" in {gap.number for gap in found}


def test_names_that_are_in_the_way_are_given_other_ids() -> None:
    clash = replace(ANSWERS, servers="files, line, false, 1e3", contact="Ana Other", internet="x", vendor="x")
    load(first_model(clash, preset("legal"), None, TODAY), BY_NAME)
    one = replace(ANSWERS, servers="", workstations="pc1, pc1, PC1")
    assert len(load(first_model(one, preset("legal"), None, TODAY), BY_NAME).clients["the-mill"].hosts) == 1
    with pytest.raises(NoMachine):
        first_model(replace(ANSWERS, servers=" , ", workstations="!"), preset("legal"), None, TODAY)


def test_a_client_that_is_called_like_a_truth_is_a_word() -> None:
    (client,) = load(first_model(replace(ANSWERS, client="TRUE"), preset("legal"), None, TODAY), BY_NAME).clients
    assert client == "true"


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.text(min_size=1, max_size=12), min_size=7, max_size=7))
def test_whatever_is_answered_is_valid_yaml_and_says_it(said: list[str]) -> None:
    said = [one.strip() or "x" for one in said]
    wild = Answers(said[0], said[1], said[2], said[3], "UTC", 1, said[4], "srv", "", said[5], said[6], "ana")
    model = load(first_model(wild, preset("legal"), None, TODAY), BY_NAME)
    (client,) = model.clients.values()
    assert client.name == said[3]

"""The baseline as a library: versions by content, who inherits, and what others say instead."""

from __future__ import annotations

from documents import Doc

from checks.catalogue import BY_NAME
from console.operating_model.entities import Model
from console.operating_model.examples import example
from console.operating_model.inheritance import Inherited, library
from console.operating_model.load import load

NOISE = "kpis: {noise: {unit: percent, better: lower, target: 10, source: findings}}\n"


def loaded(*changes: tuple[str, str], own: str = "") -> Model:
    provider, client = (one.text for one in example("brackwater"))
    for before, after in changes:
        assert before in provider
        provider = provider.replace(before, after)
    return load([Doc("p", provider), Doc("c", client + own)], BY_NAME)


def parts(model: Model) -> dict[str, Inherited]:
    assert model.provider.doc is not None
    found = library(model.provider.doc.baseline, model.clients.values())
    return {f"{one.section}.{one.name}": one for one in found}


def test_row_05_a_baseline_change_shows_who_inherits_it_and_who_overrides_it() -> None:
    change = ("noise: {unit: percent, better: lower, target: 40", "noise: {unit: percent, better: lower, target: 30")
    before, after = parts(loaded(own=NOISE)), parts(loaded(change, own=NOISE))
    assert {name for name in before if before[name].version != after[name].version} == {"kpis.noise"}
    assert [(use.client, use.is_override) for use in after["kpis.noise"].uses] == [("brackwater", True)]
    assert [(use.client, use.is_override) for use in after["kpis.load"].uses] == [("brackwater", False)]


def test_row_06_of_an_override_only_the_keys_that_differ_are_listed() -> None:
    (use,) = parts(loaded(own=NOISE))["kpis.noise"].uses
    assert use.differing == (("target", "40", "10"),)
    assert all(not use.differing for part in parts(loaded()).values() for use in part.uses)


def test_row_60a_the_library_has_a_version_for_each_part_by_its_content() -> None:
    found = parts(loaded())
    assert len(found) == 24
    assert all(len(one.version) == 12 for one in found.values())
    assert found["kpis.patch_high"].version == found["kpis.patch_low"].version
    turned = ("{unit: percent, better: lower, target: 40, source: findings}",
              "{source: findings, target: 40, better: lower, unit: percent}")  # fmt: skip
    assert parts(loaded(turned))["kpis.noise"].version == found["kpis.noise"].version


def test_saying_the_same_again_is_an_override_in_which_nothing_differs() -> None:
    same = NOISE.replace("target: 10", "target: 40")
    (use,) = parts(loaded(own=same))["kpis.noise"].uses
    assert use.is_override
    assert use.differing == ()

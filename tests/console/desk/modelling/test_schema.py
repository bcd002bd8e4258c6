"""Schema, field by field, and the baseline, as pages of the real desk."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example

OWN = "kpis: {noise: {unit: percent, better: lower, target: 10, source: findings}}\n"


async def test_the_schema_of_either_file_is_a_page(bare: Any) -> None:
    assert json.loads((await bare.page("schema")).text)["title"] == "ClientDoc"
    assert json.loads((await bare.page("schema", file="provider")).text)["title"] == "ProviderDoc"
    with pytest.raises(DeskRefusal, match="there is no schema of 'house'"):
        await bare.page("schema", file="house")


async def test_a_field_is_explained_and_an_unknown_one_refused_with_the_nearest(bare: Any) -> None:
    shown = await bare.page("explain", field="services.slo")
    assert [row.path for row in shown.below] == ["services.slo.availability", "services.slo.window"]
    with pytest.raises(DeskRefusal, match="did you mean services"):
        await bare.page("explain", field="servics")


async def test_the_baseline_tells_who_inherits_and_who_says_otherwise(bare: Any) -> None:
    provider, client = example("brackwater")
    documents = [{"name": "p", "text": provider.text}, {"name": "c", "text": client.text + OWN}]
    await bare.do("publish", documents=documents, reason="an example")
    shown = await bare.page("baseline", client="brackwater")
    assert (shown.provider, shown.revision, len(shown.rows)) == ("Holston Field IT", 1, 24)
    uses = {f"{row.section}.{row.name}": row.uses[0] for row in shown.rows}
    assert [name for name, use in uses.items() if use.is_override] == ["kpis.noise"]
    (told,) = uses["kpis.noise"].differing
    assert (told.key, told.baseline, told.own) == ("target", "40", "10")


async def test_without_a_provider_there_is_no_baseline(bare: Any) -> None:
    assert (await bare.page("baseline")).rows == ()

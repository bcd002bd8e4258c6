"""What can be done about a gap: each proposed change, written into the document, closes the gap that it is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from checks.catalogue import BY_NAME
from console.operating_model.build import client_of
from console.operating_model.examples import example, written_records
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts
from console.operating_model.load import load
from console.operating_model.records import records
from console.operating_model.schema.client import ClientDoc
from console.operating_model.treatments import treatments
from console.operating_model.treatments.people import client_owner, stand_in
from console.operating_model.treatments.treatment import Treatment, duration_word, flow, percent_word
from console.service_levels.underpinning import shortfalls

TODAY = date(2026, 11, 15)


@pytest.fixture(scope="module")
def brackwater() -> Facts:
    model = load(example("brackwater"), BY_NAME)
    doc = model.clients["brackwater"].doc
    assert doc is not None
    written = records(written_records("brackwater"))
    client = model.clients["brackwater"]
    return made(Facts(client, doc, model.provider.doc, TODAY, 1, frozenset(BY_NAME), written), doc)


def made(facts: Facts, doc: ClientDoc) -> Facts:
    client = client_of(doc, BY_NAME)
    return replace(facts, doc=doc, client=client, shortfalls=shortfalls(client, doc, facts.today, facts.records))


def options(facts: Facts, key: str) -> dict[str, Treatment]:
    return {one.kind: one for one in treatments(facts, key, gaps(facts))}


def keys(facts: Facts) -> set[str]:
    return {gap.key for gap in gaps(facts)}


def written(facts: Facts, treatment: Treatment) -> Facts:
    """The document with the changes of a treatment in it, read again as if a person had typed them."""
    tree: Any = facts.doc.model_dump(by_alias=True, exclude_unset=True)
    for change in treatment.changes:
        at: Any = tree
        *way, last = change.path.split(".")
        for step in way:
            at = (
                at[step] if isinstance(at, dict) else next(one for one in at if step in (one.get("id"), one.get("for")))
            )
        at[last] = YAML(typ="safe").load(change.value)
    section = treatment.changes[0].path.partition(".")[0]
    sections = {section: _read(facts, section, tree[section])}
    return made(facts, facts.doc.model_copy(update=sections))


def _read(facts: Facts, section: str, tree: Any) -> Any:
    """A section through the schema again."""
    words: Any = TypeAdapter(ClientDoc.model_fields[section].annotation)
    if isinstance(getattr(facts.doc, section), list):
        return words.validate_python(tree)
    return words.validate_python({id_: _worded(one) for id_, one in tree.items()})


def _worded(entry: Any) -> Any:
    """Durations and shares of a dumped entry, as a person writes them."""
    if not isinstance(entry, dict):
        return entry
    seconds = {"own", "resolve", "rpo", "rto", "clear_after", "reopen_window", "every", "window", "takes"}
    said: dict[str, Any] = {}
    for name, value in entry.items():
        if name in seconds and isinstance(value, int):
            said[name] = f"{value}s"
        elif name in ("availability", "attainment_target") and isinstance(value, float) and value <= 1:
            said[name] = value * 100
        else:
            said[name] = _worded(value)
    return said


def test_a_promise_above_its_line_has_four_treatments(brackwater: Facts) -> None:
    four = options(brackwater, "G5:connectivity:availability")
    assert list(four) == ["lower", "raise", "add", "accept"]
    assert four["lower"].sentence == "promise 99.5 % for connectivity instead of 99.9 %"
    assert [(one.path, one.value) for one in four["lower"].changes] == [
        ("services.connectivity.slo.availability", "99.5")
    ]
    assert four["raise"].text == "agree 99.9 % for line-main with Ridgeline Fiber"
    assert (four["raise"].record, four["raise"].owner) == ("action", "dana")
    assert four["add"].expected == "≤ 99.99 % if they fail independently"
    assert (four["accept"].record, four["accept"].owner) == ("decision", "helen")
    assert four["accept"].expected == "≤ 99.50 % if they fail independently"


@pytest.mark.parametrize(
    "key", ["G5:connectivity:availability", "G5:connectivity:resolve c-line", "G5:erp:resolve c-erp"]
)
def test_lowering_a_promise_closes_its_gap_and_opens_no_other(brackwater: Facts, key: str) -> None:
    after = written(brackwater, options(brackwater, key)["lower"])
    assert key not in keys(after)
    assert keys(after) < keys(brackwater)


def test_targets_that_fit_keep_their_order(brackwater: Facts) -> None:
    lower = options(brackwater, "G5:erp:resolve c-erp")["lower"]
    assert [(one.path, one.value) for one in lower.changes] == [
        (f"slas.standard.incident.{severity}.resolve", "7215m") for severity in ("S1", "S2", "S3", "S4")
    ]
    assert "also promised for connectivity, identity, files, backup, workplace" in lower.sentence


def test_what_is_inherited_is_not_changed_in_the_clients_file(brackwater: Facts) -> None:
    assert brackwater.provider is not None
    baseline = brackwater.provider.baseline.model_copy(update={"slas": brackwater.doc.slas})
    inherits = replace(brackwater, provider=brackwater.provider.model_copy(update={"baseline": baseline}))
    lower = options(inherits, "G5:erp:resolve c-erp")["lower"]
    assert (lower.changes, lower.record) == ((), "action")
    assert "it stands in the provider's baseline" in lower.text


def test_hours_dates_and_data_have_their_four_too(brackwater: Facts) -> None:
    hours = options(brackwater, "G5:erp:hours c-erp")
    assert [(one.path, one.value) for one in hours["lower"].changes] == [("services.erp.hours", "vendor")]
    assert hours["raise"].text == "agree with Ledgerwood Software that c-erp answers in the hours of shop"
    dates = options(brackwater, "G5:erp:dates c-erp")
    assert dates["raise"].text == "agree with Ledgerwood Software what follows c-erp before it ends"
    assert dates["lower"].record == "action"
    files = brackwater.doc.services["files"].model_copy(update={"rpo": 20 * 3600})
    tight = made(
        brackwater, brackwater.doc.model_copy(update={"services": {**brackwater.doc.services, "files": files}})
    )
    data = options(tight, "G5:files:data")
    assert [(one.path, one.value) for one in data["lower"].changes] == [("services.files.rpo", "1d")]
    assert "second time" in data["add"].text


@pytest.mark.parametrize(
    ("section", "name", "fields", "key"),
    [
        ("services", "backup", {"offering": "", "sla": ""}, "G2:backup:sla"),
        ("services", "erp", {"recovery_order": None}, "G19:erp"),
        ("services", "files", {"rpo": 20 * 3600}, "G10:files"),
        ("services", "workplace", {"users": 0}, "IDLE:workplace"),
        ("roles", "incident-lead", {"deputy": ""}, "ROLE:incident-lead:deputy"),
        ("processes", "p-patch", {"review": None}, "G8:p-patch:review"),
    ],
)
def test_a_proposed_change_closes_the_gap_it_is_for(
    brackwater: Facts, section: str, name: str, fields: dict[str, Any], key: str
) -> None:
    entries = getattr(brackwater.doc, section)
    changed = {**entries, name: entries[name].model_copy(update=fields)}
    broken = made(brackwater, brackwater.doc.model_copy(update={section: changed}))
    assert key in keys(broken)
    three = options(broken, key)
    assert list(three) == ["change", "act", "accept"]
    assert key not in keys(written(broken, three["change"]))


def test_a_kpi_that_is_missing_is_proposed_whole(brackwater: Facts) -> None:
    kpis = {name: one for name, one in brackwater.doc.kpis.items() if name not in ("sla_own", "patch_low")}
    broken = made(brackwater, brackwater.doc.model_copy(update={"kpis": kpis}))
    for key in ("G2:erp:kpi", "G20:patching:low"):
        assert key not in keys(written(broken, options(broken, key)["change"]))


def test_severities_in_the_wrong_order_are_put_right(brackwater: Facts) -> None:
    sla = brackwater.doc.slas["standard"]
    worst = sla.incident["S1"].model_copy(update={"own": 2700})
    slas = {"standard": sla.model_copy(update={"incident": {**sla.incident, "S1": worst}})}
    broken = made(brackwater, brackwater.doc.model_copy(update={"slas": slas}))
    change = options(broken, "G22:standard")["change"]
    assert [(one.path, one.value) for one in change.changes] == [("slas.standard.incident.S2.own", "45m")]


def test_a_deputy_comes_from_the_same_team(brackwater: Facts) -> None:
    change = options(brackwater, "G4:erp")["change"]
    assert [(one.path, one.value) for one in change.changes] == [("raci.erp.deputy", "dana")]
    assert stand_in(brackwater, "nobody") == ""


def test_what_only_a_person_can_say_becomes_an_action(brackwater: Facts) -> None:
    two = options(brackwater, "G6:m365")
    assert list(two) == ["act", "accept"]
    assert two["act"].text.startswith("G6 m365: add the contract")
    assert client_owner(brackwater, "m365") == "helen"
    assert options(brackwater, "G6:nothing") == {}


def test_values_are_written_as_a_model_writes_them() -> None:
    assert [duration_word(one) for one in (15_300, 14_400, 432_900, 86_400, 90)] == ["255m", "4h", "7215m", "1d", "90s"]
    assert [percent_word(one) for one in (0.995, 0.9930099, 1.0, 0.99)] == ["99.5", "99.3", "100", "99"]
    assert flow({"review": date(2027, 1, 1)}) == '{"review": "2027-01-01"}'

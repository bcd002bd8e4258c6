"""What a hand-over pack says of the model."""

from __future__ import annotations

import json
from datetime import date

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.examples import example, written_records
from console.operating_model.load import load
from console.operating_model.pack import contacts, open_work, readme, resolved, sites
from console.operating_model.people.staff import Staff
from console.operating_model.records import records


@pytest.fixture(scope="module")
def staff() -> Staff:
    model = load(example("brackwater"), BY_NAME)
    doc = model.clients["brackwater"].doc
    assert doc is not None
    return Staff(doc, model.provider.doc, date(2026, 11, 15), records(written_records("brackwater")))


def test_the_resolved_model_has_what_is_inherited_and_none_of_the_providers_wages(staff: Staff) -> None:
    doc = json.loads(resolved(staff))
    assert doc["offerings"]["backup-vault"]["sla"] == "standard"
    assert doc["client"]["tz"] == "America/New_York"
    assert "dana" not in doc["people"]


def test_contacts_and_sites_say_whom_to_call_and_how_to_get_in(staff: Staff) -> None:
    told = contacts(staff)
    assert "Ledgerwood Software      support@ledgerwood.example, account none, ours: Tom Osei" in told
    assert "c-erp: erp-app, 2026-01-01 to 2026-12-31, cancel by 2026-11-01" in told
    assert "access   Ring at gate; dust: blow filters first" in sites(staff)
    assert "host     dc01: directory, windows-server-2022, on hv01" in sites(staff)


def test_open_work_is_what_still_runs(staff: Staff) -> None:
    text, structured = open_work(staff, {"incidents": [{"incident": 1, "title": "disk full", "owner": ""}], "gaps": []})
    work = json.loads(structured)
    assert {title: [one.get("id", one.get("incident")) for one in rows] for title, rows in work.items()} == {
        "incidents": [1], "gaps": [], "actions": ["a-2"], "milestones": ["ms-2", "ms-3"], "waivers": ["w-1"],
        "decisions": ["d-3"],
    }  # fmt: skip
    assert "  1 · disk full" in text


def test_the_readme_names_every_file_and_how_to_verify(staff: Staff) -> None:
    told = readme(staff, "Holston", (7, "ab" * 32), ["sites.txt", "model/brackwater.yaml"])
    assert "sites.txt                addresses, how to get in" in told
    assert "model/brackwater.yaml    the model as it was written" in told
    assert "watchbill pack verify" in told

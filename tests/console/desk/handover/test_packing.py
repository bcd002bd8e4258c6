"""The hand-over pack over the real desk: what is in it, who may make one, and what keeps it from being made."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.access.identity import Visitor
from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example, written_records


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    await bare.do("import-records", text=written_records("brackwater").text, source="records.jsonl")
    return bare


async def test_row_60c_a_pack_has_model_open_work_contacts_access_and_findings(brackwater: Any) -> None:
    made = await brackwater.do("pack")
    files = {one.name: one.text for one in made.files}
    assert set(files) == {
        "README.txt", "contacts.txt", "findings.txt", "model/brackwater.yaml", "model/resolved.json", "open-work.json",
        "open-work.txt", "sites.txt",
    }  # fmt: skip
    assert files["model/brackwater.yaml"] == example("brackwater")[1].text
    assert "unknown  erp01            no agent checks in" in files["findings.txt"]
    assert made.sha256 in files["README.txt"]
    again = await brackwater.do("pack")
    assert again.files == made.files
    logged = [json.loads(row.body) for row in (await brackwater.page("records")).rows if row.kind == "log"]
    assert [one["about"] for one in logged if one["what"] == "hand-over"] == ["revision 1"] * 2


async def test_only_a_lead_hands_a_client_over(brackwater: Any) -> None:
    marco = Visitor(1001, "marco", "Marco Reyes", is_daemon=False)
    with pytest.raises(DeskRefusal, match="needs lead"):
        await brackwater.daemon.desk.do("pack", {"client": "brackwater"}, marco)


async def test_a_secret_in_a_record_keeps_the_pack_from_being_made_and_is_not_repeated(brackwater: Any) -> None:
    action = {"kind": "action", "client": "brackwater", "id": "a-9", "text": "x", "owner": "priya", "due": "2026-12-19"}
    text = json.dumps({**action, "text": "log in with password: hunter2"})
    await brackwater.do("import-records", text=text, source="records.jsonl")
    with pytest.raises(DeskRefusal, match=r"open-work\.json:\d+ \(a password or key\)") as refused:
        await brackwater.do("pack")
    assert "hunter2" not in refused.value.text
    assert refused.value.what_to_do == "take it out of the model or record, and change it"


async def test_open_incidents_are_in_it_with_their_notes(story: Any) -> None:
    ana = Visitor(1001, "ana", "Ana Ruiz", is_daemon=True)
    await story.daemon.desk.do("own", {"incident": 1}, ana)
    await story.daemon.desk.do("note", {"incident": 1, "text": "told Bo"}, ana)
    files = {one.name: one.text for one in (await story.do("pack")).files}
    first = json.loads(files["open-work.json"])["incidents"][0]
    assert (first["incident"], first["owner"]) == (1, "ana")
    assert "told Bo" in first["notes"]
    assert files["findings.txt"].startswith("breach   box")

"""From a hit service to everybody whom it concerns, and the runbook that is followed."""

from __future__ import annotations

import pytest
from builders import a_client

from checks.catalogue import BY_NAME
from checks.finding import Impact
from console.operating_model.concerns import Concern, concern, keeps_data, procedure
from console.operating_model.entities import Client, Model
from console.operating_model.examples import example
from console.operating_model.hits import hits
from console.operating_model.load import load


@pytest.fixture(scope="module")
def model() -> Model:
    return load(example("brackwater"), BY_NAME)


@pytest.fixture(scope="module")
def brackwater(model: Model) -> Client:
    return model.clients["brackwater"]


def concerned(client: Client, struck: str, service: str) -> Concern:
    return concern(client, next(hit for hit in hits(client, struck, Impact.DOWN) if hit.service.id == service))


def test_owner_and_who_answers_and_the_deputy_are_three_questions(brackwater: Client) -> None:
    files = concerned(brackwater, "fs01", "files")
    assert (files.owner, files.accountable, files.deputy) == ("priya", "dana", "priya")
    erp = concerned(brackwater, "erp01", "erp")
    assert (erp.owner, erp.accountable, erp.deputy, erp.informed) == ("marco", "tom", "", ("helen",))


def test_row_02_from_a_fault_to_the_business_outcome(brackwater: Client) -> None:
    assert concerned(brackwater, "erp01", "erp").outcome_text.startswith("Orders can be entered")


def test_the_supplier_of_what_lies_under_the_service_is_named_with_the_contract(brackwater: Client) -> None:
    (line, erp) = concerned(brackwater, "erp01", "erp").supplies
    assert (line.name, line.contract, line.resolve, line.is_struck) == ("Ridgeline Fiber", "c-line", 4 * 3600, False)
    assert (erp.name, erp.desk, erp.covers) == ("Ledgerwood Software", "support@ledgerwood.example", ("erp-app",))
    (struck,) = concerned(brackwater, "line-main", "connectivity").supplies
    assert struck.is_struck


def test_row_18_the_same_kind_of_finding_is_offered_the_same_checklist(brackwater: Client) -> None:
    first = procedure(brackwater, ("finding.disk", "finding.health", "finding.S1"))
    assert first == procedure(brackwater, ("finding.memory", "finding.health", "finding.S2"))
    assert first is not None
    assert first.steps[:3] == ("own", "tell-client", "contain")
    backup = procedure(brackwater, ("finding.newest_file", "finding.backup", "finding.S2"))
    assert backup is not None
    assert (backup.name, backup.runbook) == ("Backup failure", "rb-backup")
    assert procedure(brackwater, ("finding.disk", "finding.S4")) is None


def test_data_is_kept_where_a_job_runs_or_a_service_has_a_recovery_point(brackwater: Client) -> None:
    assert keeps_data(brackwater, "hv01", ())
    assert keeps_data(brackwater, "fs01", (brackwater.services["files"],))
    assert not keeps_data(brackwater, "fw01", (brackwater.services["connectivity"],))


def test_a_model_without_a_document_still_names_the_owner(model: Model) -> None:
    bare = a_client()
    (hit,) = hits(bare, "box", Impact.DOWN)
    assert (concern(bare, hit).owner, concern(bare, hit).accountable) == ("ana", "")
    assert procedure(bare, ("finding.S1",)) is None
    assert not keeps_data(bare, "box", (hit.service,))
    names = [model.called("brackwater", one) for one in ("tom", "ledgerwood", "ghost")]
    assert names == ["Tom Osei", "Ledgerwood Software", "ghost"]

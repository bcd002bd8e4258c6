"""Promises of the example beside what underpins them: all five parts of 3.5, each where it is made."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.build import client_of
from console.operating_model.examples import example, written_records
from console.operating_model.gaps.gap import Shortfall
from console.operating_model.load import load
from console.operating_model.records import records
from console.operating_model.schema.client import ClientDoc
from console.service_levels.underpinning import expected, shortfalls

TODAY = date(2026, 11, 15)


@pytest.fixture(scope="module")
def doc() -> ClientDoc:
    found = load(example("brackwater"), BY_NAME).clients["brackwater"].doc
    assert found is not None
    return found


def with_service(doc: ClientDoc, name: str, **changed: Any) -> ClientDoc:
    return doc.model_copy(update={"services": {**doc.services, name: doc.services[name].model_copy(update=changed)}})


def told(doc: ClientDoc, text: str = "") -> dict[tuple[str, str], Shortfall]:
    written = records(written_records("brackwater"))
    found = shortfalls(client_of(doc, BY_NAME), doc, TODAY, written)
    return {(one.service, one.kind): one for one in found if text in one.evidence}


def test_row_26c_w33_a_vendor_under_a_promise_round_the_clock_is_short_by_116_hours_15(doc: ClientDoc) -> None:
    found = told(doc)
    assert found["erp", "resolve"].reachable - found["erp", "resolve"].promised == 116 * 3600 + 900
    line = found["connectivity", "availability"]
    assert (line.promised, line.reachable) == (pytest.approx(0.999), pytest.approx(0.995))
    assert line.member == "line-main"
    assert {kind for _, kind in found} == {"availability", "resolve", "hours", "dates"}


def test_w33_a_chain_is_expected_at_9930_at_best_and_that_is_a_soft_gap(doc: ClientDoc) -> None:
    slo = doc.services["identity"].slo
    assert slo is not None
    chain = {"all": ["line-main", "identity", "backup"], "at_least": None, "of": None}
    needs = doc.services["erp"].needs
    assert needs is not None
    doc = with_service(doc, "backup", slo=slo)
    doc = with_service(doc, "erp", needs=needs.model_copy(update=chain))
    client = client_of(doc, BY_NAME)
    assert expected(client, doc, "erp") == pytest.approx(0.995 * 0.999**2)
    soft = told(doc)["erp", "expected"]
    assert (
        "99.50 % is promised, and its needs together give 99.30 % at best, if they fail independently" in soft.evidence
    )
    assert ("erp", "availability") not in told(doc)


def test_a_second_line_beside_the_first_closes_what_one_line_left_open(doc: ClientDoc) -> None:
    needs = doc.services["connectivity"].needs
    assert needs is not None
    both = needs.model_copy(update={"all": None, "at_least": 1, "of": ["line-main", "fw02"]})
    found = told(with_service(doc, "connectivity", needs=both))
    assert ("connectivity", "availability") not in found
    assert ("connectivity", "resolve") not in found, "a lost second line is S3, and 24 office hours are enough"


def test_data_that_no_job_keeps_young_enough_is_a_shortfall(doc: ClientDoc) -> None:
    assert told(with_service(doc, "files", rpo=20 * 3600))["files", "data"].evidence == (
        "at most 20 h of data may be lost, and its best job reaches 1 d"
    )
    assert "no job saves it" in told(with_service(doc, "workplace", rpo=3600))["workplace", "data"].evidence


def test_a_restore_that_took_longer_than_the_rto_is_a_shortfall(doc: ClientDoc) -> None:
    slow = told(with_service(doc, "files", rto=5 * 3600))["files", "data"]
    assert slow.evidence == "it is promised back in 5 h, and owning and restoring it took 5 h 30 min"
    assert ("files", "data") not in told(with_service(doc, "files", rto=5 * 3600 + 1800))

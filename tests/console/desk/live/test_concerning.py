"""Whom a finding concerns, over the real desk and the example; made from the model in force, whatever that is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from days import MARCO

from checks.reading import CheckName, Reading
from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example
from console.store.enrolment import Agent, OpenToken

WEDNESDAY = 1_794_402_000  # Wed 11 Nov 2026, 08:00 in New York
NIGHT = WEDNESDAY - 6 * 3600


async def publish(house: Any, *changes: tuple[str, str], reason: str = "an example") -> None:
    texts = {one.name: one.text for one in example("brackwater")}
    for before, after in changes:
        assert sum(before in text for text in texts.values()) == 1, before
        texts = {name: text.replace(before, after) for name, text in texts.items()}
    documents = [{"name": name, "text": text, "base": 1} for name, text in texts.items()]
    await house.do("publish", documents=documents, reason=reason, by="dana")


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    bare.time[0] = WEDNESDAY
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    return bare


async def enrol(house: Any, *hosts: str) -> None:
    for host in hosts:
        now, ledger = house.time[0], house.daemon.ledger
        token = OpenToken(f"t-{host}", "k", "brackwater", "main", host, now, "dana", now + 60)
        await asyncio.wrap_future(ledger.invite(token))
        agent = Agent(f"a-{host}", "brackwater", "main", host, host, f"key {host}", "SHA256:x", token.token, now)
        await asyncio.wrap_future(ledger.enrol(agent))


async def hear(house: Any, host: str, seq: int, check: str, value: float, subject: str = "") -> None:
    now = house.time[0]
    await house.hear(host, seq, Reading(CheckName(check), subject, value, now, now + 60))


async def by_service(house: Any, **arguments: Any) -> dict[str, Any]:
    return {row.service: row for row in (await house.page("concern", client="brackwater", **arguments)).rows}


async def test_a_finding_leads_to_people_promise_supplier_and_outcome(brackwater: Any) -> None:
    page = await brackwater.page("concern", client="brackwater", host="erp01", check="disk", subject="/")
    (row,) = page.rows
    assert (page.severity, row.impact, row.sentence) == ("S2", "degraded", "ERP degraded, because it needs erp01")
    assert (row.owner_name, row.accountable, row.deputy, row.informed) == (
        "Marco Reyes", "Tom Osei", "", ("Helen Brandt",),
    )  # fmt: skip
    assert row.sla == "own 30 min · solve 8 h"
    assert (row.own_due_at, row.solve_due_at) == (WEDNESDAY + 1800, WEDNESDAY + 8 * 3600)
    assert row.outcome_text.startswith("Orders can be entered")
    assert (page.runbook, page.steps[0]) == ("rb-incident", "own")


async def test_without_a_check_it_says_what_if_it_is_down_and_names_what_still_carries_it(brackwater: Any) -> None:
    rows = await by_service(brackwater, host="dc01")
    assert rows["identity"].sentence == "1 of 2 Sign-in hosts down; dc02 still carries it"
    assert {row.severity for row in rows.values()} == {"S3", "S4"}
    assert (await brackwater.page("concern", client="brackwater", host="line-main")).severity == "S1"


async def test_the_supplier_who_will_be_late_is_seen_at_once(brackwater: Any) -> None:
    (erp,) = (await by_service(brackwater, host="erp-app")).values()
    supply = next(one for one in erp.supplies if one.supplier == "ledgerwood")
    assert (supply.is_struck, supply.desk) == (True, "support@ledgerwood.example")
    assert supply.due_at is not None
    assert supply.due_at > erp.solve_due_at
    assert supply.will_breach


async def test_the_contact_card_has_the_channel_for_severity_and_hour(brackwater: Any) -> None:
    card = (await brackwater.page("concern", client="brackwater", host="line-main")).card
    assert card.sentence == ("by phone: on call Marco Reyes +1-865-555-0102; tell Helen Brandt +1-865-555-0110")
    brackwater.time[0] = NIGHT
    mild = (await brackwater.page("concern", client="brackwater", host="dc01")).card
    assert (mild.channel, mild.opens_at) == ("ch-mail", WEDNESDAY)
    assert mild.sentence == (
        "by email from Wed 11 Nov 08:00 (closed now): on call Marco Reyes marco@msp.example;"
        " tell Helen Brandt helen@brackwater.example"
    )
    brackwater.time[0] = WEDNESDAY + 7 * 86_400
    other_week = (await brackwater.page("concern", client="brackwater", host="line-main")).card
    assert other_week.contacts[0].name == "Priya Nair"


async def test_what_nobody_knows_is_refused_with_what_is_known(brackwater: Any) -> None:
    with pytest.raises(DeskRefusal, match="no host 'erp1'"):
        await brackwater.page("concern", client="brackwater", host="erp1")
    with pytest.raises(DeskRefusal, match="no check 'dsk'"):
        await brackwater.page("concern", client="brackwater", host="erp01", check="dsk")


async def test_the_same_finding_maps_differently_as_soon_as_another_revision_is_in_force(brackwater: Any) -> None:
    await enrol(brackwater, "fw02")
    await hear(brackwater, "fw02", 1, "disk", 0.97, "/")
    before = await by_service(brackwater, host="fw02", check="disk", subject="/")
    assert (before["connectivity"].impact, before["connectivity"].how) == ("at risk", "uses")
    await publish(
        brackwater, ("needs: {all: [fw01, line-main]}, uses: [fw02]", "needs: {all: [fw01, fw02, line-main]}")
    )
    after = await by_service(brackwater, host="fw02", check="disk", subject="/")
    assert (after["connectivity"].impact, after["connectivity"].how) == ("degraded", "needs")
    finding = next(row for row in (await brackwater.page("findings", host="fw02")).rows if row.check == "disk")
    assert finding.whom.hits[0] == "Connectivity degraded, because it needs fw02"


async def test_an_outage_that_others_carry_says_so_in_triage_and_the_second_one_is_the_worst(brackwater: Any) -> None:
    await enrol(brackwater, "dc01", "dc02")
    await hear(brackwater, "dc01", 1, "read_only", 1.0, "/")
    row = (await brackwater.page("triage")).rows[0]
    assert (row.severity, row.status.value) == ("S3", "watch")
    assert row.what.startswith("dc01: 1 of 2 Sign-in hosts down")
    await brackwater.do("outage", incident=row.incident, text="Helen cannot see it")
    row = (await brackwater.page("triage")).rows[0]
    assert row.what == "dc01: 1 of 2 Sign-in hosts down; dc02 still carries it"
    await hear(brackwater, "dc02", 1, "read_only", 1.0, "/")
    page = await brackwater.page("triage")
    assert [(one.host, one.severity) for one in page.rows if one.incident] == [("dc02", "S1"), ("dc01", "S3")]


async def test_row_07c_the_triage_of_wednesday_and_its_reasons_follow_the_rule(brackwater: Any) -> None:
    brackwater.time[0] = WEDNESDAY - (7 * 3600 + 55 * 60)
    await enrol(brackwater, "fs01", "dc01", "erp01")
    await hear(brackwater, "dc01", 1, "disk", 0.97, "/")
    await hear(brackwater, "erp01", 1, "disk", 0.97, "/")
    await hear(brackwater, "fs01", 1, "newest_file", float(brackwater.time[0] - 60 * 3600), "night")
    brackwater.time[0] = WEDNESDAY
    rows = [row for row in (await brackwater.page("triage")).rows if row.incident]
    assert [(row.host, row.severity) for row in rows] == [("fs01", "S2"), ("erp01", "S2"), ("dc01", "S3")]
    assert rows[0].clock.due_at == WEDNESDAY + 1800
    why = await brackwater.page("why", incident=rows[0].incident)
    assert why.sentence == (
        "S2 · data at risk: backup · Files criticality B · budget not measured yet · 24 users · 7 h 55 min old"
    )
    assert (why.rank, why.of, why.order[0]) == (1, 3, "safety-of-data")
    told = {one.name: one.ahead_of for one in why.criteria}
    assert told["safety-of-data"] == (rows[1].incident,)
    assert told["severity"] == (rows[2].incident,)
    assert any("data: data at risk: backup, there data is not at risk" in move for move in why.moves)
    assert rows[0].whom.accountable == "Dana Whitlock"
    await publish(brackwater, ("order: [safety-of-data, criticality,", "order: [criticality, safety-of-data,"))
    rows = [row for row in (await brackwater.page("triage")).rows if row.incident]
    assert [row.host for row in rows] == ["erp01", "fs01", "dc01"]
    told = (await brackwater.page("why", incident=rows[1].incident)).criteria
    assert next(one.behind for one in told if one.name == "criticality") == (rows[0].incident,)
    done = await brackwater.do("why", incident=rows[0].incident)
    assert (done.page, done.arguments) == ("why", (("incident", str(rows[0].incident)),))
    whom = await brackwater.do("concerns", client="brackwater", host="fs01", check="newest_file", subject="night")
    assert whom.page == "concern"
    page = await brackwater.page("incident", incident=rows[1].incident)
    assert page.concern.steps[0] == "read-log"
    await hear(brackwater, "fs01", 2, "newest_file", float(WEDNESDAY), "night")
    await brackwater.daemon.desk.do("own", {"incident": rows[1].incident}, MARCO)
    await brackwater.do("resolve", incident=rows[1].incident, cause="ran again")
    with pytest.raises(DeskRefusal, match="is over, and has no rank"):
        await brackwater.page("why", incident=rows[1].incident)


async def test_across_clients_a_rank_says_that_they_take_turns(brackwater: Any) -> None:
    mini = (
        "schema: 1\nclient: {id: mini, name: Mini, tz: UTC}\nsites: {main: {name: M}}\nhosts: {box: {site: main}}\n"
        "services: {shop: {owner: dana, criticality: A, needs: {all: [box]}}}\n"
        "slas: {standard: {incident: {S2: {own: 30m, resolve: 8h}}}}\n"
    )
    await brackwater.do("publish", documents=[{"name": "m", "text": mini}], reason="a second client")
    await enrol(brackwater, "erp01")
    await hear(brackwater, "erp01", 1, "disk", 0.97, "/")
    now, ledger = brackwater.time[0], brackwater.daemon.ledger
    token = OpenToken("t-box", "k", "mini", "main", "box", now, "dana", now + 60)
    await asyncio.wrap_future(ledger.invite(token))
    await asyncio.wrap_future(
        ledger.enrol(Agent("a-box", "mini", "main", "box", "box", "key", "SHA256:x", "t-box", now))
    )
    await hear(brackwater, "box", 1, "disk", 0.97, "/")
    assert [row.client for row in (await brackwater.page("triage")).rows if row.incident] == ["brackwater", "mini"]
    why = await brackwater.page("why", incident=2)
    assert (why.rank, why.order) == (2, ())
    assert "behind #1: it is of brackwater, and within a severity clients take turns" in why.moves
    assert why.moves[-1] == "among its severity, a priorities.order in this client's model, which has none, decides"
    with pytest.raises(DeskRefusal, match="which client"):
        await brackwater.page("concern", host="box")

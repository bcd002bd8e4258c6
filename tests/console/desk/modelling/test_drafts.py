"""Drafts: what they would change is what they change, and edits of a model keep everything else in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from console.access.identity import Visitor
from console.desk.modelling.amending import VERBS as AMENDING
from console.desk.modelling.drafts import draft_change, state_of
from console.desk.modelling.impact import impact_of
from console.desk.modelling.publishing import document_of
from console.desk.office import Asked
from console.desk.refusal import DeskRefusal
from console.operating_model.amend import Amendment
from console.operating_model.differ import changes

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


async def text_of(house: Any) -> str:
    return str((await house.do("show-model", model="brackwater")).text)


async def test_row_22c_hosts_that_change_state_are_shown_before_publishing(story: Any) -> None:
    text = (await story.do("show-model", model="mill")).text
    milder = text.replace("nas: {site: main}", "nas: {site: main, runs_on: box}")
    milder += "standards: {disk: {warn: 98 %, crit: 99 %}}\n"
    documents = [{"name": "c", "text": milder, "base": 1}]
    told = await story.do("impact", documents=documents)
    before = {(row.host, row.check, row.subject): row.status for row in (await story.page("findings")).rows}
    (judged,) = told.judged
    assert (judged.host, judged.check, judged.subject) == ("box", "disk", "/")
    assert (judged.before.value, judged.after.value) == ("breach", "ok")
    assert [(one.host, one.before, one.after) for one in told.moved] == [
        ("box", "shop (ana)", "shop (ana), files (tom)"),
    ]
    await story.do("publish", documents=documents, reason="the Mill agreed")
    after = {(row.host, row.check, row.subject): row.status for row in (await story.page("findings")).rows}
    changed = {key: (before[key], now) for key, now in after.items() if before[key] is not now}
    assert changed == {("box", "disk", "/"): (judged.before, judged.after)}


async def test_the_gaps_that_a_draft_closes_are_those_that_are_closed_once_it_is_in_force(brackwater: Any) -> None:
    async def gaps() -> set[str]:
        rows = (await brackwater.page("gaps", client="brackwater")).rows
        return {f"{row.number} {row.about}" + (f": {row.evidence}" if row.number == "G5" else "") for row in rows}

    before = await gaps()
    change = [{"path": "services.connectivity.slo.availability", "value": "99.5"}]
    done = await brackwater.do("set-model", client="brackwater", changes=change, reason="G5")
    page = await brackwater.page("draft", draft=dict(done.arguments)["draft"])
    assert page.row.state == "open"
    assert page.diff.changes == ("services.connectivity.slo.availability: 99.9 → 99.5",)
    (closed,) = page.impact.gaps_closed
    assert closed.startswith("G5 connectivity: 99.90 %")
    assert [gap.partition(":")[0] for gap in page.impact.gaps_opened] == ["G16 helen"]
    await brackwater.do("publish-draft", draft=page.row.sha256, reason="G5", by="dana")
    after = await gaps()
    assert (before - after, after - before) == ({closed}, {"G16 helen"})


async def test_an_edit_in_place_keeps_every_comment(brackwater: Any) -> None:
    before = await text_of(brackwater)
    given = [
        {"path": "services.erp.slo.availability", "value": "99.0"},
        {"path": "milestones.ms-2.due", "value": "2026-12-01"},
        {"path": "contracts.c-line.covers", "value": "m365", "does": "append"},
        {"path": "needs.n-3", "does": "remove"},
    ]
    await brackwater.do("set-model", client="brackwater", changes=given, reason="x", publish="yes", by="dana")
    after = await text_of(brackwater)
    assert len(changes(before, after)) == 4
    gone = set(before.splitlines()) - set(after.splitlines())
    assert len(gone) == 4
    assert len(after.splitlines()) == len(before.splitlines()) - 1
    with pytest.raises(DeskRefusal, match="990 is not a promise"):
        change = [{"path": "services.erp.slo.availability", "value": "990"}]
        await brackwater.do("set-model", client="brackwater", changes=change, reason="x")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("x", "nothing is to be changed"),
        ([{"value": 1}], "must be a list"),
        ([{"path": "client.users", "value": "[1"}], "no YAML"),
        ([{"path": "client.name.first", "value": "x"}], "there is no"),
        ([{"path": "client.users", "value": "24"}], "is what is in force"),
    ],
)
async def test_a_change_that_cannot_be_is_refused(brackwater: Any, given: object, said: str) -> None:
    with pytest.raises(DeskRefusal, match=said):
        await brackwater.do("set-model", client="brackwater", changes=given, reason="x")
    with pytest.raises(DeskRefusal, match="no model 'gone'"):
        await brackwater.do("set-model", client="gone", changes=[{"path": "a"}], reason="x")
    assert (await brackwater.page("drafts")).rows == ()


async def test_what_the_plan_is_told_becomes_part_of_the_model(brackwater: Any) -> None:
    now = {"client": "brackwater", "publish": "yes", "by": "dana"}
    await brackwater.do("add-need", person="tom", text="Quiet nights: no calls", met_by="p-week", **now)
    await brackwater.do("add-milestone", text="Second line", owner="marco", due="2027-02-01", **now)
    await brackwater.do("add-outcome", text="Sign in at once", owner="helen", baseline="98.5", due="2027-03-31", **now)
    await brackwater.do("add-stakeholder", person="priya", interest="low", influence="low", must_sign="no", **now)
    await brackwater.do("milestone-done", milestone="ms-2", **now)
    client = brackwater.daemon.ledger.model.clients["brackwater"].doc
    assert (client.needs[-1].id, client.needs[-1].from_, client.needs[-1].met_by) == ("n-4", "tom", "p-week")
    assert (client.milestones[-1].id, client.milestones[-1].due) == ("ms-4", date(2027, 2, 1))
    assert (client.outcomes[-1].id, client.outcomes[-1].baseline) == ("o-1", 98.5)
    assert client.stakeholders[-1].must_sign is False
    assert client.milestones[1].done == date(2026, 11, 15)
    reasons = [row.reason for row in (await brackwater.page("revisions", model="brackwater")).rows]
    assert reasons[:2] == ["milestone ms-2 is done", "stakeholder priya added"]
    for given, said in (({"due": "soon"}, "a day"), ({"owner": "nobody"}, "there is no person")):
        with pytest.raises(DeskRefusal, match=said):
            wanted = {"text": "x", "owner": "marco", "due": "2027-01-01", **given}
            await brackwater.do("add-milestone", **wanted, client="brackwater")


async def test_drafts_are_open_behind_published_or_withdrawn(brackwater: Any) -> None:
    async def states() -> list[str]:
        return sorted(row.state for row in (await brackwater.page("drafts", client="brackwater")).rows)

    names = []
    for users in (25, 26, 27):
        change = [{"path": "client.users", "value": str(users)}]
        done = await brackwater.do("set-model", client="brackwater", changes=change, reason=f"{users}")
        names.append(dict(done.arguments)["draft"])
    await brackwater.do("withdraw", draft=names[2])
    assert await states() == ["open", "open", "withdrawn"]
    with pytest.raises(DeskRefusal, match="took this draft back"):
        await brackwater.do("publish-draft", draft=names[2], reason="x", by="dana")
    await brackwater.do("publish-draft", draft=names[0], reason="x", by="dana")
    assert await states() == ["behind", "published", "withdrawn"]
    with pytest.raises(DeskRefusal, match="published already"):
        await brackwater.do("withdraw", draft=names[0])
    with pytest.raises(DeskRefusal, match="yours was edited from revision 1"):
        await brackwater.do("publish-draft", draft=names[1], reason="x", by="dana")
    assert (await brackwater.page("draft", draft=names[1])).impact.is_nothing


async def test_a_change_given_as_values_makes_a_draft(brackwater: Any) -> None:
    office = brackwater.daemon.desk._office
    asked = Asked(Visitor(0, "root", "root", is_daemon=True), {}, SUNDAY)
    draft = await draft_change(office, asked, "brackwater", [Amendment("client.users", 30)], "values")
    assert state_of(office, draft) == "open"
    assert impact_of(office, asked, [document_of(office, draft)]).gaps_opened != ()


async def test_row_19c_a_better_runbook_carries_the_incident_that_asked_for_it(story: Any) -> None:
    text = (await story.do("show-model", model="mill")).text + "runbooks: {rb: {steps: [look, mend]}}  # stays\n"
    await story.do("publish", documents=[{"name": "c", "text": text, "base": 1}], reason="a runbook")
    incident = (await story.page("incidents")).rows[0].incident
    await story.do("improve-runbook", incident=incident, runbook="rb", step="call-ana", after="look")
    (row,) = (await story.page("drafts")).rows
    assert row.reason == f"incident {incident}: rb lacked call-ana"
    page = await story.page("draft", draft=row.sha256)
    assert page.diff.changes == ("runbooks.rb.steps: [look, mend] → [look, call-ana, mend]",)
    assert "+runbooks: {rb: {steps: [look, call-ana, mend]}}  # stays" in page.diff.lines
    for given in ({"runbook": "none"}, {"runbook": "rb", "after": "nope"}):
        with pytest.raises(DeskRefusal, match=r"there is no runbook|has no step"):
            await story.do("improve-runbook", incident=incident, step="x", **given)


def test_every_edit_is_declared() -> None:
    from console.pages.verbs import VERBS

    assert set(AMENDING) <= {verb.name for verb in VERBS}

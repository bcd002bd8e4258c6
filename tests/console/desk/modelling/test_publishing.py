"""Publishing by right: over the base it was edited from, and never past an open objection without a reason."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from console.access.identity import Visitor
from console.desk.modelling.publishing import VERBS as PUBLISHING
from console.desk.modelling.revisions import PAGES as REVISIONS
from console.desk.modelling.signing import VERBS as SIGNING
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.examples import example

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York
TEXT = example("brackwater")[1].text
MARCO = Visitor(1001, "marco", "Marco Reyes", is_daemon=False)
PRIYA = Visitor(1002, "priya", "Priya Nair", is_daemon=False)


def edited(number: int, base: int | None = None) -> list[dict[str, object]]:
    text = TEXT.replace("since: 2025-03-01, users: 24}", f"since: 2025-03-01, users: {number}}}")
    return [{"name": "b.yaml", "text": text, "base": base}]


async def propose(house: Any, number: int, base: int) -> str:
    done = await house.do("propose", documents=edited(number, base), reason=f"{number} people")
    return str(dict(done.arguments)["draft"])


async def test_who_comes_second_is_told_whose_revision_came_first(brackwater: Any) -> None:
    wishes = [brackwater.do("publish", documents=edited(one, 1), reason=f"{one} users", by="dana") for one in (25, 26)]
    told = await asyncio.gather(*wishes, return_exceptions=True)
    won, lost = sorted(told, key=lambda one: isinstance(one, DeskRefusal))
    assert (won.revision, won.parent) == (2, 1)
    assert isinstance(lost, DeskRefusal)
    assert lost.kind is Kind.CONFLICT
    assert f"root published brackwater revision 2 on 2026-11-15 21:00 UTC (“{won.reason}”)" in lost.text
    assert "watchbill model pull brackwater" in lost.what_to_do
    with pytest.raises(DeskRefusal, match="yours does not say from which"):
        await brackwater.do("publish", documents=edited(27), reason="no base", by="dana")


async def test_what_is_pulled_says_its_base_and_is_no_change(brackwater: Any) -> None:
    pulled = await brackwater.do("pull-model", model="brackwater")
    assert "\nbase: 1  #" in pulled.text
    again = await brackwater.do("publish", documents=[{"name": "b", "text": pulled.text}], reason="again")
    assert (again.revision, again.sha256) == (1, pulled.sha256)
    assert (await brackwater.do("diff-model", documents=[{"name": "b", "text": pulled.text}])).lines == ()
    grown = pulled.text.replace("users: 24}", "users: 30}")
    done = await brackwater.do("publish", documents=[{"name": "b", "text": grown}], reason="grew", by="dana")
    assert done.revision == 2


async def test_a_model_in_parts_is_pulled_as_the_files_that_it_was(brackwater: Any) -> None:
    head, _, rest = TEXT.partition("milestones:")
    files = [
        {"name": "bw/client.yaml", "text": head, "base": 1},
        {"name": "bw/milestones.yaml", "text": "milestones:" + rest},
    ]
    done = await brackwater.do("publish", documents=files, reason="in parts", by="dana")
    assert done.revision == 2
    pulled = await brackwater.do("pull-model", model="brackwater")
    assert [one.name for one in pulled.parts] == ["client.yaml", "milestones.yaml"]
    assert "\nbase: 2  #" in pulled.parts[0].text
    assert pulled.parts[1].text == files[1]["text"]
    again = [{"name": f"bw/{one.name}", "text": one.text} for one in pulled.parts]
    assert (await brackwater.do("publish", documents=again, reason="again", by="dana")).revision == 2
    change = [{"path": "milestones.ms-2.due", "value": "2026-12-01"}]
    await brackwater.do("set-model", client="brackwater", changes=change, reason="x", publish="yes", by="dana")
    assert "due: 2026-12-01" in (await brackwater.do("pull-model", model="brackwater")).parts[1].text


async def test_row_06_a_diff_lists_only_what_changed_and_a_secret_is_refused(brackwater: Any) -> None:
    told = await brackwater.do("diff-model", documents=edited(25))
    assert told.changes == ("client.users: 24 → 25",)
    assert [line[:1] for line in told.lines if line[:1] in "+-" and line[:3] not in ("+++", "---")] == ["-", "+"]
    secret = [{"name": "b", "text": TEXT + "# password: hunter2\n", "base": 1}]
    with pytest.raises(DeskRefusal, match="looks like a"):
        await brackwater.do("publish", documents=secret, reason="oops", by="dana")


async def test_row_53_one_proposes_and_another_who_may_approves(brackwater: Any) -> None:
    desk = brackwater.daemon.desk
    documents = edited(25, 1)
    done = await desk.do("propose", {"documents": documents, "reason": "one more"}, MARCO)
    draft = dict(done.arguments)["draft"]
    with pytest.raises(DeskRefusal, match="needs lead"):
        await desk.do("publish-draft", {"draft": draft, "reason": "mine"}, MARCO)
    brackwater.time[0] += 3 * 86_400 + 5
    await desk.do("publish-draft", {"draft": draft, "reason": "agreed"}, PRIYA)
    row = (await brackwater.page("revisions", model="brackwater")).rows[0]
    assert (row.revision, row.author, row.reason, row.effect) == (2, "priya", "agreed", "not measured yet")
    assert row.days == 3


async def test_row_41_the_days_from_the_first_draft_to_its_publishing_are_told(brackwater: Any) -> None:
    first = await propose(brackwater, 25, 1)
    await brackwater.do("withdraw", draft=first)
    brackwater.time[0] += 86_400
    await propose(brackwater, 26, 1)
    brackwater.time[0] += 2 * 86_400
    last = await propose(brackwater, 27, 1)
    await brackwater.do("publish-draft", draft=last, reason="now", by="dana")
    rows = (await brackwater.page("revisions", model="brackwater")).rows
    assert [row.days for row in rows] == [2, 0]


async def test_row_56_an_objection_blocks_until_it_is_overruled_with_a_reason_that_is_logged(brackwater: Any) -> None:
    draft = await propose(brackwater, 25, 1)
    await brackwater.do("sign", client="brackwater", draft=draft, person="helen", vote="approve")
    await brackwater.do("sign", client="brackwater", draft=draft, person="tom", vote="object", note="ask me first")
    with pytest.raises(DeskRefusal, match="tom objects to it: “ask me first”"):
        await brackwater.do("publish-draft", draft=draft, reason="x", by="dana")
    with pytest.raises(DeskRefusal, match="tom objects"):
        await brackwater.do("publish", documents=edited(25, 1), reason="by the file", by="dana")
    with pytest.raises(DeskRefusal, match="may not decide publish-model"):
        await brackwater.do("publish-draft", draft=draft, reason="x", by="marco", overrule="no time")
    done = await brackwater.do("publish-draft", draft=draft, reason="x", by="dana", overrule="agreed on the phone")
    assert "revision 2 is in force" in done.text
    logged = [json.loads(row.body) for row in (await brackwater.page("records")).rows if row.kind == "log"]
    assert [(one["what"], one["why"]) for one in logged if one["what"] == "overrule-objection"] == [
        ("overrule-objection", "agreed on the phone")
    ]
    said = (await brackwater.page("revisions", model="brackwater")).rows[0].signatures
    assert {(one.person, one.vote) for one in said} == {("helen", "approve"), ("tom", "object")}


async def test_an_objection_that_is_taken_back_blocks_nothing(brackwater: Any) -> None:
    draft = await propose(brackwater, 25, 1)
    await brackwater.do("sign", client="brackwater", draft=draft, person="tom", vote="object", note="no")
    await brackwater.do("sign", client="brackwater", draft=draft, person="tom", vote="remark", note="well")
    await brackwater.do("publish-draft", draft=draft, reason="x", by="dana")


async def test_a_later_edit_makes_sign_offs_void(brackwater: Any) -> None:
    async def unsigned() -> set[str]:
        rows = (await brackwater.page("gaps", client="brackwater")).rows
        return {row.about for row in rows if row.number == "G16"}

    draft = await propose(brackwater, 25, 1)
    for person in ("helen", "tom"):
        await brackwater.do("sign", client="brackwater", draft=draft, person=person, vote="approve")
    assert (await brackwater.page("draft", draft=draft)).unsigned == ()
    assert await unsigned() == {"tom"}
    await brackwater.do("publish-draft", draft=draft, reason="signed by both", by="dana")
    assert await unsigned() == set()
    await brackwater.do("publish", documents=edited(26, 2), reason="edited after all", by="dana")
    assert await unsigned() == {"helen", "tom"}
    await brackwater.do("sign", client="brackwater", person="tom", vote="approve")
    assert await unsigned() == {"helen"}


async def test_nobody_signs_for_somebody_with_a_login_and_who_objects_says_why(brackwater: Any) -> None:
    desk = brackwater.daemon.desk
    with pytest.raises(DeskRefusal, match="cannot decide for Dana"):
        await desk.do("sign", {"client": "brackwater", "person": "dana", "vote": "approve"}, MARCO)
    with pytest.raises(DeskRefusal, match="who says object says why"):
        await brackwater.do("sign", client="brackwater", person="tom", vote="object")
    with pytest.raises(DeskRefusal, match="have no say"):
        await brackwater.do("sign", client="provider", person="tom", vote="approve")
    with pytest.raises(DeskRefusal, match="there is no draft"):
        await brackwater.do("sign", client="brackwater", draft="ffff", person="tom", vote="approve")


async def test_row_23c_an_edited_history_is_detected_and_named(brackwater: Any) -> None:
    await brackwater.do("publish", documents=edited(25, 1), reason="grew", by="dana")
    assert (await brackwater.page("verify")).problems == ()
    path = brackwater.daemon.desk._office.surroundings.home / "console/model/brackwater/0001.yaml"
    path.write_text(TEXT.replace("99.9", "99.0"))
    told = await brackwater.page("verify")
    assert (told.revisions, len(told.problems)) == (3, 1)
    assert "brackwater/0001.yaml" in told.problems[0]
    with pytest.raises(DeskRefusal, match=r"0001\.yaml is not what was published"):
        await brackwater.do("show-model", model="brackwater", revision=1)


async def test_row_50_an_old_revision_opens_with_what_it_inherited(brackwater: Any) -> None:
    await brackwater.do("publish", documents=edited(25, 1), reason="grew", by="dana")
    told = await brackwater.do("export-model", model="brackwater", revision=1)
    whole = json.loads(told.text)
    assert (whole["client"]["users"], whole["client"]["tz"], whole["base"]) == (24, "America/New_York", 1)
    assert whole["services"]["erp"]["slo"]["availability"] == 0.995
    assert "rb-incident" in whole["runbooks"]
    assert json.loads((await brackwater.do("export-model", model="provider")).text)["provider"]["name"]
    two = await brackwater.do("diff-model", model="brackwater", old=1, new=2)
    assert two.changes == ("client.users: 24 → 25",)
    with pytest.raises(DeskRefusal, match="no revision 7"):
        await brackwater.do("show-model", model="brackwater", revision=7)


async def test_a_disk_that_is_full_keeps_what_is_in_force(brackwater: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("console.store.documents.write_whole", full)
    with pytest.raises(DeskRefusal, match="what was in force still is"):
        await brackwater.do("publish", documents=edited(25, 1), reason="grew", by="dana")
    monkeypatch.undo()
    assert (await brackwater.do("show-model", model="brackwater")).revision == 1


async def test_who_may_not_see_a_client_sees_neither_its_revisions_nor_its_drafts(brackwater: Any) -> None:
    stranger = Visitor(1009, "eve", "Eve", is_daemon=False)
    desk = brackwater.daemon.desk
    draft = await propose(brackwater, 25, 1)
    for page, arguments in (("drafts", {}), ("revisions", {"model": "brackwater"}), ("draft", {"draft": draft})):
        with pytest.raises(DeskRefusal):
            await desk.page(page, arguments, stranger)
    for verb, arguments in (("show-model", {"model": "brackwater"}), ("propose", {"documents": edited(26, 1)})):
        with pytest.raises(DeskRefusal):
            await desk.do(verb, {**arguments, "reason": "x"}, stranger)


def test_every_verb_here_is_declared() -> None:
    from console.pages.verbs import PAGES, VERBS

    assert {*PUBLISHING, *SIGNING} <= {verb.name for verb in VERBS}
    assert set(REVISIONS) <= {page.name for page in PAGES}

"""Checking and publishing: read once, in a thread, one after the other, and against today."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from documents import Doc

from console.desk.refusal import DeskRefusal
from console.operating_model.examples import example

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026


def given(*documents: Doc, base: int | None = None) -> list[dict[str, object]]:
    return [{"name": one.name, "text": one.text, **({} if base is None else {"base": base})} for one in documents]


def a_big_client(hosts: int) -> Doc:
    lines = [f"  h{number}: {{site: s, os: debian-12, role: server}}" for number in range(hosts)]
    return Doc("big.yaml", "\n".join(["schema: 1", "client: {id: big, name: B, tz: UTC}", "sites: {s: {name: S}}",
                                      "hosts:", *lines, ""]))  # fmt: skip


async def test_the_model_in_force_is_read_once_until_something_is_published(still: Any) -> None:
    published = still.daemon.desk._office.published
    before = published.model()
    assert published.model() is before
    text = (await still.do("show-model", model="mill")).text
    await still.do("publish", documents=given(Doc("mill.yaml", text + "# more\n"), base=1), reason="a comment")
    after = published.model()
    assert after is still.daemon.ledger.model
    assert after.revisions == {"provider": 1, "mill": 2}
    assert published._read() == after


async def test_others_are_answered_while_a_big_model_is_read(still: Any) -> None:
    checking = asyncio.ensure_future(still.do("check-model", documents=given(a_big_client(3000))))
    answered = 0
    while not checking.done():
        await still.page("house")
        answered += 1
        await asyncio.sleep(0)
    assert (await checking).problems == ()
    assert answered > 1


async def test_two_who_publish_at_once_are_taken_in_turn(still: Any) -> None:
    text = (await still.do("show-model", model="mill")).text
    docs = [given(Doc("mill.yaml", f"{text}# {word}\n"), base=1) for word in ("one", "two")]
    done = await asyncio.gather(
        *(still.do("publish", documents=one, reason="a comment") for one in docs), return_exceptions=True
    )
    taken = [one for one in done if not isinstance(one, DeskRefusal)]
    assert len(taken) == 1
    heads = {head.model: head.revision for head in (await still.page("model")).heads}
    assert heads["mill"] == 1 + len(taken)


async def test_a_client_without_its_provider_is_checked_against_the_one_in_force(still: Any) -> None:
    wrong = Doc("x.yaml", "schema: 1\nclient: {id: x, name: X, tz: UTC}\nsites: {s: {name: S}}\nhosts: {h: {site: s}}\n"
                          "services: {web: {owner: anna, criticality: A, needs: {all: [h]}}}\n")  # fmt: skip
    checked = await still.do("check-model", documents=given(wrong))
    assert [one.text for one in checked.problems] == ["there is no person 'anna'; did you mean ana?"]
    right = Doc(wrong.name, wrong.text.replace("anna", "ana"))
    checked = await still.do("check-model", documents=given(right))
    assert checked.summary == "2 clients, 5 hosts, 3 services: can be published"


async def test_a_provider_that_would_break_a_client_in_force_is_refused_with_the_clients_place(still: Any) -> None:
    text = (await still.do("show-model", model="provider")).text
    without_tom = Doc("provider.yaml", "".join(line for line in text.splitlines(keepends=True) if "tom" not in line))
    checked = await still.do("check-model", documents=given(without_tom))
    assert [(one.file, one.where) for one in checked.problems] == [("mill.yaml", "services.files.owner")]


async def test_a_folder_is_published_as_one_text_and_comes_back_in_force_after_a_restart(still: Any) -> None:
    text = (await still.do("show-model", model="mill")).text
    at = text.index("services:")
    docs = given(Doc("m/services.yaml", text[at:]), Doc("m/mill.yaml", text[:at]), base=1)
    await still.do("publish", documents=docs, reason="two files")
    shown = (await still.do("show-model", model="mill")).text
    assert shown == f"# part: mill.yaml\n{text[:at]}---\n# part: services.yaml\n{text[at:]}"
    assert still.daemon.desk._office.published._read().clients["mill"] == still.daemon.ledger.model.clients["mill"]


async def test_who_has_left_is_told_at_publishing_and_never_when_the_daemon_starts(bare: Any) -> None:
    bare.time[0] = SUNDAY
    provider, client = example("brackwater")
    left = Doc("b.yaml", client.text.replace("title: production planner}", "title: planner, active_to: 2026-11-14}"))
    with pytest.raises(DeskRefusal, match=r"b.yaml:\d+:\d+: tom left on 2026-11-14; name somebody who answers for erp"):
        await bare.do("publish", documents=given(provider, left), reason="an example")
    last = Doc("b.yaml", left.text.replace("active_to: 2026-11-14", "active_to: 2026-11-15"))
    await bare.do("publish", documents=given(provider, last), reason="an example")
    bare.time[0] += 7 * 86_400
    assert "brackwater" in bare.daemon.desk._office.published._read().clients
    checked = await bare.do("check-model", documents=given(last))
    assert [one.where for one in checked.problems] == ["raci.0.A"]


async def test_a_file_that_is_too_large_is_refused_at_once(still: Any) -> None:
    checked = await still.do("check-model", documents=given(Doc("x.yaml", "a: " + "x" * (8 << 20))))
    assert [one.text for one in checked.problems] == ["is larger than 8 MiB; take out what is no part of the model"]


async def test_each_of_several_models_in_parts_keeps_the_base_that_came_with_its_files(still: Any) -> None:
    text = (await still.do("show-model", model="mill")).text
    at = text.index("services:")
    twin = text.replace("{id: mill, name: The Mill", "{id: twin, name: The Twin")
    await still.do("publish", documents=given(Doc("t/twin.yaml", twin)), reason="a second one")
    docs = [
        *given(Doc("m/mill.yaml", text[:at]), Doc("m/services.yaml", text[at:] + "# more\n"), base=1),
        *given(Doc("t/twin.yaml", twin[:at]), Doc("t/services.yaml", twin[at:] + "# more\n"), base=1),
    ]
    await still.do("publish", documents=docs, reason="both in parts")
    heads = {head.model: head.revision for head in (await still.page("model")).heads}
    assert (heads["mill"], heads["twin"]) == (2, 2)


async def test_only_so_many_models_of_earlier_times_are_held(still: Any) -> None:
    published = still.daemon.desk._office.published
    text = (await still.do("show-model", model="mill")).text
    for number in range(1, 20):
        docs = given(Doc("mill.yaml", f"{text}# {number}\n"), base=number)
        await still.do("publish", documents=docs, reason="a comment")
    for revision in published.revisions("mill"):
        assert published.earlier(revision, still.time[0]).revisions["mill"] == revision.number
    assert len(published._earlier) == 16

"""Who may what, over every page and verb there is: nobody reads of another client, and a viewer changes nothing."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from two_clients import (
    BO,
    NOBODY_LEFT,
    OURS,
    PROVIDER,
    THEIR_INCIDENT,
    THEIRS,
    filled,
    furnish,
    given,
    leaks,
    state,
    wishes,
)

from console.access.identity import Visitor
from console.desk.refusal import DeskRefusal
from console.pages.verbs import PAGES, VERBS


def visitor(login: str) -> Visitor:
    return Visitor(1000, login, login, is_daemon=False)


@pytest.fixture
async def two(bare: Any) -> Any:
    """Two clients with everything; the mill's people have no business with the quarry, but for bo, who may read it."""
    return await furnish(bare, PROVIDER)


async def answer(asked: Any) -> str:
    try:
        return msgspec.json.encode(await asked).decode()
    except DeskRefusal as refusal:
        return f"refused: {refusal} {refusal.what_to_do}"


@pytest.mark.parametrize("login", ["vic", "lea", "mallory"])
async def test_no_page_tells_of_a_client_that_is_no_business_of_who_asks(two: Any, login: str) -> None:
    ours, theirs = given(OURS, two), given(THEIRS, two)
    found = []
    for page in PAGES:
        for wish in wishes(page, ours, theirs):
            said = await answer(two.daemon.desk.page(page.name, wish, visitor(login)))
            found += [(page.name, wish, word, said[:400]) for word in leaks(said, wish)]
    assert found == []


@pytest.mark.parametrize("login", ["tea", "lea", "mallory"])
async def test_no_verb_touches_or_tells_of_a_client_that_is_no_business_of_who_asks(two: Any, login: str) -> None:
    theirs, before, found = given(THEIRS, two), state(two), []
    for verb in VERBS:
        for wish in (
            filled(verb.arguments, theirs, only_needed=True),
            filled(verb.arguments, theirs, only_needed=False),
            filled(verb.arguments, {**theirs, "documents": NOBODY_LEFT}, only_needed=True),
            filled(verb.arguments, {**theirs, "text": json.dumps(THEIR_INCIDENT)}, only_needed=True),
        ):
            said = await answer(two.daemon.desk.do(verb.name, wish, visitor(login)))
            if verb.name != "init-model":
                found += [(verb.name, wish, word, said) for word in leaks(said, wish)]
    assert found == []
    assert state(two) == before


@pytest.mark.parametrize(("login", "whose"), [("vic", OURS), ("bo", THEIRS)])
async def test_a_viewer_reads_and_changes_nothing_whatever_else_they_are_elsewhere(
    two: Any, login: str, whose: dict[str, str]
) -> None:
    text = PROVIDER + BO.format(other="quarry").replace("{{", "{").replace("}}", "}")
    await two.do("publish", documents=[{"name": "provider.yaml", "text": text, "base": 1}], reason="bo may read")
    values, before, done = given(whose, two), state(two), []
    for verb in VERBS:
        for only_needed in (True, False):
            wish = filled(verb.arguments, values, only_needed=only_needed)
            try:
                await two.daemon.desk.do(verb.name, wish, visitor(login))
            except DeskRefusal:
                continue
            done += [verb.name] if verb.acts else []
        assert state(two) == before, verb.name
    assert done == []
    for page in ("hosts", "plan", "people", "gaps", "drafts", "incidents"):
        assert whose["id"] in await answer(two.daemon.desk.page(page, {"client": whose["id"]}, visitor(login)))


async def test_the_same_wishes_are_granted_to_the_owner(two: Any) -> None:
    values, granted = given(OURS, two), []
    for verb in VERBS:
        said = await answer(
            two.daemon.desk.do(verb.name, filled(verb.arguments, values, only_needed=True), visitor("ana"))
        )
        granted += [verb.name] if said.startswith("{") else []
    assert {"own", "note", "impact", "sign", "action-done", "invite", "set-model", "pack", "waiver-ask"} <= {*granted}

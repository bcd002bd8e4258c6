"""Every verb and page times everybody there is, asked over the socket by other accounts, past our front ends (C1)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from callers import Question, calling, needs_root, open_folder
from promises import Measured
from two_clients import OURS, PROVIDER, THEIRS, TOLD, filled, furnish, given, leaks, state, wishes

from console.pages.verb import Page, Role, Verb
from console.pages.verbs import PAGES, VERBS

FIRST = 61_000
"""Of the accounts' numbers: the machine need not know them, the kernel vouches for them all the same."""
PEOPLE: dict[str, tuple[int, Role | None]] = {
    "nobody": (FIRST, None),
    "viewer": (FIRST + 1, Role.VIEWER),
    "elsewhere": (FIRST + 2, None),
    "technician": (FIRST + 3, Role.TECHNICIAN),
    "lead": (FIRST + 4, Role.LEAD),
    "owner": (FIRST + 5, Role.OWNER),
}
"""Each with what they are at the mill. Who is elsewhere is a technician of the quarry's."""
OUR_WORDS = ('"mill"', "mill-", "mill shop", "mo boss")
FORBIDDEN, NOT_FOUND = 403, 404
BY_ITS_HOLDER = ("waiver-approve", "waiver-refuse", "waiver-end")
"""What is decided by whoever a policy names, so that the role alone is not enough."""
NO_SUCH = {"client": "nowhere", "model": "nowhere", "incident": 99, "agent": "a-none", "draft": "0" * 64, "letter": 99}
"""What is nowhere: another client's things are answered like these."""


def provider() -> str:
    """Ours, with a login for each of the accounts."""
    people = "".join(f"  {id_}: {{name: {id_.title()}, login: uid-{uid}}}\n" for id_, (uid, _) in PEOPLE.items())
    named = [(id_, role, "mill" if role < Role.OWNER else '"*"') for id_, (_, role) in PEOPLE.items() if role]
    access = "".join(f"  - {{person: {id_}, role: {role.name.lower()}, clients: [{at}]}}\n" for id_, role, at in named)
    access += "  - {person: elsewhere, role: technician, clients: [quarry]}\n"
    return PROVIDER.replace("access:\n", f"{people}access:\n") + access


@pytest.fixture
def shared() -> Iterator[Path]:
    needs_root()
    with open_folder() as folder:
        yield folder / "api.sock"


@pytest.fixture
async def two(bare: Any) -> Any:
    return await furnish(bare, provider())


def of(verb: Verb, words: dict[str, str], house: Any) -> Question:
    """A verb with everything that it needs, decided by who holds the right, of one client's things."""
    values = given(words, house)
    said = filled(verb.arguments, values, only_needed=True)
    said.pop("publish", "")  # what an amendment becomes at once needs more than proposing it
    if verb.name in BY_ITS_HOLDER:
        said["by"] = values["by"]
    return "POST", f"/v1/do/{verb.name}", said


def reads(page: Page, part: dict[str, Any]) -> Question:
    return "GET", f"/v1/page/{page.name}", part


@pytest.mark.promise("C1", "every verb × everybody there is, past the front ends: 100 % of the matrix")
@pytest.mark.parametrize("who", PEOPLE)
async def test_every_verb_is_for_whom_it_says_and_for_nobody_else(
    two: Any, shared: Path, measured: Measured, who: str
) -> None:
    wrong: list[Any] = []
    async with calling(PEOPLE[who][0], shared) as ask:
        for verb in VERBS:
            wrong += await _wrong(two, verb, who, ask)
    measured(f"{who} {len(VERBS) - len(wrong)}/{len(VERBS)}")
    assert wrong == []


async def _wrong(two: Any, verb: Verb, who: str, ask: Any) -> list[Any]:
    role = PEOPLE[who][1]
    may, before = role is not None and role >= verb.permission, state(two)
    status, body = await ask(of(verb, OURS, two))
    if may:
        is_right = status != FORBIDDEN
    elif who == "elsewhere":  # reading what is no client's is for everybody who has a role
        is_right = status in (FORBIDDEN, NOT_FOUND) or not verb.acts
        is_right = is_right and not leaks(body, of(verb, OURS, two)[2], OUR_WORDS)
    else:
        is_right = status == FORBIDDEN
    is_right = is_right or (verb.name == "withdraw" and role is Role.TECHNICIAN)  # it is somebody else's draft
    if not may:
        assert state(two) == before, verb.name
    return [] if is_right else [(verb.name, status, body[:300])]


@pytest.mark.promise("C1", "every page × everybody there is: nobody is told of a client that they may not see")
@pytest.mark.parametrize("who", PEOPLE)
async def test_every_page_is_for_whom_it_says_and_tells_nobody_of_a_client_that_they_may_not_see(
    two: Any, shared: Path, measured: Measured, who: str
) -> None:
    role = Role.TECHNICIAN if who == "elsewhere" else PEOPLE[who][1]
    mine, theirs = (THEIRS, OURS) if who == "elsewhere" else (OURS, THEIRS)
    asking = [(page, wish) for page in PAGES for wish in wishes(page, given(mine, two), given(theirs, two))]
    async with calling(PEOPLE[who][0], shared) as ask:
        answers = [await ask(reads(page, wish)) for page, wish in asking]
    wrong = []
    for (page, wish), (status, body) in zip(asking, answers, strict=True):
        may = role is not None and role >= page.permission
        if not may and status != FORBIDDEN:
            wrong.append((page.name, wish, status))
        if who != "owner":
            told = leaks(body, wish, OUR_WORDS if who == "elsewhere" else TOLD)
            wrong += [(page.name, wish, word, body[:300]) for word in told]
    measured(f"{who} {len(asking)} questions, {len(wrong)} wrong")
    assert wrong == []


@pytest.mark.promise("C1", "another client's things are answered like what does not exist")
async def test_what_is_another_clients_is_answered_as_if_it_did_not_exist(
    two: Any, shared: Path, measured: Measured
) -> None:
    told, asked = [], 0
    for verb in VERBS:
        method, url, theirs = of(verb, OURS, two)
        naming = [name for name in NO_SUCH if theirs.get(name)]
        if not verb.acts or not naming or PEOPLE["technician"][1] < verb.permission:  # type: ignore[operator]
            continue
        nowhere = {**theirs, **{name: NO_SUCH[name] for name in naming}}
        async with calling(PEOPLE["elsewhere"][0], shared) as ask:
            one, other = await ask((method, url, theirs)), await ask((method, url, nowhere))
        same, asked = _without(one, theirs, naming) == _without(other, nowhere, naming), asked + 1
        told += [] if same else [(verb.name, naming, one, other)]
    measured(f"{asked} verbs, {len(told)} answered otherwise")
    assert told == []


def _without(answer: tuple[int, str], wish: dict[str, Any], naming: list[str]) -> tuple[int, str]:
    status, body = answer
    for name in naming:
        body = body.replace(str(wish[name]), "…")
    return status, body


async def test_live_changes_are_for_who_has_a_role_and_end_with_it(two: Any, shared: Path) -> None:
    changes: Question = ("GET", "/v1/changes", {})
    async with calling(FIRST, shared) as ask:
        status, body = await ask(changes)
    assert (status, json.loads(body)["error"]) == (FORBIDDEN, f"uid-{FIRST} is nobody at this desk")
    async with calling(PEOPLE["viewer"][0], shared) as ask:
        following = asyncio.create_task(ask(changes))  # it answers when the daemon ends it
        await asyncio.sleep(0.5)
        assert not following.done()
        text = "".join(line for line in provider().splitlines(keepends=True) if "person: viewer" not in line)
        await two.do("publish", documents=[{"name": "provider.yaml", "text": text, "base": 1}], reason="vic left")
        status, body = await asyncio.wait_for(following, 5)
    assert (status, {*map(frozenset, map(json.loads, body.splitlines()))}) == (200, {frozenset({"generation"})})


async def test_nobodys_question_is_not_even_read(two: Any, shared: Path) -> None:
    long = ("POST", "/v1/do/publish", {"documents": [{"name": "x", "text": "y" * (1 << 20)}], "reason": "x"})
    async with calling(FIRST, shared) as ask:
        status, body = await ask(long)
    assert (status, "is nobody" in body) == (FORBIDDEN, True)
    actions = [(row.login, row.action) for row in (await two.page("audit")).rows if row.outcome == "refused"]
    assert (f"uid-{FIRST}", "enter") in actions


async def test_who_became_another_account_is_known_by_the_one_they_logged_in_with(two: Any, shared: Path) -> None:
    if not await _may_log_in():
        pytest.skip("needs a kernel that keeps who logged in")
    async with calling(PEOPLE["lead"][0], shared, logged_in=PEOPLE["technician"][0]) as ask:
        assert (await ask(("POST", "/v1/do/note", {"incident": 1, "text": "x"})))[0] == 200
    async with calling(PEOPLE["lead"][0], shared, logged_in=PEOPLE["lead"][0]) as ask:
        assert (await ask(("POST", "/v1/do/note", {"incident": 1, "text": "x"})))[0] == 200
    last, before = (await two.page("audit", most="2")).rows
    assert (before.login, before.behind) == (f"uid-{FIRST + 4}", f"uid-{FIRST + 3}")
    assert (last.login, last.behind) == (f"uid-{FIRST + 4}", "")


async def _may_log_in() -> bool:
    trying = await asyncio.create_subprocess_shell(f"echo {FIRST} 2>/dev/null >/proc/self/loginuid")
    return await trying.wait() == 0

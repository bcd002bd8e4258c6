"""The page of agents: whose version is behind the console's, and where to look for one that is not heard."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from msgspec import structs

from checks.version import VERSION
from console.desk.live.agents import release


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1.4.0", "current"),
        ("1.4", "current"),
        ("1.4.0+built-here", "current"),
        ("1.3.9", "outdated"),
        ("1.4.0rc1", "outdated"),
        ("1.4.0.dev3", "outdated"),
        ("0.99", "outdated"),
        ("1.10.0", "newer"),
        ("1.4.0.1", "newer"),
        ("", ""),
        ("\x1b[31m1.2", ""),
        ("v1", ""),
        ("9" * 400, ""),
        ("1.2" + "x" * 400, ""),
    ],
)
def test_a_version_is_the_consoles_own_or_behind_or_before_it(version: str, said: str) -> None:
    assert release(version, "1.4.0") == said


@pytest.fixture
async def approved(story: Any) -> Any:
    """The story, with agents that somebody let in."""
    for agent in story.daemon.ledger.agents:
        await asyncio.wrap_future(story.daemon.ledger.approve(agent, story.time[0]))
    return story


async def agents(story: Any) -> dict[str, Any]:
    return {row.host: row for row in (await story.page("agents")).rows}


async def grown_old(approved: Any, host: str, version: str) -> None:
    ledger = approved.daemon.ledger
    ledger.states[f"a-{host}"] = structs.replace(ledger.states[f"a-{host}"], version=version)


async def test_who_is_outdated_is_said_and_who_left_is_not_asked(approved: Any) -> None:
    for host in ("box", "web"):
        await grown_old(approved, host, "0.0.9")
    await approved.do("revoke", agent="a-web", reason="sold")
    rows = await agents(approved)
    assert [(rows[host].version, rows[host].release) for host in ("box", "nas", "web")] == [
        ("0.0.9", "outdated"),
        (VERSION, "current"),
        ("0.0.9", ""),
    ]


async def test_one_silent_machine_among_others_is_looked_at_itself(approved: Any) -> None:
    rows = await agents(approved)
    assert rows["nas"].status == "silent"
    assert rows["nas"].note == "at main 2 others are heard: look at this machine, with `watchbill-agent status`"
    assert (rows["box"].note, rows["web"].note) == ("", "")
    await approved.do("revoke", agent="a-web", reason="sold")
    assert (await agents(approved))["nas"].note.startswith("at main another one is heard")


async def test_where_the_whole_site_is_silent_its_line_is_looked_at_first(approved: Any) -> None:
    approved.time[0] += 3600
    approved.look()
    rows = await agents(approved)
    assert {row.note for row in rows.values()} == {
        "at main none of 3 is heard: look at the site's line and power first"
    }


async def test_who_is_alone_there_may_be_silent_for_any_reason(approved: Any) -> None:
    for host in ("box", "web"):
        await approved.do("revoke", agent=f"a-{host}", reason="sold")
    assert (await agents(approved))["nas"].note.startswith("nobody else watches from there")


async def test_who_joined_and_never_came_is_told_what_starts_it(approved: Any) -> None:
    agent = await approved.enrol("new")
    await asyncio.wrap_future(approved.daemon.ledger.approve(agent, approved.time[0]))
    assert (await agents(approved))["new"].note == ""
    approved.time[0] += 601
    assert "systemctl start watchbill-agent" in (await agents(approved))["new"].note

"""From a finding to the business outcome with keys, and the explanation of a rank, narrow and wide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from checks.reading import CheckName, Reading
from console.operating_model.examples import example
from console.store.enrolment import Agent, OpenToken
from console.tui.app import ConsoleApp
from console.tui.screens.page import PageScreen

WEDNESDAY = 1_794_402_000


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    """fs01: no backup for 60 h; erp01: disk full."""
    now = bare.time[0] = WEDNESDAY
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    for host, check, value in (("erp01", "disk", 0.97), ("fs01", "newest_file", float(now - 60 * 3600))):
        token = OpenToken(f"t-{host}", "k", "brackwater", "main", host, now, "dana", now + 60)
        await asyncio.wrap_future(bare.daemon.ledger.invite(token))
        agent = Agent(f"a-{host}", "brackwater", "main", host, host, f"key {host}", "SHA256:x", token.token, now)
        await asyncio.wrap_future(bare.daemon.ledger.enrol(agent))
        await bare.hear(host, 1, Reading(CheckName(check), "/", value, now, now + 60))
    return bare


def shown(pilot: Pilot[None]) -> str:
    lines = ["".join(segment.text for segment in strip) for strip in pilot.app.screen._compositor.render_strips()]
    return "\n".join(line.rstrip() for line in lines)


async def until(pilot: Pilot[None], what: Callable[[], bool]) -> None:
    for _ in range(200):
        await pilot.pause(0.02)
        if what():
            return
    raise AssertionError(f"never came:\n{shown(pilot)}")


def on(pilot: Pilot[None], page: str) -> bool:
    screen = pilot.app.screen
    return isinstance(screen, PageScreen) and screen.target.page == page and screen.view is not None


@pytest.mark.parametrize("size", [(200, 60), (80, 24)], ids=["wide", "narrow"])
async def test_row_02_from_a_disk_finding_to_the_business_outcome_in_one_key(
    brackwater: Any, size: tuple[int, int]
) -> None:
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]), start="findings")
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: on(pilot, "findings") and "97 % full" in shown(pilot))
        await pilot.press("w")
        await until(pilot, lambda: on(pilot, "concern") and "for the business" in shown(pilot))
        text = shown(pilot)
    assert "for the business: Orders can be entered" in text
    assert "on call Marco Reyes +1-865-555-0102; tell Helen Brandt" in " ".join(text.split())
    assert "□ tell-client" in text


@pytest.mark.parametrize("size", [(200, 60), (80, 24)], ids=["wide", "narrow"])
async def test_a_key_says_why_the_first_is_first(brackwater: Any, size: tuple[int, int]) -> None:
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: on(pilot, "triage") and "backup file" in shown(pilot))
        await pilot.press("y")
        await until(pilot, lambda: on(pilot, "why") and "rule of" in shown(pilot))
        text = " ".join(shown(pilot).split())
        await pilot.press("escape", "enter")
        await until(pilot, lambda: on(pilot, "incident") and "detected" in shown(pilot))
        incident = shown(pilot)
    assert "1 of 2" in text
    assert "S2 · data at risk: backup · Files criticality B" in text
    assert "rule of brackwater: safety-of-data, criticality" in text
    assert "accountable: Dana Whitlock · deputy: Priya Nair" in incident
    assert "□ check-space" in incident


async def test_the_detail_of_a_finding_has_everybody_in_it(brackwater: Any) -> None:
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]))
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: on(pilot, "triage") and "backup file" in shown(pilot) and "outcome" in shown(pilot))
        triage = " ".join(shown(pilot).split())
        await pilot.press("3", "enter")
        await until(pilot, lambda: on(pilot, "host") and "97 % full" in shown(pilot))
        host = shown(pilot)
        await pilot.press("w")
        await until(pilot, lambda: on(pilot, "concern"))
    for word in ("accounts Dana Whitlock, deputy", "own by", "budget not measured yet", "channel by phone", "outcome"):
        assert word in triage, word
    assert "accounts   Tom Osei" in host
    assert "hits       ERP degraded" in host


async def test_symptoms_hang_under_their_root(brackwater: Any) -> None:
    ledger = brackwater.daemon.ledger
    brackwater.time[0] += 600
    token = OpenToken("t-hv01", "k", "brackwater", "main", "hv01", WEDNESDAY, "dana", WEDNESDAY + 60)
    await asyncio.wrap_future(ledger.invite(token))
    agent = Agent("a-hv01", "brackwater", "main", "hv01", "hv01", "key hv01", "SHA256:x", token.token, WEDNESDAY)
    await asyncio.wrap_future(ledger.enrol(agent))
    now = brackwater.time[0] = WEDNESDAY
    await brackwater.hear("hv01", 1, Reading(CheckName("disk"), "/", 0.3, now, now + 60))
    brackwater.time[0] += 1200
    brackwater.look()
    app = ConsoleApp(brackwater.client, lambda: float(brackwater.time[0]))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "and 2 others" in shown(pilot))
        triage = shown(pilot)
        await pilot.press("5")
        await until(pilot, lambda: on(pilot, "incidents") and "└" in shown(pilot))
        incidents = shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: on(pilot, "incident") and "detected" in shown(pilot))
        incident = shown(pilot)
    assert "erp01 is silent" not in triage
    assert "└ erp01 is silent" in incidents
    assert incident.count("└ #") == 2

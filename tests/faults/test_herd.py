"""A thousand agents come at once: they are spread out, the door takes them all, and nobody comes sooner than told."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from pathlib import Path

import asyncssh
import pytest
from conftest import PROVIDER, House, eventually
from fleets import kept
from herds import Coming, Member, Try, herd, tries
from promises import Measured

from checks.catalogue import BY_NAME
from console.operating_model.entities import Model, Provider
from console.store.database import opened
from console.store.enrolment import Agent, OpenToken
from console.store.ledger import Ledger
from console.store.writer import Writer

SIZE, UNAPPROVED, PACE = 1000, 50, 60
SPREAD = {0: PACE, 600: 1.5 * PACE}
"""Over so many seconds the agent's code spreads a start, and a return after ten minutes."""


def joined(house: House) -> list[Member]:
    """A thousand agents, each with a key of its own, written into the store of a house that stands still."""
    house.start()
    house.publish(PROVIDER, "schema: 1\nclient: {id: mill, name: The Mill, tz: UTC}\nsites: {main: {name: Mill}}\n")
    house.stop()
    database = opened(house.home / "console")
    writer = Writer(database)
    ledger = Ledger(database, writer, BY_NAME, Model(Provider("x")), lambda: None)
    members, now = [], int(time.time())
    try:
        ledger.read_back()
        for number in range(SIZE):
            agent, key = f"a-{secrets.token_hex(5)}", asyncssh.generate_private_key("ssh-ed25519")
            public = " ".join(key.export_public_key().decode().split()[:2])
            members.append(Member(agent, number, key.export_private_key().decode(), secrets.token_hex(16)))
            ledger.invite(OpenToken(agent, "k", "mill", "main", "", now, "me", now + 60))
            approved = None if number < UNAPPROVED else now
            host = f"h{number}"
            done = ledger.enrol(
                Agent(agent, "mill", "main", host, host, public, host, agent, now, approved_at=approved)
            )
        done.result()
    finally:
        writer.close()
        database.close()
    return members


def peak(moments: list[float]) -> int:
    """The most in any second, wherever it begins."""
    return max(sum(start <= one < start + 1 for one in moments) for start in moments)


def sooner_than_told(told: list[Try]) -> int:
    """How many came again before the time that the console had asked for was over."""
    until: Counter[str] = Counter()
    early = 0
    for one in told:
        early += one.at < until[one.agent]
        until[one.agent] = one.at + one.wait  # type: ignore[assignment]
    return early


@pytest.mark.parametrize(
    "outage",
    [
        pytest.param(
            0,
            id="restart",
            marks=pytest.mark.promise(
                "D10", "1,000 start at once (pace 60 s): peak second ≤ 3 × mean of the splay, all live ≤ 5 min"
            ),
        ),
        pytest.param(
            600,
            id="outage",
            marks=pytest.mark.promise(
                "D10", "1,000 back after 10 min (pace 60 s): peak ≤ 3 × mean of the back-off, 0 sooner than told"
            ),
        ),
    ],
)
def test_a_herd_is_spread_out_and_taken_in(house: House, outage: int, measured: Measured, tmp_path: Path) -> None:
    log = tmp_path / "tries"
    members = joined(house)
    house.start()
    began = time.time() + 5  # the herd's processes are ready by then
    approved = SIZE - UNAPPROVED
    with herd(members, Coming(house.port, PACE, began, outage), log):
        eventually(lambda: len({epoch for epoch, _ in kept(house.home)}) == approved, 305)
        live_after = time.time() - began
        told = {one.agent for one in tries(log) if one.kind == "later"}
        eventually(lambda: sum(one.kind == "later" and one.agent in told for one in tries(log)) >= 2 * UNAPPROVED, 200)
    came = tries(log)
    first = {one.agent: one.at for one in reversed(came)}
    mean, most = SIZE / SPREAD[outage], peak(list(first.values()))
    failed, early = sum(one.kind == "unreachable" for one in came), sooner_than_told(came)
    measured(
        f"{len(first)} came, {most} in the fullest second ({most / mean:.1f} × mean), all live after"
        f" {live_after:.0f} s, {failed} tries failed; {early} of {UNAPPROVED} told to wait came sooner"
    )
    assert len(first) == SIZE
    assert most <= 3 * mean
    assert live_after <= 300
    assert early == 0

"""Whatever reaches the console in between, and how often: what stands and what is kept is what came of the right order.

A real store, ledger and admission; each case is a host of its own. An agent's connections are as its courier makes
them, but for what is sent before the honest end: shuffled, repeated, cut short, shown live. Every other console is
restarted before that end.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
from collections.abc import Iterator
from concurrent.futures import wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from documents import Doc
from msgspec import structs
from promises import Measured
from sqlalchemy import text
from streams import EPOCHS, START, Spooled, anyhow, spooled

from checks.catalogue import BY_NAME
from checks.wire import Ack, Carry, Refusal, Refused, carry, encode_check_in
from console.intake.admit import Admission
from console.intake.placing import Placing
from console.operating_model.load import load
from console.store.database import opened
from console.store.enrolment import Agent, OpenToken
from console.store.ledger import Ledger
from console.store.writer import Writer

STORIES_A_STORE, ORDERS = 15, 10
Case = tuple[Spooled, random.Random | None]
"""What a host's agent has, and what disturbs it; nothing where it keeps to the right order."""
NOW = START + 86_400
ROWS = {
    "changes": 'select "check", subject, was, status, at, recorded_at, value, sentence, cause from changes '
    "where agent = :agent order by id",
    "checkins": "select ordinal, seq, sha256, taken_at, received_at, body from checkins where agent = :agent "
    "order by ordinal, seq",
    "silences": 'select start, "end" from silences where agent = :agent order by start',
    "epochs": "select epoch, ordinal from epochs where agent = :agent order by ordinal",
    "quarantine": "select seq, why from quarantine where agent = :agent",
}
INCIDENTS = (
    "select json_extract(opening, '$.check') as what, json_extract(opening, '$.subject') as subject, opening,"
    " json_group_array(json(events.body)) from incidents join events using (incident) "
    "where json_extract(opening, '$.host') = :host group by incident order by what, subject"
)


@contextmanager
def store(folder: Path, hosts: list[str]) -> Iterator[Ledger]:
    """A store in which each of these hosts has an agent of its own."""
    provider = Doc("p", "schema: 1\nprovider: {name: Us}\n")
    named = ", ".join(f"{one}: {{site: s}}" for one in hosts)
    model = f"schema: 1\nclient: {{id: c, name: C, tz: UTC}}\nsites: {{s: {{name: S}}}}\nhosts: {{{named}}}\n"
    database = opened(folder)
    writer = Writer(database)
    ledger = Ledger(database, writer, BY_NAME, load([provider, Doc("c", model)], BY_NAME), lambda: None)
    ledger.read_back()
    for host in hosts:
        ledger.invite(OpenToken(f"t-{host}", "k", "c", "s", host, START, "ana", START + 600))
    joined = [
        ledger.enrol(Agent(f"a-{host}", "c", "s", host, host, f"key {host}", "f", f"t-{host}", START)) for host in hosts
    ]
    wait(joined)
    try:
        yield ledger
    finally:
        writer.close()
        database.close()


async def honest(ledger: Ledger, agent: str, stream: Spooled, spool: int) -> None:
    """Send what the console has not, in order, until it has it all."""
    hello, mine = stream.hello(spool, NOW), stream.spools[spool]
    mark = ledger.mark(agent, hello.epoch)
    admission = Admission(ledger, agent, hello.newest, Placing.of(hello, NOW))
    sent = [carry(encode_check_in(one)) for one in mine if one.seq > mark]
    answers = await asyncio.gather(*(admission.take(one, NOW) for one in sent))
    assert all(isinstance(answer, Ack) for answer in answers), answers


async def disturbed(ledger: Ledger, agent: str, stream: Spooled, dice: random.Random | None, spool: int) -> int:
    """Send anything of it in any order, where dice say how; how many messages."""
    count = 0
    for burst in anyhow(dice, stream, spool) if dice else ():
        hello = stream.hello(spool, NOW)
        admission = Admission(ledger, agent, hello.newest, Placing.of(hello, NOW))
        answers = await asyncio.gather(*(admission.take(one, NOW) for one in burst))
        for message, answer in zip(burst, answers, strict=True):
            assert is_fair(message, answer), answer
        count += len(burst)
    return count


def is_fair(message: Carry, answer: Ack | Refusal) -> bool:
    """What is acknowledged is what was sent, and nothing of an honest agent is taken for a conflict."""
    if isinstance(answer, Ack):
        return answer.sha256 == message.sha256
    return answer.why in {Refused.RETRY_LATER, Refused.BAD_FORMAT}


def stands(ledger: Ledger, host: str) -> dict[str, Any]:
    """Everything that is known of a host, but for its name."""
    agent = f"a-{host}"
    with ledger.database.reading.connect() as connection:
        found: dict[str, Any] = {
            name: [tuple(row) for row in connection.execute(text(query), {"agent": agent})]
            for name, query in ROWS.items()
        }
        incidents = connection.execute(text(INCIDENTS), {"host": host}).all()
    found["incidents"] = [
        (json.loads(row.opening.replace(host.encode(), b"h")) | {"incident": 0}, json.loads(row[3]))
        for row in incidents
    ]
    found["state"] = structs.replace(ledger.states[agent], agent="", host="")
    found["shown"] = structs.replace(ledger.shown(agent), agent="", host="")
    return found


async def all_cases(ledger: Ledger, cases: dict[str, Case], *, restarts: bool) -> int:
    """Every host's story, side by side: what is disturbed, perhaps a restart of the console, the honest end."""
    count = 0
    for spool in range(len(EPOCHS)):
        now = {host: (stream, dice) for host, (stream, dice) in cases.items() if spool < len(stream.spools)}
        sent = (disturbed(ledger, f"a-{host}", *one, spool) for host, one in now.items())
        count += sum(await asyncio.gather(*sent))
        if restarts:
            ledger.read_back()
        await asyncio.gather(*(honest(ledger, f"a-{host}", stream, spool) for host, (stream, _) in now.items()))
    return count


def false_alarms(told: dict[str, Any]) -> int:
    """Incidents about what the newest check-in does not show as bad."""
    bad = {(one.seen.check, one.seen.subject) for one in told["state"].held.values() if one.status.rank > 1}
    return sum((opening["check"], opening["subject"]) not in bad for opening, _ in told["incidents"])


async def differences(folder: Path, stories: range) -> tuple[int, list[str]]:
    """Some stories, each in many orders, in one store: how many messages, and which cases came out otherwise."""
    names = {(story, order): f"h{story}-{order}" for story in stories for order in range(ORDERS + 1)}
    cases: dict[str, Case] = {
        host: (spooled(random.Random(story)), random.Random(host) if order else None)
        for (story, order), host in names.items()
    }
    with store(folder, list(cases)) as ledger:
        count = await all_cases(ledger, cases, restarts=bool(stories.start % 2))
        wrong = []
        for story in stories:
            right = stands(ledger, names[story, 0])
            others = {order: stands(ledger, names[story, order]) for order in range(1, ORDERS + 1)}
            wrong += [f"story {story}, order {order}" for order, other in others.items() if other != right]
            if len(cases[names[story, 0]][0].spools) == 1:  # else the newest of the first one was told as such
                wrong += [f"story {story}: an alarm from backlog"] * false_alarms(right)
    return count, wrong


@pytest.mark.promise("D8", "10,000 shuffles, replays, truncations: the state of the right order, 0 alarms from backlog")
@pytest.mark.parametrize(
    "cases", [pytest.param(10_000, id="deep"), pytest.param(50, id="short", marks=pytest.mark.short)]
)
def test_any_order_and_any_repeat_come_to_the_same(cases: int, measured: Measured, tmp_path: Path) -> None:
    stories, count, wrong = cases // ORDERS, 0, list[str]()
    for first in range(0, stories, STORIES_A_STORE):
        (folder := tmp_path / str(first)).mkdir()
        told = range(first, min(first + STORIES_A_STORE, stories))
        sent, differing = asyncio.run(differences(folder, told))
        count, wrong = count + sent, wrong + differing
        shutil.rmtree(folder)
    measured(f"{cases} orders of {stories} stories, {count} messages out of turn: {len(wrong)} came out otherwise")
    assert wrong == []

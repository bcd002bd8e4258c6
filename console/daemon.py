"""The one process that owns the store: wires door, watch, desk and API together, and closes them in order.

`console.serving` is its front door.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import randrange

from msgspec import MsgspecError

from checks.catalogue import BY_NAME
from checks.reading import Instant
from console.access.identity import login_of
from console.api import server
from console.client.where import socket_path
from console.desk.desk import Desk
from console.desk.modelling.published import PublishedModels
from console.desk.office import Surroundings
from console.desk.pulse import Pulse
from console.doors import Around, Place, doors_of
from console.intake.door import LOGIN_SECONDS
from console.outlets.carrying import Carrier
from console.store.database import opened
from console.store.documents import Documents
from console.store.history import History
from console.store.holding import CannotOpen
from console.store.ledger import Ledger
from console.store.writer import Writer
from console.watch.auditing import Auditor
from console.watch.doubt import Doubt, no_doubt
from console.watch.jumps import Clocks
from console.watch.posting import Post
from console.watch.rot import Rot
from console.watch.watch import Watch


def clock() -> Instant:
    """The console's clock."""
    return int(time.time())  # noqa: TID251 - the daemon is a front door


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asked for."""

    home: Path
    bind: str
    port: int
    starter: bool
    now: Instant | None = None
    """For tests and demonstrations: where the clock starts, instead of at the present."""
    demo: bool = False
    shared: Path | None = None
    """Where every login of this machine may ask, beside the socket of the daemon's own account."""
    doubts: bool = False
    """Whether its clock is one that may be stepped: then a jump is believed once agents bear it out."""
    grace: int = LOGIN_SECONDS
    """Seconds in which whoever connects to the embedded door must have logged in."""


@dataclass(frozen=True, slots=True)
class Open:
    """A daemon that answers: where."""

    door: str
    host_key: str
    socket: Path
    ledger: Ledger
    desk: Desk
    post: Post


@asynccontextmanager
async def running(wanted: Wanted, clock: Callable[[], Instant] = clock) -> AsyncIterator[Open]:
    """The daemon, open, by this clock; closed in order at the end. Raises CannotOpen and CannotListen."""
    async with AsyncExitStack() as stack:
        pulse = Pulse()
        carrier = Carrier(wanted.home / "console")
        ledger, published = _store(wanted.home / "console", pulse, stack)
        auditor = _auditor(wanted.home, ledger, carrier, clock, stack)
        if wanted.now is not None:
            _refuse_real(ledger)
        doubt = Doubt(Clocks(clock, time.monotonic)) if wanted.doubts else None
        around = Around(stack, auditor.knocked, doubt.agrees if doubt else no_doubt)
        doors = await doors_of(Place(wanted.home, wanted.bind, wanted.port, wanted.grace), ledger, clock, around)
        surroundings = Surroundings(
            wanted.home, doors.invited_to, doors.keys, clock, doors.seats.put_out, doors.rekey, doors.account
        )
        desk = Desk(ledger, History(ledger.database.reading), published, pulse, surroundings)
        if wanted.starter:
            await desk.publish_starter()
        if wanted.demo:
            demonstration = desk.demonstration()
            await demonstration.begin()
            telling = asyncio.create_task(demonstration.stand())
            stack.callback(telling.cancel)
        path = socket_path(wanted.home)
        api = await server.serve(desk, path, wanted.shared)
        stack.push_async_callback(server.closed, api, [path, *([wanted.shared] if wanted.shared else [])])
        stack.callback(pulse.stop)
        watching = asyncio.create_task(Watch(ledger, clock, doubt).stand())
        stack.callback(watching.cancel)
        post = Post(ledger, carrier, clock, _jitter)
        for work in (post.stand(), auditor.stand(), Rot(ledger, wanted.home, clock).stand()):
            stack.callback(asyncio.create_task(work).cancel)
        yield Open(doors.embedded, doors.keys.current, path, ledger, desk, post)


def _jitter(longest: int) -> int:
    """Seconds at random, so that what failed together is not tried again together."""
    return randrange(longest + 1)  # noqa: S311 - nobody gains by guessing it


def started_at(now: Instant) -> Callable[[], Instant]:
    """A clock that starts at `now` and runs on."""
    ahead = now - clock()
    return lambda: clock() + ahead


def _refuse_real(ledger: Ledger) -> None:
    """What a real agent proves is dated by the real clock."""
    if any(not agent.is_imported for agent in ledger.agents.values()):
        raise CannotOpen("agents have joined this home, so its clock cannot be set; use another --home")


def _store(folder: Path, pulse: Pulse, stack: AsyncExitStack) -> tuple[Ledger, PublishedModels]:
    """What is remembered, open and read."""
    loop = asyncio.get_running_loop()
    database = opened(folder)
    stack.callback(database.close)
    database.room.lay_ballast()
    writer = Writer(database)
    stack.callback(writer.close)
    documents = Documents(folder / "model")
    stack.callback(documents.close)
    published = PublishedModels(documents, BY_NAME)

    def beat() -> None:
        if not writer.is_sound and not writer.over:
            ledger.read_back()
        pulse.beat()

    ledger = Ledger(database, writer, BY_NAME, published.model(), lambda: _on(loop, beat))
    try:
        ledger.read_back()
    except (MsgspecError, UnicodeDecodeError, KeyError, ValueError) as error:
        raise CannotOpen(f"{database.path} is damaged ({error}); restore the latest backup") from error
    return ledger, published


def _auditor(
    home: Path, ledger: Ledger, carrier: Carrier, clock: Callable[[], Instant], stack: AsyncExitStack
) -> Auditor:
    """Who keeps the audit log's own rows: its first one is written when this returns, its last when all else ended."""
    account = (os.getuid(), login_of(os.getuid()))
    auditor = Auditor(ledger, home, Clocks(clock, time.monotonic), account, carrier.path, carrier.anchor)
    auditor.begin()
    stack.callback(auditor.end)
    return auditor


def _on(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call on the loop, from any thread; a loop that is closing has nobody left to tell."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)


async def serve(wanted: Wanted) -> None:
    """Run until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(wanted, clock if wanted.now is None else started_at(wanted.now)) as daemon:
        sys.stdout.write(f"ready {daemon.door} {daemon.socket}\n")
        sys.stdout.flush()
        await stop.wait()

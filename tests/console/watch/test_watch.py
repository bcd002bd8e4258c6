"""What time does: silence is found once, at its own second, never because the door was shut; evidence ends it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from checks.finding import Status
from checks.reading import CheckName, Reading
from console.store.history import History
from console.store.standing import Change
from console.watch.watch import EVERY_SECONDS, Watch

MINUTE = 60


async def heard(still: Any, *minutes: int, host: str = "box") -> None:
    start = still.time[0]
    await still.enrol(host)
    for number, minute in enumerate(minutes, 1):
        now = still.time[0] = start + minute * MINUTE
        await still.hear(host, number, Reading(CheckName("disk"), "/", 0.3, now, now + MINUTE))


async def silences(still: Any) -> list[Change]:
    """Every declared silence of `box`, and its end."""
    await asyncio.wrap_future(still.daemon.ledger.writer.do(lambda _: None))
    changes = History(still.daemon.ledger.database.reading).changes_of_agents(["a-box"], 0, still.time[0] + 1)
    return [change for change in changes if change.cause == "silence"]


async def test_silence_is_dated_to_the_end_of_its_grace_however_late_anyone_looks(still: Any) -> None:
    await heard(still, 0, 1)
    last = still.time[0]
    still.time[0] = last + 2 * MINUTE
    still.look()
    assert await silences(still) == []
    still.time[0] = last + 47 * MINUTE
    still.look()
    still.look()
    (change,) = await silences(still)
    assert (change.at, change.recorded_at, change.status) == (last + 2 * MINUTE, still.time[0], Status.BREACH)


async def test_a_door_that_was_shut_hears_nobody_and_accuses_nobody(still: Any) -> None:
    await heard(still, 0)
    still.time[0] += 600 * MINUTE
    watch = Watch(still.daemon.ledger, lambda: still.time[0])
    watch.look()
    still.time[0] += 2 * MINUTE
    watch.look()
    assert await silences(still) == []
    still.time[0] += 1
    watch.look()
    assert len(await silences(still)) == 1


async def test_a_host_that_was_never_heard_is_not_silent(still: Any) -> None:
    await still.enrol("box")
    still.time[0] += 600 * MINUTE
    still.look()
    assert await silences(still) == []


async def test_the_next_check_in_ends_the_silence_and_a_new_one_is_found_again(still: Any) -> None:
    start = still.time[0]
    await heard(still, 0)
    still.time[0] = start + 10 * MINUTE
    still.look()
    still.time[0] = start + 11 * MINUTE
    await still.hear("box", 2, Reading(CheckName("disk"), "/", 0.3, still.time[0], still.time[0] + MINUTE))
    still.look()
    still.time[0] = start + 20 * MINUTE
    still.look()
    told = [(change.status, (change.at - start) // MINUTE) for change in await silences(still)]
    assert told == [(Status.BREACH, 2), (Status.OK, 11), (Status.BREACH, 13)]


async def test_what_the_client_allows_is_what_counts(still: Any) -> None:
    text = "schema: 1\nclient: {id: mill, name: M, tz: UTC}\nsites: {main: {name: M}}\nhosts: {box: {site: main}}\n"
    document = {"name": "c", "text": text + "standards: {checkin: {crit: 1h}}\n", "base": 1}
    await still.do("publish", documents=[document], reason="x")
    await heard(still, 0)
    still.time[0] += 59 * MINUTE
    still.look()
    assert await silences(still) == []
    still.time[0] += 2 * MINUTE
    still.look()
    assert len(await silences(still)) == 1


async def test_a_silent_host_leaves_its_service_unknown_and_the_week_unproven(still: Any) -> None:
    await heard(still, 0, host="nas")
    still.time[0] += 30 * MINUTE
    still.look()
    (files,) = [one for one in (await still.page("week", client="mill")).services if one.service == "files"]
    assert files.known == 2 * MINUTE
    assert files.unknown == files.eligible - files.known
    assert (files.coverage, files.low) == ("6.66 %", "6.66 %")


async def test_a_clock_that_is_set_back_does_not_stop_the_watch(still: Any) -> None:
    """The library that ticks goes by the wall clock."""
    watch = Watch(still.daemon.ledger, lambda: still.time[0])
    for job in watch._ticks.get_jobs():
        job.next_run += timedelta(days=365)
    watch.tick()
    assert watch._ticks.idle_seconds <= EVERY_SECONDS

"""What a host left behind in a week: whole check-ins for two days, hours before that, changes for ever."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import func, select

from checks.reading import CheckName, Reading
from console.store import schema
from console.watch.watch import Watch

HOUR, DAY = 3600, 86_400


async def test_old_check_ins_go_and_their_numbers_and_changes_are_still_told(still: Any) -> None:
    start = still.time[0]
    await still.enrol("box")
    for number in range(73):
        now = still.time[0] = start + number * HOUR
        full = 0.97 if number == 5 else 0.3
        await still.hear("box", number + 1, Reading(CheckName("disk"), "/", full, now, now + HOUR), pace=HOUR)
    Watch(still.daemon.ledger, lambda: still.time[0]).roll_up()
    await asyncio.wrap_future(still.daemon.ledger.writer.do(lambda _: None))

    page = await still.page("host", client="mill", host="box")
    (disk,) = [one for one in page.series if one.check == "disk"]
    with still.daemon.ledger.database.reading.connect() as connection:
        whole = connection.execute(select(func.count()).select_from(schema.checkins)).scalar_one()

    assert whole == 49
    assert len(disk.points) == 73
    assert [at for at, value in disk.points if value == 0.97] == [(start + 5 * HOUR) // HOUR * HOUR]
    assert [one.status.value for one in page.history["disk /"]] == ["ok", "breach", "ok"]

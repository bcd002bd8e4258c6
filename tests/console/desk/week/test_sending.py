"""Sending a frozen week: pages on disk and a letter to each reader, each once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from builders import at

from console.store.weeks import FrozenWeek, WeekPage, freeze


async def test_a_week_that_is_sent_twice_is_told_once(brackwater: Any, tmp_path: Path) -> None:
    brackwater.time[0] = at("2026-11-16T09:40:00")
    week = FrozenWeek("brackwater", "2026-W46", brackwater.time[0], "dana", "a", "b", "1", "1", b"{}")
    pages = [WeekPage("client", "text", b"97.91 %\n"), WeekPage("owner", "text", b"load\n")]
    brackwater.daemon.ledger.writer.do(lambda connection: freeze(connection, week, pages)).result()
    for _ in range(2):
        said = await brackwater.do("week-send", client="brackwater", week="2026-W46")
        assert said.text.endswith("letters to Helen Brandt, Dana Whitlock")
    rows = (await brackwater.page("outbox")).rows
    assert [(row.about, row.to) for row in rows if row.about == "week"] == [
        ("week", "Dana Whitlock"), ("week", "Helen Brandt"),
    ]  # fmt: skip
    assert (tmp_path / "weeks" / "brackwater" / "2026-W46" / "client.txt").read_bytes() == b"97.91 %\n"

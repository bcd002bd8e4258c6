"""When each person was at the desk: what "since you left" counts from."""

from __future__ import annotations

from pathlib import Path

from console.store.database import opened
from console.store.sittings import AWAY_AFTER, Sittings
from console.store.writer import Writer

NOW = 1_795_510_800


def test_a_sitting_ends_half_an_hour_after_the_last_key_and_outlives_the_daemon(tmp_path: Path) -> None:
    database = opened(tmp_path)
    writer = Writer(database)
    sittings = Sittings(database.reading, writer)
    assert sittings.left_at("ana") is None
    sittings.touched("ana", NOW)
    sittings.touched("ana", NOW + AWAY_AFTER - 1)
    assert sittings.left_at("ana") is None, "she is still here, for the first time"
    back = NOW + 15 * 3600
    sittings.touched("ana", back)
    sittings.touched("ana", back - 60)  # another console of hers, where the last key is older
    assert sittings.left_at("ana") == NOW + AWAY_AFTER - 1
    assert sittings.left_at("bo") is None
    writer.close()
    restarted = Writer(database)
    again = Sittings(database.reading, restarted)
    assert again.left_at("ana") == NOW + AWAY_AFTER - 1
    again.touched("ana", back + 600)
    assert again.left_at("ana") == NOW + AWAY_AFTER - 1, "a restart is nobody's leaving"
    restarted.close()
    database.close()

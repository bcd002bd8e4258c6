"""The golden week in a real store."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at
from days import golden_week

DOUBT = (
    '{"kind": "outage", "client": "brackwater", "host": "dc02", "start": "2026-11-11T05:00:00-05:00", '
    '"end": "2026-11-11T05:10:00-05:00", "evidence": "inferred"}'
)


@pytest.fixture
async def golden(bare: Any) -> Any:
    await golden_week(bare, at("2026-11-16T00:50:00"))
    assert (await bare.do("import-records", text=DOUBT)).new == 1
    return bare

"""Drafting from agents that checked in, and hosts that stand in no model."""

from __future__ import annotations

from typing import Any

import pytest

from checks.reading import CheckName, Reading
from console.desk.refusal import DeskRefusal


async def test_a_draft_says_what_agents_report_and_what_the_model_knows(still: Any) -> None:
    with pytest.raises(DeskRefusal, match="there is no client hill"):
        await still.page("observed", client="hill")
    now = still.time[0]
    await still.enrol("nas")
    dump = Reading(CheckName("newest_file"), "/srv/dump", float(now - 3 * 3600), now, now + 60)
    await still.hear("nas", 1, Reading(CheckName("disk"), "/srv", 0.4, now, now + 60), dump)
    draft = await still.page("observed", client="mill")
    assert draft.hosts == 1
    assert 'client: {id: mill, name: "The Mill", tz: "UTC"}' in draft.text
    assert "nas: {site: main, os: debian-12, role: files}   # role guessed from /srv" in draft.text
    assert "#   nas: files /srv/dump, newest 3 h old" in draft.text


async def test_a_host_that_stands_in_no_model_is_unplanned_with_a_ready_entry(still: Any) -> None:
    await still.enrol("attic")
    now = still.time[0]
    await still.hear("attic", 1, Reading(CheckName("disk"), "/", 0.4, now, now + 60))
    rows = {row.host: row for row in (await still.page("hosts")).rows}
    assert rows["attic"].entry == '  attic: {site: main, os: debian-12, role: ""}'
    assert not rows["attic"].planned
    assert rows["nas"].entry == ""
    assert (await still.page("host", client="mill", host="attic")).row.entry == rows["attic"].entry

"""The owner's week over every client that may be seen; a form that is made beside the loop."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from builders import at
from click.testing import CliRunner
from days import tell

from checks.reading import CheckName, Reading
from console.access.identity import Visitor
from console.commands.cli import cli
from console.commands.told import Wish
from console.desk.refusal import DeskRefusal
from console.desk.week.found import findings_of

WEEK = "2026-W46"
SHOP = """schema: 1
client: {id: shop, name: The Shop, tz: Europe/Berlin, week_starts: saturday}
sites: {main: {name: Shop}}
hosts: {till: {site: main}}
services: {tills: {name: Tills, owner: marco, criticality: C, needs: {all: [till]}}}
"""


async def test_one_page_has_every_client_and_says_which_weeks_may_still_move(bare: Any, tmp_path: Path) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    await bare.do("publish", documents=[{"name": "s", "text": SHOP}], reason="a second client")
    for about in ("K1/erp", "K15/resolve", "K6/high", "K8"):
        await bare.do("comment", client="brackwater", week=WEEK, about=about, text="known", by="dana")
    await bare.do("week-freeze", client="brackwater", week=WEEK, by="dana")
    page = await bare.page("week-owner", week=WEEK, format="text")
    text = page.body.decode()
    assert (page.client, page.is_frozen) == ("", False)
    assert "1 week frozen, 1 still a preview" in text
    lines = [line.split() for line in text.splitlines() if line.startswith("  ")]
    rows = {line[0]: line for line in lines if line and line[0] in ("brackwater", "shop")}
    assert rows["brackwater"][1:5] == ["■", "MISSED", "1", "0"]
    assert rows["shop"][1] != "●", "nothing is known of it, so nothing of it is good"
    told = json.loads((await bare.page("week-owner", week=WEEK, format="json")).body)
    assert {one["client"]: one["start"] for one in told} == {
        "brackwater": "2026-11-09T05:00:00Z", "shop": "2026-11-06T23:00:00Z",
    }, "each client's week begins on its own day, in its own zone"  # fmt: skip
    assert "Marco 17.92 %" in text
    assert "this client alone" not in text, "a load is of a person, over all clients"
    assert "brackwater: I-102 resolve +12 h 30" in text
    marco = Visitor(1, "marco", "Marco Reyes", is_daemon=False)
    only = await bare.daemon.desk.page("week-owner", {"week": WEEK, "format": "json"}, marco)
    assert [one["client"] for one in json.loads(only.body)] == ["brackwater"], "he may not see the shop"
    assert (only.client, only.is_frozen) == ("brackwater", True)
    with pytest.raises(DeskRefusal, match="not printed as"):
        await bare.page("week-owner", week=WEEK, format="doc")
    wish = Wish(bare.daemon.socket.parent, bare.client, colour=False)
    file = tmp_path / "owner.html"
    words = ["week", "owner", "--week", WEEK, "--format", "html", "-o", str(file)]
    done = await asyncio.to_thread(CliRunner().invoke, cli, words, obj=wish)
    assert done.exit_code == 0, done.output
    assert "not all frozen: it may change" in done.output
    assert "The Shop" in file.read_text() or "shop" in file.read_text()


async def test_a_week_has_the_numbers_of_its_last_look_and_not_of_when_a_status_changed(still: Any) -> None:
    await still.enrol("web")
    start = still.time[0]
    for step, waiting in enumerate((61.0, 7.0, 3.0)):
        now = still.time[0] = start + 60 * step
        await still.hear("web", step + 1, Reading(CheckName("updates"), "", waiting, now, now + 3600, ()))
    still.time[0] = start + 200
    page = await still.page("week", client="mill")
    assert [(one.host, one.pending) for one in page.patches] == [("web", 3)]
    office = still.daemon.desk._office
    earlier = findings_of(office, "mill", list(office.ledger.agents.values()), start + 100)["web"]
    assert [one.finding.sentence for one in earlier] == ["7 updates wait"], "as of then, of the look that is kept"

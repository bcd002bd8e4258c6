"""J4, a patch night, by keys: planned from Compliance, told by evidence, closed (operating-model.md, 6.2)."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from builders import at
from click.testing import CliRunner
from days import SIZE, console, tell
from pilots import says, sees, shown, until

from checks.reading import CheckName, Reading
from console.commands.cli import cli
from console.commands.told import Wish
from console.desk.refusal import DeskRefusal
from console.tui.view import Target

PLAN = {"client": "brackwater", "by": "marco", "why": "updates"}


async def test_j4_a_window_is_planned_from_compliance_and_says_what_it_takes_away(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("4")
        screen = await sees(pilot, "dc01")
        told = "installed and waiting for a restart keeps counting as missing (c)"
        assert any("dc01" in line and "late 5 d" in line for line in screen.splitlines()), told
        await pilot.press("m")  # the selected host is the one that is planned for
        for one in ("2026-11-19T19:00", "2h", "restart", "identity", "restore the VM", "", "", "marco"):
            await says(pilot, one)
        await sees(pilot, "window m-", "asked", "restart · Fri 20 Nov 00:00 to 02:00", "nobody has approved it")
        pilot.app.open(Target("plan", (("tab", "maintenance"),)))  # type: ignore[attr-defined]
        await sees(pilot, "Plan", "m-41")
        said = ("2026-11-20T19:00", "2h", "restart both", "identity", "dc01,dc02,erp01", "", "")
        await pilot.press("m")
        for one in (*said, "", "marco"):
            await says(pilot, one)
        refused = "takes down identity whole"
        await until(pilot, lambda _: any(refused in one.message for one in pilot.app._notifications))
        await pilot.press("m")
        for one in (*said, "identity", "marco"):
            await says(pilot, one)
        screen = await sees(pilot, "window m-", "restart both · Sat 21 Nov", "next: have it approved (y)")
        assert "Sign-in is unknown, goes down whole: too few of its members stay" in screen, "typed by hand (b)"
        assert "ERP is unknown, is not excused" in screen
        assert "w-1 lets" in screen, "leave that a window could end stands beside it"
        lines = {line.split()[1]: line for line in screen.splitlines() if "○ installed" in line}
        assert len(lines) == 2, "two batches, a domain controller in each"
        await pilot.press("y")
        for one in ("", "helen", "y"):
            await says(pilot, one)
        await sees(pilot, "approved by Helen Brandt", "next: it begins in 4 d")


async def test_j4_a_need_blocks_with_its_text_and_a_late_window_excuses_nothing(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    month_end = {**PLAN, "hosts": "fs01", "services": "files", "start": "2026-11-27 19:00", "end": "2h"}
    with pytest.raises(DeskRefusal, match="n-1 of Tom Osei forbids it: “No patching on the last two working days"):
        await bare.do("maintenance-plan", **month_end)
    done = await bare.do("maintenance-plan", **month_end, confirm="n-1")
    window = await bare.page("maintenance", client="brackwater", maintenance=dict(done.arguments)["maintenance"])
    assert window.against == ("n-1 of Tom Osei: “No patching on the last two working days of a month”",), "(e)"
    late = {**PLAN, "hosts": "dc01", "services": "identity", "start": "2026-11-16 09:00", "end": "2026-11-16 10:00"}
    done = await bare.do("maintenance-plan", **late)
    assert "excuses nothing: announced after its start" in done.text, "(a)"
    week = await bare.page("week", client="brackwater", week="2026-W46")
    (kept,) = [one for one in week.figures if one.kpi == "K23"]
    assert kept.shows == "0.00 %"
    assert "m-41 overran by 20 min" in kept.note, "(d), (g)"
    night = bare.daemon.desk._office.history.incident(110)
    assert night.opening.detected_at == at("Thu 21:00"), "what is still down then is found at the window's end (TL9)"


async def look(house: Any, host: str, seq: int, waiting: float, *, restart: bool) -> None:
    """A host is looked at: how many updates wait, and whether it waits for a restart."""
    now = house.time[0]
    values = {"updates": waiting, "restart_required": float(restart), "cpu": 0.1}
    seen = (Reading(CheckName(name), "", value, now, now + 300, ()) for name, value in values.items())
    await house.hear(host, seq, *seen, pace=300)
    house.look()


async def test_j4_each_host_goes_from_pending_to_healthy_by_what_is_seen_and_is_then_closed(still: Any) -> None:
    plan = {"client": "mill", "by": "ana", "why": "patches", "hosts": "web,box", "services": "shop", "end": "2h"}
    for host in ("web", "box"):
        await still.enrol(host)
    await still.do("maintenance-plan", **plan, start="2026-11-24 10:00")
    start = at("2026-11-24T05:00:00")
    still.time[0] = start - 120
    for host in ("web", "box"):
        await look(still, host, 1, 7, restart=False)
    still.time[0] = start + 60
    async with console(still).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        pilot.app.open(Target("plan", (("tab", "maintenance"),)))  # type: ignore[attr-defined]
        await sees(pilot, "m-1", "patches")
        await pilot.press("enter")
        await sees(pilot, "0 of 2 healthy", "1 h 59 min left", "○ installed ○ reboot ○ healthy", "no new scan since")
        for host in ("web", "box"):
            await look(still, host, 2, 0, restart=True)
        await sees(pilot, "● installed ○ reboot ○ healthy", "7 → 0", "it waits for a restart")
        with pytest.raises(DeskRefusal, match="web is not finished: it waits for a restart"):
            await still.do("maintenance-close", client="mill", maintenance="m-1", result="done", by="ana")
        still.time[0] += 300
        await look(still, "web", 3, 0, restart=False)
        await sees(pilot, "1 of 2 healthy", "● installed ● reboot ● healthy")
        still.time[0] += 700
        await look(still, "web", 4, 0, restart=False)
        await sees(pilot, "it is not heard: it restarts, or is down", "● installed ● reboot ○ healthy")
        await look(still, "box", 3, 0, restart=False)
        await sees(pilot, "2 of 2 healthy")
        await pilot.press("f")
        for said in ("all of them restarted", "", "ana"):
            await says(pilot, said)
        await sees(pilot, "closed · 2 of 2 healthy", "nothing: it is over")
    wish = Wish(still.daemon.socket.parent, still.client, colour=False)
    told = await asyncio.to_thread(CliRunner().invoke, cli, ["maintenance", "show", "m-1", "--json"], obj=wish)
    shown = json.loads(told.output)
    assert {one["host"]: one["outcome"] for one in shown["hosts"]} == {"web": "healthy", "box": "healthy"}
    assert shown["row"]["result"] == "all of them restarted"


async def test_j4_several_hosts_are_marked_and_planned_for_in_one_window(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    async with console(bare).run_test(size=(80, 24)) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("4")
        await sees(pilot, "dc01", "space mark")
        await pilot.press("space", "down", "space")
        screen = await sees(pilot, "space 2 marked")
        signs = [line[0] for line in screen.splitlines() if line[:1] in ("•", "»")]
        assert signs == ["•", "•"], "seen without colour, too"
        hosts = bare.daemon.ledger.model.clients["brackwater"].hosts
        lines = [line for line in screen.splitlines() if line[:1] == "•"]
        marked = [next(word for word in line.split() if word in hosts) for line in lines]
        await pilot.press("escape")
        await sees(pilot, "space mark")
        await pilot.press("asterisk")
        every = len((await bare.page("compliance", client="brackwater", tab="updates")).updates)
        await sees(pilot, f"space {every} marked")
        await pilot.press("asterisk")
        await sees(pilot, "space mark")
        await pilot.press("home", "space", "down", "space", "m")
        for one in ("2026-11-19T19:00", "2h", "updates", "", "", "", "", "marco"):
            await says(pilot, one)
        await sees(pilot, "window m-", "updates · Fri 20 Nov")
    rows = (await bare.page("plan", client="brackwater", tab="maintenance")).maintenance
    assert [list(row.hosts) for row in rows if row.why == "updates"] == [marked]


async def test_j4_marks_stay_with_their_rows_and_what_is_done_to_one_is_done_to_the_selected_one(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("3")
        await sees(pilot, "fw01", "space mark")
        await pilot.press("space", "space")
        await sees(pilot, "space 2 marked")
        await pilot.press("s", "s")
        assert shown(pilot).count("•") == 2, "sorted otherwise, the same rows are marked"
        await pilot.press("end")
        last = next(line for line in shown(pilot).splitlines() if line[:1] in ("›", "»"))
        await pilot.press("w")
        screen = await sees(pilot, "whom it concerns")
        assert (
            next(word for word in last.split() if word in bare.daemon.ledger.model.clients["brackwater"].hosts)
            in screen
        )


async def test_j4_after_the_window_the_table_says_what_new_scans_say_and_not_what_was_planned(still: Any) -> None:
    await still.enrol("web")
    plan = {"client": "mill", "by": "ana", "why": "patches", "hosts": "web", "services": "shop", "end": "1h"}
    await still.do("maintenance-plan", **plan, start="2026-11-24 10:00")
    start = at("2026-11-24T05:00:00")
    still.time[0] = start - 120
    await look(still, "web", 1, 7, restart=False)
    still.time[0] = start + 60
    await look(still, "web", 2, 3, restart=False)
    await still.do("maintenance-close", client="mill", maintenance="m-1", result="half of it", confirm="web", by="ana")
    still.time[0] += 60
    rows = (await still.page("compliance", client="mill", tab="updates")).updates
    assert [one.says for one in rows if one.host == "web"] == ["3 updates wait"]
    window = await still.page("maintenance", client="mill", maintenance="m-1")
    assert [(one.outcome, one.waiting) for one in window.hosts] == [("healthy", 3)], "(f)"

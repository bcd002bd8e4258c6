"""J5, owner escalation, by keys over a real daemon that holds the golden week (operating-model.md, 6.2; 4.4)."""

from __future__ import annotations

from typing import Any

import pytest
from builders import at
from days import MARCO, SIZE, console, events, passes, tell
from pilots import says, sees, shown, until

from console.desk.refusal import DeskRefusal

DUE = at("Wed 16:00")
MARKS = [("mark", at("Wed 12:00")), ("mark", at("Wed 14:00")), ("mark", DUE)]


async def test_j5_marks_fire_once_at_their_second_and_every_open_console_says_so_until_somebody_acts(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    await bare.daemon.desk.do("own", {"incident": "102"}, MARCO)
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "files-night")
        await pilot.press("2")
        await sees(pilot, "Services")
        for instant in (at("Wed 12:00"), at("Wed 12:00") + 2):
            await passes(bare, instant)
        assert "▲ #102" not in shown(pilot), "half of the time is between the owner and the clock"
        await passes(bare, at("Wed 14:00"))
        await sees(pilot, "▲ #102 brackwater: 75 % of the time to solve it is used · marco has it")
        for instant in (DUE, DUE + 60):
            await passes(bare, instant)
        await sees(pilot, "▲ #102 brackwater: the promise to solve it is broken")
        assert [one for one in events(bare, 102) if one[0] == "mark"] == MARKS
        bare.daemon.ledger.read_back()
        await passes(bare, DUE + 120)
        assert [one for one in events(bare, 102) if one[0] == "mark"] == MARKS, "also after a restart (a)"
        await pilot.press("5")
        await sees(pilot, "105", "102")
        await pilot.press("down", "enter")
        screen = await sees(pilot, "mark", "resolve 100 % of the time is used")
        for step in ("tell-delivery-manager", "tell-accountable", "tell-client"):
            assert step in screen, "who is told at 100 % stands among the steps"
        assert "up the chain: Priya Nair (team lead) → Dana Whitlock" in screen
        await pilot.press("e")
        await says(pilot, "the share is full, we need a disk")
        await sees(pilot, "✓ Priya Nair (team lead) → Dana Whitlock", "+1-865-555-0101 (e)")
        await until(pilot, lambda screen: "▲ #102" not in screen)  # somebody has acted
        await pilot.press("M")
        await sees(pilot, "needs you: S2 #102")
    await bare.do("escalate", incident="102", text="today, please")
    with pytest.raises(DeskRefusal, match="nobody of the chain is left"):
        await bare.do("escalate", incident="102", text="who else?")
    said = [one for one in bare.daemon.ledger.cases.open[102].events if one.kind == "escalated"]
    assert [(one.by, one.to) for one in said] == [("root", "priya"), ("root", "dana")], "by whom, and whom (f)"


async def test_j5_while_the_client_is_asked_no_mark_fires_and_at_150_percent_a_review_is_opened(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    await bare.daemon.desk.do("own", {"incident": "102"}, MARCO)
    pause = {"incident": "102", "reason": "client", "text": "may we restart the server?", "until": "2026-11-11 13:00"}
    await bare.daemon.desk.do("pause", pause, MARCO)
    await passes(bare, at("Wed 12:30"))
    assert [one for one in events(bare, 102) if one[0] == "mark"] == [], "(b)"
    await passes(bare, at("2026-11-12T16:00:00"))
    marks = [instant for kind, instant in events(bare, 102) if kind == "mark"]
    assert marks == [at(f"{day} {hour:02}:00") for day, hour in (("Wed", 17), ("Thu", 9), ("Thu", 11), ("Thu", 15))]
    actions = (await bare.page("plan", client="brackwater", tab="actions")).actions
    (review,) = [row for row in actions if row.id == "review-102"]
    assert (review.owner_name, review.due) == ("Dana Whitlock", "2026-11-19")
    await passes(bare, at("Thu 16:01"))
    records = (await bare.page("records")).rows
    assert len([row for row in records if row.name == "review-102"]) == 1


async def test_j5_a_supplier_whose_contract_ends_after_our_promise_is_told_at_once(bare: Any) -> None:
    """The ERP application is Ledgerwood's: 4 h to answer on 09–17, 16 h to solve: later than ours (d)."""
    await tell(bare, at("Fri 14:00"))
    report = {"client": "brackwater", "host": "erp-app"}
    page = await bare.page("concern", **report)
    (row,) = [one for one in page.rows if one.service == "erp"]
    (supply,) = [one for one in row.supplies if one.contract == "c-erp"]
    assert supply.respond_at == at("2026-11-16T10:00:00")
    assert supply.will_breach


async def test_j5_how_to_reach_whom_and_what_the_supplier_s_contract_lets_expect_stand_on_the_incident(
    bare: Any,
) -> None:
    await tell(bare, at("Fri 14:00"))
    call = {"client": "brackwater", "text": "ERP forms hang", "service": "erp", "caller": "Helen by phone"}
    async with console(bare).run_test(size=SIZE) as pilot:
        await bare.daemon.desk.do("report", {**call, "on": "erp-app"}, MARCO)
        await sees(pilot, "ERP forms hang")
        await pilot.press("enter")
        screen = await sees(pilot, "reported: Helen by phone", "ERP degraded, because it needs erp-app")
        assert "by phone: on call Marco Reyes +1-865-555-0102; tell Helen Brandt +1-865-555-0110" in screen, "(c)"
        forecast = (
            "Ledgerwood Software (c-erp, if called now): answer due Mon 16 Nov 10:00, solution due Tue 17 Nov 14:00"
        )
        assert f"{forecast}; our promise Mon 16 Nov 12:00: will breach" in screen, "(d)"
        await pilot.press("escape")
        await bare.daemon.desk.do("report", {**call, "text": "It is ERP again"}, MARCO)
        await sees(pilot, "It is ERP again")
        await pilot.press("down", "enter")
        await sees(pilot, "It is ERP again", "ERP degraded, as was reported")
        await pilot.press("w")
        await sees(pilot, "whom it concerns", "It is ERP again", "Ledgerwood Software")


async def test_j5_while_a_supplier_is_waited_for_the_marks_go_on(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    await bare.daemon.desk.do("own", {"incident": "102"}, MARCO)
    await bare.daemon.desk.do("pause", {"incident": "102", "reason": "supplier", "text": "ticket R-88"}, MARCO)
    await passes(bare, at("Wed 16:30"))
    assert [one for one in events(bare, 102) if one[0] == "mark"] == MARKS, "(b)"

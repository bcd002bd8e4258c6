"""The outbox at the desk and on the command line: seen, tried again, dropped; accounts checked and tried out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mailboxes import Mailbox, mail_server

from console.access.identity import Visitor
from console.desk.refusal import DeskRefusal
from console.letters.letter import Letter, Posting
from console.store import outbox
from console.tui.present import present

ANA = Visitor(1, "ana", "Ana Ruiz", is_daemon=False)
PROVIDER = """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana Ruiz, login: ana, email: ana@hill.example}
  tom: {name: Tom Berg, login: tom, email: tom@hill.example}
access:
  - {person: ana, role: technician, clients: [mill]}
"""
LETTER = Letter("opening", "S1 \x1b[31mweb shop", ("what  shop",), "mill", "ana", severity="S1", incident=1)


@pytest.fixture
async def mill(still: Any) -> Any:
    await still.do("publish", documents=[{"name": "p", "text": PROVIDER, "base": 1}], reason="who may do what")
    house = Letter("digest", "Today: 1 thing waits for you", ("box",), person="tom")
    writer, now = still.daemon.ledger.writer, still.time[0]
    postings = [Posting("incident 1 opening ana", now + 900, LETTER), Posting("digest tom", now + 900, house)]
    writer.do(lambda connection: outbox.put(connection, postings, now)).result()
    return still


async def test_a_letter_is_seen_by_who_may_see_its_client(mill: Any) -> None:
    mine = await mill.daemon.desk.page("outbox", {}, ANA)
    assert [(one.about, one.to, one.state) for one in mine.rows] == [("opening", "Ana Ruiz", "waits")]
    assert len((await mill.page("outbox")).rows) == 2
    view = present("outbox", mine, mill.time[0])
    assert view.answer == "1 letter waits"
    assert "there is no account" in view.above[0].text
    assert "\x1b" not in str(view)


async def test_a_letter_is_tried_again_and_dropped_with_a_reason(mill: Any) -> None:
    number = (await mill.page("outbox", client="mill")).rows[0].letter
    with pytest.raises(DeskRefusal, match="needs lead"):
        await mill.daemon.desk.do("outbox-drop", {"letter": number, "reason": "x"}, ANA)
    await mill.daemon.desk.do("outbox-retry", {"letter": number}, ANA)
    await mill.do("outbox-drop", letter=number, reason="told by phone")
    (row,) = (await mill.page("outbox", client="mill")).rows
    assert (row.state, row.why) == ("given up", "dropped by root: told by phone")
    with pytest.raises(DeskRefusal, match="does not wait"):
        await mill.do("outbox-drop", letter=number, reason="again")
    mill.time[0] += 86_401
    with pytest.raises(DeskRefusal, match="too late to tell"):
        await mill.do("outbox-retry", letter=number)
    with pytest.raises(DeskRefusal, match="no letter 999"):
        await mill.do("outbox-retry", letter=999)


async def test_stuck_letters_stand_above_triage(mill: Any, tmp_path: Path) -> None:
    assert (await mill.page("triage")).letters == ""
    accounts(tmp_path, 1)
    mill.time[0] += 901
    await mill.daemon.post.go_round()
    said = (await mill.page("triage")).letters
    assert said.startswith("1 letter cannot leave (M): 127.0.0.1:1 cannot be reached")
    assert present("triage", await mill.page("triage"), mill.time[0]).above[-1].tone == "breach"


async def test_accounts_are_checked_and_tried_out(mill: Any, tmp_path: Path) -> None:
    assert "no such file" in (await mill.page("outlets")).trouble
    box = Mailbox()
    with mail_server(box) as port:
        accounts(tmp_path, port)
        assert [(one.outlet, one.trouble) for one in (await mill.page("outlets")).rows] == [("mail by 127.0.0.1", "")]
        assert (await mill.do("outlets-test", to="ana")).text == "Ana Ruiz was sent a test by mail"
    assert box.receivers == ["ana@hill.example"]
    with pytest.raises(DeskRefusal, match="cannot be reached"):
        await mill.do("outlets-test", to="ana")
    with pytest.raises(DeskRefusal, match="no person"):
        await mill.do("outlets-test", to="nobody")


def accounts(folder: Path, port: int) -> None:
    file = folder / "console" / "outlets.toml"
    file.write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "Watch <watch@hill.example>"\n'
    )
    file.chmod(0o600)

"""The outbox and its accounts on the command line."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from click.testing import CliRunner, Result
from mailboxes import Mailbox, bad_server, dies_after_the_mail, mail_server

from console.commands import outbox as commands
from console.commands.cli import cli
from console.commands.told import Wish
from console.letters.letter import Letter, Posting
from console.store import outbox

PROVIDER = """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana Ruiz, login: ana, email: ana@hill.example}
  tom: {name: Tom Berg, login: tom}
"""


async def run(house: Any, *words: str) -> Result:
    wish = Wish(house.daemon.socket.parent, house.client, colour=False)
    return await asyncio.to_thread(CliRunner().invoke, cli, list(words), obj=wish)


def accounts(house: Any, port: int) -> None:
    file = house.daemon.ledger.database.path.with_name("outlets.toml")
    file.write_text(f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "W <watch@hill.example>"\n')
    file.chmod(0o600)


async def test_a_letter_from_waiting_without_an_account_to_a_mailbox(still: Any) -> None:
    assert {one.name for one in commands.COMMANDS} == {"outbox", "outlets"}
    assert "no letter was written yet" in (await run(still, "outbox")).output
    await still.do("publish", documents=[{"name": "p", "text": PROVIDER, "base": 1}], reason="how to reach us")
    letter = Letter("opening", "S1 web shop is down", ("what  shop",), "mill", "ana", severity="S1", incident=1)
    posting = Posting("incident 1 opening ana", still.time[0], letter)
    still.daemon.ledger.writer.do(lambda connection: outbox.put(connection, [posting], still.time[0])).result()
    shown = await run(still, "outbox")
    assert "there is no account: nothing is sent, and letters wait" in shown.output
    checked = await run(still, "outlets", "check")
    assert (checked.exit_code, "no such file" in checked.output) == (1, True)

    # a server that takes the mail and dies before it says so: the letter goes again, as the same one
    with bad_server(dies_after_the_mail) as port:
        accounts(still, port)
        still.time[0] += 61
        await still.daemon.post.go_round()
    (row,) = json.loads((await run(still, "outbox", "--json")).output)
    assert (row["state"], row["tries"]) == ("waits", 1)
    assert "what it may have got goes again, under the same id" in row["why"]

    box = Mailbox()
    with mail_server(box) as port:
        accounts(still, port)
        assert (await run(still, "outlets", "check")).exit_code == 0
        assert "is tried again now" in (await run(still, "outbox", "retry", str(row["letter"]))).output
        await still.daemon.post.go_round()
        await still.daemon.post.go_round()
        tried = await run(still, "outlets", "test", "--to", "ana", "--yes")
        assert tried.output == "Ana Ruiz was sent a test by mail\n"
    assert [one["Subject"] for one in box.taken] == ["S1 web shop is down", "A test of Watchbill"]
    (row,) = json.loads((await run(still, "outbox", "--json")).output)
    assert (row["state"], row["tries"]) == ("sent", 1)
    again = await run(still, "outbox", "drop", str(row["letter"]), "--reason", "x", "--yes")
    assert (again.exit_code, "does not wait any more" in again.output) == (11, True)

"""From what a machine says to a mail in a mailbox: a daemon, its accounts, and a real mail server."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from mailboxes import Mailbox, mail_server

from checks.reading import CheckName, Reading

PROVIDER = """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana Ruiz, login: ana, email: ana@hill.example}
  tom: {name: Tom Berg, login: tom, email: tom@hill.example}
"""


def accounts(folder: Path, port: int) -> None:
    file = folder / "console" / "outlets.toml"
    file.write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "Watch <watch@hill.example>"\n'
    )
    file.chmod(0o600)


@pytest.fixture
async def mill(still: Any) -> Any:
    await still.do("publish", documents=[{"name": "p", "text": PROVIDER, "base": 1}], reason="how to reach us")
    await still.enrol("box")
    return still


async def says(mill: Any, seq: int, value: float) -> None:
    now = mill.time[0]
    await mill.hear("box", seq, Reading(CheckName("read_only"), "/\x1b[31m\r\nBcc: all@x", value, now, now + 60))


async def test_a_disk_that_cannot_be_written_reaches_the_owner_of_the_service_as_a_mail(
    mill: Any, tmp_path: Path
) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        accounts(tmp_path, port)
        await says(mill, 1, 0)
        await says(mill, 2, 1)
        await mill.daemon.post.go_round()
        mill.time[0] += 60
        await says(mill, 3, 0)
        mill.time[0] += 601
        mill.look()
        await asyncio.wrap_future(mill.daemon.ledger.writer.do(lambda _: None))
        await mill.daemon.post.go_round()
    opened, over = box.taken
    assert box.receivers == ["ana@hill.example"] * 2
    assert opened["Subject"].startswith("S1 #1 The Mill: Web shop, box: writable /")
    assert over["Subject"].startswith("Over: #1 The Mill: Web shop")
    assert opened["References"] == over["References"]
    assert opened["Bcc"] is None
    for mail in (opened, over):
        assert b"\x1b" not in bytes(mail)
        html = mail.get_body(("html",))
        assert html is not None
        assert "watchbill own 1" in opened.get_body(("plain",)).get_content()

"""What the daemon itself writes into the audit log, and where it says outside of the database how that ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from mailboxes import Mailbox, mail_server

from checks.catalogue import BY_NAME
from console.operating_model.entities import Model, Provider
from console.outlets.carrying import Carrier
from console.store import anchors, audit
from console.store.chain import GENESIS, anchors_in
from console.store.database import opened
from console.store.ledger import Ledger
from console.store.writer import Writer
from console.watch.auditing import ANCHOR_SECONDS, Auditor
from console.watch.jumps import STEP_SECONDS, Clocks

NOW = 1_795_510_800


class Bench:
    """An auditor with clocks that are turned by hand."""

    def __init__(self, home: Path) -> None:
        (home / "console").mkdir()
        self.home, self.wall, self.passed = home, NOW, 0.0
        self.database = opened(home / "console")
        self.writer = Writer(self.database)
        self.ledger = Ledger(self.database, self.writer, BY_NAME, Model(Provider("x")), lambda: None)
        self.ledger.read_back()
        carrier = Carrier(home / "console")
        clocks = Clocks(lambda: self.wall, lambda: self.passed)
        self.auditor = Auditor(self.ledger, home, clocks, (7, "watchbill"), carrier.path, carrier.anchor)

    def wait(self, seconds: int) -> None:
        self.wall += seconds
        self.passed += seconds
        self.auditor.tick()

    def rows(self) -> list[audit.Row]:
        self.writer.do(lambda _: None).result()
        return audit.latest(self.database.reading, 100)[::-1]

    def actions(self) -> list[str]:
        return [row.action for row in self.rows()]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    made.auditor.begin()
    made.auditor.tick()
    yield made
    made.writer.close()
    made.database.close()


@pytest.mark.parametrize("step", [86_400, -86_400, STEP_SECONDS + 1])
def test_a_stepped_clock_stands_in_the_log_and_time_that_passes_does_not(bench: Bench, step: int) -> None:
    for _ in range(3):
        bench.wait(2)
    bench.wait(600)
    assert bench.actions() == ["start"]
    bench.wall += step
    bench.wait(1)
    bench.wait(1)
    assert bench.actions() == ["start", "clock-step"]
    assert (bench.rows()[-1].about, bench.rows()[-1].uid) == (f"{step:+d} s", audit.NOBODY)


def test_accounts_that_change_stand_in_the_log_also_where_they_did_while_nobody_looked(bench: Bench) -> None:
    file = bench.home / "console" / "outlets.toml"
    file.write_text("audit = []\n")
    bench.wait(1)
    bench.wait(1)
    assert bench.actions() == ["start", "config"]
    was = bench.auditor
    bench.auditor = Auditor(bench.ledger, bench.home, was.clocks, was.account, was.accounts, was.tell)
    bench.auditor.begin()
    file.write_text("chat = {}\n")
    bench.wait(1)
    changed = [row for row in bench.rows() if row.action == "config"]
    assert [row.before for row in changed] == ["", changed[0].after]
    assert changed[0].after != changed[1].after
    file.touch()
    bench.wait(1)
    assert bench.actions().count("config") == 2


def test_a_store_that_was_read_back_stands_in_the_log(bench: Bench) -> None:
    bench.ledger.read_back()
    bench.wait(1)
    bench.wait(1)
    assert bench.actions() == ["start", "store-repair"]


def test_every_hour_has_its_anchor_also_where_nothing_happened_and_so_has_the_end(bench: Bench) -> None:
    def lines() -> list[str]:
        return (bench.home / anchors.FILE).read_text().splitlines()

    assert bench.auditor.is_due
    bench.rows()
    bench.auditor.anchor("hour")
    assert not bench.auditor.is_due
    bench.wait(ANCHOR_SECONDS - 1)
    assert not bench.auditor.is_due
    bench.wait(1)
    assert bench.auditor.is_due
    bench.auditor.anchor("hour")
    bench.auditor.end()
    assert bench.actions() == ["start", "stop"]
    assert [line.split(" new=")[1].split()[0] for line in lines()] == ["1", "0", "1"]
    assert anchors_in(lines()[-1])[0].head == bench.rows()[-1].sha256
    bench.wall -= 3 * ANCHOR_SECONDS  # set back: the next anchor does not wait until it is that late again
    assert bench.auditor.is_due


def test_a_folder_that_takes_no_anchor_is_told_in_the_daemons_log(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    (bench.home / anchors.FILE).mkdir()
    assert bench.auditor.anchor("hour") is None
    assert anchors_in(caplog.text)


def test_addresses_and_programs_are_told_an_anchor(tmp_path: Path) -> None:
    (tmp_path / "console").mkdir()
    heard = tmp_path / "heard"
    program = tmp_path / "hook"
    program.write_text(f"#!/bin/sh\ncat > {heard}\n")
    program.chmod(0o755)
    carrier, mailbox = Carrier(tmp_path / "console"), Mailbox()
    text = f"watchbill-audit 2026-11-24T09:00:00Z rows=0 head={GENESIS}"
    assert carrier.anchor(text, NOW) == []
    with mail_server(mailbox) as port:
        carrier.path.write_text(
            f"audit = ['auditor@elsewhere.example']\n[mail]\nhost = '127.0.0.1'\nport = {port}\n"
            f"from = 'Watchbill <w@msp.example>'\nsecurity = 'none'\n"
            f"[[hook]]\nname = 'vault'\ncommand = ['{program}']\non = ['audit']\n"
        )
        carrier.path.chmod(0o600)
        assert carrier.anchor(text, NOW) == []
    (mail,) = mailbox.taken
    body = mail.get_body(("plain",))
    assert body is not None
    assert anchors_in(body.get_content()) == anchors_in(text)
    assert anchors_in(json.loads(heard.read_text())["facts"]["anchor"]) == anchors_in(text)
    assert len(carrier.anchor(text, NOW)) == 1  # the server is gone: that is said, and tried again in an hour


def test_addresses_need_a_mail_account_and_must_be_some(tmp_path: Path) -> None:
    carrier = Carrier(tmp_path)
    carrier.path.write_text("audit = ['nobody at all']\n")
    carrier.path.chmod(0o600)
    (told,) = carrier.anchor("x", NOW)
    assert "there is no mail account" in told
    assert "is no mail address" in told

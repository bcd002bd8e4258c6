"""Mail, against real servers: good ones, and those that hang, refuse, drip, or die before they answer."""

from __future__ import annotations

import time
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest
from mailboxes import (
    Mailbox,
    bad_server,
    certificate,
    dies_after_the_mail,
    drips,
    hangs,
    mail_server,
    never_parts,
    refuses,
)
from msgspec import structs

from console.letters.letter import Attachment, Fate, Letter, Outcome
from console.outlets import mail
from console.outlets.accounts import MailAccount
from console.outlets.envelope import enveloped, message_id

SENDER, MARCO = Address("Watchbill", addr_spec="watch@msp.example"), Address("Marco", addr_spec="marco@msp.example")
LETTER = Letter("opening", "S1 #12 ERP is down", ("what  ERP", "own by 10:15"), incident=12)
ACCOUNT = MailAccount("127.0.0.1", "Watchbill <watch@msp.example>", 0, "none", seconds=2)


def written(letter: Letter = LETTER, key: str = "incident 12 opening marco") -> EmailMessage:
    return enveloped(letter, key, (SENDER, MARCO), 1_795_510_800)


def sent_to(port: int, **account: object) -> Outcome:
    return mail.carry(structs.replace(ACCOUNT, port=port, **account), written(), "marco@msp.example")


def test_a_mail_has_text_and_html_an_attachment_and_headers_that_stop_answers() -> None:
    box = Mailbox()
    letter = structs.replace(LETTER, attachments=(Attachment("week 46.pdf", "application/pdf", b"%PDF-1.7"),))
    with mail_server(box) as port:
        done = mail.carry(structs.replace(ACCOUNT, port=port), written(letter), "marco@msp.example")
    assert done.fate is Fate.SENT
    (mine,) = box.taken
    assert [part.get_content_type() for part in mine.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip
    assert mine["Auto-Submitted"] == "auto-generated"
    assert mine["List-ID"] == "Watchbill <watchbill.msp.example>"
    assert mine["Message-ID"] == message_id("incident 12 opening marco", "msp.example")
    assert mine["References"] == "<incident-12@msp.example>"
    assert mine["Date"] == "Tue, 24 Nov 2026 09:00:00 +0000"
    text = mine.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == ["what  ERP", "own by 10:15"]


def test_with_starttls_and_a_password_and_only_with_the_right_one(tmp_path: Path) -> None:
    box, secret = Mailbox(), tmp_path / "password"
    secret.write_text("correct horse\n")
    secret.chmod(0o600)
    keys = certificate(tmp_path)
    right = {"user": "watch", "password_file": str(secret), "security": "starttls", "ca_file": str(keys[0])}
    with mail_server(box, keys, ("watch", "correct horse")) as port:
        assert sent_to(port, **right).fate is Fate.SENT
        assert mail.check(structs.replace(ACCOUNT, port=port, **right)) == ""
        secret.write_text("wrong")
        refused = sent_to(port, **right)
        unknown = sent_to(port, **{**right, "ca_file": ""})
    assert len(box.taken) == 1
    assert refused.fate is Fate.LATER
    assert "does not take the user and password (535)" in refused.why
    assert "wrong" not in refused.why
    assert unknown.fate is Fate.LATER
    assert "cannot be trusted" in unknown.why


def test_with_tls_from_the_first_byte(tmp_path: Path) -> None:
    box, keys = Mailbox(), certificate(tmp_path)
    with mail_server(box, keys, tls=True) as port:
        assert sent_to(port, security="tls", ca_file=str(keys[0])).fate is Fate.SENT


def test_a_server_without_starttls_gets_nothing() -> None:
    box = Mailbox()
    with mail_server(box) as port:
        done = sent_to(port, security="starttls")
    assert done.fate is Fate.LATER
    assert "does not offer" in done.why
    assert box.taken == []


@pytest.mark.parametrize(
    ("answers", "fate", "said"),
    [
        ({"answer": "451 try later"}, Fate.LATER, "451 try later"),
        ({"answer": "554 spam"}, Fate.REFUSED, "554 spam"),
        ({"to": "550 no such user"}, Fate.REFUSED, "does not take mail for marco@msp.example: 550"),
        ({"to": "450 busy"}, Fate.LATER, "450 busy"),
        ({"to": "550 \x1b[31mred\u202e"}, Fate.REFUSED, "[31mred"),
    ],
)
def test_what_a_server_answers_decides_whether_to_try_again(answers: dict[str, str], fate: Fate, said: str) -> None:
    box = Mailbox()
    for name, answer in answers.items():
        setattr(box, name, answer)
    with mail_server(box) as port:
        done = sent_to(port)
    assert done.fate is fate
    assert said in done.why
    assert "\x1b" not in done.why


@pytest.mark.parametrize(
    ("behave", "said"),
    [
        (hangs, "did not answer within 1 s"),
        (refuses, "says 554 no"),
        (dies_after_the_mail, "hung up before it answered"),
    ],
)
def test_a_bad_server_is_told_and_tried_again_later(behave: object, said: str) -> None:
    with bad_server(behave) as port:  # type: ignore[arg-type]
        done = sent_to(port, seconds=1)
    assert done.fate is Fate.LATER
    assert said in done.why


def test_a_server_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "WHOLE", 1)
    began = time.monotonic()
    with bad_server(drips) as port:
        done = sent_to(port, seconds=1)
    assert done.fate is Fate.LATER
    assert time.monotonic() - began < 4


def test_a_server_that_took_the_mail_has_it_whatever_it_says_at_parting() -> None:
    with bad_server(never_parts) as port:
        assert sent_to(port).fate is Fate.SENT


def test_nobody_listens() -> None:
    with bad_server(refuses) as port:
        pass
    done = sent_to(port)
    assert done.fate is Fate.LATER
    assert "cannot be reached" in done.why


def test_a_letter_that_goes_again_has_the_same_id() -> None:
    box = Mailbox()
    with mail_server(box) as port:
        sent_to(port)
        sent_to(port)
    first, second = box.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"] != message_id("incident 12 opening dana", "msp.example")

"""The accounts' file: refused where others can read it, told by line where it is wrong, never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from promises import Measured

from console.letters.letter import Fate, Letter, Way
from console.outlets.accounts import CannotUse, read
from console.outlets.carrying import Carrier
from console.outlets.envelope import enveloped, page_of

GOOD = """[mail]
host = "mail.example"
from = "Watchbill <watch@msp.example>"
[chat]
marco = ["json://user:secret@127.0.0.1/x"]
[[hook]]
name = "tickets"
command = ["/bin/true"]
"""


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "outlets.toml"
    file.write_text(text)
    file.chmod(mode)
    return file


def test_a_whole_file(tmp_path: Path) -> None:
    known = read(written(tmp_path, GOOD)).known
    assert (known.has_mail, known.chats) == (True, frozenset({"marco"}))
    assert known.hooks == {"tickets": frozenset({"opening", "mark", "over", "back"})}


def test_without_a_file_there_is_no_account_and_letters_wait(tmp_path: Path) -> None:
    outcome = Carrier(tmp_path).carry(Letter("opening", "s", ("l",), person="m"), "k", ("M", "m@x.example"), 0)
    assert outcome.fate is Fate.WAITS
    assert outcome.why == "there is no mail account; write one into outlets.toml"


def test_others_may_not_read_it(tmp_path: Path) -> None:
    with pytest.raises(CannotUse, match="chmod 600"):
        read(written(tmp_path, GOOD, 0o640))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mail]\nhost = 1", "Expected `str`"),
        ("[mail", "outlets.toml: "),
        ("[male]\nhost = 'x'", "unknown field `male`"),
        (GOOD.replace("watch@msp.example", "watch"), "is no mail address"),
        (GOOD.replace('from = "', 'user = "x"\nfrom = "'), "mail.user needs mail.password_file"),
        (GOOD.replace('from = "', 'user = "x"\npassword_file = "/p"\nsecurity = "none"\nfrom = "'), "would show the"),
        (GOOD.replace("/bin/true", "true"), "whole path"),
        (GOOD + 'on = ["breach"]\n', "'breach' is none of opening, mark"),
        (GOOD + '[[hook]]\nname = "tickets"\ncommand = ["/bin/true"]\n', "hook tickets is there twice"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CannotUse) as refused:
        read(written(tmp_path, text))
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_mended_file_helps_at_once(tmp_path: Path) -> None:
    carrier = Carrier(tmp_path)
    written(tmp_path, "[mail")
    assert carrier.accounts().trouble
    written(tmp_path, GOOD)
    assert carrier.accounts().has_mail


def test_a_person_without_an_address_is_told_and_can_be_mended(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    for address in ("", "a@b@c", "x", "a@b.example\r\nBcc: c@d", "a@b.example, c@d.example", "ä@b.example"):
        outcome = Carrier(tmp_path).carry(Letter("mark", "s", ("l",), person="m"), "k", ("M", address), 0)
        assert (outcome.fate, "mend it in the model" in outcome.why) == (Fate.WAITS, True), address


@pytest.mark.promise("S13", "mail: hostile text breaks out of no header and no page")
def test_hostile_text_breaks_out_of_no_header_and_no_page(measured: Measured) -> None:
    from email.headerregistry import Address

    evil = "\r\nBcc: all@x.example\r\n\r\n<script>alert(1)</script>\x1b[2J\u202egnp\u2028"
    letter = Letter("opening", f"S1 {evil}", (evil, evil), way=Way.MAIL)
    parties = (Address("W", addr_spec="w@x.example"), Address(evil.replace("\r\n", " "), addr_spec="m@x.example"))
    mail = enveloped(letter, "k", parties, 0)
    raw = bytes(mail)
    assert mail["Bcc"] is None
    assert all(bad not in raw for bad in (b"\x1b", b"=1B", "\u202e".encode(), b"=E2=80=AE", b"\nBcc"))
    html = mail.get_body(("html",))
    assert html is not None
    measured(f"{len(mail.keys())} headers, {html.get_content().count('<script')} live tags")
    assert "<script" not in html.get_content()
    assert "&lt;script&gt;" in page_of("t", "<script>")

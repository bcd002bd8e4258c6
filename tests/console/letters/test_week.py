"""A frozen week goes to whom the model's reports go, each reader with their own page."""

from __future__ import annotations

from builders import at

from checks.catalogue import BY_NAME
from console.letters.letter import Accounts
from console.letters.reach import Desk
from console.letters.week import letters
from console.operating_model.examples import example
from console.operating_model.load import load

MODEL = load(example("brackwater"), BY_NAME)
PAGES = {
    ("client", "text"): b"97.91 %\nmissed\n",
    ("client", "html"): b"<html>",
    ("client", "pdf"): b"%PDF-1.7",
    ("owner", "text"): b"load 80 %\n",
}


def test_helen_gets_the_clients_page_and_dana_the_owners() -> None:
    desk = Desk(MODEL, Accounts(has_mail=True), at("2026-11-16T09:40:00"))
    helen, dana = letters(desk, MODEL.clients["brackwater"], "2026-W46", PAGES)
    assert (helen.key, helen.letter.lines) == ("week brackwater 2026-W46 helen", ("97.91 %", "missed"))
    assert [(one.name, one.kind) for one in helen.letter.attachments] == [
        ("brackwater-2026-W46.pdf", "application/pdf")
    ]
    assert (dana.letter.person, dana.letter.lines, dana.letter.attachments) == ("dana", ("load 80 %",), ())
    assert helen.letter.lives == 7 * 86_400

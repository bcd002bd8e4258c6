"""Whatever a machine, a model or a person says: a terminal gets letters, and no text acts. reliability.md, S12."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import pty
import re
import struct
import sys
import termios
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from promises import Measured
from two_clients import MODEL, OURS, PROVIDER, filled, furnish, given

from checks.reading import CheckName, Item, Reading
from checks.text import clean
from console.pages.verbs import PAGES
from console.tui.present import _PRESENTERS

pytestmark = pytest.mark.faults
ESCAPES = (
    "\x1b]52;c;cHduZWQ=\x07", "\x1b]0;pwned\x1b\\", "\x1b]8;;http://pwned.example\x1b\\", "\x1b[31;66m", "\x1b[6n",
    "\x1b[5i", "\x1b[20t", "\x1bP+q544e\x1b\\", "\x1bc", "\x1b%G", "\x9b31;66m", "\x9d52;c;eA==\x9c", "\x0e", "\x08",
    "\r", "\x7f",
)  # fmt: skip
"""Set the clipboard, the title, a link, a colour of no theme, ask where the cursor is, print the screen, resize it …"""
MARKUP = (
    "[@click=app.boom]x[/]", "[/]", "[/", "[bold red]x", "[link=http://pwned.example]x[/link]", "\\[@click=app.boom]",
)  # fmt: skip
HIDDEN = "\u202e\u202d\u2066\u2069\u200b\u200e\ufeff\U000e0041\u2028\u2029\u0085"
CORPUS = (*ESCAPES, *MARKUP, HIDDEN)
OWN = re.compile(r"\x1b\[(?!31;66m|6n|5i|20t)[?>=<]?[0-9;:]*[ $]?[A-Za-z]|\x1b[()][B0]|\x1b[78=>]|\x1b\]22;[a-z-]+\x07")
"""What Textual itself says to a terminal: styles, places, modes, the pointer's shape."""
ACTED_ON = re.compile(
    "[{}]".format(
        "".join(
            re.escape(chr(code))
            for code in range(sys.maxunicode + 1)
            if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp") and chr(code) not in "\r\n"
        )
    )
)


def hostile(text: str, number: int) -> str:
    return f"{text} {CORPUS[number % len(CORPUS)]} {MARKUP[number % len(MARKUP)]}"


def hostile_model() -> str:
    """Our client with something of the corpus in every name and text of its file."""
    count = iter(range(1000))
    return re.sub(
        r"\b(name|text): ([^,}\n]+)",
        lambda found: f"{found[1]}: {json.dumps(hostile(found[2], next(count)))}",
        MODEL.format(**OURS),
    )


async def told(house: Any) -> None:
    """A host speaks of everything with every word of the corpus, and people write it into notes and records."""
    now = house.time[0]
    seen = [
        Reading(CheckName("disk"), hostile(f"/{number}", number), 0.99, now, now + 60, (Item(one, one),))
        for number, one in enumerate(CORPUS)
    ]
    await house.hear("mill", 1, *seen)
    for number, one in enumerate(CORPUS):
        text = hostile(one, number)
        await house.do("note", incident=1, text=text)
        await house.do("action-add", client="mill", text=text, owner="ana", due="7d")
        await house.do("decision-add", client="mill", what=text, why=text, by="mo")
        await house.do("report", client="mill", service="mill-shop", text=text, caller=text)


async def targets(house: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every page that has a screen, in every part of it."""
    found, gaps = [], (await house.page("assess", client="mill")).gaps
    things = given(OURS, house) | {"kpi": "K1", "gap": gaps[0].key}
    for page in PAGES:
        if page.name not in _PRESENTERS:
            continue
        needed = {name: str(one) for name, one in filled(page.arguments, things, only_needed=True).items()}
        for tab in page.tabs or ("",):
            found.append((page.name, list((needed | ({"tab": tab} if tab else {})).items())))
    return found


async def toured(house: Any, pages: object, folder: Path, size: tuple[int, int]) -> tuple[bytes, dict[str, Any]]:
    """Every byte that a terminal of that size got on the tour, and what the guide saw."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    guide, left = Path(__file__).with_name("touring.py"), folder / "left.json"
    said = [str(guide), str(house.daemon.socket), json.dumps(pages), str(left)]
    env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    env |= {"PYTHONPATH": str(guide.parents[3]), "COLUMNS": str(size[0]), "LINES": str(size[1])}
    touring = await asyncio.create_subprocess_exec(
        sys.executable, *said, stdin=far, stdout=far, stderr=far, env=env, start_new_session=True
    )
    os.close(far)
    try:
        got = await asyncio.to_thread(_all_of, near)
        assert await touring.wait() == 0, got[-3000:].decode(errors="replace")
    finally:
        if touring.returncode is None:
            touring.kill()
    return got, json.loads(left.read_text())


def _all_of(terminal: int) -> bytes:
    got = bytearray()
    while True:
        try:
            piece = os.read(terminal, 1 << 16)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        got += piece
    os.close(terminal)
    return bytes(got)


def foreign(text: str) -> list[str]:
    """What a terminal acts on and Textual does not say."""
    rest = OWN.sub("", text)
    return [repr(rest[max(0, at.start() - 20) : at.start() + 20]) for at in ACTED_ON.finditer(rest)]


@pytest.mark.promise("S12", "all code points: 0 that a terminal acts on leave the cleaning")
def test_no_code_point_leaves_clean_that_a_terminal_acts_on(measured: Measured) -> None:
    leaked = [code for code in range(sys.maxunicode + 1) if foreign(clean(chr(code)))]
    measured(f"{sys.maxunicode + 1:,} code points, {len(leaked)} leaked")
    assert leaked == []


@pytest.mark.promise("S12", "every screen on a real terminal, clicked at: 0 foreign bytes, 0 actions, 0 crashes")
@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=str)
async def test_every_screen_sends_letters_and_no_text_acts(
    bare: Any, tmp_path: Path, measured: Measured, size: tuple[int, int]
) -> None:
    house = await furnish(bare, PROVIDER)
    document = {"name": "mill.yaml", "text": hostile_model(), "base": 1}
    await house.do("publish", documents=[document], reason="hostile names")
    await told(house)
    pages = await targets(house)
    got, left = await toured(house, pages, tmp_path, size)
    text = got.decode()
    found = foreign(text)
    measured(
        f"{size[0]}×{size[1]}: {len(left['seen'])} pages, {len(got) >> 10} KiB written, {len(found)} foreign, "
        f"{left['booms']} actions"
    )
    assert (found[:5], left["booms"], left["code"]) == ([], 0, 0)
    assert set(left["seen"]) == {name for name, _ in pages}
    assert "@click" in text, "the texts were on the screens"

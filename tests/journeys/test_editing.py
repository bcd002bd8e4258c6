"""`e` on a real terminal: the editor opens in place of the console, and what comes back is a draft."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from conftest import CLIENT, PROVIDER, House, eventually
from terminals import Terminal

EDITOR = """#!/bin/sh
if grep -q '^#!' "$1"; then sed -i 's/name: ""/name: New Mill/' "$1"; else sed -i 's/name: The Mill/name: ""/' "$1"; fi
"""


def test_the_editor_opens_on_the_terminal_and_a_draft_comes_back(
    house: House, terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    house.start()
    house.publish(PROVIDER, CLIENT)
    command = [sys.executable, "-m", "console", "--home", str(house.home), "console"]
    screen = terminal(80, 24, command, EDITOR=str(editor), VISUAL="")
    eventually(lambda: "Triage" in screen.see(), 30)
    screen.press("6")
    eventually(lambda: "[services]" in screen.see())
    screen.press("e")
    eventually(lambda: "why do you change mill?" in screen.see())
    screen.press("renamed", "Enter")
    eventually(lambda: "The Mill → New Mill" in screen.see(), 30)
    assert "Drafts ›" in screen.see()
    screen.press("q")
    eventually(lambda: not screen.is_open())

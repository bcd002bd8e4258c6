"""Real terminals for journeys, and what a program should not leave behind."""

from __future__ import annotations

import subprocess
import uuid
from pathlib import Path


def left_behind(home: Path) -> list[str]:
    """Processes that still name this home."""
    found = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in found if str(home) in line and "ps -eo" not in line]


class Terminal:
    """A real terminal of a given size, held by tmux."""

    def __init__(self, width: int, height: int, command: list[str], **env: str) -> None:
        self._name = f"watchbill-{uuid.uuid4().hex[:8]}"
        told = [f"{key}={value}" for key, value in {"LANG": "C.UTF-8", **env}.items()]
        self._tmux(
            "new-session",
            "-d",
            "-x",
            str(width),
            "-y",
            str(height),
            " ".join(["env", "-u", "COLUMNS", "-u", "LINES", *told, *command]),
        )

    def press(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def see(self) -> str:
        return self._tmux("capture-pane", "-p")

    def is_open(self) -> bool:
        asked = subprocess.run(["tmux", "-L", self._name, "ls"], capture_output=True, check=False)
        return asked.returncode == 0

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self._name, "kill-server"], capture_output=True, check=False)

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(["tmux", "-L", self._name, *words], capture_output=True, text=True, check=True)
        return done.stdout

"""The agent sees the same in any locale, and with any PATH or none. A2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import quick
from promises import Measured

STEADY = (
    "disk", "inodes", "end_of_life", "package_lists", "security_updates", "updates", "automatic_updates", "read_only",
)  # fmt: skip
"""Checks that say the same from one second to the next; a value that is a time is left out."""
AROUND: dict[str, dict[str, str]] = {
    "C": {"LC_ALL": "C"},
    "tr_TR": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "de_DE": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"},
    "latin": {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    "empty PATH": {"PATH": ""},
    "no HOME": {"HOME": ""},
}


def seen(home: Path, around: dict[str, str]) -> dict[tuple[str, str], Any]:
    """What one look finds: its status, and how many things are behind it."""
    command = [sys.executable, "-m", "agent", "--home", str(home), "look", "--json"]
    env = {**quick(), **around} if "PATH" not in around else {**os.environ, **around}
    done = subprocess.run(command, env=env, capture_output=True, timeout=300, check=False)
    assert done.returncode in (0, 1), done.stderr.decode(errors="replace")
    rows = json.loads(done.stdout.decode("ascii"))
    return {
        (row["check"], row["subject"]): (row["status"], _value(row), len(row["items"]))
        for row in rows
        if row["check"] in STEADY
    }


def _value(row: dict[str, Any]) -> float | None:
    is_time = row["unit"] in ("seconds", "since")
    return None if row["value"] is None or is_time else round(row["value"], 2)


@pytest.mark.promise("A2", "tr_TR, de_DE, C, empty PATH: same values")
def test_a_look_is_the_same_in_any_locale_and_with_any_path(tmp_path: Path, measured: Measured) -> None:
    usual = seen(tmp_path, {"LC_ALL": "C.UTF-8"})
    by_itself = seen(tmp_path, {"PATH": os.environ["PATH"]})
    found = {name: seen(tmp_path, around) for name, around in AROUND.items()}
    other = [name for name, one in found.items() if one != (by_itself if "PATH" in AROUND[name] else usual)]
    measured(f"{len(usual)} findings in {len(found)} environments, different in {', '.join(other) or 'none'}")
    assert len(usual) > 4
    assert other == []

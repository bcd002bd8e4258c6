"""Programs that hang, flood, fork and lie: the agent checks in on time all the same, and ends all that it started."""

from __future__ import annotations

import json
import re
import sys
import time
import zlib
from contextlib import closing
from pathlib import Path
from sqlite3 import OperationalError, connect

import psutil
import pytest
from conftest import CLIENT, PROVIDER, House, eventually
from promises import Measured

SECONDS = 2
MOST_MIB = 128
BAD = {
    "sleeps": "sleep 600",
    "floods": "yes",
    "floods its errors": "yes >&2",
    "forks": "for i in 1 2 3 4 5; do sleep 601 & done; wait",
    "leaves a child": "sleep 602 & exit 0",
    "hides in a session": "setsid sleep 603 & wait",
    "will not end": "trap '' TERM HUP INT; while :; do sleep 1; done",
    "closes its output": "exec >&- 2>&-; sleep 604",
    "garbage": "head -c 5000 /dev/urandom",
    "not UTF-8": r"printf 'OK - \377\376 | a=1'",
    "no end of a line": "head -c 3000000 /dev/zero | tr '\\0' x",
    "a lie in JSON": "echo '{\"v\": NaN}'",
    "dies by a signal": "kill -SEGV $$",
    **{f"exit {code}": f"echo said; exit {code}" for code in (0, 1, 2, 3, 4, 127, 128, 255)},
}
WELL = {"not UTF-8", *(f"exit {code}" for code in range(3))}
"""Which of them say something that a plugin may say."""


def plugins(folder: Path) -> str:
    """The lines of agent.toml that have each of them asked."""
    made = []
    for number, (name, script) in enumerate(BAD.items()):
        program = folder / f"bad-{number}"
        program.write_text(f"#!/bin/bash\n{script}\n")
        program.chmod(0o755)
        made.append(f'[[plugins]]\nname = "{name}"\ncommand = ["{program}"]\nseconds = {SECONDS}\n')
    return "\n".join(made)


def spooled(home: Path) -> list[dict[str, list[dict[str, object]]]]:
    try:
        with closing(connect(f"file:{home}/agent/spool.db?mode=ro", uri=True)) as spool:
            bodies = spool.execute("select body from spool order by seq").fetchall()
    except OperationalError:  # it is not there yet
        return []
    return [json.loads(zlib.decompress(body)) for (body,) in bodies]


def started_by(folder: Path) -> list[str]:
    """What still runs of all that these programs started."""
    left = re.compile(rf"{re.escape(str(folder))}/bad-|\bsleep 60[0-4]\b|^yes$")
    found = []
    for one in psutil.process_iter(["cmdline", "status"]):
        line = " ".join(one.info["cmdline"] or ())
        if left.search(line) and one.info["status"] != psutil.STATUS_ZOMBIE and str(sys.executable) not in line:
            found.append(line)
    return found


FIGURE = f"{len(BAD)} bad programs: the check-in comes, each a gap or read, 0 left running, ≤ 128 MiB, the rest is read"


@pytest.mark.promise("A1", FIGURE)
def test_bad_programs_are_gaps_and_nothing_else(house: House, measured: Measured, tmp_path: Path) -> None:
    house.start()
    house.publish(PROVIDER, CLIENT.replace("3s", "120s"))
    house.join("mill", "main", "box")
    (house.home / "agent" / "agent.toml").write_text("pace = 60\n" + plugins(tmp_path))
    agent, most = psutil.Process(house.run_agent("--now").pid), 0

    def is_heard() -> bool:
        nonlocal most
        most = max(most, agent.memory_info().rss)
        return len(spooled(house.home)) > 0

    began = time.monotonic()
    eventually(is_heard, 120)
    took = time.monotonic() - began
    (said,) = spooled(house.home)[:1]
    read = {str(one["subject"]) for one in said["readings"] if one["check"] == "plugin"}
    gaps = {str(one["subject"]) for one in said["gaps"] if one["check"] == "plugin"}
    others = {one["check"] for one in said["readings"]} - {"plugin"}
    left = started_by(tmp_path)
    measured(
        f"{len(BAD)} programs: {len(read)} read, {len(gaps)} gaps, {len(left)} left running, {most >> 20} MiB, "
        f"{len(others)} other checks read, all after {took:.0f} s"
    )
    assert read | gaps == set(BAD)
    assert read >= WELL
    assert most < MOST_MIB << 20
    assert {"disk", "memory", "cpu"} <= others
    assert left == [], left

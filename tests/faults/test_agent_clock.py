"""An agent whose clock is anywhere, and jumps: its check-ins come in order, none is dropped, it is told. D11 (at 1970
libfaketime itself lets no wait last, so that the earliest is 2001)."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from conftest import CLIENT, PROVIDER, House, needs, quick
from promises import Measured

YEAR = 31_536_000
_LIBRARIES = tuple(f"/usr/lib/{kind}-linux-gnu/faketime/libfaketime.so.1" for kind in ("x86_64", "aarch64"))
CLOCKS = {
    "a year ahead": f"+{YEAR}",
    "a year behind": f"-{YEAR}",
    "right": "+0",
    "2001": "@2001-01-01 00:00:00",
    "2038": "@2038-01-19 03:14:00",
    "an hour back": "-3600",
    "right again": "+0",
}


def faked(folder: Path, library: str, said: str) -> Path:
    """This Python with another clock, also in the programs of ours that it starts: they get no environment from it."""
    venv = Path(sys.prefix)
    (folder / "bin").mkdir(parents=True)
    (folder / "lib").symlink_to(venv / "lib")
    (folder / "pyvenv.cfg").write_text((venv / "pyvenv.cfg").read_text())
    python = folder / "bin" / "python"
    real = Path(sys.executable).resolve()
    python.write_text(
        f'#!/bin/bash\nexport LD_PRELOAD={library} FAKETIME=\'{said}\' TZ=UTC\nexec -a "$0" {real} "$@"\n'
    )
    python.chmod(0o755)
    return python


@pytest.mark.promise("D11", "±1 y, steps, 2001, 2038: order right; flagged in 1 report; 0 dropped")
def test_an_agents_clock_may_say_what_it_likes(house: House, measured: Measured) -> None:
    needs("faketime")
    library = next((one for one in _LIBRARIES if Path(one).exists()), None)
    if library is None:
        pytest.skip("libfaketime is not installed")
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.join("mill", "main", "box")
    flagged = {}
    for name, said in CLOCKS.items():
        python = faked(house.home.parent / name.replace(" ", "-"), library, said)
        command = [str(python), "-m", "agent", "--home", str(house.home), "checkin"]
        done = subprocess.run(command, env=quick(), capture_output=True, text=True, check=False, timeout=90)
        assert done.returncode == 0, (name, done.stderr)
        off = house.client.page("host", client="mill", host="box").clock_off
        flagged[name] = abs(off) > 60
    path = house.home / "console" / "watchbill.db"
    path = path if path.exists() else next((house.home / "console").glob("*.db"))
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
        rows = store.execute("select seq, taken_at, received_at from checkins order by ordinal, seq").fetchall()
    now = time.time()
    wrong = [name for name, is_flagged in flagged.items() if is_flagged is name.startswith("right")]
    in_order = [row[1] for row in rows] == sorted(row[1] for row in rows)
    measured(
        f"{len(CLOCKS)} clocks: {len(rows)} of {len(CLOCKS)} kept, in order: {'yes' if in_order else 'no'}; "
        f"told wrongly of: {', '.join(wrong) or 'none'}"
    )
    assert (len(rows), in_order, wrong) == (len(CLOCKS), True, [])
    assert all(now - 600 < taken <= now + 5 for _, taken, _ in rows), "each stands where the console's clock has it"
    assert house.is_up()

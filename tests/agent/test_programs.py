"""Programs under fire: hanging, flooding, forking, garbage."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from agent.programs import ProgramFlooded, ProgramMissing, ProgramTimedOut, run


def test_output_and_status_come_back_in_the_c_locale() -> None:
    ran = run(["sh", "-c", "echo out; echo err >&2; echo $LC_ALL; exit 3"], seconds=5)

    assert (ran.status, ran.out, ran.err) == (3, "out\nC\n", "err\n")


def test_a_program_that_is_not_there_is_said_by_name() -> None:
    with pytest.raises(ProgramMissing, match="no-such-program"):
        run(["no-such-program"], seconds=1)


def test_one_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    with pytest.raises(ProgramTimedOut):
        run(["sh", "-c", f"sleep 300 & echo $! > {pids}; sleep 300"], seconds=0.5)

    child = pids.read_text().strip()
    state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False).stdout
    assert state.strip() == "" or state.startswith("Z")


def test_one_that_floods_is_ended_at_the_cap() -> None:
    with pytest.raises(ProgramFlooded, match="100000 bytes"):
        run(["yes"], seconds=20, most_bytes=100_000)


def test_one_that_leaves_a_child_behind_on_its_output_does_not_keep_us() -> None:
    with pytest.raises(ProgramTimedOut):
        run(["sh", "-c", "sleep 300 & exit 0"], seconds=0.5)


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert run(["printf", r"\377\376ok"], seconds=5).out == "\ufffd\ufffdok"


def test_it_cannot_read_what_we_are_asked() -> None:
    assert run(["cat"], seconds=5).out == ""

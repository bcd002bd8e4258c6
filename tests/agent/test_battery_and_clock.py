"""Batteries as the kernel documents them (none was here to run on), and this machine's own clock."""

from __future__ import annotations

import platform
import time
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.health import battery, clock, clock_error
from agent.sources.timex import Clock
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading

NOW = int(time.time())


def look(root: Path = Path("/")) -> Look:
    return Look(NOW, NOW + 300, Forgetful(), root=root)


def told(one: Reading | Gap) -> str:
    check = BY_NAME[one.check]
    if isinstance(one, Gap):
        return f"{one.why.value}: {one.reason}"
    finding = check.finding(one, check.standard, NOW)
    return f"{finding.status.value}: {finding.sentence}"


def supply(root: Path, name: str, **files: str) -> None:
    folder = root / "sys/class/power_supply" / name
    folder.mkdir(parents=True)
    for file, text in files.items():
        (folder / file).write_text(f"{text}\n")


@pytest.mark.parametrize(
    ("full", "design", "expected"),
    [
        ("48000000", "50000000", "ok: the battery holds 96 % of what it was made for"),
        ("30000000", "50000000", "watch: the battery holds 60 % of what it was made for"),
        ("10000000", "50000000", "breach: the battery holds 20 % of what it was made for"),
        ("10000000", "0", "failed: it does not tell"),
        ("-5", "50000000", "failed: it does not tell"),
        ("9" * 400, "1", "failed: it does not tell"),
        ("much", "50000000", "failed: it does not tell"),
    ],
)
@pytest.mark.parametrize("kind", ["energy", "charge"])
def test_a_battery_is_judged_by_what_it_still_holds(
    tmp_path: Path, kind: str, full: str, design: str, expected: str
) -> None:
    supply(tmp_path, "BAT0", **{"type": "Battery", f"{kind}_full": full, f"{kind}_full_design": design})
    (one,) = battery.look(look(tmp_path))
    assert told(one) == expected


def test_mains_and_a_mouse_are_no_battery_of_the_machine(tmp_path: Path) -> None:
    supply(tmp_path, "AC", type="Mains")
    supply(tmp_path, "mouse", type="Battery", scope="Device")
    (one,) = battery.look(look(tmp_path))
    assert told(one) == "not here: this machine has no battery"


@pytest.mark.parametrize(
    ("kernel", "expected"),
    [
        (Clock(True, 0.0), "ok: the clock is off by 0.001 s at most"),
        (Clock(True, 0.034), "ok: the clock is off by 0.034 s at most"),
        (Clock(True, 2.5), "watch: the clock is off by 2.5 s at most"),
        (Clock(True, -1.0), "failed: the kernel tells an error that cannot be"),
        (Clock(False, 16.0), "not here: nobody keeps this clock, so nobody knows its error"),
        (None, "denied: the kernel does not say how its clock stands"),
    ],
)
def test_the_error_of_a_clock_is_judged_while_somebody_keeps_it(kernel: Clock | None, expected: str) -> None:
    assert told(clock_error.told(look(), kernel)) == expected


@pytest.mark.skipif(platform.system() != "Linux", reason="adjtimex is Linux's")
def test_this_machines_kernel_answers_both_checks_alike() -> None:
    (kept,), (error,) = clock.look(look()), clock_error.look(look())
    assert isinstance(kept, Reading)
    if kept.value:
        assert told(error) == "not here: nobody keeps this clock, so nobody knows its error"
    else:
        assert isinstance(error, Reading)
        assert error.value is not None
        assert 0 <= error.value <= 16, "the kernel gives up at 16 s"

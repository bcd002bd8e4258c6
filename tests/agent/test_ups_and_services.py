"""A UPS through NUT's own dummy driver, for real; services by process for real, by unit as documented."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from conftest import stand_in

from agent.config import ConfigError, settings
from agent.forgetful import Forgetful
from agent.homes import home
from agent.looking import ListedService, ListedUps, Look, LookAt
from agent.probes.health import services_running, ups
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading

NOW = int(time.time())
DRIVER = Path("/lib/nut/dummy-ups")


def told(one: Reading | Gap) -> str:
    check = BY_NAME[one.check]
    if isinstance(one, Gap):
        return f"{one.why.value}: {one.reason}"
    finding = check.finding(one, check.standard, NOW)
    return f"{finding.status.value}: {finding.sentence}"


def of_ups(name: str) -> str:
    asked = LookAt(ups=(ListedUps("rack", name),))
    (one,) = ups.look(Look(NOW, NOW + 300, Forgetful(), asked))
    return told(one)


def of_services(root: Path, *listed: ListedService) -> list[str]:
    asked = LookAt(services=listed)
    return [told(one) for one in services_running.look(Look(NOW, NOW + 300, Forgetful(), asked, root))]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """NUT's driver and daemon with one made-up UPS: the file of its variables, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    variables = tmp_path / "rack.dev"
    variables.write_text("ups.status: OL CHRG\nbattery.charge: 100\nbattery.runtime: 1800\n")
    (tmp_path / "ups.conf").write_text(f'[rack]\n driver = dummy-ups\n port = "{variables}"\n mode = dummy-loop\n')
    (tmp_path / "upsd.conf").write_text(f"LISTEN 127.0.0.1 {port}\n")
    (tmp_path / "upsd.users").write_text("")
    (tmp_path / "nut.conf").write_text("MODE=netserver\n")
    for path in tmp_path.iterdir():
        path.chmod(0o600)
    places = {name: str(tmp_path) for name in ("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH")}
    env = {**os.environ, **places, "MODE": "netserver"}
    with (tmp_path / "log").open("w") as log:
        driver = subprocess.Popen(
            [DRIVER, "-F", "-a", "rack", "-u", "root", "-i", "1"], env=env, stdout=log, stderr=log
        )
        daemon = subprocess.Popen([DRIVER.with_name("upsd"), "-F", "-u", "root"], env=env, stdout=log, stderr=log)
    try:
        until(f"rack@127.0.0.1:{port}", "ok: on mains")
        yield variables, f"rack@127.0.0.1:{port}"
    finally:
        for one in (daemon, driver):
            one.terminate()
            one.wait(10)


def until(name: str, words: str) -> str:
    """What is said of it, once that begins so; what is said at last where it never does."""
    end = time.monotonic() + 20
    while not (said := of_ups(name)).startswith(words) and time.monotonic() < end:
        time.sleep(0.2)
    return said


@pytest.mark.skipif(
    not DRIVER.exists() or shutil.which("upsc") is None or not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="nut-server or nut-client is not installed, or this is not root",
)
def test_a_real_nut_tells_good_watch_and_breach(served: tuple[Path, str]) -> None:
    variables, name = served
    assert of_ups(name) == "ok: on mains: charge 100 %, lasts 30 min"
    for status, words in (
        ("OL RB", "watch: in trouble: battery must be replaced, charge 17 %, lasts 4 min"),
        ("OB DISCHRG LB", "breach: in trouble: on battery, battery is low, charge 17 %, lasts 4 min"),
        ("OB WHAT", "failed: its status is none that is known: WHAT"),
    ):
        variables.write_text(f"ups.status: {status}\nbattery.charge: 17\nbattery.runtime: 240\n")
        assert until(name, words) == words
    assert "Unknown UPS" in of_ups(name.replace("rack", "none"))


@pytest.mark.parametrize(
    ("body", "words"),
    [("exit 1", "failed: upsc ended with 1"), ("echo ups.load: 5", "no ups.status"),
     ("printf '\\377: \\376'", "no ups.status"), ("echo 'Error: Data stale' >&2; exit 1", "Data stale"),
     ("echo ups.status: OL; kill -9 $$", "failed: upsc ended with -9"),
     ("sleep 60", "timed out: upsc ran longer"), ("cat /dev/zero", "wrote more than"),
     ("echo ups.status: OL; echo battery.charge: 99999; echo battery.runtime: -5", "ok: on mains")],
)  # fmt: skip
def test_an_upsc_that_fails_is_a_gap_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, words: str
) -> None:
    monkeypatch.setattr(ups, "SECONDS", 1.0)
    stand_in(tmp_path, monkeypatch, "upsc", body)
    assert words in of_ups("rack")
    assert "99999" not in of_ups("rack")


def test_a_process_that_must_run_is_found_by_its_name_until_it_ends(tmp_path: Path) -> None:
    mine = tmp_path / "wb-must-run"
    mine.symlink_to(shutil.which("sleep") or sys.executable)
    listed = ListedService("sleeper", process="wb-must-run")
    assert of_services(tmp_path, listed) == ["breach: does not run"]
    with subprocess.Popen([mine, "60"]) as running:
        time.sleep(0.2)
        assert of_services(tmp_path, listed) == ["ok: runs"]
        running.kill()


SHOWN = (
    r"LoadState=loaded\nActiveState=active\nSubState=running\n\nLoadState=loaded\nActiveState=failed\nSubState=failed\n\n"
    r"LoadState=not-found\nActiveState=inactive\nSubState=dead\n"
)
LISTED = [ListedService(one, f"{one}.service") for one in ("web", "db", "gone")]


def test_units_are_told_apart_and_one_that_is_not_installed_is_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shape is systemctl(1)'s; not run by us under a systemd."""
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    stand_in(tmp_path, monkeypatch, "systemctl", f"printf '{SHOWN}'")
    assert of_services(tmp_path, *LISTED) == [
        "ok: runs: active (running)",
        "breach: does not run: failed (failed)",
        "failed: gone.service is not installed here",
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [("exit 1", "does not say"), ("echo LoadState=loaded", "does not say"), ("cat /dev/zero", "wrote more than"),
     ("sleep 60", "ran longer than"), ("printf '\\377'", "does not say")],
)  # fmt: skip
def test_a_systemctl_that_fails_leaves_a_gap_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, words: str
) -> None:
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    monkeypatch.setattr(services_running, "SECONDS", 1.0)
    stand_in(tmp_path, monkeypatch, "systemctl", body)
    said = of_services(tmp_path, *LISTED)
    assert len(said) == 3
    assert all(words in one and not one.startswith(("ok", "breach")) for one in said)


class Told:
    """A service as psutil has it on Windows."""

    def __init__(self, name: str) -> None:
        if name == "gone.service":
            raise psutil.NoSuchProcess(0, name)
        if name == "db.service":
            raise psutil.AccessDenied(0, name)

    def status(self) -> str:
        return "running"


def test_windows_services_are_asked_by_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not run by us: as psutil documents `win_service_get`."""
    monkeypatch.setattr(psutil, "win_service_get", Told, raising=False)
    assert of_services(tmp_path, *LISTED) == [
        "ok: runs: running",
        "denied: the agent's user may not ask about db.service",
        "failed: gone.service is not installed here",
    ]


def test_without_systemd_a_unit_is_a_gap_that_says_what_to_do(tmp_path: Path) -> None:
    (said,) = of_services(tmp_path, LISTED[0])
    assert said == "failed: this machine does not run systemd; name a process instead of a unit"


def test_what_is_listed_is_read_and_everything_wrong_with_it_is_told(tmp_path: Path) -> None:
    where = home(tmp_path).made()
    where.settings.write_text(
        '[[ups]]\nname = "r"\nups = "rack@10.0.0.2"\n[[services]]\nname = "w"\nunit = "web.service"\n'
    )
    found = settings(where).look_at
    assert (found.ups, found.services) == ((ListedUps("r", "rack@10.0.0.2"),), (ListedService("w", "web.service"),))
    where.settings.write_text(
        '[[ups]]\nname = "r"\nups = "-l"\n[[services]]\nname = "a"\n[[services]]\nname = "b"\nunit = "x y"\n'
    )
    with pytest.raises(ConfigError) as wrong:
        settings(where)
    assert wrong.value.problems == (
        "ups 1: ups must be one word that does not begin with -",
        "services 2: unit must be one word that does not begin with -",
        "services 1: name a unit or a process, and one of them alone",
    )

"""The command line over a real daemon: tables, JSON, exit codes, and what it says when something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CLIENT, PROVIDER, House, eventually


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One daemon with a model and one agent that has checked in, for all the tests of this file."""
    house = House(tmp_path_factory.mktemp("cli") / "home")
    house.home.mkdir()
    house.start()
    house.publish(PROVIDER, CLIENT)
    house.join("mill", "main", "box")
    assert house.agent("checkin").returncode == 0
    yield house
    house.close()


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("hosts", {"client", "host", "status", "last_seen", "site", "os", "services"}),
        (
            "findings",
            {"client", "host", "check", "subject", "status", "since", "service", "owner", "answers", "sentence"},
        ),
        ("services", {"client", "service", "name", "owner", "state", "status", "criticality", "sla"}),
        ("agents list", {"agent", "client", "host", "status", "version", "joined_at"}),
    ],
)
def test_every_table_has_its_json_with_stable_fields(house: House, command: str, fields: set[str]) -> None:
    rows = house.rows(*command.split(), "--json")
    table = house.cli(*command.split())

    assert rows
    assert all(fields <= row.keys() for row in rows)
    assert table.returncode == 0
    assert len(table.stdout.splitlines()) == len(rows) + 1
    assert "\x1b" not in table.stdout


def test_instants_are_rfc_3339_in_utc(house: House) -> None:
    (row,) = house.rows("hosts", "--json")
    assert row["last_seen"].endswith("Z")
    assert row["last_seen"][10] == "T"
    assert house.rows("incidents", "--json") == [] or isinstance(house.rows("incidents", "--json"), list)


def test_colour_is_a_wish_and_no_color_holds(house: House) -> None:
    assert "\x1b[" in house.cli("--color", "always", "hosts").stdout
    assert "\x1b[" not in house.cli("--color", "never", "hosts").stdout
    assert "\x1b[" not in house.process("hosts", env={**os.environ, "NO_COLOR": "1"}).stdout


def test_findings_are_narrowed_by_host_and_status(house: House) -> None:
    assert house.rows("findings", "--host", "nobody", "--json") == []
    assert {row["status"] for row in house.rows("findings", "--status", "ok", "--json")} == {"ok"}


def test_the_week_is_a_page_and_a_value(house: House) -> None:
    page = house.cli("week", "--client", "mill")
    eventually(lambda: house.rows("week", "--client", "mill", "--format", "json")["services"][0]["eligible"])
    value = house.rows("week", "--client", "mill", "--format", "json")

    assert page.stdout.startswith("THE MILL ")
    assert (value["client"], value["formula"], value["so_far"]) == ("mill", "1", True)
    assert value["services"][0]["verdict"] in ("met", "unproven", "missed")
    assert house.cli("week", "--client", "mill", "--week", "2026-W99").returncode == 11
    old = house.rows("week", "--client", "mill", "--week", "2020-W01", "--format", "json")
    assert old["services"][0]["availability"] == "nothing due"


def test_a_model_is_checked_published_and_shown(house: House, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.yaml", tmp_path / "good.yaml"
    bad.write_text(CLIENT.replace("owner: ana", "owner: anna"))
    good.write_text(CLIENT + "# a comment that stays\n")

    told = house.cli("model", "check", str(bad))
    assert told.returncode == 1
    assert "bad.yaml:6:" in told.stdout
    assert "did you mean ana?" in told.stdout
    problems = house.cli("model", "check", str(bad), "--json")
    assert json.loads(problems.stdout)["problems"][0]["where"] == "services.work.owner"
    assert house.cli("model", "publish", str(bad), "--reason", "x").returncode == 11
    assert house.cli("model", "check", str(good)).returncode == 0
    assert (
        "mill revision 2 is in force"
        in house.cli("model", "publish", str(good), "--reason", "a comment", "--base", "1").stdout
    )
    assert house.cli("model", "show", "mill").stdout == good.read_text()
    assert [row["model"] for row in house.rows("model", "show", "--json")] == ["provider", "mill"]


def test_an_invitation_is_one_line_on_stdout_and_never_in_a_log(house: House) -> None:
    told = house.cli("agents", "invite", "--client", "mill", "--site", "main")
    (token,) = told.stdout.splitlines()

    assert token.startswith("watchbill1_")
    assert token not in told.stderr
    assert token not in (house.home.parent / "daemon.log").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("own", "99"), 11, "no incident 99"),
        (("agents", "revoke", "gone", "--reason", "x", "--yes"), 11, "no agent"),
        (("agents", "invite", "--client", "mill", "--site", "moon"), 11, "known are: mill/main"),
        (("hosts", "--client", "gone"), 11, "known are: mill"),
        (("model", "check", "/nonexistent.yaml"), 2, "does not exist"),
        (("week", "--format", "pdf"), 2, "Invalid value"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_what_is_wrong_is_said_with_its_code(house: House, arguments: tuple[str, ...], code: int, said: str) -> None:
    told = house.cli(*arguments)
    assert told.returncode == code
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_without_a_daemon_it_says_where_and_what_to_do(tmp_path: Path) -> None:
    told = House(tmp_path / "empty").cli("hosts")
    assert told.returncode == 10
    assert str(tmp_path / "empty") in told.stderr
    assert "watchbill up" in told.stderr


def test_the_shell_completes(house: House) -> None:
    script = house.cli("completion", "bash").stdout
    assert "_WATCHBILL_COMPLETE" in script
    env = {**os.environ, "_WATCHBILL_COMPLETE": "bash_complete", "COMP_WORDS": "watchbill inc", "COMP_CWORD": "1"}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("watchbill"))], env=env, capture_output=True, text=True, check=False
    )
    assert "incidents" in done.stdout


def test_home_and_colour_stand_before_a_command_and_after_it(house: House) -> None:
    elsewhere = str(house.home / "nowhere")
    for words in (("--home", elsewhere, "agents", "list"), ("agents", "list", "--home", elsewhere)):
        told = house.cli(*words)
        assert told.returncode == 10
        assert elsewhere in told.stderr
    assert "\x1b[" in house.cli("hosts", "--color", "always").stdout
    assert house.agent("status").returncode == 0
    assert house.agent("status", "--home", elsewhere).returncode == 13

"""Real monitoring plugins as probes, whatever they do; and our own checks run by a tool of theirs."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import needs, quick

from agent.config import ConfigError, settings
from agent.forgetful import Forgetful
from agent.homes import Home, home
from agent.looking import ListedPlugin, Look, LookAt
from agent.probes.health import plugin
from checks.catalogue import BY_NAME
from checks.finding import Status
from checks.reading import CheckName, Gap, Reading, Why
from checks.version import VERSION

NOW = 1_800_000_000
DEBIAN = Path("/usr/lib/nagios/plugins")


def seen(*plugins: ListedPlugin) -> list[Reading | Gap]:
    return list(plugin.look(Look(NOW, NOW + 60, Forgetful(), LookAt(plugins=plugins))))


def script(folder: Path, body: str) -> ListedPlugin:
    file = folder / "check_it"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return ListedPlugin("it", (str(file),), 1.0)


def debian(name: str, *arguments: str) -> ListedPlugin:
    needs(str(DEBIAN / name))
    return ListedPlugin(name, (str(DEBIAN / name), *arguments))


@pytest.mark.parametrize(("code", "status"), [("0", Status.OK), ("1", Status.WATCH), ("2", Status.BREACH)])
def test_the_exit_code_of_a_real_plugin_is_its_status_and_its_line_the_sentence(code: str, status: Status) -> None:
    (one,) = seen(debian("check_dummy", code, "as it was told"))
    check = BY_NAME[CheckName("plugin")]
    assert isinstance(one, Reading)
    finding = check.finding(one, check.standard, NOW)
    assert (finding.status, "as it was told" in finding.sentence) == (status, True)


def test_a_real_plugin_that_does_not_know_is_unknown_and_values_of_another_are_kept() -> None:
    unknown, disk = seen(
        debian("check_dummy", "3", "who can tell"), debian("check_disk", "-w", "1%", "-c", "1%", "-p", "/")
    )
    assert isinstance(unknown, Gap)
    assert (unknown.why, "who can tell" in unknown.reason) == (Why.FAILED, True)
    assert isinstance(disk, Reading)
    (free,) = disk.items[1:]
    assert (free.name, free.detail.split()[1], "(" in free.detail) == ("/", "B", True)


@pytest.mark.parametrize(
    ("body", "why", "reason"),
    [
        ("exec sleep 60", Why.TIMED_OUT, "ran longer than 1 s"),
        ("yes", Why.FAILED, "wrote more than"),
        ("kill -9 $$", Why.FAILED, "exit code -9, which is no plugin's"),
        ("echo OK; exit 127", Why.FAILED, "exit code 127, which is no plugin's: OK"),
        ("echo trouble >&2; exit 3", Why.FAILED, "it does not know: trouble"),
    ],
)
def test_what_a_plugin_does_wrong_is_a_gap_with_the_reason(tmp_path: Path, body: str, why: Why, reason: str) -> None:
    began = time.monotonic()
    (one,) = seen(script(tmp_path, body))
    assert isinstance(one, Gap)
    assert (one.why, one.subject) == (why, "it")
    assert reason in one.reason
    assert time.monotonic() - began < 20


def test_output_that_is_not_utf_8_and_no_output_are_read_all_the_same(tmp_path: Path) -> None:
    (one,) = seen(script(tmp_path, "printf 'caf\\351 \\033[31mred|x=1'; exit 1"))
    assert isinstance(one, Reading)
    assert (one.value, "\x1b" in one.items[0].name) == (1.0, False)
    check = BY_NAME[CheckName("plugin")]
    (mute,) = seen(script(tmp_path, "exit 2"))
    assert isinstance(mute, Reading)
    assert check.finding(mute, check.standard, NOW).sentence == "says critical, without a word"


def test_a_plugin_that_is_not_there_is_unknown_and_its_neighbour_is_asked(tmp_path: Path) -> None:
    gone, there = seen(ListedPlugin("gone", ("/no/such/plugin",)), script(tmp_path, "echo fine"))
    assert isinstance(gone, Gap)
    assert (gone.why, isinstance(there, Reading)) == (Why.FAILED, True)


def test_the_command_is_a_list_that_no_shell_reads_and_everything_wrong_with_it_is_told(tmp_path: Path) -> None:
    where: Home = home(tmp_path).made()
    where.settings.write_text('[[plugins]]\nname = "a"\ncommand = ["/bin/echo", "$HOME; rm -rf /"]\nseconds = 5\n')
    (listed,) = settings(where).look_at.plugins
    assert listed == ListedPlugin("a", ("/bin/echo", "$HOME; rm -rf /"), 5.0)
    (one,) = seen(listed)
    assert isinstance(one, Reading)
    assert one.items[0].name == "$HOME; rm -rf /"
    bad = '[[plugins]]\nname = "a"\ncommand = "check_x -w 5"\nseconds = 0\n[[plugins]]\nname = "a"\nshell = "x"\n'
    where.settings.write_text(bad)
    with pytest.raises(ConfigError) as told:
        settings(where)
    words = "\n".join(told.value.problems)
    for part in ("must be a list of text", "seconds must be a number from 1 to 50", "command is missing",
                 "unknown key shell", "every name must be its own"):  # fmt: skip
        assert part in words


def agent(*words: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "agent", "--home", str(folder), *words]
    return subprocess.run(
        argv, capture_output=True, encoding="utf-8", check=False, timeout=60, env={**quick(), **env}
    )  # fmt: skip


def test_our_check_is_a_plugin_for_the_tools_of_others(tmp_path: Path) -> None:
    needs(str(DEBIAN / "negate"))
    ours = [sys.executable, "-m", "agent", "--home", str(tmp_path), "check", "uptime"]
    plain = subprocess.run(ours, capture_output=True, text=True, check=False, timeout=60)
    assert (plain.returncode, plain.stdout.startswith("UPTIME OK: up for")) == (0, True)
    turned = subprocess.run([str(DEBIAN / "negate"), *ours], capture_output=True, text=True, check=False, timeout=60)
    assert turned.returncode == 2
    assert turned.stdout.startswith("UPTIME ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "nonsense"), "there is no check 'nonsense'; known are: "),
        (("check", "--nonsense"), "unrecognized arguments: --nonsense"),
        (("check", "disk", "two"), "unrecognized arguments: two"),
        (("check", "disk", "-t", "never"), "a whole number of seconds"),
    ],
)
def test_wrong_usage_is_unknown_and_never_critical(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    told = agent(*words, folder=tmp_path)
    assert (told.returncode, told.stdout.count("\n"), told.stderr) == (3, 1, ""), told
    assert told.stdout.startswith("UNKNOWN: ")
    assert said in told.stdout


def test_a_damaged_configuration_is_unknown_for_each_who_asks(tmp_path: Path) -> None:
    home(tmp_path).made().settings.write_text("pace = 'often'\n'a | b' = 1")
    told = agent("check", "disk", folder=tmp_path)
    assert (told.returncode, told.stderr, "|" in told.stdout) == (3, "", False)
    assert "pace must be a whole number" in told.stdout
    local = agent("check", "--checkmk", folder=tmp_path)
    assert (local.returncode, local.stdout.startswith('3 "Watchbill" - '), local.stdout.count("\n")) == (0, True, 1)


def test_help_and_version_say_nothing_of_the_machine(tmp_path: Path) -> None:
    for option, word in (("-h", "--timeout"), ("--help", "--checkmk"), ("-V", VERSION), ("--version", VERSION)):
        told = agent("check", option, folder=tmp_path)
        assert (told.returncode, told.stderr, word in told.stdout) == (3, "", True), option


def test_what_is_not_known_in_time_is_unknown_and_its_program_is_ended(tmp_path: Path) -> None:
    slow = script(tmp_path, f"echo $$ >{tmp_path}/pid; exec sleep 600")
    where = home(tmp_path / "home").made()
    where.settings.write_text(f'[[plugins]]\nname = "slow"\ncommand = ["{slow.command[0]}"]\nseconds = 50\n')
    told = agent("check", "plugin", "-t", "2", folder=tmp_path / "home")
    assert (told.returncode, told.stdout) == (3, "PLUGIN UNKNOWN: did not answer within 2 s\n")
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}/cwd").exists()


def test_all_checks_are_one_plugin_whatever_the_locale(tmp_path: Path) -> None:
    told = agent("check", folder=tmp_path, PYTHONIOENCODING="ascii")
    first, *rest = told.stdout.splitlines()
    assert told.returncode in range(4)
    assert (first.startswith("WATCHBILL "), "'memory'=" in first, told.stderr) == (True, True, "")
    assert any(one.startswith(("OK memory: ", "WARNING memory: ", "CRITICAL memory: ")) for one in rest)
    assert "|" not in "".join(rest)


def test_checks_are_local_checks_of_checkmk(tmp_path: Path) -> None:
    told = agent("check", "memory", "--checkmk", folder=tmp_path)
    assert told.returncode == 0
    status, rest = told.stdout.split(" ", 1)
    assert status in "0123"
    assert rest.startswith('"memory" memory=')
    first, *others = agent("check", "--checkmk", folder=tmp_path).stdout.splitlines()
    assert first == f'0 "Watchbill" - looked at {len(others)} things'

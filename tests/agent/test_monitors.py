"""Real Icinga and Nagios, configured as docs/icinga.md says, that run our checks and take what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from grp import getgrgid
from pathlib import Path
from pwd import getpwuid

import pytest
from conftest import eventually, needs

from agent.homes import home

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/icinga.md").read_text()
NAMES = ("uptime", "newest_file", "nonsense")
Told = dict[str, tuple[str, str, str]]
"""By check: state, first line, performance data."""


def block(language: str, program: Path) -> str:
    """What the page says, with the agent of these tests."""
    (text,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(text).replace("/usr/local/bin/watchbill-agent", str(program))


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """An agent that has a file to watch, which is ten days old and has a difficult name."""
    dump = tmp_path / "dump"
    dump.touch()
    os.utime(dump, (time.time() - 864_000,) * 2)
    where = home(tmp_path / "home").made()
    where.settings.write_text(f"""[[files]]\nname = "it's | dump"\npath = "{dump}"\n""")
    file = tmp_path / "watchbill-agent"
    file.write_text(f'#!/bin/sh\ncd {ROOT} && exec {sys.executable} -m agent --home {tmp_path}/home "$@"\n')
    file.chmod(0o755)
    return file


@contextmanager
def running(argv: list[str], folder: Path, **env: str) -> Iterator[None]:
    """A daemon in the foreground; what it says is told where the test fails."""
    with (folder / "out").open("wb") as out, subprocess.Popen(
        argv, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env={**os.environ, **env}
    ) as daemon:  # fmt: skip
        try:
            yield
        finally:
            daemon.terminate()
            daemon.wait(30)
            print((folder / "out").read_text())


def all_told(read: Callable[[], Told]) -> Told:
    def whole() -> Told | None:
        told = read()
        return told if told.keys() == set(NAMES) else None

    return eventually(whole)  # type: ignore[no-any-return]


ICINGA = """include <itl>
object Endpoint NodeName {{ }}
object Zone NodeName {{ endpoints = [ NodeName ] }}
object CheckerComponent "checker" {{ }}
object PerfdataWriter "told" {{
  rotation_interval = 1s
  service_temp_path = "{folder}/now"
  service_perfdata_path = "{folder}/told"
  host_temp_path = "{folder}/host"
  host_perfdata_path = "{folder}/hosts"
  service_format_template = "STATE\t$service.name$\t$service.state_id$\t$service.output$\t$service.perfdata$\tEND"
}}
object Host "box" {{
  check_command = "dummy"
  vars.watchbill = [ "uptime", "newest_file", "nonsense" ]
}}
"""


@pytest.mark.real
def test_icinga_runs_our_checks_and_takes_states_and_performance_data(tmp_path: Path, program: Path) -> None:
    needs("icinga2")
    config = tmp_path / "icinga2.conf"
    often = "check_interval = 1s\n  retry_interval = 1s\n  check_command"
    asked = block("icinga2", program).replace("check_command", often)
    config.write_text(ICINGA.format(folder=tmp_path) + asked)
    folders = ("DataDir", "CacheDir", "LogDir", "InitRunDir", "SpoolDir")
    for one in folders:
        (tmp_path / one).mkdir()
    argv = ["icinga2", "daemon", "-c", str(config), "-D", "NodeName=box"]
    argv += [word for one in folders for word in ("-D", f"{one}={tmp_path / one}")]
    me = {"ICINGA2_USER": getpwuid(os.getuid()).pw_name, "ICINGA2_GROUP": getgrgid(os.getgid()).gr_name}

    def read() -> Told:
        text = "".join(path.read_text() for path in [*tmp_path.glob("told.*"), tmp_path / "now"] if path.is_file())
        rows = re.findall(r"STATE\t(.*?)\t(.*?)\t(.*?)\t(.*?)\tEND", text, re.DOTALL)
        return {name: (state, words, data) for name, state, words, data in rows}

    with running(argv, tmp_path, **me):
        told = all_told(read)
    check(told)
    assert told["uptime"][2].startswith("uptime=")


NAGIOS = """cfg_file={folder}/objects.cfg
log_file={folder}/log
status_file={folder}/status.dat
object_cache_file={folder}/objects.cache
state_retention_file={folder}/retention
temp_path={folder}
temp_file={folder}/temp
lock_file={folder}/lock
query_socket={folder}/query
check_result_path={folder}/results
nagios_user={user}
nagios_group={group}
check_external_commands=0
status_update_interval=1
interval_length=1
service_inter_check_delay_method=n
"""
OBJECTS = """define timeperiod {
    timeperiod_name always
    alias always
    sunday 00:00-24:00
    monday 00:00-24:00
    tuesday 00:00-24:00
    wednesday 00:00-24:00
    thursday 00:00-24:00
    friday 00:00-24:00
    saturday 00:00-24:00
}
define contact {
    contact_name nobody
    host_notifications_enabled 0
    service_notifications_enabled 0
    host_notification_commands watchbill
    service_notification_commands watchbill
    host_notification_period always
    service_notification_period always
}
define host {
    host_name box
    address 127.0.0.1
    max_check_attempts 1
    check_period always
}
"""


def service(name: str) -> str:
    return (
        f"define service {{\nhost_name box\nservice_description {name}\ncheck_command watchbill!{name}\n"
        "check_interval 2\nretry_interval 2\nmax_check_attempts 1\ncheck_period always\n}\n"
    )


@pytest.mark.real
def test_nagios_runs_our_checks_and_takes_states_and_performance_data(tmp_path: Path, program: Path) -> None:
    needs("nagios4")
    (tmp_path / "results").mkdir()
    (tmp_path / "objects.cfg").write_text(OBJECTS + block("nagios", program) + "".join(map(service, NAMES)))
    config = tmp_path / "nagios.cfg"
    config.write_text(NAGIOS.format(folder=tmp_path, user=os.getuid(), group=os.getgid()))

    def read() -> Told:
        status = tmp_path / "status.dat"
        blocks = re.findall(r"servicestatus \{(.*?)\n\t\}", status.read_text() if status.exists() else "", re.DOTALL)
        facts = [dict(line.strip().split("=", 1) for line in one.strip().splitlines()) for one in blocks]
        return {
            one["service_description"]: (one["current_state"], one["plugin_output"], one["performance_data"])
            for one in facts
            if one["has_been_checked"] == "1"
        }

    with running(["nagios4", str(config)], tmp_path):
        told = all_told(read)
    check(told)
    assert told["uptime"][2].startswith("'uptime'=")


def check(told: Told) -> None:
    """Whoever asks takes the same from us."""
    assert {name: state for name, (state, _, _) in told.items()} == {"uptime": "0", "newest_file": "2", "nonsense": "3"}
    assert told["uptime"][1].startswith("UPTIME OK: up for ")
    _, text, data = told["newest_file"]
    assert text.startswith("NEWEST_FILE CRITICAL: it's / dump: ")
    assert re.match(r"'it''s _ dump'=\d+s;93600;180000;0", data)
    assert told["nonsense"][1].startswith("UNKNOWN: there is no check 'nonsense'")

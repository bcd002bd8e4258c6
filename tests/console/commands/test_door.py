"""`watchbill door openssh`: each sshd is told what it knows, the one here proves it, what cannot be is told."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from callers import common_python
from conftest import House, eventually, needs, quick
from doors import account, free_port

from console.commands.fronting import reached_at
from console.commands.sshd import Front, NoSshd, config, unit, version_of

FRONT = Front(
    "/usr/sbin/sshd", (9, 2), Path("/srv/home"), "/usr/bin/python3", "0.0.0.0", 2222, "watchbill-door", "watchbill",
    Path("/run/watchbill/door.sock"), Path("/etc/watchbill"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("version", "known", "unknown"),
    [
        ((8, 9), ["MaxSessions 1", "PerSourceMaxStartups"], ["ChannelTimeout", "PerSourcePenalties", "mlkem768"]),
        ((9, 2), ["ChannelTimeout", "UnusedConnectionTimeout"], ["PerSourcePenalties", "mlkem768"]),
        ((9, 8), ["ChannelTimeout", "PerSourcePenalties"], ["mlkem768"]),
        ((10, 0), ["ChannelTimeout", "PerSourcePenalties", "mlkem768"], []),
    ],
)
def test_each_sshd_is_told_the_limits_that_it_knows(
    version: tuple[int, int], known: list[str], unknown: list[str]
) -> None:
    written = config(replace(FRONT, version=version))
    assert [word for word in known if word not in written] == []
    assert [word for word in unknown if word in written] == []


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("OpenSSH_9.2, OpenSSL 3.0.19 27 Jan 2026", (9, 2)),
        ("unknown option -- V\nOpenSSH_8.9p1 Ubuntu-3ubuntu0.10, OpenSSL 3.0.2\nusage: sshd [-46Dd]", (8, 9)),
        ("OpenSSH_10.0p2 Debian-7, OpenSSL 3.5.1 1 Jul 2025", (10, 0)),
    ],
)
def test_a_version_is_read_from_what_each_sshd_says_of_itself(said: str, version: tuple[int, int]) -> None:
    assert version_of(said) == version


@pytest.mark.parametrize("said", ["OpenSSH_8.4p1 Debian-5", "Dropbear v2022.83", ""])
def test_an_sshd_that_is_too_old_or_another_is_refused(said: str) -> None:
    with pytest.raises(NoSshd):
        version_of(said)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("msp.example", "msp.example:2222"),
        ("msp.example:22", "msp.example:22"),
        ("2001:db8::7", "[2001:db8::7]:2222"),
        ("[2001:db8::7]:22", "[2001:db8::7]:22"),
    ],
)
def test_an_address_gets_the_port_that_it_lacks(given: str, told: str) -> None:
    assert reached_at(given, 2222) == told


def test_the_sshd_that_is_here_is_left_with_one_way_in_and_one_thing_to_run(house: House, tmp_path: Path) -> None:
    if shutil.which("sshd", path="/usr/sbin:/usr/bin") is None:
        needs("sshd")
    house.start()
    with account() as name:
        written = house.process("door", "openssh", "--account", name, "--out", str(tmp_path / "o"), "--json")
        assert written.returncode == 0, written.stderr
        told = json.loads(written.stdout)
        asked = ["/usr/sbin/sshd", "-T", "-f", told["config"]]
        means = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told["account"] == name
    for line in (
        "passwordauthentication no", "kbdinteractiveauthentication no", "hostbasedauthentication no", "usepam no",
        "permittty no", "permitrootlogin no", "disableforwarding yes", "maxsessions 1", "maxauthtries 3",
        "logingracetime 20", "authorizedkeysfile none", "authenticationmethods publickey", "compression no",
        "hostkeyalgorithms ssh-ed25519", "pubkeyacceptedalgorithms ssh-ed25519", "permituserrc no",
    ):  # fmt: skip
        assert line in means, line


def test_what_cannot_be_a_door_is_told_with_what_to_do(house: House, tmp_path: Path) -> None:
    if shutil.which("sshd", path="/usr/sbin:/usr/bin") is None:
        needs("sshd")
    early = house.process("door", "openssh")
    house.start()
    said = [
        (early, "run `watchbill serve` once"),
        (house.process("door", "openssh", "--account", "nobody-here"), "useradd"),
        (house.process("door", "openssh", "--account", "root"), "agents do not log in as root"),
        (house.process("door", "openssh", "--sshd", "/bin/true"), "it does not say that it is OpenSSH"),
        (house.process("door", "openssh", "--sshd", "/nonexistent/sshd"), "No such file"),
    ]
    if os.geteuid():
        said.append((house.process("door", "openssh", "--account", "daemon"), "only root can run a door as daemon"))
    else:
        said.append((house.process("door", "openssh", "--account", "nobody"), "starts nothing"))
    for ended, word in said:
        assert ended.returncode == 2
        assert word in ended.stderr or "there is no account" in ended.stderr, ended.stderr
    assert not (house.home / "console" / "openssh.json").exists()


def test_a_home_that_sshds_files_cannot_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "my home").mkdir()
    house = House(tmp_path / "my home")
    try:
        house.start()
        with account() as name:
            refused = house.process("door", "openssh", "--account", name, "--out", str(tmp_path / "o"))
    finally:
        house.close()
    assert refused.returncode == 2
    assert "names without spaces" in refused.stderr


def test_its_unit_starts_what_was_written_and_is_kept_in(tmp_path: Path) -> None:
    needs("systemd-analyze")
    written = tmp_path / "watchbill-door.service"
    written.write_text(unit(FRONT))
    assert "ExecStart=/usr/sbin/sshd -D -e -f /etc/watchbill/sshd_config" in written.read_text()
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=50", str(written)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert judged.returncode == 0, judged.stdout[-400:]


@pytest.fixture
def unprivileged() -> Iterator[tuple[str, Path]]:
    """An account without any right, and a folder of its own."""
    with account() as name, tempfile.TemporaryDirectory(prefix="wb-") as folder:
        known = pwd.getpwnam(name)
        os.chown(folder, known.pw_uid, known.pw_gid)
        yield name, Path(folder)


def test_without_root_it_works_on_a_high_port(unprivileged: tuple[str, Path], tmp_path: Path) -> None:
    """Everything as one plain user: daemon, sshd and the account that agents log in as."""
    if shutil.which("sshd", path="/usr/sbin:/usr/bin") is None:
        needs("sshd")
    name, folder = unprivileged
    known, home, port = pwd.getpwnam(name), folder / "home", free_port()
    become = ["setpriv", f"--reuid={known.pw_uid}", f"--regid={known.pw_gid}", "--clear-groups"]
    as_them = become if os.geteuid() == 0 else []
    python, path = common_python() if as_them else (sys.executable, "")
    env = {**quick(), "HOME": str(folder), "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    watchbill = [*as_them, python, "-m", "console", "--home", str(home)]
    children: list[subprocess.Popen[str]] = []

    def begin(*command: str) -> subprocess.Popen[str]:
        children.append(
            subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        )
        return children[-1]

    def ready(daemon: subprocess.Popen[str]) -> None:
        assert daemon.stdout is not None
        assert daemon.stdout.readline().startswith("ready")

    def done(*arguments: str) -> str:
        ended = subprocess.run([*watchbill, *arguments], env=env, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    try:
        ready(begin(*watchbill, "serve", "--starter"))
        start = json.loads(
            done("door", "openssh", "--port", str(port), "--listen", "127.0.0.1", "--address", "127.0.0.1", "--json")
        )["start"]
        children[0].terminate()
        children[0].wait(20)
        ready(begin(*watchbill, "serve"))
        begin(*as_them, *start[0].split())
        token = json.loads(done("agents", "invite", "--client", "here", "--site", "main", "--json"))["token"]
        agent = House(tmp_path)
        eventually(lambda: agent.agent("join", input=token).returncode == 0)
        assert agent.agent("checkin").returncode == 0
        (row,) = json.loads(done("agents", "list", "--json"))
        assert row["status"] == "heard"
    finally:
        for child in children:
            child.terminate()
            child.wait(20)
            if child.stdout:
                child.stdout.close()

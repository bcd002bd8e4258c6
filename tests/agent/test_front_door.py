"""The agent's front door: looking without a console, joining, and every way in which that goes wrong."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import CLIENT, PROVIDER, House, eventually, needs

from agent.config import ConfigError, settings
from agent.homes import Home
from checks.token import Token, read, written

ROOT = Path(__file__).parents[2]


BOXES = tuple(f"box{n}" for n in range(1, 20))
MACHINES = CLIENT.replace(
    "{box: {site: main}}", f"{{box: {{site: main}}, {', '.join(f'{one}: {{site: main}}' for one in BOXES)}}}"
)


@dataclass
class Joined:
    """One machine of its own, that has joined the one console of these tests."""

    house: House
    home: Path
    host: str

    def agent(self, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        return self.house.agent(*arguments, home=self.home, **more)

    @property
    def identity(self) -> Path:
        return self.home / "agent" / "identity.json"

    def say(self, **identity: str) -> None:
        """Change what the machine knows of itself and of its console."""
        self.identity.write_text(json.dumps({**json.loads(self.identity.read_text()), **identity}))

    def status(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(self.agent("status", "--json").stdout)
        return told


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("door") / "home")
    house.home.mkdir()
    house.start()
    house.publish(PROVIDER, MACHINES)
    yield house
    house.close()


@pytest.fixture
def joined(console: House, tmp_path: Path) -> Joined:
    host = free_host(console)
    console.join("mill", "main", host, home=tmp_path)
    return Joined(console, tmp_path, host)


def free_host(console: House) -> str:
    """A host of the model for which no agent speaks yet."""
    taken = {row.host for row in console.client.page("agents").rows}
    return next(name for name in BOXES if name not in taken)


def test_look_needs_no_console_and_says_the_same_in_words_and_json(house: House) -> None:
    words, value = house.agent("look"), house.agent("look", "--json")
    rows = json.loads(value.stdout)

    assert words.returncode == value.returncode
    assert words.returncode in (0, 1)
    assert {"check", "subject", "status", "sentence", "value", "unit", "advice"} <= rows[0].keys()
    assert "Health" in words.stdout
    assert "by default standards" in words.stdout
    assert not (house.home / "agent" / "spool.db").exists()


def test_look_works_for_somebody_without_rights(tmp_path: Path) -> None:
    needs("setpriv")
    if os.geteuid() != 0:
        pytest.skip("needs root to become somebody else")
    code = "import sys; from agent.__main__ import main; sys.exit(main(['--home', '/nonexistent', 'look', '--json']))"
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if _is_private(Path(sys.executable)) or _is_private(ROOT):  # where only root can read the interpreter or the code
        nobody += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    told = subprocess.run(
        [*nobody, sys.executable, "-c", code],
        cwd="/", env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
    assert told.returncode in (0, 1), told.stderr
    assert any(row["check"] == "disk" and row["status"] != "unknown" for row in json.loads(told.stdout))


def _is_private(path: Path) -> bool:
    """Whether others may not look into a folder that leads to it."""
    return any(not parent.stat().st_mode & 0o001 for one in (path, path.resolve()) for parent in one.parents)


@pytest.mark.parametrize("text", ["", "nonsense", "watchbill1_AAAA_00000000"])
def test_a_token_that_is_none_is_said_so_and_nothing_is_written(house: House, text: str) -> None:
    told = house.agent("join", input=text)

    assert told.returncode == 2
    assert "token" in told.stderr
    assert not (house.home / "agent" / "identity.json").exists()


def test_used_and_altered_tokens_sound_alike(console: House, tmp_path: Path) -> None:
    text = console.client.do("invite", client="mill", site="main", host=free_host(console)).token
    assert console.agent("join", input=text, home=tmp_path / "first").returncode == 0
    used = console.agent("join", input=text, home=tmp_path / "second")
    token = read(text)
    altered = written(Token(token.token_id, token.address, token.host_key, "A" * 43))
    other = console.agent("join", input=altered, home=tmp_path / "third")

    assert used.returncode == other.returncode == 11
    assert used.stderr == other.stderr
    assert "expired, used, or altered" in used.stderr
    assert not list((tmp_path / "second").rglob("identity.json"))


def test_joining_twice_asks_to_leave_first_and_leaving_closes_the_door(joined: Joined) -> None:
    client = joined.house.client
    text = client.do("invite", client="mill", site="main").token
    again = joined.agent("join", input=text)
    assert again.returncode == 2
    assert "leave" in again.stderr

    assert joined.agent("leave").returncode == 0
    assert joined.agent("status").returncode == 13
    assert [row.status for row in client.page("agents").rows if row.host == joined.host] == ["left"]
    assert joined.agent("join", input=text).returncode == 0


def test_somebody_else_behind_the_address_gets_nothing_signed(joined: Joined, tmp_path: Path) -> None:
    other = House(tmp_path / "other")
    other.home.mkdir()
    other.start("--starter")
    try:
        joined.say(address=f"127.0.0.1:{other.port}")
        told = joined.agent("checkin")
        assert told.returncode == 12
        assert "SHA256:" in told.stderr
        assert joined.status()["last_try"] == "wrong host key"
        assert joined.status()["waiting"] == 1
    finally:
        other.close()


def test_a_revoked_agent_keeps_its_spool_and_says_so(joined: Joined) -> None:
    joined.house.client.do("revoke", agent=str(joined.status()["agent"]), reason="stolen")

    told = joined.agent("checkin")
    assert told.returncode == 11
    assert "revoked" in told.stderr
    assert joined.status()["waiting"] == 1


def test_a_console_that_is_away_is_said_and_the_check_in_waits(joined: Joined) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        joined.say(address=f"127.0.0.1:{closed.getsockname()[1]}")
    told = joined.agent("checkin")

    assert told.returncode == 10
    assert "nothing answers at" in told.stderr
    assert joined.status()["waiting"] == 1


def test_a_listener_that_says_garbage_does_not_keep_the_agent(joined: Joined) -> None:
    with socket.create_server(("127.0.0.1", 0)) as liar:

        def lie() -> None:
            peer, _ = liar.accept()
            peer.sendall(b"SSH-2.0-liar\r\n" + os.urandom(65_536))
            peer.close()

        threading.Thread(target=lie, daemon=True).start()
        joined.say(address=f"127.0.0.1:{liar.getsockname()[1]}")
        told = joined.agent("checkin")
    assert told.returncode == 10
    assert "Traceback" not in told.stderr


def test_a_copied_key_does_not_speak_for_a_second_machine(joined: Joined) -> None:
    joined.say(bound_to="another machine")

    told = joined.agent("checkin")
    assert told.returncode == 11
    assert "another machine" in told.stderr


def test_two_at_once_do_not_meet(joined: Joined) -> None:
    running = joined.house.run_agent("--pace", "60", home=joined.home)
    lock = joined.home / "agent" / "agent.lock"
    try:
        assert eventually(lambda: lock.read_text() == str(running.pid))
        told = joined.agent("checkin")
        assert told.returncode == 3
        assert f"another watchbill-agent (process {running.pid})" in told.stderr
    finally:
        running.kill()


def test_secrets_are_readable_by_their_owner_alone(joined: Joined) -> None:
    folder = joined.home / "agent"
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in ("key", "identity.json"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_everything_wrong_with_the_settings_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "agent.toml").write_text(
        'pace = 1\nrestc = []\n[[files]]\nname = "a"\npth = "/x"\n[[files]]\nname = "a"\npath = 3\n'
    )
    with pytest.raises(ConfigError) as told:
        settings(Home(tmp_path))
    said = "\n".join(told.value.problems)
    for part in ("pace must be", "restc; did you mean restic?", "pth; did you mean path?", "path is missing",
                 "path must be text", "every name must be its own"):  # fmt: skip
        assert part in said
    (tmp_path / "agent.toml").write_text("pace = [")
    with pytest.raises(ConfigError, match="is not TOML"):
        settings(Home(tmp_path))

"""Which daemon is asked: what was named, else one's own, else the runtime directory's, else the machine's."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from callers import open_folder

from console.client import where


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Path]]:
    """The three usual places, short enough for sockets."""
    with open_folder() as folder:
        for name in ("WATCHBILL_HOME", "WATCHBILL_SOCKET"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder / "user"))
        monkeypatch.setattr(where, "SHARED", folder / "machine" / "api.sock")
        monkeypatch.setattr(where, "SYSTEM_HOME", folder / "own")
        found = {"own": where.socket_path(folder / "own"), "user": folder / "user/watchbill/api.sock"}
        found["machine"] = folder / "machine/api.sock"
        for path in found.values():
            path.parent.mkdir(parents=True)
        (folder / "own").chmod(0o700)
        if os.geteuid():
            monkeypatch.setenv("XDG_STATE_HOME", str(folder))
        yield found


def listening(stack: ExitStack, path: Path) -> None:
    talk = stack.enter_context(closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)))
    talk.bind(str(path))
    talk.listen(8)


def test_the_first_place_where_a_daemon_answers_is_asked(places: dict[str, Path]) -> None:
    assert where.daemon_socket(None, None) == places["own"], "nobody answers anywhere: one's own is told of"
    with ExitStack() as stack:
        for name in ("machine", "user", "own"):
            listening(stack, places[name])
            assert where.daemon_socket(None, None) == places[name]


def test_a_socket_that_a_killed_daemon_left_is_passed_by(places: dict[str, Path]) -> None:
    with ExitStack() as dead:
        listening(dead, places["own"])
    assert places["own"].is_socket()
    with ExitStack() as stack:
        listening(stack, places["machine"])
        assert where.daemon_socket(None, None) == places["machine"]


def test_what_was_named_is_asked_whoever_answers_elsewhere(
    places: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, named = Path("/a-home"), Path("/a.sock")
    with ExitStack() as stack:
        listening(stack, places["own"])
        assert where.daemon_socket(home, None) == where.socket_path(home)
        assert where.daemon_socket(home, named) == named
        monkeypatch.setenv("WATCHBILL_HOME", str(home))
        assert where.daemon_socket(None, None) == where.socket_path(home)
        monkeypatch.setenv("WATCHBILL_SOCKET", "/env.sock")
        assert where.daemon_socket(None, None) == Path("/env.sock")
        assert where.daemon_socket(None, named) == named


def test_the_account_that_owns_the_machines_home_means_that_one(
    places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: where.SYSTEM_HOME.stat().st_uid)
    assert where.home(None) == where.SYSTEM_HOME

"""Asking a daemon as another account of this machine: the kernel vouches for it, as it would for anybody."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
_ASKS = """
import json, sys
from http.client import HTTPException
from pathlib import Path
from console.client.connection import Connection
for line in sys.stdin:
    method, url, given = json.loads(line)
    connection = Connection(Path(sys.argv[1]), 30)
    try:
        connection.ask(method, url, given)
        response = connection.getresponse()
        print(json.dumps([response.status, response.read(1 << 20).decode()]), flush=True)
    except (OSError, HTTPException) as error:
        print(json.dumps([0, repr(error)]), flush=True)
    connection.close()
"""
_PACKAGES = sysconfig.get_path("purelib")
Question = tuple[str, str, dict[str, Any]]


def needs_root() -> None:
    """Skip, with the reason, where nobody may become somebody else."""
    if os.geteuid():
        pytest.skip("needs root, to ask as another account")


def common_python() -> tuple[str, str]:
    """A Python that other accounts may run too, and its PYTHONPATH: this one, or the system's of the same version where
    this one lies in a folder that is somebody's own.
    """
    real = Path(sys.executable).resolve()
    if all(folder.stat().st_mode & 0o001 for folder in real.parents):
        return sys.executable, str(ROOT)
    name = f"python3.{sys.version_info.minor}"
    found = shutil.which(name, path="/usr/local/bin:/usr/bin")
    if found is None:
        pytest.skip(f"no other account may run {real}, and {name} of the system is not installed")
    return found, f"{ROOT}:{_PACKAGES}"


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every account can enter; pytest's own ones are for one account."""
    folder = Path(tempfile.mkdtemp(prefix="wb-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@asynccontextmanager
async def calling(
    uid: int, socket: Path, logged_in: int | None = None
) -> AsyncIterator[Callable[[Question], Awaitable[tuple[int, str]]]]:
    """Status and body of each question, asked over the API by that account, without our front ends.

    `logged_in` is the account that its person had come with, before they became this one.
    """
    come = [] if logged_in is None else ["sh", "-c", f'echo {logged_in} >/proc/self/loginuid; exec "$@"', "sh"]
    become = ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"]
    python, path = common_python()
    asking = await asyncio.create_subprocess_exec(
        *come, *become, python, "-c", _ASKS, str(socket), cwd="/", limit=1 << 22,
        env={"PYTHONPATH": path, "PATH": os.environ["PATH"]},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert asking.stdin is not None
    assert asking.stdout is not None

    async def ask(question: Question) -> tuple[int, str]:
        asking.stdin.write(f"{json.dumps(question)}\n".encode())  # type: ignore[union-attr]
        status, body = json.loads(await asking.stdout.readline())  # type: ignore[union-attr]
        assert status, body
        return status, body

    try:
        yield ask
    finally:
        asking.stdin.close()
        await asking.wait()

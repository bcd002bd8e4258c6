"""Consoles that are none of ours: they have a pinned key, and say to an agent what a test wants to be said."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh

from agent import ssh

Act = Callable[[asyncssh.SSHServerProcess[bytes]], Awaitable[None]]
"""What such a console does with a line that was opened to it."""


class Rogue(asyncssh.SSHServer):
    """Lets everybody in, and counts how far they came."""

    asked = 0
    inside: list[asyncssh.SSHServerConnection]

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.inside.append(conn)

    def begin_auth(self, username: str) -> bool:
        type(self).asked += 1
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return True


@contextmanager
def console(key: asyncssh.SSHKey, act: Act) -> Iterator[int]:
    """A console with this host key that acts so; its port."""
    loop = asyncio.new_event_loop()
    Rogue.asked, Rogue.inside = 0, []

    async def serve() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=Rogue,
            server_host_keys=[key],
            process_factory=act,
            encoding=None,
        )

    running = threading.Thread(target=loop.run_forever, daemon=True)
    running.start()
    door = asyncio.run_coroutine_threadsafe(serve(), loop).result(10)
    try:
        yield door.get_port()
    finally:
        asyncio.run_coroutine_threadsafe(_ended(door), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        running.join(10)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _ended(door: asyncssh.SSHAcceptor) -> None:
    door.close()
    for one in Rogue.inside:
        one.abort()
    await asyncio.sleep(0.1)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def joined(home: Path, port: int, pin: str) -> None:
    """A machine that joined the console at this port, with a check-in that waits."""
    from agent.binding import bound_to

    folder = home / "agent"
    folder.mkdir(parents=True)
    (folder / "key").write_text(ssh.new_key())
    (folder / "key").chmod(0o600)
    identity = {
        "agent_id": "a-1", "client": "mill", "site": "main", "host": "box", "address": f"127.0.0.1:{port}",
        "host_keys": [pin], "bound_to": bound_to(),
    }  # fmt: skip
    (folder / "identity.json").write_text(json.dumps(identity))

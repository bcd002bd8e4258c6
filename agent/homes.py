"""Where the agent keeps what it must remember: the system's directories, or `--home DIR` / WATCHBILL_HOME."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO


class HomeBusy(Exception):
    """Another pass works in this home: says which process."""


@dataclass(frozen=True, slots=True)
class Home:
    """The agent's own folder, readable by its user alone."""

    folder: Path

    @property
    def settings(self) -> Path:
        """What a person may write: the pace, and what to look at."""
        return self.folder / "agent.toml"

    @property
    def identity(self) -> Path:
        """Who this agent is; written by joining."""
        return self.folder / "identity.json"

    @property
    def key(self) -> Path:
        """The agent's own key. It never leaves the machine."""
        return self.folder / "key"

    @property
    def next_key(self) -> Path:
        """The key that comes after it, while the two are being changed."""
        return self.folder / "key.next"

    @property
    def spool(self) -> Path:
        """Check-ins that wait to leave, and what probes remember."""
        return self.folder / "spool.db"

    @property
    def outcome(self) -> Path:
        """How the last delivery went."""
        return self.folder / "outcome.json"

    @property
    def jobs(self) -> Path:
        """What is kept of wrapped jobs, beside the agent's own folder: jobs run as other users than it."""
        return self.folder.parent / "jobs"

    @property
    def restore_tests(self) -> Path:
        """What is kept of restore tests, beside the wrapped jobs."""
        return self.folder.parent / "restore-tests"

    def made(self) -> Home:
        """The same home, with its folder."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self

    def as_its_owner(self) -> Home:
        """The same home. Where root works in somebody else's, this process becomes that account, for good.

        What is written there is then theirs to read, and they cannot lead root astray by what lies there.
        """
        if not hasattr(os, "geteuid") or os.geteuid():
            return self
        there = next(one for one in (self.folder, *self.folder.parents) if one.exists()).stat()
        if there.st_uid:
            import pwd

            try:
                account = pwd.getpwuid(there.st_uid)
                os.initgroups(account.pw_name, account.pw_gid)
                os.setgid(account.pw_gid)
            except KeyError:  # an owner without a name has no groups of their own
                os.setgroups([])
                os.setgid(there.st_gid)
            os.setuid(there.st_uid)
        return self

    def locked(self) -> IO[str]:
        """Hold this home until the file is closed. Raises HomeBusy."""
        file = os.open(self.made().folder / "agent.lock", os.O_RDWR | os.O_CREAT, 0o600)
        lock = os.fdopen(file, "r+")
        try:
            _hold(lock)
        except OSError as error:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise HomeBusy(f"another watchbill-agent (process {holder}) works in {self.folder}") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        return lock


def home(given: Path | None) -> Home:
    """The home that was asked for, or the one of this system."""
    asked = given or (Path(os.environ["WATCHBILL_HOME"]) if os.environ.get("WATCHBILL_HOME") else None)
    if asked is not None:
        return Home(asked.expanduser().absolute() / "agent")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        return Home(Path("/var/lib/watchbill/agent"))
    import platformdirs

    return Home(platformdirs.user_state_path("watchbill") / "agent")


def _hold(lock: IO[str]) -> None:
    """Hold a file that is locked by nobody else, until it is closed. Raises OSError."""
    try:
        import fcntl
    except ImportError:  # Windows, where nobody may read what is locked: a byte beyond the text
        import msvcrt

        lock.seek(1 << 20)
        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        lock.seek(0)
    else:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace a file, whole or not at all: temporary file, fsync, rename, fsync of the folder."""
    new = path.with_name(f"{path.name}.new")
    handle = os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    if not hasattr(os, "O_DIRECTORY"):  # Windows opens no folder, and keeps its names itself
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

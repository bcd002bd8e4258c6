"""Where a home is, and where its daemon listens."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

SHARED = Path("/run/watchbill/api.sock")
"""Where a daemon listens that every login of this machine may ask."""
SYSTEM_HOME = Path("/var/lib/watchbill")
_LONGEST = 100
"""Unix socket paths end at 108 bytes on Linux and at 104 on macOS."""
_PATIENCE = 2.0


def home(given: Path | str | None) -> Path:
    """`--home DIR`, else WATCHBILL_HOME, else this system's own place."""
    asked = given or os.environ.get("WATCHBILL_HOME")
    if asked:
        return Path(asked).expanduser().absolute()
    if os.geteuid() == 0 or _is_mine(SYSTEM_HOME):
        return SYSTEM_HOME
    import platformdirs

    return platformdirs.user_state_path("watchbill")


def socket_path(where: Path) -> Path:
    """The daemon's socket: inside its home, or under a hashed name in the runtime directory where that is too long."""
    inside = where / "console" / "run" / "api.sock"
    if len(os.fsencode(inside)) <= _LONGEST:
        return inside
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/tmp/watchbill-{os.getuid()}")  # noqa: S108 - made 0700
    return runtime / f"watchbill-{hashlib.sha256(os.fsencode(where)).hexdigest()[:16]}.sock"


def asked_socket(given: Path | str | None) -> Path | None:
    """`--socket PATH`, else WATCHBILL_SOCKET; None where neither says where the daemon listens."""
    asked = given or os.environ.get("WATCHBILL_SOCKET")
    return Path(asked).expanduser().absolute() if asked else None


def daemon_socket(given_home: Path | str | None, given_socket: Path | str | None) -> Path:
    """Where to ask: what was named, a socket before a home; else the first place at which a daemon answers.

    That is one's own home, then `$XDG_RUNTIME_DIR/watchbill`, then SHARED.
    """
    named, own = asked_socket(given_socket), socket_path(home(given_home))
    if named is not None:
        return named
    if given_home or os.environ.get("WATCHBILL_HOME"):
        return own
    return next((path for path in _usual(own) if is_heard(path)), own)


def is_heard(path: Path) -> bool:
    """Whether somebody listens at a socket."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as talk:
            talk.settimeout(_PATIENCE)
            talk.connect(str(path))
    except OSError:
        return False
    return True


def _usual(own: Path) -> Iterator[Path]:
    yield own
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime) / "watchbill" / SHARED.name
    yield SHARED


def _is_mine(path: Path) -> bool:
    try:
        return path.stat().st_uid == os.geteuid()
    except OSError:
        return False

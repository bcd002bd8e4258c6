"""Where a home is, and where its daemon listens."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_LONGEST = 100
"""Unix socket paths end at 108 bytes on Linux and at 104 on macOS."""


def home(given: Path | str | None) -> Path:
    """`--home DIR`, else WATCHBILL_HOME, else this system's own place."""
    asked = given or os.environ.get("WATCHBILL_HOME")
    if asked:
        return Path(asked).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/watchbill")
    import platformdirs

    return platformdirs.user_state_path("watchbill")


def socket_path(where: Path) -> Path:
    """The daemon's socket: inside its home, or under a hashed name in the runtime directory where that is too long."""
    inside = where / "console" / "run" / "api.sock"
    if len(os.fsencode(inside)) <= _LONGEST:
        return inside
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/tmp/watchbill-{os.getuid()}")  # noqa: S108 - made 0700
    return runtime / f"watchbill-{hashlib.sha256(os.fsencode(where)).hexdigest()[:16]}.sock"

"""Golden files: what was agreed; WATCHBILL_GOLDEN=write agrees to what there is now."""

from __future__ import annotations

import os
from pathlib import Path


def agreed(path: Path, made: bytes) -> None:
    """The bytes are those of the file."""
    if os.environ.get("WATCHBILL_GOLDEN") == "write":
        path.write_bytes(made)
    assert made == path.read_bytes(), f"{path.name} differs; look at it, then WATCHBILL_GOLDEN=write"

"""A process of its own that keeps a home's store: backs it up, puts it back, looks it over. It prints one JSON value.

`python -m console.keeper backup|restore|doctor --home DIR`; `watchbill backup`, `restore` and `doctor` run it. It needs
no daemon, and for a restore none may run.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from console.store.backing import CannotKeep, back_up, put_back
from console.store.database import CannotOpen
from console.store.doctoring import looked_over

REFUSED = 1


def main(arguments: list[str] | None = None) -> int:
    """The front door: 0; 1 where it could not be done, with the reason on stderr."""
    parser = argparse.ArgumentParser(prog="console.keeper")
    parser.add_argument("work", choices=("backup", "restore", "doctor"))
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--file", type=Path)
    said = parser.parse_args(arguments)
    now = int(time.time())  # noqa: TID251 - a front door
    try:
        done = _done(said, now)
    except (CannotKeep, CannotOpen) as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    sys.stdout.write(msgspec.json.encode(done).decode() + "\n")
    return 0


def _done(said: argparse.Namespace, now: int) -> object:
    folder = said.home / "console"
    if said.work == "backup":
        name = f"watchbill-{datetime.fromtimestamp(now, UTC):%Y-%m-%dT%H%MZ}.backup"
        to = said.file / name if said.file.is_dir() else said.file
        made = back_up(folder, to, now)
        return {"file": str(to), "bytes": to.stat().st_size, **msgspec.structs.asdict(made)}
    if said.work == "restore":
        return put_back(said.file, folder, now)
    return looked_over(said.home, now)


if __name__ == "__main__":
    raise SystemExit(main())

"""A process of its own that keeps a home's store: backs it up, puts it back, looks it over. It prints one JSON value.

`python -m console.keeper backup|restore|doctor|audit --home DIR`; `watchbill backup`, `restore`, `doctor` and `audit
verify` run it. It needs no daemon, and for a restore none may run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from console.access.identity import login_of
from console.store import anchors, audit
from console.store.backing import DATABASE, CannotKeep, back_up, put_back
from console.store.chain import Anchor
from console.store.doctoring import looked_over
from console.store.holding import CannotOpen
from console.store.verifying import NotThere, verified

REFUSED = 1


def main(arguments: list[str] | None = None) -> int:
    """The front door: 0; 1 where it could not be done, with the reason on stderr."""
    parser = argparse.ArgumentParser(prog="console.keeper")
    parser.add_argument("work", choices=("backup", "restore", "doctor", "audit"))
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--file", type=Path)
    said = parser.parse_args(arguments)
    now = int(time.time())  # noqa: TID251 - a front door
    try:
        done = _done(said, now)
    except (CannotKeep, CannotOpen, NotThere, OSError) as error:
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
        if made.audit_head:
            anchors.drop(said.home / anchors.FILE, Anchor(now, made.audit_rows, made.audit_head), "backup")
        return {"file": str(to), "bytes": to.stat().st_size, **msgspec.structs.asdict(made)}
    if said.work == "restore":
        done = put_back(said.file, folder, now, (os.getuid(), login_of(os.getuid())))
        anchors.drop(said.home / anchors.FILE, Anchor(now, *audit.head_of(folder / DATABASE)), "restore")
        return done
    if said.work == "audit":
        more = said.file.read_text(errors="replace") if said.file else ""
        found = verified(said.home, more)
        return {"problems": found.problems, **msgspec.structs.asdict(found.verdict)}
    return looked_over(said.home, now)


if __name__ == "__main__":
    raise SystemExit(main())

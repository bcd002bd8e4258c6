"""The root helper: what only root may see of this machine, written down for the agent, which is not root.

Run it from root's timer as `python -I -m agent.root`. It takes no arguments, opens no socket, runs a fixed list of
commands and writes two files that everybody may read. It wakes no disk for SMART, and asks LVM only where it is used.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

from agent.homes import write_whole
from agent.programs import ProgramError, run
from agent.sources import lvm, smart

_SECONDS = 30.0
_NAME = re.compile(r"/dev/[\w./-]{1,200}")
_ARCHIVE = Path("/etc/lvm/backup")
"""LVM writes a file there for every group that it knows."""
_KIND = re.compile(r"[\w,+/-]{1,60}")


def main(arguments: list[str], root: Path = Path("/")) -> int:
    """Write the files: 0; 1 where one cannot be written, 2 for an argument, which there is none of."""
    if arguments:
        sys.stderr.write(f"agent.root: takes no arguments, and was given {len(arguments)}\n")
        return 2
    os.umask(0o022)
    for file, told in ((smart.FILE, disks()), (lvm.FILE, volumes())):
        path = root / file
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
            write_whole(path, json.dumps(told).encode(), 0o644)
        except OSError as error:
            sys.stderr.write(f"agent.root: {path}: {error.strerror}\n")
            return 1
    return 0


def disks() -> dict[str, object]:
    """Each disk that smartctl finds with what of its answer is kept, or `error`: why none could be asked."""
    try:
        found = _smartctl("--scan").get("devices", [])
        rows = [one for one in found if isinstance(one, dict)][: smart.MOST_DISKS] if isinstance(found, list) else []
        return {"disks": [_disk(str(one.get("name")), str(one.get("type"))) for one in rows]}
    except (ProgramError, ValueError) as error:
        return {"error": str(error)}


def _disk(name: str, kind: str) -> dict[str, object]:
    """One disk. Serial numbers and logs stay where they are."""
    if not _NAME.fullmatch(name) or ".." in name or not _KIND.fullmatch(kind):
        return {"name": name[:100], "error": "smartctl names a disk that is none"}
    try:
        said = _smartctl("-n", "standby", "-i", "-H", "-A", "-d", kind, name)
    except (ProgramError, ValueError) as error:
        return {"name": name, "error": str(error)}
    return {"name": name, **{key: said[key] for key in smart.KEPT if key in said}}


def volumes() -> dict[str, object]:
    """LVM's groups and volumes, by their own reports; none where LVM has never made any; or `error`."""
    try:
        if not _ARCHIVE.is_dir() or not any(_ARCHIVE.iterdir()):
            return {key: [] for key in lvm.REPORTS}
        return {key: _report(*lvm.REPORTS[key]) for key in lvm.REPORTS}
    except (OSError, ProgramError, ValueError) as error:
        return {"error": str(error)}


def _report(program: str, key: str, fields: str) -> list[dict[str, object]]:
    said = _asked(program, "--reportformat", "json", "--units", "b", "--nosuffix", "-o", fields)
    try:
        rows = said["report"][0][key]  # type: ignore[index]
        return [{str(name): str(value)[:200] for name, value in row.items()} for row in rows[: lvm.MOST]]
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError(f"{program}'s answer is not what lvmreport(7) says") from error


def _smartctl(*words: str) -> dict[str, object]:
    """What smartctl says; its exit code tells about the disk and is in the answer too. Raises ValueError."""
    return _asked("smartctl", "-j", *words)


def _asked(*argv: str) -> dict[str, object]:
    ran = run(argv, seconds=_SECONDS)
    try:
        said = json.loads(ran.out)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{argv[0]} ended with {ran.status} and no JSON") from error
    if not isinstance(said, dict):
        raise ValueError(f"{argv[0]}'s answer is not what its documentation says")
    return said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

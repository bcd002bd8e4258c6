"""What Proxmox VE keeps of its backups on a node: index of tasks, log of each guest, archives. Nothing is run.

Formats as Proxmox's own code has them: pve-common (RESTEnvironment.pm, UPID.pm), pve-storage (Storage.pm) and
pve-manager (VZDump.pm).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent.sources import logs
from agent.sources.logs import NotTold, not_read
from checks.reading import Instant

MOST_NAMED = 5
_INDEX = "var/log/pve/tasks/index"
_TASK = re.compile(r"UPID:(?:[^:\s]*:){4}vzdump:[^:\s]*:[^:\s]+: ([0-9A-F]{8}) (.+)")
"""Node, pid, start of the process and of the task; type, id, user. Then when it ended, and how: only of ended ones."""
_WELL = re.compile(r"OK|WARNINGS: \d+")
_GUEST_LOGS = "var/log/vzdump"
_ENDED = re.compile(r"INFO: Finished Backup of VM \d+|ERROR: Backup of VM \d+ failed - (.*)")
_TO_SERVER = "creating Proxmox Backup Server archive"
_MOST_BYTES = 1 << 16
"""Of a guest's log, its end: it begins anew with each run."""
_RECENT = 8 * 86_400
"""Seconds for which the log of a guest's last run counts: the log of one that was removed stays behind."""
_PVE = "etc/pve"
_KINDS = {"qemu": "VM", "lxc": "CT"}
_GUESTS = {"qemu-server": "VM", "lxc": "CT"}
_TEMPLATE = re.compile(r"^template: 1", re.MULTILINE)
_ARCHIVE = re.compile(
    r"vzdump-(qemu|lxc)-(\d+)-(\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d)\.(?:tgz|(?:tar|vma)(?:\.(?:gz|lzo|zst|bz2))?)"
)
"""Whole ones: one that is being written ends with `.dat`. The time is the node's own."""
_STORAGE = re.compile(r"([a-z]+):\s*(\S+)\s*")
_MOUNTED = ("nfs", "cifs", "cephfs", "glusterfs")


@dataclass(frozen=True, slots=True)
class Task:
    """A backup job's run, or one by hand, that is over."""

    ended: Instant
    how: str
    """`OK`, `WARNINGS: 2`, or what went wrong."""

    @property
    def is_well(self) -> bool:
        """Warnings are no failure: the archives are there."""
        return _WELL.fullmatch(self.how) is not None


@dataclass(frozen=True, slots=True)
class Archive:
    """One backup of one guest: when it was begun, and in which file it lies."""

    made: Instant
    name: str


def is_node(root: Path) -> bool:
    """Whether this is a node of Proxmox VE."""
    return (root / _PVE).is_dir()


def last_task(root: Path) -> Task | None:
    """The run that ended last; None where none did. Raises NotTold."""
    ended = [Task(int(found[1], 16), found[2]) for found in _TASK.finditer(logs.text(root / _INDEX))]
    return max(ended, key=lambda task: task.ended, default=None)


def failed_guests(root: Path, now: Instant) -> list[tuple[Instant, str, str]]:
    """Of each guest whose own last run failed lately: when, which and why. Raises NotTold."""
    ended = [(at, guest, _ENDED.findall(said)) for at, guest, said in _last_runs(root) if now - at <= _RECENT]
    return [(at, guest, whys[-1]) for at, guest, whys in ended if whys and whys[-1]]


def kept_elsewhere(root: Path) -> set[str]:
    """The guests whose own last run went to a Proxmox Backup Server: archives here are old ones. Raises NotTold."""
    return {guest for _, guest, said in _last_runs(root) if _TO_SERVER in said}


def guests(root: Path) -> list[str]:
    """The guests of this node (`VM 100`, `CT 101`) that are no templates. Raises NotTold."""
    node = root / _PVE / "local"
    try:
        if not node.is_dir():
            raise NotTold(f"/{_PVE} is empty: does pve-cluster run?")
        return [
            f"{kind} {conf.stem}"
            for folder, kind in _GUESTS.items()
            for conf in sorted((node / folder).glob("*.conf"))
            if conf.stem.isdecimal() and not _TEMPLATE.search(conf.read_text("utf-8", "replace"))
        ]
    except OSError as error:
        raise not_read(error) from error


def archives(root: Path) -> dict[str, list[Archive]]:
    """The archives of each guest in every storage of files, oldest first. Raises NotTold if any cannot be read."""
    found: dict[str, list[Archive]] = {}
    for storage, folder in _folders(root):
        try:
            names = [path.name for path in folder.iterdir()]
        except FileNotFoundError as error:
            raise NotTold(f"storage {storage}: {folder} is not there; is it mounted?") from error
        except OSError as error:
            raise not_read(error) from error
        for name in names:
            said = _ARCHIVE.fullmatch(name)
            made = logs.local_instant(said[3], "%Y_%m_%d-%H_%M_%S") if said else None
            if said and made is not None:
                found.setdefault(f"{_KINDS[said[1]]} {said[2]}", []).append(Archive(made, f"{storage}: {name}"))
    return {guest: sorted(made, key=lambda one: one.made) for guest, made in found.items()}


def has_server(root: Path) -> bool:
    """Whether guests may be backed up to a Proxmox Backup Server, where no file tells of them. Raises NotTold."""
    return any(said["type"] == "pbs" for said in _storages(root).values())


def _last_runs(root: Path) -> Iterator[tuple[Instant, str, str]]:
    """When each guest's own last run was logged, which guest's it is, and what the log says."""
    try:
        for log in sorted((root / _GUEST_LOGS).glob("*-*.log")):
            kind, _, number = log.stem.partition("-")
            if kind in _KINDS:
                yield int(log.stat().st_mtime), f"{_KINDS[kind]} {number}", logs.text(log, _MOST_BYTES)
    except OSError as error:
        raise not_read(error) from error


def _folders(root: Path) -> Iterator[tuple[str, Path]]:
    """Where archives lie, by storage."""
    for name, said in _storages(root).items():
        path = said.get("path") or (f"/mnt/pve/{name}" if said["type"] in _MOUNTED else "")
        if path and "backup" in said.get("content", "").split(","):
            own = re.search(r"(?:^|,)backup=([^,]+)", said.get("content-dirs", ""))
            yield name, root / path.strip("/") / (own[1].strip("/") if own else "dump")


def _storages(root: Path) -> dict[str, dict[str, str]]:
    """The storages that this node may use, by name; `local` is there whether written down or not. Raises NotTold."""
    file = root / _PVE / "storage.cfg"
    try:
        text = file.read_text("utf-8", "replace") if file.is_file() else ""
        node = (root / _PVE / "local").resolve().name
    except OSError as error:
        raise not_read(error) from error
    found = {"local": {"type": "dir", "path": "/var/lib/vz", "content": "backup"}}
    current: dict[str, str] = {}
    for line in text.splitlines():
        if head := _STORAGE.fullmatch(line):
            current = found[head[2]] = {"type": head[1]}
        elif words := line.split(None, 1):
            current[words[0]] = words[1].strip() if len(words) > 1 else ""
    return {
        name: said
        for name, said in found.items()
        if "disable" not in said and node in said.get("nodes", node).split(",")
    }

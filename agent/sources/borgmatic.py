"""Where borgmatic logs, and the notes of its checks: read and never run, so no lock and no passphrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from agent.sources.logs import not_read
from checks.reading import Instant

_CONF = "etc/borgmatic/config.yaml"
_PARTS = "etc/borgmatic.d"
_LOG = "var/log/borgmatic.log"
_NOTES = ("root/.local/state/borgmatic/checks", "root/.borgmatic/checks")
_KNOWN = "root/.config/borg/security"
"""Where borg keeps which repository is where."""
_MOST_REPOSITORIES = 100
_NAMED_LOG = re.compile(r"^\s*log_file:\s*['\"]?(/[^'\"#\n]*[^'\"#\s])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checked:
    """The checks of one repository that ended well."""

    repository: str
    """Its address, or the beginning of its id where borg does not know it here."""
    kinds: tuple[tuple[Instant, str], ...]
    """When each kind of check last did, oldest first."""


def is_used(root: Path) -> bool:
    """Whether somebody configured it for the whole machine. Raises NotTold."""
    return bool(_configurations(root))


def log(root: Path) -> Path:
    """The log that a configuration names, else the usual one. Raises NotTold.

    A configuration may hold secrets: one that the agent may not read is passed over.
    """
    for file in _configurations(root):
        try:
            named = _NAMED_LOG.search(file.read_text("utf-8", "replace"))
        except OSError:
            continue
        if named:
            return root / named[1].lstrip("/")
    return root / _LOG


def checked(root: Path) -> list[Checked]:
    """What borgmatic noted of the checks of each repository; empty where it noted none. Raises NotTold."""
    try:
        noted = [folder for notes in _NOTES if (root / notes).is_dir() for folder in (root / notes).iterdir()]
        return [_checked(root, ident, noted) for ident in sorted({one.name for one in noted})[:_MOST_REPOSITORIES]]
    except OSError as error:
        raise not_read(error) from error


def _configurations(root: Path) -> list[Path]:
    try:
        parts = sorted((root / _PARTS).iterdir()) if (root / _PARTS).is_dir() else []
        return [one for one in (root / _CONF, *parts) if one.is_file()]
    except OSError as error:
        raise not_read(error) from error


def _checked(root: Path, ident: str, noted: list[Path]) -> Checked:
    kinds: dict[str, Instant] = {}
    for folder in (one for one in noted if one.name == ident):
        for kind in folder.iterdir():
            notes = [*kind.iterdir()] if kind.is_dir() else [kind]
            newest = max((int(one.stat().st_mtime) for one in notes), default=0)
            kinds[kind.name] = max(newest, kinds.get(kind.name, 0))
    return Checked(_address(root, ident), tuple(sorted((at, kind) for kind, at in kinds.items() if at)))


def _address(root: Path, ident: str) -> str:
    try:
        return (root / _KNOWN / ident / "location").read_text("utf-8", "replace").strip() or ident[:12]
    except OSError:
        return ident[:12]

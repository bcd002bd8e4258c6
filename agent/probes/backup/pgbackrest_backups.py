"""When the newest good backup of each pgBackRest stanza ended, of those configured here and those in a repository.

`pgbackrest info` ends with 0 whatever is wrong; what counts is the status that it tells of each stanza.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent.looking import Look, Looked, Probe
from agent.programs import ProgramError, Ran, run
from checks.reading import CheckName, Gap, Item, Reading, Why

_FILES = ("etc/pgbackrest/pgbackrest.conf", "etc/pgbackrest.conf")
_PARTS = "etc/pgbackrest/conf.d"
_OK, _NONE_VALID = 0, 2
_STANZA = re.compile(r"^\[([^\]:]+)(?::[^\]]*)?\]", re.MULTILINE)
_REPOSITORY = re.compile(r"^\s*repo\d*-path\s*=\s*(\S+)", re.MULTILINE)
_DEFAULT_REPOSITORY = "/var/lib/pgbackrest"
_LIST = "backup/*/backup.info"
_MOST_NAMED = 5


def look(at: Look) -> Looked:
    """The end of the newest backup without an error; None where there is none; nothing where it is not used."""
    files = _files(at.root)
    if not files:
        return
    try:
        configured = {name for file in files for name in _STANZA.findall(file.read_text("utf-8", "replace"))} - {
            "global"
        }
        ran = run(_argv(at.root), seconds=60)
        told = _told(ran)
    except PermissionError as error:
        yield at.gap("pgbackrest_backups", Why.DENIED, f"the agent's user may not read {error.filename}")
        return
    except (OSError, ProgramError, ValueError) as error:
        yield at.gap("pgbackrest_backups", Why.FAILED, str(error))
        return
    for name, stanza in sorted(told.items()):
        yield _seen(at, name, stanza)
    for name in sorted(configured - told.keys()):
        yield Reading(CheckName("pgbackrest_backups"), name, None, at.now, at.next_look)


def _files(root: Path) -> list[Path]:
    named = [root / file for file in _FILES if (root / file).is_file()][:1]
    return [*named, *sorted((root / _PARTS).glob("*.conf"))]


def fingerprint(at: Look) -> str:
    """Changes with the configuration and with a local repository's own list; a remote one is asked every six hours."""
    files = _files(at.root)
    named = {path for file in files for path in _REPOSITORY.findall(file.read_text("utf-8", "replace"))}
    lists = [list_ for path in sorted(named or {_DEFAULT_REPOSITORY}) for list_ in Path(path).glob(_LIST)]
    return " ".join(f"{file} {file.stat().st_mtime_ns}" for file in (*files, *lists))


def _argv(root: Path) -> list[str]:
    """Both places named, and nothing written: no log of our looking."""
    words = ["pgbackrest", "info", "--output=json", "--log-level-file=off", "--log-level-console=off"]
    named = [f"--config={root / file}" for file in _FILES if (root / file).is_file()][:1]
    parts = [f"--config-include-path={root / _PARTS}"] if (root / _PARTS).is_dir() else []
    return [*words, "--log-level-stderr=error", *named, *parts]


def _told(ran: Ran) -> dict[str, dict[str, Any]]:
    """What is told of each stanza. Raises ValueError, in words, where nothing is."""
    if ran.status:
        raise ValueError(f"pgbackrest ended with {ran.status}: {' '.join(ran.err.split())[:200]}")
    try:
        return {str(one["name"]): one for one in json.loads(ran.out)}
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"pgbackrest said what nobody understands: {error}") from error


def _seen(at: Look, name: str, stanza: dict[str, Any]) -> Reading | Gap:
    try:
        good = sorted((int(one["timestamp"]["stop"]), _kind(one)) for one in stanza["backup"] if not one.get("error"))
        faults = tuple(_faults(stanza))
        code = stanza["status"]["code"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return at.gap("pgbackrest_backups", Why.FAILED, f"pgbackrest said what nobody understands: {error}", name)
    if not good and code not in (_OK, _NONE_VALID):
        why = "; ".join(faults) or str(stanza["status"].get("message", code))
        return at.gap("pgbackrest_backups", Why.FAILED, f"pgbackrest cannot tell: {why}", name)
    newest = tuple(Item(kind, since=stop) for stop, kind in reversed(good[-_MOST_NAMED:]))
    items = (*newest, *(Item("fault", fault) for fault in faults))
    value = float(good[-1][0]) if good else None
    return Reading(CheckName("pgbackrest_backups"), name, value, at.now, at.next_look, items)


def _kind(backup: dict[str, Any]) -> str:
    return f"{backup['label']} ({backup['type']})"


def _faults(stanza: dict[str, Any]) -> Iterator[str]:
    """Repositories that are not well, and backups whose pages were damaged when they were made."""
    for repo in stanza.get("repo", []):
        if repo["status"]["code"] not in (_OK, _NONE_VALID):
            yield f"repository {repo['key']}: {' '.join(str(repo['status']['message']).split())[:200]}"
    for backup in stanza["backup"]:
        if backup.get("error"):
            yield f"backup {backup['label']} holds damaged pages"


PROBE = Probe(CheckName("pgbackrest_backups"), look, fingerprint, seconds=70)

"""Who this agent is, and what its own administrator asked it to look at. All problems are told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
from msgspec import Struct

from agent.homes import Home
from agent.listing import (
    KEYS,
    NEEDED,
    NO_TEXT,
    addresses,
    backup_servers,
    names,
    pages,
    port_of,
    port_problems,
    ports,
    probe_problems,
)
from agent.looking import (
    PACE,
    PLUGIN_SECONDS,
    BorgRepository,
    DuplicityTarget,
    ListedCertificate,
    ListedPlugin,
    ListedService,
    ListedUps,
    LookAt,
    ResticRepository,
    WatchedPath,
)

_TABLES = ("restic", "files", "plugins", "certificates", "borg", "ups", "services", "duplicity")
_KEYS = {"pace", *_TABLES, "ports", *KEYS}
_RESTIC = {"name", "repository", "password_file"}
_CERTIFICATES = {"name", "file", "port"}
_PLUGINS = {"name", "command", "seconds"}
_NO_TEXT = {"command", *NO_TEXT}
MOST_PLUGIN_SECONDS = 50
_BORG = {"name", "repository", "password_file"}
_DUPLICITY = {"name", "path"}
_FILES = {"name", "path", "pattern"}
_UPS = {"name", "ups"}
_SERVICES = {"name", "unit", "process"}


class ConfigError(Exception):
    """The configuration cannot be used: `problems` says everything that is wrong with it."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{path}:\n  " + "\n  ".join(problems))


class NotJoined(Exception):
    """This machine has not joined a console: says what to do."""


class Identity(Struct, frozen=True):
    """What the console said when this agent joined."""

    agent_id: str
    client: str
    site: str
    host: str
    address: str
    """`host:port` of the door."""
    host_keys: tuple[str, ...]
    """Fingerprints of the door's host key, `SHA256:…`; no other is spoken to."""
    bound_to: str
    """A hash of this machine's own ids: a copied folder does not speak for another machine."""
    account: str = ""
    """The account behind whose name OpenSSH lets agents in; "" for the usual one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set."""

    pace: int = PACE
    """Seconds between two passes."""
    look_at: LookAt = field(default_factory=LookAt)


def identity(home: Home) -> Identity:
    """Who this agent is. Raises NotJoined, and ConfigError for a damaged file."""
    try:
        return msgspec.json.decode(home.identity.read_bytes(), type=Identity)
    except FileNotFoundError:
        raise NotJoined("this machine has not joined a console; run `watchbill-agent join` with a token") from None
    except msgspec.DecodeError as error:
        raise ConfigError(home.identity, [f"is damaged ({error}); join again with --force"]) from error


def settings(home: Home) -> Settings:
    """What `agent.toml` asks for; the defaults where there is none. Raises ConfigError."""
    path = home.settings
    if not path.exists():
        return Settings(look_at=LookAt(jobs=home.jobs))
    import tomllib

    try:
        tree = tomllib.loads(path.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path, [f"is not TOML: {error}"]) from error
    problems = list(_problems(tree))
    if problems:
        raise ConfigError(path, problems)
    restic = tuple(
        ResticRepository(one["name"], one["repository"], Path(one["password_file"])) for one in tree.get("restic", [])
    )
    files = tuple(WatchedPath(one["name"], Path(one["path"]), one.get("pattern", "*")) for one in tree.get("files", []))
    plugins = tuple(
        ListedPlugin(one["name"], tuple(one["command"]), float(one.get("seconds", PLUGIN_SECONDS)))
        for one in tree.get("plugins", [])
    )
    certificates = tuple(
        ListedCertificate(one["name"], one.get("file") or one["port"], port_of(one.get("port", "")))
        for one in tree.get("certificates", [])
    )
    borg = tuple(
        BorgRepository(one["name"], one["repository"], Path(one["password_file"]) if "password_file" in one else None)
        for one in tree.get("borg", [])
    )
    ups = tuple(ListedUps(one["name"], one["ups"]) for one in tree.get("ups", []))
    services = tuple(
        ListedService(one["name"], one.get("unit", ""), one.get("process", "")) for one in tree.get("services", [])
    )
    duplicity = tuple(DuplicityTarget(one["name"], Path(one["path"])) for one in tree.get("duplicity", []))
    near = LookAt(restic, files, plugins, certificates, borg, home.jobs, ups, services, duplicity)
    far = replace(near, tcp=addresses(tree), http=pages(tree), dns=names(tree), pbs=backup_servers(tree))
    asked = replace(far, ports=ports(tree))
    return Settings(tree.get("pace", PACE), asked)


def _problems(tree: Mapping[str, object]) -> Iterator[str]:
    yield from _unknown("", tree, _KEYS)
    pace = tree.get("pace", PACE)
    if not isinstance(pace, int) or isinstance(pace, bool) or not 10 <= pace <= 86_400:
        yield "pace must be a whole number of seconds from 10 to 86400"
    yield from _table(tree, "restic", _RESTIC, ("name", "repository", "password_file"))
    yield from _table(tree, "files", _FILES, ("name", "path"))
    yield from _table(tree, "borg", _BORG, ("name", "repository"))
    yield from _table(tree, "duplicity", _DUPLICITY, ("name", "path"))
    yield from _duplicity(tree)
    yield from _table(tree, "plugins", _PLUGINS, ("name", "command"))
    yield from _plugins(tree)
    yield from _table(tree, "certificates", _CERTIFICATES, ("name",))
    yield from _certificates(tree)
    yield from _table(tree, "ups", _UPS, ("name", "ups"))
    yield from _no_options(tree, "ups", "ups")
    yield from _table(tree, "services", _SERVICES, ("name",))
    yield from _no_options(tree, "services", "unit")
    yield from _services(tree)
    yield from port_problems(tree)
    for table, known in KEYS.items():
        yield from _table(tree, table, known, NEEDED[table])
    yield from probe_problems(tree)


def _no_options(tree: Mapping[str, object], table: str, key: str) -> Iterator[str]:
    """A name that is handed to a program: one word, and no option of it."""
    rows = tree.get(table, [])
    for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
        said = row.get(key) if isinstance(row, dict) else None
        if isinstance(said, str) and (said.startswith("-") or len(said.split()) != 1):
            yield f"{table} {number}: {key} must be one word that does not begin with -"


def _services(tree: Mapping[str, object]) -> Iterator[str]:
    """A service is a unit or a process."""
    rows = tree.get("services", [])
    for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
        if isinstance(row, dict) and ("unit" in row) == ("process" in row):
            yield f"services {number}: name a unit or a process, and one of them alone"


def _duplicity(tree: Mapping[str, object]) -> Iterator[str]:
    """A target is a folder here: what lies elsewhere is looked at there, or mounted."""
    rows = tree.get("duplicity", [])
    for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
        path = row.get("path") if isinstance(row, dict) else None
        if isinstance(path, str) and not Path(path).is_absolute():
            yield f"duplicity {number}: path must be a folder from / on, and no address; look at others where they are"


def _plugins(tree: Mapping[str, object]) -> Iterator[str]:
    """What of plugins is no text: the command, a list that no shell reads, and its time."""
    rows = tree.get("plugins", [])
    for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
        if not isinstance(row, dict):
            continue
        command, limit = row.get("command"), row.get("seconds", PLUGIN_SECONDS)
        if "command" in row and not _is_argv(command):
            yield f'plugins {number}: command must be a list of text, such as ["/usr/local/bin/check_it", "-w", "5"]'
        if not isinstance(limit, int | float) or isinstance(limit, bool) or not 1 <= limit <= MOST_PLUGIN_SECONDS:
            yield f"plugins {number}: seconds must be a number from 1 to {MOST_PLUGIN_SECONDS}"


def _certificates(tree: Mapping[str, object]) -> Iterator[str]:
    """A certificate is of a file or of a port."""
    rows = tree.get("certificates", [])
    for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
        if isinstance(row, dict) and ("file" in row) == ("port" in row):
            yield f"certificates {number}: name a file or a port, and one of them alone"
        elif isinstance(row, dict) and "port" in row and not port_of(str(row["port"])):
            yield f'certificates {number}: port must be host:port, such as "mail.example:993"'


def _is_argv(command: object) -> bool:
    return isinstance(command, list) and bool(command) and all(isinstance(one, str) and one for one in command)


def _table(tree: Mapping[str, object], name: str, known: set[str], needed: tuple[str, ...]) -> Iterator[str]:
    rows = tree.get(name, [])
    if not isinstance(rows, list):
        yield f"{name} must be a list of tables; write [[{name}]]"
        return
    names: list[object] = []
    for number, row in enumerate(rows, 1):
        where = f"{name} {number}: "
        if not isinstance(row, dict):
            yield f"{where}must be a table; write [[{name}]]"
            continue
        yield from _unknown(where, row, known)
        yield from (f"{where}{key} is missing" for key in needed if key not in row)
        yield from (
            f"{where}{key} must be text" for key in (known - _NO_TEXT) & row.keys() if not isinstance(row[key], str)
        )
        names.append(row.get("name"))
    if len(set(map(str, names))) != len(names):
        yield f"{name}: every name must be its own"


def _unknown(where: str, tree: Mapping[str, object], known: set[str]) -> Iterator[str]:
    import difflib

    for key in tree.keys() - known:
        near = difflib.get_close_matches(key, known, n=1)
        yield f"{where}unknown key {key}" + (f"; did you mean {near[0]}?" if near else "")

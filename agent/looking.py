"""What a probe is, and what it is given to look with.

A probe is a function from a `Look` to readings and gaps. Cheap ones run in every pass. Dear ones (apt, restic) say with
a fingerprint whether what they read has changed, and are asked again only then, or after six hours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from checks.reading import CheckName, Gap, Instant, Reading, Why

PACE = 300
"""Seconds between two passes, where nobody says otherwise."""
PLUGIN_SECONDS = 10.0
DEAR_EVERY = 6 * 3600
"""Seconds between two dear looks at something that seems unchanged (DESIGN, section 6)."""


@dataclass(frozen=True, slots=True)
class ResticRepository:
    """One restic repository that this machine's administrator asked to be looked at. Read-only: no lock is taken."""

    name: str
    repository: str
    password_file: Path
    """Readable by the agent's user. The password itself never stands in the configuration."""


@dataclass(frozen=True, slots=True)
class BorgRepository:
    """One borg repository that this machine's administrator asked to be looked at. Read-only: no lock is taken."""

    name: str
    repository: str
    password_file: Path | None = None
    """Readable by the agent's user; None for one that is not encrypted."""


@dataclass(frozen=True, slots=True)
class DuplicityTarget:
    """A folder that duplicity backs up to, on this machine or mounted. Its files are listed, none is decrypted."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class PbsRepository:
    """One datastore of a Proxmox Backup Server that this machine's administrator asked to be looked at."""

    name: str
    repository: str
    """As the client takes it: `[[user@realm[!token]@]server[:port]:]datastore`."""
    password_file: Path
    """Readable by the agent's user; holds the password, or a token's secret."""
    fingerprint: str = ""
    """Of the server's certificate; empty where the system trusts it."""
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class WatchedPath:
    """A folder or file whose newest file is a backup."""

    name: str
    path: Path
    pattern: str = "*"


@dataclass(frozen=True, slots=True)
class ListedPlugin:
    """A monitoring plugin that this machine's administrator asked to be run."""

    name: str
    command: tuple[str, ...]
    """The program and its arguments; no shell reads them."""
    seconds: float = PLUGIN_SECONDS
    """How long it may run."""


@dataclass(frozen=True, slots=True)
class ListedCertificate:
    """A certificate that this machine's administrator asked to be watched."""

    name: str
    where: str
    """A file, or `host:port`."""
    port: int = 0
    """Of `host:port`; 0 for a file."""


@dataclass(frozen=True, slots=True)
class ListedUps:
    """An uninterruptible power supply that Network UPS Tools serve."""

    name: str
    ups: str
    """As `upsc` takes it: `ups[@host[:port]]`."""


@dataclass(frozen=True, slots=True)
class ListedService:
    """A service that must run: a systemd unit, or a process where there is no systemd."""

    name: str
    unit: str = ""
    process: str = ""
    """The program's name as the system lists it."""


@dataclass(frozen=True, slots=True)
class ListedPort:
    """A port of this machine."""

    number: int
    protocol: str
    """`tcp` or `udp`."""
    is_local: bool = False
    """Whether it is reached from this machine alone."""

    def __str__(self) -> str:
        return f"{self.number}/{self.protocol}" + (" local" if self.is_local else "")


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing without an agent that this machine's administrator asked to be probed from here."""

    name: str
    """How the model calls it (its id there), or how findings should."""
    target: str
    """What is asked, as it was written."""
    seconds: float
    """How long it may take."""


@dataclass(frozen=True, slots=True)
class ListedAddress(Listed):
    """A port that must take a connection."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class ListedPage(Listed):
    """A web page that must answer; `target` is its address."""

    status: int = 0
    """What it must answer; 0 for any of 200 to 299, redirects followed."""
    text: str = ""
    """What must stand in it."""
    verify: bool = True
    """Whether its certificate must be trusted."""

    @property
    def url(self) -> str:
        """Its address."""
        return self.target


@dataclass(frozen=True, slots=True)
class ListedName(Listed):
    """A name that must resolve; `target` is the name."""

    addresses: frozenset[str] = frozenset()
    """What it must lead to, these and no others; empty for any."""

    @property
    def lookup(self) -> str:
        """The name."""
        return self.target


@dataclass(frozen=True, slots=True)
class LookAt:
    """What the local configuration asks for beyond what every machine has."""

    restic: tuple[ResticRepository, ...] = ()
    files: tuple[WatchedPath, ...] = ()
    plugins: tuple[ListedPlugin, ...] = ()
    certificates: tuple[ListedCertificate, ...] = ()
    borg: tuple[BorgRepository, ...] = ()
    jobs: Path | None = None
    """Where runs of wrapped jobs are kept; None where nobody says."""
    ups: tuple[ListedUps, ...] = ()
    services: tuple[ListedService, ...] = ()
    duplicity: tuple[DuplicityTarget, ...] = ()
    pbs: tuple[PbsRepository, ...] = ()
    ports: tuple[ListedPort, ...] | None = None
    """The ports that should listen; None where nobody said, () where none should."""
    tcp: tuple[ListedAddress, ...] = ()
    http: tuple[ListedPage, ...] = ()
    dns: tuple[ListedName, ...] = ()


class Memory(Protocol):
    """What a probe may remember from one look to the next; small JSON values, kept across restarts."""

    def recall(self, key: str) -> object:
        """What was kept under `key`, or None."""

    def keep(self, key: str, value: object) -> None:
        """Keep a JSON value under `key`."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look: when it is, when the next one is due, what was asked for, and the root of what is looked at."""

    now: Instant
    next_look: Instant
    memory: Memory
    asked: LookAt = field(default_factory=LookAt)
    root: Path = Path("/")
    """The machine's file system; a folder in tests that need a machine in a certain state."""

    def reading(self, check: str, subject: str, value: float | None) -> Reading:
        """A reading taken at this look."""
        return Reading(CheckName(check), subject, value, self.now, self.next_look)

    def gap(self, check: str, why: Why, reason: str, subject: str = "") -> Gap:
        """An honest hole where a reading should be."""
        return Gap(CheckName(check), subject, why, reason, self.now, self.next_look)


Looked = Iterable[Reading | Gap]


@dataclass(frozen=True, slots=True)
class Probe:
    """How to look for one check of the catalogue."""

    check: CheckName
    look: Callable[[Look], Looked]
    fingerprint: Callable[[Look], str] | None = None
    """For a dear probe: text that changes when what it reads has changed. None: cheap, looked at in every pass."""
    seconds: float = 10.0
    """Time limit; a probe beyond it is left behind and leaves a gap."""

    @property
    def is_dear(self) -> bool:
        """Whether this probe is asked only when what it reads has changed, or after DEAR_EVERY."""
        return self.fingerprint is not None

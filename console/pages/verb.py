"""What a page and a verb are: name, key, help, arguments, who may. Each is declared once, beside its types."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from msgspec import Struct


class Role(IntEnum):
    """Access roles of `provider.yaml`, each including the ones before."""

    VIEWER = 1
    TECHNICIAN = 2
    LEAD = 3
    OWNER = 4


@dataclass(frozen=True, slots=True)
class Argument:
    """What a verb must be told."""

    name: str
    question: str
    """What a prompt asks."""
    required: bool = True
    picked: bool = False
    """It comes from the selected row, or the page, and is never typed at the screen."""
    choices: tuple[str, ...] = ()
    """The words that it may be, where they are few."""
    is_file: bool = False
    """It is a whole file, and as long as one."""
    many: bool = False
    """It may name several, with commas between them: a screen gives all the rows that are marked."""
    aside: bool = False
    """Only an option of the command line: a screen does not ask for it."""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something a person does at the desk. `key` is "" where no screen offers it."""

    name: str
    key: str
    label: str
    help: str
    permission: Role
    answer: type[Struct]
    arguments: tuple[Argument, ...] = ()
    screens: tuple[str, ...] = ()
    """On which screens it works."""
    asks_once: bool = False
    """Destructive or outward-facing: a person confirms it."""
    is_export: bool = False
    """It takes something out of the house as a whole: the audit log tells of it."""

    @property
    def acts(self) -> bool:
        """Whether it changes something: what a viewer may do does not."""
        return self.permission > Role.VIEWER


@dataclass(frozen=True, slots=True)
class Page:
    """Something a person reads. `key` opens it from every screen, `go` is its word after `:`."""

    name: str
    key: str
    label: str
    help: str
    answer: type[Struct]
    arguments: tuple[Argument, ...] = ()
    tabs: tuple[str, ...] = ()
    """Parts of the page, given as the argument `tab`; the first where none is named."""
    leads: tuple[str, ...] = ()
    """Pages that belong beside it: their keys stand with its own."""
    permission: Role = Role.VIEWER
    is_export: bool = False
    """It is taken out of the house as a whole: the audit log tells of it."""


IDLE = "idle"
"""What a console may say with every page that it asks for: seconds since its person last touched a key."""
CLIENT = Argument("client", "which client", required=False)
INCIDENT = Argument("incident", "which incident", picked=True)

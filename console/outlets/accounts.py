"""The accounts in `outlets.toml`: beside the store, readable by the daemon alone, never in the model, never shown."""

from __future__ import annotations

import stat
from email.errors import MessageError
from email.headerregistry import Address
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from console.letters.letter import Accounts
from console.outlets.egress import Network

FILE = "outlets.toml"
AUDIT = "audit"
"""What an anchor of the audit log is about: programs are told that ask for it, and the addresses under this name."""
ABOUT = ("opening", "mark", "offer", "over", "back", "digest", "week", AUDIT)


class CannotUse(Exception):
    """The file cannot be used: says what is wrong with it, and what to do."""


class MailAccount(Struct, frozen=True, forbid_unknown_fields=True):
    """The server that takes our mail."""

    host: str
    sender: str = msgspec.field(name="from")
    """`Watchbill <watchbill@msp.example>`."""
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: str = ""
    """A file with the password alone, readable by the daemon alone."""
    ca_file: str = ""
    """Certificates of an authority of your own."""
    seconds: int = 15
    """How long the server may keep us waiting for one answer."""


class HookAccount(Struct, frozen=True, forbid_unknown_fields=True):
    """A program that is told, as JSON on its standard input."""

    name: str
    command: tuple[str, ...]
    on: tuple[str, ...] = ("opening", "mark", "over", "back")
    seconds: int = 10


class Outlets(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    mail: MailAccount | None = None
    chat: dict[str, tuple[str, ...]] = {}
    """By channel or person of the model, the apprise URLs that it stands for."""
    hook: tuple[HookAccount, ...] = ()
    audit: tuple[str, ...] = ()
    """Mail addresses, best outside of this house, to which the audit log's anchors go every hour."""
    allowed_networks: tuple[str, ...] = ()
    """Where a chat may be beside the internet: networks such as `10.1.2.0/24`, or single addresses."""

    @property
    def networks(self) -> tuple[Network, ...]:
        """The allowed networks. Raises ValueError."""
        return tuple(ip_network(one) for one in self.allowed_networks)

    @property
    def known(self) -> Accounts:
        """All that whoever writes letters may know."""
        hooks = {one.name: frozenset(one.on) for one in self.hook}
        return Accounts(self.mail is not None, frozenset(self.chat), hooks)


def read(path: Path) -> Outlets:
    """The accounts; none where there is no file. Raises CannotUse."""
    try:
        mode = path.stat().st_mode
        text = path.read_text()
    except FileNotFoundError:
        return Outlets()
    except (OSError, UnicodeError) as error:
        raise CannotUse(f"{path} cannot be read: {error}; make it readable for the daemon's account") from error
    if stat.S_IMODE(mode) & 0o077:
        raise CannotUse(f"{path} holds passwords and others can read it; chmod 600 {path}")
    try:
        found = msgspec.toml.decode(text, type=Outlets)
    except (msgspec.MsgspecError, ValueError) as error:
        raise CannotUse(f"{path}: {error}") from error
    wrong = [
        *_mail_problems(found.mail),
        *_hook_problems(found.hook),
        *_audit_problems(found),
        *_network_problems(found),
    ]
    if wrong:
        raise CannotUse(f"{path}: {'; '.join(wrong)}")
    return found


def password(account: MailAccount) -> str:
    """The password. Raises CannotUse."""
    path = Path(account.password_file)
    try:
        mode, text = path.stat().st_mode, path.read_text()
    except (OSError, UnicodeError) as error:
        raise CannotUse(f"the password file {path} cannot be read: {error}") from error
    if stat.S_IMODE(mode) & 0o077:
        raise CannotUse(f"others can read the password file {path}; chmod 600 {path}")
    return text.strip("\r\n")


def sender_of(account: MailAccount) -> Address:
    """Who our mail is from. Raises CannotUse."""
    name, _, rest = account.sender.rpartition("<")
    return address_of(rest.removesuffix(">") if name else account.sender, name.strip())


def address_of(spec: str, name: str = "") -> Address:
    """A mail address. Raises CannotUse where it is none, or more than one."""
    try:
        found = Address(name, addr_spec=spec.strip())
    except (ValueError, IndexError, MessageError) as error:
        raise CannotUse(f"{spec!r} is no mail address") from error
    if not found.username or "." not in f"{found.domain}." or not found.domain or not spec.isascii():
        raise CannotUse(f"{spec!r} is no mail address that every server takes")
    return found


def _mail_problems(account: MailAccount | None) -> list[str]:
    if account is None:
        return []
    wrong = []
    try:
        sender_of(account)
    except CannotUse as error:
        wrong.append(f"mail.from: {error}")
    if account.user and not account.password_file:
        wrong.append("mail.user needs mail.password_file")
    if account.user and account.security == "none" and account.host not in ("localhost", "127.0.0.1", "::1"):
        wrong.append("mail.security = none would show the password to everybody on the way; use starttls or tls")
    return wrong


def _audit_problems(found: Outlets) -> list[str]:
    wrong = ["audit names addresses, and there is no mail account"] if found.audit and found.mail is None else []
    for one in found.audit:
        try:
            address_of(one)
        except CannotUse as error:
            wrong.append(f"audit: {error}")
    return wrong


def _network_problems(found: Outlets) -> list[str]:
    wrong = []
    for one in found.allowed_networks:
        try:
            ip_network(one)
        except ValueError as error:
            wrong.append(f"allowed_networks: {error}; write 10.1.2.0/24, or one address")
    return wrong


def _hook_problems(hooks: tuple[HookAccount, ...]) -> list[str]:
    wrong = [
        f"hook {one.name}: {word!r} is none of {', '.join(ABOUT)}" for one in hooks for word in set(one.on) - {*ABOUT}
    ]
    wrong += [
        f"hook {one.name}: name the program by its whole path"
        for one in hooks
        if not one.command or not one.command[0].startswith("/")
    ]
    names = [one.name for one in hooks]
    return wrong + [f"hook {name} is there twice" for name in sorted({one for one in names if names.count(one) > 1})]

"""A check-in as bytes, and the few messages around it; versioned from the first day.

A frame is five bytes of header (length, encoding) and a body of JSON, plain or zlib. Sizes are checked before
anything is allocated, structure before anything is believed; whatever is wrong is one error, `NotAMessage`.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from checks.reading import CheckIn, Instant, Machine
from checks.strict import refuse_strange

VERSION = 1
MOST_BYTES = 1 << 20
MOST_BYTES_EXPANDED = 2 << 20
"""Four times what 5,000 readings come to. Reading it, whatever it holds, takes less than 50 ms and 32 MiB."""
MOST_READINGS = 5_000
HEADER = struct.Struct(">IB")
_PLAIN, _ZLIB = 0, 1
_WORTH_SQUEEZING = 1_000


class NotAMessage(Exception):
    """What arrived is not a message of ours: says what is wrong with it. Sending it again does not help."""


class Refused(StrEnum):
    """Why the console did not keep a message."""

    RETRY_LATER = "retry-later"
    BAD_FORMAT = "bad-format"
    CONFLICT = "conflict"
    """The same number came before with other content: a clone, or a restored snapshot."""
    REVOKED = "revoked"


class Hello(Struct, frozen=True, tag_field="kind", tag="hello"):
    """Agent → console, first. Uptime and clock let the console place the agent's instants by its own clock; pins are
    the host keys that the agent takes for the console's, so that the console knows who has heard of its next one.
    """

    epoch: str
    newest: int
    boot_id: str
    uptime: float
    clock: Instant
    agent: str
    pins: tuple[str, ...] = ()
    v: int = VERSION


class Carry(Struct, frozen=True, tag_field="kind", tag="carry"):
    """Agent → console: one check-in. `live` asks to show it now; it still comes again in its turn."""

    body: Raw
    sha256: str
    live: bool = False
    v: int = VERSION


class Join(Struct, frozen=True, tag_field="kind", tag="join"):
    """Agent → console, over a connection signed with the token's key: here is the key that I made."""

    public_key: str
    """One OpenSSH line, `ssh-ed25519 AAAA…`."""
    machine: Machine
    v: int = VERSION


class Rekey(Struct, frozen=True, tag_field="kind", tag="rekey"):
    """Agent → console, over a connection signed with its key: the key (one OpenSSH line) that comes after it, and
    `rekey_proof` signed with that one, in base64.
    """

    public_key: str
    proof: str
    v: int = VERSION


class Leave(Struct, frozen=True, tag_field="kind", tag="leave"):
    """Agent → console: this machine will not check in any more; forget my key."""

    v: int = VERSION


class Welcome(Struct, frozen=True, tag_field="kind", tag="welcome"):
    """Console → agent: the highest number of this epoch up to which nothing is missing, the host keys to pin from now
    on, and whom to log in as where OpenSSH stands in front ("" for the usual account).
    """

    mark: int
    now: Instant
    host_keys: tuple[str, ...] = ()
    account: str = ""
    v: int = VERSION


class Ack(Struct, frozen=True, tag_field="kind", tag="ack"):
    """Console → agent: committed and synced to disk. (For a live one: shown; nothing may be forgotten.)"""

    epoch: str
    seq: int
    sha256: str
    live: bool = False
    v: int = VERSION


class Refusal(Struct, frozen=True, tag_field="kind", tag="refusal"):
    """Console → agent: not kept, and what to do about it."""

    why: Refused
    text: str
    seconds: int = 0
    """For RETRY_LATER: not before this many seconds."""
    v: int = VERSION


class Joined(Struct, frozen=True, tag_field="kind", tag="joined"):
    """Console → agent: you are this host from now on."""

    agent_id: str
    """The SSH user name of every later connection."""
    client: str
    site: str
    host: str
    v: int = VERSION


class Rekeyed(Struct, frozen=True, tag_field="kind", tag="rekeyed"):
    """Console → agent: from now on the new key opens the door, and the old one does not."""

    v: int = VERSION


class Left(Struct, frozen=True, tag_field="kind", tag="left"):
    """Console → agent: your key opens nothing any more."""

    v: int = VERSION


FromAgent = Hello | Carry | Join | Leave | Rekey
FromConsole = Welcome | Ack | Refusal | Joined | Left | Rekeyed


def rekey_proof(agent: str, public_key: str) -> bytes:
    """What the holder of a new key signs, so that nobody hands in the key of somebody else."""
    return f"watchbill rekey\n{agent}\n{public_key}".encode()


def encode_check_in(check_in: CheckIn) -> bytes:
    """The check-in's own bytes: what is digested, spooled and stored."""
    return msgspec.json.encode(check_in)


def digest(body: bytes) -> str:
    """SHA-256 of a check-in's own bytes, in hexadecimal."""
    import hashlib  # two megabytes of libcrypto that a resident agent never needs

    return hashlib.sha256(body).hexdigest()


def decode_check_in(body: bytes) -> CheckIn:
    """The check-in that these bytes say; duplicate keys and depth are the frame's affair. Raises NotAMessage."""
    check_in: CheckIn = _typed(body, _decoder(CheckIn))
    if len(check_in.readings) + len(check_in.gaps) > MOST_READINGS:
        raise NotAMessage(f"more than {MOST_READINGS} readings in one check-in")
    if not re.fullmatch(r"[0-9a-f]{32}", check_in.epoch) or not 0 < check_in.seq < 2**53:
        raise NotAMessage("epoch must be 32 hexadecimal digits and seq a positive whole number")
    return check_in


def carry(body: bytes, *, live: bool = False) -> Carry:
    """A check-in's own bytes, ready to be framed."""
    return Carry(body=Raw(body), sha256=digest(body), live=live)


def opened(message: Carry) -> bytes:
    """The check-in's own bytes inside a Carry. Raises NotAMessage where they are not what their digest says."""
    body = bytes(message.body)
    if digest(body) != message.sha256:
        raise NotAMessage("the check-in's bytes do not match their sha256")
    return body


def frame(message: FromAgent | FromConsole) -> bytes:
    """Header and body of one message, squeezed where that is worth it. Raises NotAMessage where it is too big."""
    body = msgspec.json.encode(message)
    if len(body) <= _WORTH_SQUEEZING:
        return HEADER.pack(len(body), _PLAIN) + body
    squeezed = zlib.compress(body, level=1)
    if len(body) > MOST_BYTES_EXPANDED or len(squeezed) > MOST_BYTES:
        raise NotAMessage(f"a message of {len(body)} bytes, {len(squeezed)} squeezed, is too big to send")
    return HEADER.pack(len(squeezed), _ZLIB) + squeezed


def body_length(header: bytes) -> int:
    """How many bytes follow this header. Raises NotAMessage before anything of that size is allocated."""
    length, encoding = HEADER.unpack(header)
    if encoding not in (_PLAIN, _ZLIB):
        raise NotAMessage(f"unknown encoding {encoding} in a frame header")
    if not 0 < length <= MOST_BYTES:
        raise NotAMessage(f"a frame of {length} bytes; at most {MOST_BYTES} are taken")
    return int(length)


def from_agent(header: bytes, body: bytes) -> FromAgent:
    """What an agent said. Raises NotAMessage."""
    message: FromAgent = _checked(_decoded(_plain(header, body), _decoder(FromAgent)))
    return message


def from_console(header: bytes, body: bytes) -> FromConsole:
    """What the console said. Raises NotAMessage."""
    message: FromConsole = _checked(_decoded(_plain(header, body), _decoder(FromConsole)))
    return message


def unknown_fields(body: bytes) -> int:
    """How many fields of a check-in and its readings this version does not know (a newer agent speaks)."""
    tree = json.loads(body)
    known = set(CheckIn.__struct_fields__)
    readings = tree.get("readings", [])
    per_reading = _READING_FIELDS
    return len(tree.keys() - known) + sum(len(reading.keys() - per_reading) for reading in readings)


T = TypeVar("T")
Message = TypeVar("Message", FromAgent, FromConsole)
_READING_FIELDS = {"check", "subject", "value", "taken_at", "next_look", "items"}


@cache
def _decoder(kind: Any) -> Callable[[bytes], Any]:  # noqa: ANN401 - a type, or a union of types
    """The decoder of a type, made when it is first wanted: a resident agent never needs most of them."""
    return msgspec.json.Decoder(kind).decode


def _checked(message: Message) -> Message:
    if message.v != VERSION:
        raise NotAMessage(f"protocol version {message.v}; this side speaks {VERSION}")
    return message


def _decoded(body: bytes, decode: Callable[[bytes], T]) -> T:
    try:
        refuse_strange(body)
    except (ValueError, RecursionError) as error:
        raise NotAMessage(f"not JSON as we take it: {error}") from error
    return _typed(body, decode)


def _typed(body: bytes, decode: Callable[[bytes], T]) -> T:
    try:
        return decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotAMessage(f"not a message of ours: {error}") from error


def _plain(header: bytes, body: bytes) -> bytes:
    _, encoding = HEADER.unpack(header)
    if encoding == _PLAIN:
        return body
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(body, MOST_BYTES_EXPANDED + 1)
    except zlib.error as error:
        raise NotAMessage(f"a zlib frame that is not zlib: {error}") from error
    if len(plain) > MOST_BYTES_EXPANDED:
        raise NotAMessage(f"expands to more than {MOST_BYTES_EXPANDED} bytes")
    return plain

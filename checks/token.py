"""An invitation to join, as one line of text: where the console is, which host key it has, and a secret.

Both sides derive the same ed25519 seed from the secret, so the secret never crosses the wire and the console keeps
only the public half (reliability.md, 1.5). The checksum catches paste damage; the prefix lets secret scanners
find a leaked token.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import zlib

import msgspec
from msgspec import Struct

PREFIX = "watchbill1_"
SECRET_BYTES = 32
_NEWCOMER = "join-"


class NotAToken(Exception):
    """The text is not a join token: says what is wrong with it and what to do."""


class Token(Struct, frozen=True):
    """What an invitation says. Never log it, never put it on a command line."""

    token_id: str
    address: str
    """`host:port` of the door; IPv6 in brackets."""
    host_key: str
    """The fingerprint of the door's host key, `SHA256:…`."""
    secret: str
    """32 random bytes, base64url without padding."""
    account: str = ""
    """The account behind whose name OpenSSH lets agents in; "" for the usual one."""

    def __repr__(self) -> str:
        """The token without its secret."""
        return f"Token({self.token_id!r}, {self.address!r}, {self.host_key!r}, secret hidden)"


def written(token: Token) -> str:
    """The token as the one line that a technician pastes."""
    body = _base64(msgspec.json.encode(token))
    return f"{PREFIX}{body}_{_checksum(body)}"


def read(text: str) -> Token:
    """The token that this line says. Raises NotAToken."""
    line = "".join(text.split())
    if not line.startswith(PREFIX):
        raise NotAToken(f"a join token begins with {PREFIX}; copy the whole line that the invitation printed")
    body, _, checksum = line.removeprefix(PREFIX).rpartition("_")
    if not body or checksum != _checksum(body):
        raise NotAToken("the join token is damaged (its checksum does not fit); copy the whole line again")
    try:
        token = msgspec.json.decode(_bytes(body), type=Token)
        secret = _bytes(token.secret)
    except (ValueError, msgspec.DecodeError) as error:
        raise NotAToken(f"the join token cannot be read: {error}; ask for a new one") from error
    if len(secret) != SECRET_BYTES:
        raise NotAToken("the join token's secret has the wrong length; ask for a new one")
    return token


def seed(token: Token) -> bytes:
    """32 bytes of ed25519 seed, bound to this token: HKDF-SHA256 (RFC 5869), one block."""
    extracted = hmac.digest(b"watchbill join", _bytes(token.secret), hashlib.sha256)
    return hmac.digest(extracted, token.token_id.encode() + b"\x01", hashlib.sha256)


def user_of(token_id: str) -> str:
    """The SSH user name that uses this token up."""
    return f"{_NEWCOMER}{token_id}"


def is_newcomer(user: str) -> bool:
    """Whether an SSH user name is one that uses a token up."""
    return user.startswith(_NEWCOMER)


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

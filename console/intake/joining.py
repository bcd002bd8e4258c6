"""How a new agent is let in: a token's key has signed, the agent hands over the key that it made, it gets a name."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import logging
import re
import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from checks.reading import Instant
from checks.text import clean
from checks.token import SECRET_BYTES, Token
from checks.wire import Join, Joined, NotAMessage, Refusal, Refused
from console.intake.line import Line
from console.store.enrolment import Agent, OpenToken, TokenRefused, free_host
from console.store.ledger import Ledger

JOIN_SECONDS = 20
TOKEN_LIVES = 3600
"""Seconds for which an invitation stands."""
_ED25519 = re.compile(r"ssh-ed25519 ([A-Za-z0-9+/=]{68})(?: .*)?")
log = logging.getLogger(__name__)


def new_token(address: str, host_key: str, account: str) -> Token:
    """A fresh invitation to this door; behind OpenSSH, to this account of it."""
    secret = base64.urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES)).rstrip(b"=").decode()
    return Token(secrets.token_hex(4), address, host_key, secret, account)


def public_line(seed: bytes) -> str:
    """The public half of the key that a token's seed derives, as one OpenSSH line."""
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


async def let_in(token: OpenToken, line: Line, ledger: Ledger, clock: Callable[[], Instant]) -> None:
    """Talk to somebody who holds the key of `token`."""
    message = await line.receive(JOIN_SECONDS)
    if message is None:
        return
    if not isinstance(message, Join):
        raise NotAMessage("whoever holds a token says JOIN first")
    agent = _enrolment(token, message, ledger, clock())
    try:
        await asyncio.wrap_future(ledger.enrol(agent))
    except TokenRefused:
        line.send(Refusal(Refused.REVOKED, "this token opens nothing"))
        return
    waits = ", and waits for approval" if agent.waits else ""
    log.info("%s joined as %s/%s%s", agent.agent, agent.client, agent.host, waits)
    line.send(Joined(agent.agent, agent.client, agent.site, agent.host))


def plain_key(public_key: str) -> str:
    """An ed25519 public key as one OpenSSH line without its comment. Raises NotAMessage."""
    match = _ED25519.fullmatch(public_key.strip())
    if match is None:
        raise NotAMessage("an agent's key is one line: ssh-ed25519 and 68 characters")
    return f"ssh-ed25519 {match[1]}"


def fingerprint(public_key: str) -> str:
    """`SHA256:…` of a public key line. Raises NotAMessage."""
    try:
        raw = base64.b64decode(public_key.split()[1], validate=True)
    except (binascii.Error, IndexError) as error:
        raise NotAMessage("an agent's key is not base64") from error
    return "SHA256:" + base64.b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()


def refuse_unproven(public_key: str, proof: str, said: bytes) -> None:
    """Raises NotAMessage unless the holder of this key signed what was `said`."""
    try:
        raw = base64.b64decode(public_key.split()[1], validate=True)[-32:]
        Ed25519PublicKey.from_public_bytes(raw).verify(base64.b64decode(proof, validate=True), said)
    except (binascii.Error, ValueError, InvalidSignature) as error:
        raise NotAMessage("nobody has proven to hold the new key") from error


def _enrolment(token: OpenToken, message: Join, ledger: Ledger, now: Instant) -> Agent:
    key = plain_key(message.public_key)
    hostname = clean(message.machine.hostname, 100)
    provider = ledger.model.provider.doc
    return Agent(
        agent=f"a-{secrets.token_hex(5)}",
        client=token.client,
        site=token.site,
        host=token.host or free_host(ledger.agents.values(), token.client, _slug(hostname)),
        hostname=hostname,
        public_key=key,
        fingerprint=fingerprint(key),
        token=token.token,
        joined_at=now,
        approved_at=None if provider and provider.joining.needs_approval else now,
    )


def _slug(hostname: str) -> str:
    """The hostname as a host id: `[a-z0-9-]`, at most 40."""
    return re.sub(r"[^a-z0-9]+", "-", hostname.lower()).strip("-")[:40] or "host"

"""The agent's key is changed for a fresh one without joining again, and a change that is cut short loses nobody.

Both keys are kept until the console has said which one counts: the new one is on the disk before it is offered.
"""

from __future__ import annotations

from agent.config import Identity
from agent.homes import Home, write_whole
from agent.ssh import KeyRefused, Line, line_to, new_key, public_line, read_key, signed
from checks.reading import Instant
from checks.wire import NotAMessage, Rekey, Rekeyed, rekey_proof

KEY_LIVES = 90 * 86_400
"""Seconds after which a delivery changes the key by itself."""


def line_home(home: Home, me: Identity) -> Line:
    """An open line with the agent's key; with the next one, where a change was cut short. Raises NotDelivered."""
    try:
        return line_to(me.address, me.agent_id, read_key(home.key.read_text()), me.host_keys, me.account)
    except KeyRefused:
        if not home.next_key.exists():
            raise
    line = line_to(me.address, me.agent_id, read_key(home.next_key.read_text()), me.host_keys, me.account)
    home.next_key.replace(home.key)
    return line


def is_old(home: Home, now: Instant) -> bool:
    """Whether the key has been in use for long enough."""
    return now - home.key.stat().st_mtime > KEY_LIVES


def rekey(home: Home, me: Identity) -> None:
    """Change the key. Raises NotDelivered and NotAMessage, and then the old one still counts."""
    private = new_key()
    with line_home(home, me) as line:
        write_whole(home.next_key, private.encode())
        public = public_line(read_key(private))
        line.send(Rekey(public, signed(private, rekey_proof(me.agent_id, public))))
        if not isinstance(line.receive(), Rekeyed):
            raise NotAMessage("a console answers REKEY with REKEYED")
    home.next_key.replace(home.key)

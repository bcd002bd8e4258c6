"""How this machine joins a console, and leaves it. Nothing half-written, whatever goes wrong."""

from __future__ import annotations

import msgspec

from agent.binding import bound_to
from agent.config import Identity, identity
from agent.homes import Home, write_whole
from agent.machine import machine
from agent.numbering import forgotten
from agent.rekeying import line_home
from agent.ssh import KeyRefused, WrongHostKey, key_of_seed, line_to, new_key, public_line, read_key
from checks.token import Token, seed, user_of
from checks.wire import Join, Joined, Leave, Left, NotAMessage, Refusal


class AlreadyJoined(Exception):
    """This machine has joined already: says which console, and what to do."""


class TokenRefused(Exception):
    """The console takes this token from nobody."""


_REFUSED = "the console refused this token: it may be expired, used, or altered; ask for a new one"


def join(home: Home, token: Token, *, force: bool) -> Identity:
    """Make a key, hand its public half over, and remember who we are. Raises NotDelivered and the errors above."""
    if home.identity.exists() and not force:
        me = identity(home)
        raise AlreadyJoined(
            f"joined as {me.client}/{me.host} at {me.address}; `watchbill-agent leave` first, or --force"
        )
    private = new_key()
    joined = _asked(token, public_line(read_key(private)))
    me = Identity(
        joined.agent_id,
        joined.client,
        joined.site,
        joined.host,
        token.address,
        (token.host_key,),
        bound_to(),
        token.account,
    )
    home.made()
    write_whole(home.key, private.encode())
    write_whole(home.identity, msgspec.json.encode(me))
    forgotten(home.spool)
    for left in (home.next_key, home.spool, home.outcome):
        left.unlink(missing_ok=True)
        for more in ("-wal", "-shm"):
            left.with_name(left.name + more).unlink(missing_ok=True)
    return me


def leave(home: Home, *, force: bool) -> None:
    """Tell the console, then forget key and identity. Raises NotDelivered where it cannot be told, unless forced."""
    me = identity(home)
    if not force:
        with line_home(home, me) as line:
            line.send(Leave())
            if not isinstance(line.receive(), Left):
                raise NotAMessage("a console answers LEAVE with LEFT")
    for gone in (home.key, home.next_key, home.identity):
        gone.unlink(missing_ok=True)


def _asked(token: Token, public_key: str) -> Joined:
    try:
        user, key = user_of(token.token_id), key_of_seed(seed(token))
        with line_to(token.address, user, key, (token.host_key,), token.account) as line:
            line.send(Join(public_key, machine()))
            answer = line.receive()
    except KeyRefused as error:
        raise TokenRefused(_REFUSED) from error
    except WrongHostKey as error:
        raise WrongHostKey(f"this is not the console that the token was made for: {error}") from error
    if isinstance(answer, Refusal) or not isinstance(answer, Joined):
        raise TokenRefused(_REFUSED)
    return answer

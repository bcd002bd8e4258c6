"""Carries the spool home over SSH, and forgets only what was acknowledged.

Runs as a process of its own that ends (`python -m agent.courier FOLDER`): paramiko is two thirds of an agent's
memory, and nobody needs it between two deliveries. Prints how it went as one line of JSON.
"""

from __future__ import annotations

import re
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

import msgspec

from agent import binding
from agent.config import Identity, identity
from agent.homes import Home, write_whole
from agent.machine import boot_id, uptime
from agent.outcome import Outcome
from agent.rekeying import is_old, line_home, rekey
from agent.spool import Spool, SpoolFull, Waiting
from agent.ssh import KeyRefused, Line, NotDelivered, WrongHostKey
from checks.version import VERSION
from checks.wire import Ack, Hello, NotAMessage, Refusal, Refused, Welcome, carry, digest

IN_FLIGHT = 32
MOST_PINS = 4
NEW_KEY = "--new-key"
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
MOST_DATA = 96 << 20


def deliver(home: Home, me: Identity, spool: Spool, now: int) -> Outcome:
    """Carry everything that waits; how it went. Raises NotDelivered."""
    binding.check(me.bound_to)
    with line_home(home, me) as line:
        line.send(Hello(spool.epoch, spool.newest, boot_id(), uptime(), now, VERSION, me.host_keys))
        welcome = line.receive()
        if isinstance(welcome, Refusal):
            return _refused(spool, None, welcome, now)
        if not isinstance(welcome, Welcome):
            raise NotAMessage("a console answers HELLO with WELCOME")
        _learn(home, me, welcome, line.host_key)
        if welcome.mark > spool.newest:
            spool.begin_epoch()
            return Outcome(
                now, "again", "the console knows more of this spool than it holds: it is an old copy; beginning anew"
            )
        _show_newest(line, spool, welcome.mark)
        return _carry(line, spool, welcome.mark, now)


def _learn(home: Home, me: Identity, welcome: Welcome, host_key: str) -> None:
    """Pin what the console will show next, as said over the connection that a pinned key has vouched for.

    A list without the key that is shown now is no announcement, and what is no fingerprint is left out.
    """
    keys = tuple(one for one in welcome.host_keys if _FINGERPRINT.fullmatch(one))[:MOST_PINS]
    if host_key not in keys:
        return
    told = msgspec.structs.replace(me, host_keys=keys, account=welcome.account or me.account)
    if told != me:
        write_whole(home.identity, msgspec.json.encode(told))


def _show_newest(line: Line, spool: Spool, mark: int) -> None:
    """With a backlog to come, show first how things stand now."""
    newest = spool.one(spool.newest)
    if newest is None or newest.seq <= mark + 1:
        return
    try:
        line.send(carry(newest.body, live=True))
    except NotAMessage:
        return  # in its turn it is set aside
    line.receive()


def _carry(line: Line, spool: Spool, mark: int, now: int) -> Outcome:
    sent: deque[Waiting] = deque()
    delivered = 0
    for waiting in spool.after(mark):
        try:
            line.send(carry(waiting.body))
        except NotAMessage as error:
            spool.set_aside(waiting.seq, str(error))
            return Outcome(now, "again", f"check-in {waiting.seq} cannot be sent: {error}")
        sent.append(waiting)
        if len(sent) >= IN_FLIGHT:
            refusal = _settle(line, spool, sent.popleft(), now)
            if refusal:
                return refusal
            delivered += 1
    while sent:
        refusal = _settle(line, spool, sent.popleft(), now)
        if refusal:
            return refusal
        delivered += 1
    return Outcome(now, "delivered", f"{delivered} check-ins delivered", delivered=delivered)


def _settle(line: Line, spool: Spool, waiting: Waiting, now: int) -> Outcome | None:
    """Take the answer to one check-in; an outcome where nothing more can be sent."""
    answer = line.receive()
    if isinstance(answer, Ack):
        if (answer.epoch, answer.seq, answer.sha256) != (spool.epoch, waiting.seq, digest(waiting.body)):
            raise NotAMessage(f"what was acknowledged is not check-in {waiting.seq}, which was sent")
        spool.acknowledged(answer.seq, answer.sha256, now)
        return None
    if isinstance(answer, Refusal):
        return _refused(spool, waiting, answer, now)
    raise NotAMessage("a console answers a check-in with an ack or a refusal")


def _refused(spool: Spool, waiting: Waiting | None, refusal: Refusal, now: int) -> Outcome:
    match refusal.why:
        case Refused.CONFLICT:
            spool.begin_epoch()
            return Outcome(now, "again", f"{refusal.text}; numbering anew")
        case Refused.BAD_FORMAT if waiting is not None:
            spool.set_aside(waiting.seq, refusal.text)
            return Outcome(now, "again", f"the console cannot read check-in {waiting.seq}: {refusal.text}")
        case Refused.REVOKED:
            return Outcome(now, "revoked", "the console has closed its door to this agent; join again with a new token")
        case _:
            return Outcome(now, "later", refusal.text, wait=max(5, refusal.seconds))


def delivered(home: Home, now: int) -> Outcome:
    """Carry what waits; where something had to be put right first, up to three times more."""
    spool = Spool(home.spool)
    try:
        outcome = deliver(home, identity(home), spool, now)
        for _ in range(3):
            if outcome.kind != "again":
                break
            outcome = deliver(home, identity(home), spool, now)
        if outcome.is_delivered and (NEW_KEY in sys.argv or is_old(home, now)):
            rekey(home, identity(home))
            outcome = msgspec.structs.replace(outcome, text=f"{outcome.text}; the key was changed")
    finally:
        spool.close()
    return outcome


def main() -> int:
    """The front door of the child process."""
    with suppress(ImportError):  # Windows has none
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MOST_DATA, MOST_DATA))  # a flooding console ends this child, no more
    home = Home(Path(sys.argv[1]))
    now = int(time.time())  # noqa: TID251 - a front door
    try:
        outcome = delivered(home, now)
    except SpoolFull as error:
        outcome = Outcome(now, "later", str(error))
    except WrongHostKey as error:
        outcome = Outcome(now, "wrong host key", str(error))
    except KeyRefused as error:
        outcome = Outcome(now, "revoked", f"{error}: it was revoked, or the console is another one")
    except binding.Copied as error:
        outcome = Outcome(now, "copied", str(error))
    except (NotDelivered, NotAMessage) as error:
        outcome = Outcome(now, "unreachable", str(error))
    sys.stdout.write(msgspec.json.encode(outcome).decode() + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The audit log's own watch: anchors every hour and at the end, and what no person does at the desk.

That is: the daemon began and ended, its clock was stepped, the accounts of outlets changed, the store was read back.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from checks.reading import Instant
from checks.text import clean
from checks.version import VERSION
from console.store import anchors, audit
from console.store.audit import NOBODY, Entry, Row
from console.store.chain import GENESIS, Anchor
from console.store.ledger import Ledger
from console.store.writer import NotKept
from console.watch.jumps import Clocks, Jumps
from console.watch.knocks import Knocks

ANCHOR_SECONDS = 3600
TICK_SECONDS = 1.0
_PATIENCE = 10.0
_NOT_TOLD = "an anchor of the audit log was not told: %s"
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Auditor:
    """One per daemon, on its loop. `account` is the daemon's own (uid, login)."""

    ledger: Ledger
    home: Path
    clocks: Clocks
    account: tuple[int, str]
    accounts: Path
    """The file of outlets' accounts, which is configuration and no model."""
    tell: Callable[[str, Instant], Sequence[str]]
    """Tells an anchor to whoever is named among those accounts; what went wrong. It may take its time."""
    _jumps: Jumps = field(init=False)
    _stamp: object = None
    _known: str | None = None
    """The digest of the accounts as the log has them; None where it was not asked yet."""
    _term: int = 0
    _knocks: Knocks = field(default_factory=Knocks)

    def __post_init__(self) -> None:
        self._jumps = Jumps(self.clocks)

    def begin(self) -> None:
        """The daemon has begun, with the store as it was read."""
        self._term = self.ledger.writer.term
        self._wait_for("start", f"version={VERSION}")

    def end(self) -> None:
        """The daemon ends: the last row, and an anchor that vouches for it."""
        self._wait_for("stop", "")
        anchor = self.anchor("stop")
        for trouble in self.tell(anchor.text, anchor.at) if anchor else ():
            log.warning(_NOT_TOLD, trouble)

    def _wait_for(self, action: str, about: str) -> None:
        """Add a row and wait until it is on the disk: the anchor that follows vouches for it."""
        try:
            self._add(action, about).result(_PATIENCE)
        except (NotKept, TimeoutError) as error:
            log.warning("the audit log could not take the row of its %s: %s", action, error)

    async def stand(self) -> None:
        """Stand watch until cancelled."""
        while True:
            self.tick()
            if self.is_due:
                self._tell_later(self.anchor("hour"))
            await asyncio.sleep(TICK_SECONDS)

    @property
    def is_due(self) -> bool:
        """Whether an hour has passed since the last anchor, also where nobody was there to drop one."""
        last = anchors.newest(self.home / anchors.FILE)
        return last is None or not 0 <= self.clocks.wall() - last.at < ANCHOR_SECONDS

    def tick(self) -> None:
        """Look whether the clock was stepped, the store read back, and whether accounts changed."""
        if step := self._jumps.gained():
            log.warning("the console's clock was stepped by %+d s, or the machine slept", step)
            self._add("clock-step", f"{step:+d} s", NOBODY)
        if self.ledger.writer.term != self._term:
            self._term = self.ledger.writer.term
            self._add("store-repair", "what could not be written was forgotten, and memory read back from the store")
        self._look_at(self.accounts)

    def knocked(self, source: str, user: str) -> None:
        """Write that somebody's key opened nothing at the embedded door; sshd's own log tells that of the other."""
        more = self._knocks.told(source, self.clocks.passed())
        if more is not None:
            log.warning("%s knocked as %s, with a key that opens nothing", source, clean(user, 40))
            entry = Entry(
                at=self.clocks.wall(), uid=NOBODY, login=clean(user, 40), action="knock", about=f"address={source}",
                outcome="refused", why=" · ".join(filter(None, ("its key opens nothing", more))),
            )  # fmt: skip
            self.ledger.writer.do(lambda connection: audit.add(connection, entry))

    def anchor(self, why: str) -> Anchor | None:
        """Write down, outside of the database and in the daemon's log, where the chain ends; None where it cannot."""
        last = audit.latest(self.ledger.database.reading, 1)
        anchor = Anchor(self.clocks.wall(), last[0].number if last else 0, last[0].sha256 if last else GENESIS)
        try:
            log.info("%s", anchors.drop(self.home / anchors.FILE, anchor, why))
        except OSError as error:
            log.warning("%s cannot be written (%s); %s", self.home / anchors.FILE, error.strerror, anchor.text)
            return None
        return anchor

    def _tell_later(self, anchor: Anchor | None) -> None:
        if anchor is not None:
            loop = asyncio.get_running_loop()
            loop.run_in_executor(None, self.tell, anchor.text, anchor.at).add_done_callback(_told)

    def _look_at(self, path: Path) -> None:
        """Accounts that are not those of the last time."""
        stamp = _stamp(path)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        if self._known is None:
            rows = audit.latest(self.ledger.database.reading, 1, action="config")
            self._known = rows[0].after if rows else ""
        before, self._known = self._known, _digest(path)
        if before != self._known:
            self._add("config", path.name, NOBODY, (before, self._known))

    def _add(self, action: str, about: str, uid: int | None = None, digests: tuple[str, str] = ("", "")) -> Future[Row]:
        (own, login), (before, after) = self.account, digests
        entry = Entry(
            at=self.clocks.wall(), uid=own if uid is None else uid, login=login, action=action, about=about,
            before=before, after=after,
        )  # fmt: skip
        return self.ledger.writer.do(lambda connection: audit.add(connection, entry))


def _told(done: asyncio.Future[Sequence[str]]) -> None:
    for trouble in () if done.cancelled() else done.result():
        log.warning(_NOT_TOLD, trouble)


def _stamp(path: Path) -> object:
    """What changes whenever the file does; "" where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return (found.st_mtime_ns, found.st_ino, found.st_size)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""

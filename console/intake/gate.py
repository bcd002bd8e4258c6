"""Who may enter, and who then talks to them: agents by their key, newcomers by their token's key."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from checks.reading import Instant
from checks.token import user_of
from checks.wire import NotAMessage
from console.intake.conversation import Announced, Conversation
from console.intake.joining import let_in
from console.intake.line import Line
from console.store.enrolment import OpenToken
from console.store.ledger import Ledger

SESSION_SECONDS = 600
"""However much an agent has to say; the next connection goes on where this one ended."""
log = logging.getLogger(__name__)


class Gate:
    """Answers the doorkeeper's two questions."""

    def __init__(self, ledger: Ledger, clock: Callable[[], Instant], announced: Announced) -> None:
        self._ledger = ledger
        self._announced = announced
        self._clock = clock

    def may_enter(self, user: str, public_key: str) -> bool:
        """Whether this key opens the door under this name. Asked before the key has signed, so it changes nothing."""
        key = " ".join(public_key.split()[:2])
        token = self._token(user)
        if token is not None:
            return token.is_open(self._clock()) and token.public_key == key
        return self._ledger.may_speak(user) and self._ledger.agents[user].public_key == key

    def was_ours(self, user: str, public_key: str) -> bool:
        """Whether this is the key of an agent that joined, whatever became of it. It changes nothing either."""
        agent = self._ledger.agents.get(user)
        return agent is not None and agent.public_key == " ".join(public_key.split()[:2])

    async def converse(self, user: str, line: Line) -> None:
        """Talk to whoever came in, for as long as they make sense. Who is not known any more is not listened to."""
        try:
            async with asyncio.timeout(SESSION_SECONDS):
                await self._heard(user, line)
        except NotAMessage as error:
            log.warning("hung up on %s: %s", user, error)
        except TimeoutError:
            log.info("hung up on %s, who has talked for %d s", user, SESSION_SECONDS)

    async def _heard(self, user: str, line: Line) -> None:
        token = self._token(user)
        if token is not None:
            await let_in(token, line, self._ledger, self._clock)
        elif self._ledger.may_speak(user):
            await Conversation(user, line, self._ledger, self._clock, self._announced).hold()

    def _token(self, user: str) -> OpenToken | None:
        return next((token for token in self._ledger.tokens.values() if user_of(token.token) == user), None)

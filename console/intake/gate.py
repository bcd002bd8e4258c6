"""Who may enter, and who then talks to them: agents by their key, newcomers by their token's key."""

from __future__ import annotations

from collections.abc import Callable

from checks.reading import Instant
from checks.token import user_of
from console.intake.conversation import Conversation
from console.intake.joining import let_in
from console.intake.line import Line
from console.store.enrolment import OpenToken
from console.store.ledger import Ledger


class Gate:
    """Answers the doorkeeper's two questions."""

    def __init__(self, ledger: Ledger, clock: Callable[[], Instant]) -> None:
        self._ledger = ledger
        self._clock = clock

    def may_enter(self, user: str, public_key: str) -> bool:
        """Whether this key opens the door under this name. Asked before the key has signed, so it changes nothing."""
        key = " ".join(public_key.split()[:2])
        token = self._token(user)
        if token is not None:
            return token.is_open(self._clock()) and token.public_key == key
        agent = self._ledger.agents.get(user)
        return agent is not None and agent.ended_at is None and agent.public_key == key

    async def converse(self, user: str, line: Line) -> None:
        """Talk to whoever came in."""
        token = self._token(user)
        if token is not None:
            await let_in(token, line, self._ledger, self._clock)
        else:
            await Conversation(user, line, self._ledger, self._clock).hold()

    def _token(self, user: str) -> OpenToken | None:
        return next((token for token in self._ledger.tokens.values() if user_of(token.token) == user), None)

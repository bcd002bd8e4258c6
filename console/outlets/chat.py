"""Carries a letter to a chat or a phone by way of apprise: a URL says which of its services, with the account in it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from checks.text import clean
from console.letters.letter import Fate, Letter, Outcome

_CALLS = re.compile(r"@(?=everyone|here|channel|all\b)|<(?=[!@#])", re.IGNORECASE)
"""What would wake a whole room, coming from a machine's text."""


def carry(urls: Sequence[str], letter: Letter) -> Outcome:
    """Hand a letter to every URL of an account; told once where one of them took it."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    body = "\n".join(quiet(clean(line, 500)) for line in letter.lines)
    title = quiet(clean(letter.subject, 180))
    # Who was written into the accounts is told, and nobody that they name: a redirect leads where a stranger likes.
    asset = apprise.AppriseAsset(async_mode=False, secure_logging=True, http_redirects=False)
    failed = []
    for url in urls:
        room = apprise.Apprise(asset=asset)
        if not room.add(url):
            failed.append(f"{scheme(url)} is no URL that apprise can use")
        elif not room.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
            failed.append(f"{scheme(url)} did not take it")
    if len(failed) < len(urls):
        return Outcome(Fate.SENT, "; ".join(failed))
    return Outcome(Fate.LATER, "; ".join(failed) or f"{letter.account} has no URL")


def check(urls: Sequence[str]) -> str:
    """Which URLs apprise cannot use; nothing is sent to find out."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    return "; ".join(f"{scheme(url)} is no URL that apprise can use" for url in urls if not apprise.Apprise().add(url))


def scheme(url: str) -> str:
    """All of a URL that may be shown: the rest is a secret."""
    found = re.match(r"[a-zA-Z0-9+.-]{1,20}(?=://)", url)
    return f"{found[0]}://…" if found else "something that is no URL"


def quiet(text: str) -> str:
    """Text that calls nobody."""
    return _CALLS.sub(lambda one: f"{one[0]} ", text)

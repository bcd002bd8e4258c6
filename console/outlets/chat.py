"""Carries a letter to a chat or a phone by way of apprise: a URL says which of its services, with the account in it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from types import ModuleType

from checks.text import clean
from console.letters.letter import Fate, Letter, Outcome
from console.outlets import egress

_CALLS = re.compile(r"@(?=everyone|here|channel|all\b)|<(?=[!@#])", re.IGNORECASE)
"""What would wake a whole room, coming from a machine's text."""
_NO_URL = "is no URL that apprise can use"
_MEND = "use a URL that speaks TLS to a public address, or put this one into allowed_networks of outlets.toml"


def carry(urls: Sequence[str], letter: Letter, allowed: Sequence[egress.Network] = ()) -> Outcome:
    """Hand a letter to every URL of an account, within the internet and the `allowed` networks; told once where one of
    them took it. Takes 5 s for each request of each URL, at most.
    """
    failed = [f"{scheme(url)} {why}" for url in urls if (why := _told(url, letter, egress.Bounds(allowed)))]
    if len(failed) < len(urls):
        return Outcome(Fate.SENT, "; ".join(failed))
    return Outcome(Fate.LATER, "; ".join(failed) or f"{letter.account} has no URL")


def _told(url: str, letter: Letter, bounds: egress.Bounds) -> str:
    """Hand a letter to one URL: why it was not taken, or ""."""
    apprise = _apprise()
    body = "\n".join(quiet(clean(line, 500)) for line in letter.lines)
    title = quiet(clean(letter.subject, 180))
    room = apprise.Apprise(asset=apprise.AppriseAsset(async_mode=False, secure_logging=True))
    with egress.within(bounds):
        if not room.add(url):
            return _NO_URL
        if room.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
            return ""
    if bounds.refused:
        return f"{bounds.refused[-1]}; {_MEND}"
    return bounds.trouble[-1] if bounds.trouble else "did not take it"


def check(urls: Sequence[str]) -> str:
    """Which URLs apprise cannot use; nothing is sent to find out."""
    room = _apprise().Apprise()
    return "; ".join(f"{scheme(url)} {_NO_URL}" for url in urls if not room.add(url))


def scheme(url: str) -> str:
    """All of a URL that may be shown: the rest is a secret."""
    found = re.match(r"[a-zA-Z0-9+.-]{1,20}(?=://)", url)
    return f"{found[0]}://…" if found else "something that is no URL"


def quiet(text: str) -> str:
    """Text that calls nobody."""
    return _CALLS.sub(lambda one: f"{one[0]} ", text)


def _apprise() -> ModuleType:
    """The library, which is dear to load, held to our bounds and silent: its own words may hold an account."""
    import apprise

    from console.outlets import web

    web.hold()
    for name in ("apprise", "urllib3"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return apprise

"""HTTP as a letter to a chat may use it: no proxy, no redirect, five seconds for all of it, 64 KiB of an answer.

The services of apprise call `requests.post` and its like, which make a session each: within bounds, this one.
"""

from __future__ import annotations

import io
import time
from typing import Any

import requests
from apprise.utils.http import ConnectionTracker, track_connections, tracked_session
from urllib3.exceptions import HTTPError

from console.outlets import egress

SECONDS = 5
MOST_BYTES = 64 << 10
_PIECE = 16 << 10


class Session(requests.Session):
    """A session whose requests are held to the bounds of their context; without bounds it is any other."""

    def request(self, method: str, url: str, **given: Any) -> requests.Response:  # type: ignore[override]  # noqa: ANN401
        """Ask once. Raises ConnectionError, and tells the bounds why."""
        bounds, tracker = egress.bounds_now(), ConnectionTracker()
        if bounds is None:
            return super().request(method, url, **given)
        given |= {"timeout": SECONDS, "allow_redirects": False, "stream": True, "proxies": None}
        is_verified = str(url).lower().startswith("https://") and bool(given.get("verify", True))
        try:
            with (
                tracked_session() as session,
                track_connections(tracker, time.monotonic() + SECONDS),
                egress.over_tls(is_verified),
            ):
                session.trust_env = False  # neither proxies nor .netrc
                answer = session.request(method, url, **given)
                answer.raw = io.BytesIO(_body(answer))
                if tracker.expired:  # what was cut off may look like an end
                    raise requests.Timeout
                return answer
        except (requests.RequestException, HTTPError) as error:
            bounds.trouble.append(_why(error, is_late=tracker.expired))
        raise requests.ConnectionError("not told")  # and no more: what was wrong may name the whole URL


def hold() -> None:
    """From now on, whatever asks by way of `requests` is asked with our session."""
    requests.sessions.Session = Session  # type: ignore[misc]


class _TooLong(HTTPError):
    """More of an answer than is read."""


def _body(answer: requests.Response) -> bytes:
    """All of an answer's body. Raises HTTPError where it ends early, or does not end soon."""
    body = b""
    for piece in answer.raw.stream(_PIECE, decode_content=True):
        body += piece
        if len(body) > MOST_BYTES:
            answer.close()
            raise _TooLong
    return body


def _why(error: Exception, *, is_late: bool) -> str:
    if is_late or isinstance(error, requests.Timeout):
        return f"did not answer within {SECONDS} s"
    if isinstance(error, _TooLong):
        return f"answered with more than {MOST_BYTES >> 10} KiB"
    if isinstance(error, requests.exceptions.SSLError):
        return "shows no certificate that is trusted"
    return "cannot be reached" if isinstance(error, requests.ConnectionError) else "did not take it"

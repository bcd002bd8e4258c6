"""One web page, fetched within a time limit: few redirects, a bounded body, TLS trouble in words, never a proxy."""

from __future__ import annotations

import socket
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from agent.listing import is_page
from agent.sources.network import Silent, connected, until
from checks.version import VERSION

MOST_BYTES = 1 << 20
MOST_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}


class Answer(NamedTuple):
    """What a server said at the end of its redirects."""

    status: int
    reason: str
    body: bytes
    """At most MOST_BYTES; empty where nobody reads it."""
    location: str


def fetched(url: str, deadline: float, *, trusts_all: bool, follows: bool, reads: bool) -> Answer:
    """The answer to a GET. Raises Silent, with the reason in words, and NotSeen where this machine could not ask."""
    for _ in range(MOST_REDIRECTS + 1):
        answer = _once(urlsplit(url), deadline, trusts_all=trusts_all, reads=reads)
        if not follows or answer.status not in _REDIRECTS or not answer.location:
            return answer
        url = urljoin(url, answer.location)
        if not is_page(url):
            raise Silent("sends on to what is no page of the web")
    raise Silent(f"sends on more than {MOST_REDIRECTS} times")


def _once(parts: SplitResult, deadline: float, *, trusts_all: bool, reads: bool) -> Answer:
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    plain = connected(host, parts.port or (443 if is_secure else 80), deadline)
    try:
        sock = _secured(plain, host, trusts_all=trusts_all) if is_secure else plain
    except (OSError, ValueError) as error:
        plain.close()
        raise Silent("its name can stand in no certificate") from error
    with sock:
        sock.settimeout(max(0.1, deadline - time.monotonic()))
        return _talked(sock, parts, deadline, reads=reads)


def _talked(sock: socket.socket, parts: SplitResult, deadline: float, *, reads: bool) -> Answer:
    asking = HTTPConnection(parts.hostname or "", parts.port)
    asking.sock = sock
    try:
        with until(sock, deadline):
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            asking.request("GET", target, headers={"Host": parts.netloc, "User-Agent": f"watchbill-agent/{VERSION}"})
            return _answer(asking.getresponse(), reads=reads)
    except ssl.SSLCertVerificationError as error:
        raise Silent(f"its certificate is not trusted: {error.verify_message}") from error
    except ssl.SSLError as error:
        words = (error.reason or "cut off").lower().replace("_", " ")
        raise Silent(f"does not speak TLS as it should: {words}") from error
    except TimeoutError as error:
        raise Silent("does not answer in time") from error
    except OSError as error:
        raise Silent(f"breaks off: {(error.strerror or str(error)).lower()}") from error
    except (HTTPException, ValueError) as error:
        raise Silent("what it answers is no HTTP") from error


def _answer(response: HTTPResponse, *, reads: bool) -> Answer:
    body = response.read(MOST_BYTES) if reads else b""
    return Answer(response.status, response.reason, body, response.headers.get("Location", ""))


def _secured(plain: socket.socket, host: str, *, trusts_all: bool) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    if trusts_all:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)

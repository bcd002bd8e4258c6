"""Whether the listed web pages answer as they should, and after how long. No proxy is asked, and no cookie kept."""

from __future__ import annotations

import time

from agent.looking import ListedPage, Look, Looked, Probe
from agent.sources import network
from checks.reading import CheckName


def look(at: Look) -> Looked:
    """Seconds until each page was there; none where it does not answer, or otherwise than was listed."""
    return network.asked(at, "http", at.asked.http, _seconds)


def _seconds(one: ListedPage, deadline: float) -> float:
    from agent.sources import web  # with the first page: most machines list none

    began = time.monotonic()
    answer = web.fetched(one.url, deadline, trusts_all=not one.verify, follows=one.status == 0, reads=bool(one.text))
    if answer.status != one.status if one.status else not 200 <= answer.status < 300:
        wanted = one.status or "2xx"
        raise network.Silent(f"answers {answer.status}{f' {answer.reason}'.rstrip()}, not {wanted}")
    if one.text and one.text.encode() not in answer.body:
        where = f"the first {web.MOST_BYTES >> 20} MiB" if len(answer.body) == web.MOST_BYTES else "the page"
        raise network.Silent(f"“{one.text}” does not stand in {where}")
    return time.monotonic() - began


PROBE = Probe(CheckName("http"), look, seconds=network.MOST_SECONDS + 5)

"""The first line: where I am, what the page answers, what time it is; and the parts of a page on one line."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textual.content import Content

from checks.text import clean
from console.tui.view import View

MOST_ALARMS = 2
"""Lines of the banner; the list of incidents has the rest."""
LOCKED = "LOCKED"
"""What the clock of a locked console begins with: on a narrow screen it outlives the time."""
ALL = "all clients"
"""What a title says where none was chosen."""
_STYLES = {"ok": "$success", "watch": "$warning", "breach": "$error", "unknown": "$unknown", "quiet": "$quiet"}


def heading(view: View, width: int, clock: str, chosen: str, lost: str) -> Content:
    """The line in `width` cells; `lost` says instead of the answer that nobody answers."""
    title = view.title.replace(ALL, chosen) if chosen else view.title
    answer = toned(_fitting(view.answer, width - len(title) - 4), view.tone) if not lost else toned(lost, "breach")
    left = Content.assemble(" ", Content(title).stylize("bold"), "   ", answer)
    room = width - left.cell_length - len(clock) - 1
    if room < 2 and clock.startswith(LOCKED):
        return Content.assemble(left.truncate(width - len(LOCKED) - 2, ellipsis=True, pad=True), f" {LOCKED}")
    if room < 2:
        return left.truncate(width, ellipsis=True)
    return Content.assemble(left, " " * room, Content(clock))


def banner(trouble: str, alarms: Sequence[str]) -> list[Content]:
    """What stands above every page: that nothing is kept just now, and marks that nobody has answered."""
    lines = [clean(f"■ {trouble}", 300)] if trouble else []
    return [toned(line, "breach") for line in (*lines, *alarms[:MOST_ALARMS])]


def local_time(at: float) -> str:
    """`Tue 24 Nov 13:05`, of the reader's terminal."""
    return time.strftime("%a %d %b %H:%M", time.localtime(at))


def tabs_line(tabs: tuple[str, ...], shown: str) -> list[Content]:
    """The parts of the page on one line, the one that is shown marked without colour too; no line where it has none."""
    parts = [
        Content(f"[{tab}]").stylize("$accent bold") if tab == shown else Content(f" {tab} ").stylize("$quiet")
        for tab in tabs
    ]
    return [Content(" ").join(parts)] if parts else []


def toned(text: str, tone: str) -> Content:
    """A text in the tone that it is said in."""
    style = _STYLES.get(tone)
    return Content(text).stylize(style) if style else Content(text)


def _fitting(answer: str, room: int) -> str:
    """As many parts of an answer as there is room for, the first one whatever that takes."""
    parts = answer.split(" · ")
    while len(parts) > 1 and len(" · ".join(parts)) > room:
        parts.pop()
    return " · ".join(parts)

"""Pictures made of characters: a promise's bar, a strip of history, a sparkline. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from checks.finding import Status, worst
from checks.reading import Instant
from checks.wording import duration
from console.pages.hosts import Stretch
from console.pages.triage import Clock
from console.tui.view import TONES, Cell

_BARS = "▁▂▃▄▅▆▇█"
_STRIP = {Status.OK: "▪", Status.WATCH: "▲", Status.BREACH: "■", Status.UNKNOWN: "○", Status.NOT_DUE: "·"}
_WIDTH = 6


def left_now(clock: Clock, asked_at: Instant, now: Instant) -> int:
    """Seconds of the promise that are left; it runs on between two answers of the desk while its calendar is open."""
    return clock.left - (max(0, now - asked_at) if clock.running else 0)


def promise(clock: Clock | None, asked_at: Instant, now: Instant) -> Cell:
    """`own ▓▓▓▓░░ 12 min`, or how late it is."""
    if clock is None:
        return Cell("–", "quiet", float("inf"))
    left = left_now(clock, asked_at, now)
    used = 1 - left / clock.total if clock.total else 1.0
    filled = min(_WIDTH, max(0, round(_WIDTH * (1 - used))))
    bar = "▓" * filled + "░" * (_WIDTH - filled)
    tone = "breach" if left < 0 else "watch" if used >= 0.75 else "ok"
    words = f"{duration(left)} late" if left < 0 else duration(left)
    paused = "" if clock.running or left < 0 else " ‖"
    return Cell(f"{clock.promise:<5} {bar} {words}{paused}", tone, left)


def strip(stretches: Sequence[Stretch], start: Instant, end: Instant, width: int) -> str:
    """History in `width` characters, each the worst that stood in its slice; a blank where nothing was known yet."""
    said = []
    for place in range(width):
        left = start + (end - start) * place // width
        right = start + (end - start) * (place + 1) // width
        inside = [one.status for one in stretches if one.start < right and one.end > left]
        said.append(_STRIP[worst(inside)] if inside else " ")
    return "".join(said)


def sparkline(points: Sequence[tuple[Instant, float]], width: int) -> str:
    """Numbers over time as little bars, the newest right: each bar is the greatest of its slice of time, or a blank."""
    if not points:
        return ""
    first, last, bars_shown = points[0][0], points[-1][0], min(width, len(points))
    peaks: dict[int, float] = {}
    for at, value in points:
        place = (at - first) * bars_shown // (last - first + 1)
        peaks[place] = max(value, peaks.get(place, value))
    low, high = min(peaks.values()), max(peaks.values())
    spread = max(high - low, abs(high) * 0.02, 1e-9)
    bars = {place: _BARS[min(7, int((peak - low) / spread * 7.999))] for place, peak in peaks.items()}
    return "".join(bars.get(place, " ") for place in range(max(peaks) + 1))


def strip_cell(stretches: Sequence[Stretch], start: Instant, end: Instant, width: int) -> Cell:
    """The strip, in the tone of how it ended."""
    tone = TONES[stretches[-1].status] if stretches else "quiet"
    return Cell(strip(stretches, start, end, width), tone)

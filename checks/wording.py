"""How numbers are said: durations, shares, sizes, counts. Rounded so that they never flatter."""

from __future__ import annotations

from fractions import Fraction

_STEPS = ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s"))


def duration(seconds: float) -> str:
    """`45 s`, `12 min`, `2 h 10 min`, `8 d 4 h`: the two biggest units, rounded down."""
    left = int(abs(seconds))
    said: list[str] = []
    for size, word in _STEPS:
        count, left = divmod(left, size)
        if count:
            said.append(f"{count} {word}")
        elif said:
            break
        if len(said) == 2:
            break
    if len(said) == 2 and said[1].endswith(" s"):
        said.pop()
    return " ".join(said) or "0 s"


def ratio(value: float) -> str:
    """`97 %`; one decimal where a whole number would say 100 or 0 and be wrong."""
    percent = value * 100
    whole = round(percent)
    if (whole == 100 and percent < 100) or (whole == 0 and percent > 0):
        return f"{int(percent * 10) / 10 if whole == 100 else max(0.1, round(percent, 1)):g} %"
    return f"{whole} %"


def size(count: float) -> str:
    """Bytes as a person says them: `812 B`, `4.2 GB`; powers of 1000, as on a disk's label."""
    value = float(count)
    for word in ("B", "kB", "MB", "GB", "TB"):
        if value < 1000:
            return f"{value:.0f} {word}" if word == "B" or value >= 100 else f"{value:.1f} {word}"
        value /= 1000
    return f"{value:.1f} PB"


def counted(count: float, one: str, many: str) -> str:
    """`1 update waits`, `3 updates wait`, `no updates wait`."""
    whole = round(count)
    if whole == 1:
        return f"1 {one}"
    return f"{whole or 'no'} {many}"


def percent(share: Fraction | float) -> str:
    """`99.52 %`: two decimals, rounded down, so that it never flatters; what a float cannot say exactly is forgiven."""
    hundredths = int(share * 10_000 if isinstance(share, Fraction) else share * 10_000 + 1e-6)
    return f"{hundredths // 100}.{hundredths % 100:02d} %"


def money(cents: int) -> str:
    """`1,012.92` of 101292 cents."""
    return f"{cents // 100:,}.{cents % 100:02d}"

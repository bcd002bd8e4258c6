"""The colours of a page on a screen and on paper. Every status also has a sign and a word.

Chosen so that the four statuses stay apart for eyes without red, green or blue receptors (Machado, Oliveira and
Fernandes 2009, severity 1.0), and read at 4.5 : 1 or more on their background; a test computes both.
"""

from __future__ import annotations

from collections.abc import Mapping

STATUSES = ("ok", "watch", "missed", "grey")
LIGHT: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#16191c", "soft": "#575f67", "rule": "#d5dade", "accent": "#1a5fb4",
    "outside": "#eef1f3", "ok": "#0b6e4f", "watch": "#9a6700", "missed": "#9b0030", "grey": "#6b7280",
    "good": "#9fcbb9", "planned": "#8fa9cf", "unknown": "#b9bec4",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "paper": "#14171a", "ink": "#e3e6e9", "soft": "#a3acb4", "rule": "#2f363c", "accent": "#8ab4d8",
    "outside": "#20262b", "ok": "#66c2c9", "watch": "#e9c46a", "missed": "#ff6b6b", "grey": "#7d8790",
    "good": "#2f6a66", "planned": "#56749f", "unknown": "#5a636b",
}  # fmt: skip


def variables(palette: Mapping[str, str]) -> str:
    """The palette as custom properties of a style sheet."""
    return " ".join(f"--{name}: {value};" for name, value in palette.items())


def chart_rules(colour: Mapping[str, str]) -> str:
    """The classes of the drawings; `colour` gives for each name what stands in the sheet, a value or a property."""
    return "\n".join(
        (
            f".outside {{ fill: {colour['outside']}; }} .good {{ fill: {colour['good']}; }}",
            f".down {{ fill: {colour['missed']}; }} .soon, .degraded {{ fill: {colour['watch']}; }}",
            f".planned {{ fill: {colour['planned']}; }} .unknown {{ fill: {colour['unknown']}; }}",
            f".mark {{ stroke: {colour['ink']}; fill: {colour['ink']}; stroke-width: 1.6; }}",
            f".fair {{ stroke: {colour['soft']}; stroke-width: 0.9; stroke-dasharray: 3 2.5; }}",
            f".left {{ stroke: {colour['accent']}; stroke-width: 1.6; }}",
            f".lost {{ stroke: {colour['missed']}; stroke-width: 1.8; }}",
            f".ring {{ stroke: {colour['rule']}; stroke-width: 0.8; }}",
            f".axis {{ stroke: {colour['soft']}; stroke-width: 0.6; }}",
            f".word {{ font-size: 10px; fill: {colour['ink']}; }}",
            f".small {{ font-size: 8.5px; fill: {colour['soft']}; }}",
            f".on {{ font-size: 8.5px; fill: {colour['ink']}; }} .down-on, .soon-on {{ fill: {colour['paper']}; }}",
        )
    )

"""The colours: one quiet background, one accent, four for the statuses."""

from __future__ import annotations

from textual.theme import Theme

NIGHT = Theme(
    name="watchbill",
    primary="#7aa2c8",
    accent="#8ab4d8",
    foreground="#d4d8dc",
    background="#14171a",
    surface="#14171a",
    panel="#1d2226",
    success="#7fb685",
    warning="#d9b25f",
    error="#e2726e",
    variables={"quiet": "#87919a", "unknown": "#74b3b8", "rule": "#2a3137", "cursor": "#26323c", "fresh": "#22301f"},
)

"""The last line shows the keys that matter first, and never more than fit."""

from __future__ import annotations

from console.tui.footer import footer

OWN = [("o", "own it"), ("n", "note"), ("r", "resolve")]
WAYS = [("/", "narrow"), (":", "go"), ("q", "quit")]
KEPT = [("tab", "next part"), ("?", "keys")]


def test_a_wide_screen_shows_them_all() -> None:
    told = " o own it   n note   r resolve   tab next part   / narrow   : go   q quit   ? keys"
    assert footer(OWN, WAYS, KEPT, 100).plain.rstrip() == told


def test_what_does_not_fit_falls_away_from_the_end_and_the_way_to_all_keys_stays() -> None:
    assert footer(OWN, WAYS, KEPT, 51).plain.rstrip() == " o own it  n note  r resolve  tab next part  ? keys"
    assert footer(OWN, WAYS, KEPT, 45).plain.rstrip() == " o own it  n note  tab next part  ? keys"
    for width in range(24, 100):
        said = footer(OWN, WAYS, KEPT, width).plain.rstrip()
        assert said.endswith("? keys")
        assert len(said) <= width

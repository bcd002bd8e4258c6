"""What a package does to the machine when it comes and goes: fragments of shell that .deb and .rpm share."""

from __future__ import annotations

from pathlib import Path

NAMES = ("appears", "leaves", "gone", "forgotten")


def fragment(name: str) -> str:
    """One of them, without its remarks on top."""
    return Path(__file__).with_name(f"{name}.sh").read_text()


def script(text: str) -> str:
    """A whole script, each `{name}` in it filled."""
    for name in NAMES:
        text = text.replace(f"{{{name}}}", fragment(name))
    return f"#!/bin/sh\nset -e\n{text}"

"""What looks like a secret in a text: keys, tokens, passwords, and long random strings that are no known hash.

Told by kind and line, never by itself. Words of prose, ids, dates, addresses and paths are none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Secret(NamedTuple):
    """Where something looks like a secret, and like which."""

    line: int
    kind: str


_WORDS = (
    r"pass(?:word|wd|phrase|code)|(?<![a-z])(?:pass|pwd|secret)|api[ _-]?key|private[ _-]?key"
    r"|(?:access|auth|bearer)[ _-]?token|passwort|kennwort"
)
_EMPTY = r"""["']*(?:null|none|true|false|~)?["']*\s*(?:[,}\]#]|$)"""
_KINDS = tuple(
    (kind, hints.split(), re.compile(pattern))
    for kind, hints, pattern in (
        (
            "a private key",
            "begin putty age-secret",
            r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1",
        ),
        ("a join token", "watchbill1_", r"watchbill1_[\w-]{20}"),
        (
            "an access token",
            "gh github_ glpat xox _live_ npm_ pypi-",
            r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_|rk_live_|npm_|pypi-)[\w-]{16}",
        ),
        ("a cloud key", "akia asia aiza", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}"),
        ("a signed token", "eyj", r"\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*"),
        ("a password in an address", "://", r"\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@]+@"),
        (
            "a password or key",
            "pass pwd secret api private token wort",
            rf"(?i)(?:{_WORDS})[\"']?\s*[:=]\s*(?!{_EMPTY})\S",
        ),
    )
)
"""Kind, what a text that has one contains in small letters (a quick look before a slow one), and how it is written."""
_HASHES = re.compile(r"(?i:sha256)[\"']?\s*[:= ]\s*[\"']?[0-9a-f]{64}(?![0-9a-f])|SHA256:[A-Za-z0-9+/]{43}(?![\w+/])")
_SHORTEST = 32
_RUN = re.compile(r"[A-Za-z0-9+/_=-]{32,}")
_UNBROKEN = re.compile(r"[A-Za-z0-9]{32,}")
_RANDOM = "a long random string"
_BITS_MIXED, _BITS_PLAIN = 4.2, 3.0
"""Bits a character from which a string is random: both cases and digits; and one unbroken run with digits."""


def secrets(text: str) -> Iterator[Secret]:
    """Everything in a text that looks like a secret: one a line, by line."""
    small = text.lower()
    likely = [(kind, pattern) for kind, hints, pattern in _KINDS if any(hint in small for hint in hints)]
    for number, line in enumerate(text.split("\n"), 1):
        kind = _kind(line, likely)
        if kind:
            yield Secret(number, kind)


def _kind(line: str, likely: Sequence[tuple[str, re.Pattern[str]]]) -> str:
    for kind, pattern in likely:
        if pattern.search(line):
            return kind
    if len(line) < _SHORTEST:
        return ""
    return _RANDOM if any(map(_is_random, _RUN.findall(_HASHES.sub(" ", line)))) else ""


def _is_random(run: str) -> bool:
    return _is_mixed(run) or any(map(_is_dense, _UNBROKEN.findall(run)))


def _is_mixed(run: str) -> bool:
    kinds = (str.isupper, str.islower, str.isdigit)
    return all(any(map(kind, run)) for kind in kinds) and _bits(run) >= _BITS_MIXED


def _is_dense(run: str) -> bool:
    digits = sum(map(str.isdigit, run))
    return digits >= 4 and digits < len(run) and _bits(run) >= _BITS_PLAIN


def _bits(run: str) -> float:
    """Shannon entropy of the characters, in bits a character."""
    return -sum(count / len(run) * math.log2(count / len(run)) for count in Counter(run).values())

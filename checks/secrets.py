"""What looks like a secret in a text: keys, tokens, passwords, and long random strings that are no known hash.

Told by kind and line, never by itself. Words of prose, ids, dates, addresses and paths are none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
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
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("a private key", r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1"),
        ("a join token", r"watchbill1_[\w-]{20}"),
        ("an access token", r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_|rk_live_|npm_|pypi-)[\w-]{16}"),
        ("a cloud key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}"),
        ("a signed token", r"\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*"),
        ("a password in an address", r"\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@]+@"),
        ("a password or key", rf"(?i)(?:{_WORDS})[\"']?\s*[:=]\s*(?!{_EMPTY})\S"),
    )
)
_HASHES = re.compile(r"(?i:sha256)[\"']?\s*[:= ]\s*[\"']?[0-9a-f]{64}(?![0-9a-f])|SHA256:[A-Za-z0-9+/]{43}(?![\w+/])")
_RUN = re.compile(r"[A-Za-z0-9+/_=-]{32,}")
_UNBROKEN = re.compile(r"[A-Za-z0-9]{32,}")
_RANDOM = "a long random string"
_BITS_MIXED, _BITS_PLAIN = 4.2, 3.0
"""Bits a character from which a string is random: both cases and digits; and one unbroken run with digits."""


def secrets(text: str) -> Iterator[Secret]:
    """Everything in a text that looks like a secret, by line."""
    for number, line in enumerate(text.split("\n"), 1):
        kind = next((kind for kind, pattern in _KINDS if pattern.search(line)), "")
        if not kind and _has_random(_HASHES.sub(" ", line)):
            kind = _RANDOM
        if kind:
            yield Secret(number, kind)


def _has_random(line: str) -> bool:
    return any(_is_mixed(run) or any(map(_is_dense, _UNBROKEN.findall(run))) for run in _RUN.findall(line))


def _is_mixed(run: str) -> bool:
    kinds = (str.isupper, str.islower, str.isdigit)
    return all(any(map(kind, run)) for kind in kinds) and _bits(run) >= _BITS_MIXED


def _is_dense(run: str) -> bool:
    digits = sum(map(str.isdigit, run))
    return digits >= 4 and digits < len(run) and _bits(run) >= _BITS_PLAIN


def _bits(run: str) -> float:
    """Shannon entropy of the characters, in bits a character."""
    return -sum(count / len(run) * math.log2(count / len(run)) for count in Counter(run).values())

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
    column: int
    kind: str


_WORDS = (
    r"pass(?:word|wd|phrase|code)|(?<![a-z])(?:pass|pwd)|secret|token|passwort|kennwort"
    r"|(?:api|access|private|secret)[ _-]?key"
)
_VALUE = r"""["']?[ \t]{0,20}[:=][ \t]{0,20}["']?(?!(?:null|none|true|false)\b)[^\s"',{}\[\]#~]"""
_KINDS = tuple(
    (kind, hints.split(), re.compile(pattern))
    for kind, hints, pattern in (
        (
            "a private key",
            "begin putty age-secret",
            r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1",
        ),
        ("a join token", "watchbill1_", r"watchbill1_[\w-]{20}"),
        (
            "an access token",
            "gh github_ glpat xox _live_ npm_ pypi-",
            r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|sk_live_|rk_live_|npm_|pypi-)[\w-]{16}",
        ),
        ("a cloud key", "akia asia aiza", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}"),
        ("a signed token", "eyj", r"\beyJ[\w-]{10,2000}\.[\w-]{10,2000}\."),
        ("a password in an address", "://", r"""://[^\s/:@"']{0,100}:[^\s/@"']{1,200}@"""),
        ("a password or key", "pass pwd secret token key wort", rf"(?i:{_WORDS}){_VALUE}"),
    )
)
"""Kind, what a text that has one contains in small letters (a quick look before a slow one), and how it is written.

What repeats is bounded: a line of many megabytes is searched in the time of its length.
"""
_HASHES = re.compile(r"(?i:sha256)[\"']?\s*[:= ]\s*[\"']?[0-9a-f]{64}(?![0-9a-f])|SHA256:[A-Za-z0-9+/]{43}(?![\w+/])")
_SHORTEST = 32
_RUN = re.compile(r"[A-Za-z0-9+/_=-]{32,}")
_UNBROKEN = re.compile(r"[A-Za-z0-9]{32,}")
_RANDOM = "a long random string"
_BITS_MIXED, _BITS_PLAIN = 4.2, 3.0
"""Bits a character from which a string is random: both cases and digits; and one unbroken run with digits."""


def secrets(text: str) -> Iterator[Secret]:
    """Everything in a text that looks like a secret: one a line, by line; lines and columns count from 1."""
    small = text.lower()
    likely = [(kind, pattern) for kind, hints, pattern in _KINDS if any(hint in small for hint in hints)]
    for number, line in enumerate(text.split("\n"), 1):
        found = _found(line, likely)
        if found is not None:
            yield Secret(number, found[0] + 1, found[1])


def _found(line: str, likely: Sequence[tuple[str, re.Pattern[str]]]) -> tuple[int, str] | None:
    """Where in a line, from 0, and like what."""
    for kind, pattern in likely:
        match = pattern.search(line)
        if match:
            return match.start(), kind
    if len(line) < _SHORTEST:
        return None
    unhashed = _HASHES.sub(lambda match: " " * len(match[0]), line)
    random = next((run for run in _RUN.finditer(unhashed) if _is_random(run[0])), None)
    return (random.start(), _RANDOM) if random else None


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

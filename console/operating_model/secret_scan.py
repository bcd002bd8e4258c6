"""What looks like a secret in a text (I15): a model is read by many, and kept for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from console.operating_model.problems import MOST_TOLD, Problem
from console.operating_model.syntax import Source, place_of

_TEXT = "looks like a secret ({}); a model is read by many: take it out, and change it"
_VALUE = r"""["']?[ \t]{0,20}[:=][ \t]{0,20}["']?[^\s"',{}\[\]#~]"""
_KINDS = (
    ("private key block", ("private key",), re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY")),
    ("join token", ("watchbill1_",), re.compile(r"watchbill1_[\w-]{20}")),
    ("AWS key", ("akia", "asia"), re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    ("GitHub token", ("gh", "github_pat_"), re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{30}|github_pat_\w{22})")),
    ("GitLab token", ("glpat-",), re.compile(r"\bglpat-[\w-]{20}")),
    ("Slack token", ("xox",), re.compile(r"\bxox[abeoprs]-[A-Za-z0-9-]{10}")),
    ("password in a URL", ("://",), re.compile(r"""://[^\s/:@"']{0,100}:[^\s/@"']{1,200}@""")),
    ("password", ("passw", "passphrase"), re.compile(rf"(?i:password|passwd|passphrase){_VALUE}")),
    ("secret", ("secret",), re.compile(rf"(?i:secret){_VALUE}")),
    ("token", ("token",), re.compile(rf"(?i:token){_VALUE}")),
    ("API key", ("api", "key"), re.compile(rf"(?i:api[_-]?key|access[_-]?key|secret[_-]?key){_VALUE}")),
)
"""What it is, words of which one stands in every text that has one (a cheap question), and its shape."""


def secrets_in(source: Source) -> Iterator[Problem]:
    """Everything that looks like a secret, with its place. The value itself is never repeated."""
    lowered = source.text.lower()
    for kind, words, shape in _KINDS:
        if any(word in lowered for word in words):
            for found in islice(shape.finditer(source.text), MOST_TOLD):
                line, column = place_of(source.text, found.start())
                yield Problem(source.name, line, column, "", _TEXT.format(kind))

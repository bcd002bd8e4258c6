"""Secrets in a text that is to be published (I15), as problems: a model is read by many, and kept for ever.

What looks like one is said in `checks.secrets`, for models and for hand-over packs alike: what can be published can be
packed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from checks.secrets import secrets
from console.operating_model.problems import MOST_TOLD, Problem
from console.operating_model.syntax import Source


def secrets_in(source: Source) -> Iterator[Problem]:
    """Everything that looks like a secret, with its place. The value itself is never repeated."""
    for one in islice(secrets(source.text), MOST_TOLD):
        text = f"looks like {one.kind}; a model is read by many: take it out, and change it"
        yield Problem(source.name, one.line, one.column, "", text)

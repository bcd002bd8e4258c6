"""Documents as tests write them, and the shipped example with words of it exchanged."""

from __future__ import annotations

from dataclasses import dataclass

from console.operating_model.examples import example


@dataclass(frozen=True)
class Doc:
    name: str
    text: str


def changed(*changes: tuple[str, str]) -> list[Doc]:
    """The example with each first text replaced by its second."""
    docs = [Doc(one.name, one.text) for one in example("brackwater")]
    for before, after in changes:
        assert sum(before in doc.text for doc in docs) == 1, before
        docs = [Doc(doc.name, doc.text.replace(before, after, 1)) for doc in docs]
    return docs

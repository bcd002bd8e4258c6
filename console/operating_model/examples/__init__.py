"""Example models that ship with the product: `brackwater`, one small client of a small provider. Names are invented."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

CLIENT = "brackwater"
"""The client of the golden week."""
PROVIDER = "provider.yaml"
"""The file of its provider."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of an example, as written."""

    name: str
    text: str


def example(name: str) -> tuple[Written, ...]:
    """The model files of an example, the provider's first. Raises FileNotFoundError."""
    folder = resources.files(__package__) / name
    files = [file for file in folder.iterdir() if file.name.endswith(".yaml")]
    files.sort(key=lambda file: (file.name != PROVIDER, file.name))
    return tuple(Written(file.name, file.read_text()) for file in files)


def written_records(name: str, file: str = "records.jsonl") -> Written:
    """The records of an example, as written: what people decided; `week-46.jsonl` is what happened meanwhile."""
    return Written(file, (resources.files(__package__) / name / file).read_text())


def written(file: str) -> str:
    """A file of worked examples, as written."""
    return (resources.files(__package__) / file).read_text()

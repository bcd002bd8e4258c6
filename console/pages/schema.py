"""How a model is written, and what clients make of the baseline: the schema, its fields, the library."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import CLIENT, Argument, Page


class Schema(Struct, frozen=True):
    """The JSON Schema of one kind of file."""

    file: str
    text: str


class FieldRow(Struct, frozen=True):
    """One field of the schema, in short."""

    path: str
    kind: str
    meaning: str
    default: str
    is_required: bool


class Explained(Struct, frozen=True):
    """One field of the schema, whole."""

    path: str
    """"" for the files themselves."""
    file: str
    """`client` or `provider`."""
    kind: str
    meaning: str
    default: str
    is_required: bool
    choices: tuple[str, ...]
    example: str
    """YAML."""
    below: tuple[FieldRow, ...]


class Difference(Struct, frozen=True):
    """A key that a client says otherwise than the baseline."""

    key: str
    baseline: str
    own: str


class BaselineUse(Struct, frozen=True):
    """What one client made of one part of the baseline."""

    client: str
    is_override: bool
    differing: tuple[Difference, ...]


class BaselineRow(Struct, frozen=True):
    """One part of the baseline."""

    section: str
    name: str
    version: str
    """Twelve digits of its content's hash."""
    uses: tuple[BaselineUse, ...]


class Baseline(Struct, frozen=True):
    """The provider's library."""

    now: Instant
    provider: str
    revision: int
    rows: tuple[BaselineRow, ...]


PAGES: tuple[Page, ...] = (
    Page(
        "schema",
        "",
        "Schema",
        "the JSON Schema of a client's file, or of provider.yaml",
        Schema,
        (Argument("file", "of which file", required=False, choices=("client", "provider")),),
    ),
    Page(
        "explain",
        "",
        "Explain",
        "one field of the model: what it takes and means, its default, an example",
        Explained,
        (Argument("field", "which field, such as services.slo", required=False),),
    ),
    Page(
        "baseline",
        "",
        "Baseline",
        "the provider's library: each part's version, who inherits it and who says otherwise",
        Baseline,
        (CLIENT,),
    ),
)

"""What people wrote beside the model, and what the model lacks: records and gaps."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import CLIENT, Argument, Page, Role, Verb

MOST_BYTES = 32 << 20
"""Of a file of records; more is imported in parts, by client or by time."""


class RecordRow(Struct, frozen=True):
    """One record that holds: the latest of its kind and name."""

    client: str
    kind: str
    """`decision`, `waiver` … `samples`, `incident-event`: docs/records.md lists them."""
    name: str
    recorded_at: Instant
    recorded_by: str
    body: str
    """As it was written: one line of JSON."""


class Records(Struct, frozen=True):
    """The records of the clients that were asked for."""

    now: Instant
    rows: tuple[RecordRow, ...]


class Imported(Struct, frozen=True):
    """What an import did; with problems it did nothing."""

    new: int
    known: int
    problems: tuple[str, ...]
    """`FILE:LINE: what is wrong, and what to do`."""


class GapRow(Struct, frozen=True):
    """Something that is missing: accepted, but shown."""

    client: str
    number: str
    """`G1` to `G22`; `EOL` for systems past their life, `END` for leave that runs out."""
    component: str
    about: str
    evidence: str
    owner: str
    owner_name: str
    fix: str


class ShortfallRow(Struct, frozen=True):
    """A promise that is stricter than what underpins it."""

    client: str
    service: str
    kind: str
    """`availability`, `resolve`, `hours` or `dates`."""
    contract: str
    severity: str
    evidence: str


class Gaps(Struct, frozen=True):
    """Every gap and every shortfall of the clients that were asked for."""

    now: Instant
    rows: tuple[GapRow, ...]
    shortfalls: tuple[ShortfallRow, ...]


PAGES: tuple[Page, ...] = (
    Page("gaps", "", "Gaps", "what the model lacks: evidence, owner, and what closes it", Gaps, (CLIENT,)),
    Page(
        "records",
        "",
        "Records",
        "decisions, waivers, sign-offs, maintenance, actions",
        Records,
        (CLIENT,),
        is_export=True,
    ),
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "import-records",
        "",
        "import",
        "add records that people wrote, all or none; the same again changes nothing",
        Role.LEAD,
        Imported,
        (
            Argument("text", "one JSON object a line", is_file=True),
            Argument("source", "what the file is called", required=False),
        ),
    ),
)

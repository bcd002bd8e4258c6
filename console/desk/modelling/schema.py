"""The pages about how a model is written, and what clients make of the provider's baseline."""

from __future__ import annotations

from console.desk.office import Asked, Office, Pages, clients
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model import explain
from console.operating_model.inheritance import Inherited, library
from console.pages.schema import Baseline, BaselineRow, BaselineUse, Difference, Explained, FieldRow, Schema


def schema(office: Office, asked: Asked) -> Schema:  # noqa: ARG001 - it is the same in every office
    """The JSON Schema of one kind of file."""
    file = asked.text("file") or "client"
    if file not in explain.FILES:
        raise DeskRefusal(f"there is no schema of {file!r}", f"known are: {', '.join(explain.FILES)}", Kind.NOT_FOUND)
    return Schema(file, explain.schema(file))


def field(office: Office, asked: Asked) -> Explained:  # noqa: ARG001 - it is the same in every office
    """One field of the schema."""
    try:
        found = explain.explained(asked.text("field"))
    except explain.NoSuchField as error:
        raise DeskRefusal(str(error), "`watchbill model explain` lists what a file may say", Kind.NOT_FOUND) from error
    below = (FieldRow(one.path, one.kind, one.meaning, one.default, one.is_required) for one in found.below)
    return Explained(
        path=found.path,
        file=found.file,
        kind=found.kind,
        meaning=found.meaning,
        default=found.default,
        is_required=found.is_required,
        choices=found.choices,
        example=found.example,
        below=tuple(below),
    )


def baseline(office: Office, asked: Asked) -> Baseline:
    """The provider's library, and what the clients that were asked for made of it."""
    model = office.ledger.model
    seen = [model.clients[id_] for id_ in clients(office, asked) if id_ in model.clients]
    doc = model.provider.doc
    found = library(doc.baseline, seen) if doc else ()
    rows = tuple(_row(one) for one in found)
    return Baseline(asked.now, model.provider.name, model.revisions.get("provider", 0), rows)


def _row(part: Inherited) -> BaselineRow:
    uses = (
        BaselineUse(use.client, use.is_override, tuple(Difference(*one) for one in use.differing)) for use in part.uses
    )
    return BaselineRow(part.section, part.name, part.version, tuple(uses))


PAGES: Pages = {"schema": schema, "explain": field, "baseline": baseline}

"""The last two parts of the page Model: the whole as a drawing, and the revisions and drafts it came from."""

from __future__ import annotations

from dataclasses import replace

from console.desk.model.blueprint import blueprint
from console.desk.modelling.drafts import listed
from console.desk.modelling.revisions import published
from console.desk.modelling.signing import may_see
from console.desk.office import Asked, Office
from console.operating_model.people.staff import Staff
from console.pages.components import Components

_OPEN = ("open", "behind")


def drawn(office: Office, asked: Asked, found: list[Staff]) -> Components:
    """The blueprint of the client, of the first where there are several."""
    clients = tuple(staff.client for staff in found)
    if not clients:
        return Components(asked.now, "blueprint", (), "nothing is published yet", "", ())
    first = replace(asked, arguments={**asked.arguments, "client": clients[0], "tab": "structure"})
    page = blueprint(office, first)
    return Components(asked.now, "blueprint", clients[:1], page.answer, page.tone, (), page)


def revised(office: Office, asked: Asked, found: list[Staff]) -> Components:
    """Everything that was published of the clients that are asked for and of the house, and the drafts that wait."""
    clients = tuple(staff.client for staff in found)
    waiting = tuple(row for row in listed(office, asked).rows if row.state in _OPEN)
    models = [*clients, *(("provider",) if not asked.text("client") and may_see(office, asked, "provider") else ())]
    rows = [row for model in models for row in published(office, model)]
    rows.sort(key=lambda row: (-row.at, row.model, -row.revision))
    said = f"{len(rows)} published" + (f", {len(waiting)} proposed" if waiting else ", nothing waits for a decision")
    tone = "accent" if waiting else "ok"
    return Components(asked.now, "revisions", clients, said, tone, (), None, waiting, tuple(rows))

"""Decision rights: who may decide what (operating-model.md, 22a). Pure."""

from __future__ import annotations

from console.operating_model.schema.client import ClientDoc


def holders(doc: ClientDoc, role_or_person: str) -> tuple[str, ...]:
    """The people behind a word of the model: a role's holder and deputy, or the person that it names."""
    role = doc.roles.get(role_or_person)
    found = (role.holder, role.deputy) if role else (role_or_person,)
    return tuple(one for one in found if one)


def deciders(doc: ClientDoc, what: str) -> tuple[str, ...] | None:
    """Who may decide `what`; None where the model gives nobody that right, and so binds nobody."""
    right = next((one for one in doc.decision_rights if one.what == what), None)
    return None if right is None else holders(doc, right.by)

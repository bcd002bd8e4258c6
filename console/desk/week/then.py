"""Which model a week is judged by: the one in force at its end; and what was promised of each service, week by week.

A new target starts on the Monday after the revision that brought it; a first revision holds from the start (K3).
"""

from __future__ import annotations

from fractions import Fraction

from checks.reading import Instant
from console.desk.office import Office
from console.desk.refusal import DeskRefusal
from console.operating_model.entities import Client, Model
from console.operating_model.problems import ModelErrors
from console.service_levels.weeks import IsoWeek
from console.store.documents import Revision

Targets = dict[str, tuple[tuple[Instant, Fraction | None], ...]]


def client_then(office: Office, client: Client, cut: Instant) -> tuple[Client, int | None]:
    """The client as the revision says that was in force at an instant, and its number; the first, where none was.

    Raises DeskRefusal.
    """
    model, revision = model_then(office, client.id, cut)
    return (client, None) if revision is None else (model.clients[client.id], revision.number)


def model_then(office: Office, client: str, cut: Instant) -> tuple[Model, Revision | None]:
    """The model that was in force at an instant for a client, the provider's part of it too, and the client's revision.

    Raises DeskRefusal.
    """
    revision = _in_force(office.published.revisions(client), cut)
    return (office.ledger.model, None) if revision is None else (_model(office, revision, cut), revision)


def promised(office: Office, client: Client, wanted: IsoWeek) -> Targets:
    """By service, its target from each Monday on at which it changed, as far back as the week looks.

    Raises DeskRefusal.
    """
    revisions = office.published.revisions(client.id)
    first, end = wanted.reach(client.zone)
    mondays = [wanted.back(ago).bounds(client.zone)[0] for ago in range(8, -1, -1)]
    found: dict[str, list[tuple[Instant, Fraction | None]]] = {}
    for monday in (one for one in mondays if first - 7 * 86_400 < one < end):
        revision = _in_force(revisions, monday)
        then = client if revision is None else _model(office, revision, monday).clients[client.id]
        for service in {*then.services, *found}:
            target = promise(then, service)
            mine = found.setdefault(service, [])
            if not mine or mine[-1][1] != target:
                mine.append((monday, target))
    return {service: tuple(targets) for service, targets in found.items()}


def promise(client: Client, service: str) -> Fraction | None:
    """What is promised of a service, as a share; None where nothing is."""
    one = client.services.get(service)
    share = one.availability if one else None
    return None if share is None else Fraction(share).limit_denominator(1_000_000)


def _in_force(revisions: tuple[Revision, ...], instant: Instant) -> Revision | None:
    return next((one for one in reversed(revisions) if one.at <= instant), revisions[0] if revisions else None)


def _model(office: Office, revision: Revision, at: Instant) -> Model:
    """The model at a client's revision. Raises DeskRefusal where its text cannot be read any more."""
    try:
        return office.published.earlier(revision, max(at, revision.at))
    except ModelErrors as errors:
        told = f"revision {revision.number} of {revision.model} was in force then, and cannot be read any more"
        raise DeskRefusal(
            f"{told}: {errors}", "ask for a later week, or read it with the release that wrote it"
        ) from errors

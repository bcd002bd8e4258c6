"""The first model of a client: answers become files, which are checked as if they were to be published."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime

from checks.reading import Instant
from console.access.identity import Visitor
from console.desk.live.actions import zone_name
from console.desk.office import Asked, Office, Pages, Verbs
from console.desk.refusal import DeskRefusal
from console.operating_model.entities import Provider
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts
from console.operating_model.presets import NAMES, preset
from console.operating_model.presets.first import Answers, NoMachine, Ours, first_model
from console.operating_model.problems import ModelErrors
from console.pages.model import Document
from console.pages.starting import QUESTIONS, FirstModel, PresetRow, Presets
from console.service_levels.underpinning import shortfalls


async def init_model(office: Office, asked: Asked) -> FirstModel:
    """Files that can be published as they are, or what is wrong with an answer."""
    said = _said(asked)
    if said["preset"] not in NAMES:
        raise DeskRefusal(f"there is no preset {said['preset']!r}", f"known are: {', '.join(NAMES)}")
    if not said["users"].isdigit():
        raise DeskRefusal(f"users must be a whole number, not {said['users']!r}", "say how many people work there")
    answers = Answers(
        **{one.name: said[one.name] for one in QUESTIONS if one.name not in ("preset", "users")},
        users=int(said["users"]),
        login=asked.who.login,
    )
    today = datetime.fromtimestamp(asked.now, UTC).date()
    try:
        files = first_model(
            answers, preset(said["preset"]), _ours(office.ledger.model.provider, asked.who, today), today
        )
    except NoMachine:
        raise DeskRefusal("no machine was named", "name at least one server or workplace") from None
    documents = [Document(one.name, one.text) for one in files]
    checked = await office.published.check(documents, asked.now)
    lacking = () if checked.problems else await asyncio.to_thread(_gaps, office, documents, asked.now)
    return FirstModel(tuple(documents), checked.problems, lacking)


def presets(office: Office, asked: Asked) -> Presets:  # noqa: ARG001 - every page is made from the office
    """What ships with this version (row 60a)."""
    return Presets(asked.now, tuple(_row(name) for name in NAMES))


def _row(name: str) -> PresetRow:
    one = preset(name)
    app = one.fields["app"]
    main = app.get("name") if isinstance(app, Mapping) else ""
    contents = f"{main}, files, internet and workplaces; 1 SLA, 4 policies, 4 processes"
    return PresetRow(one.name, one.version, one.title, contents)


def _said(asked: Asked) -> dict[str, str]:
    """Every answer, with what this machine knows where nothing was said."""
    known = {"me": asked.who.name or asked.who.login, "zone": zone_name()}
    return {one.name: asked.text(one.name).strip() or (known.get(one.name, one.default)) for one in QUESTIONS}


def _ours(provider: Provider, who: Visitor, today: date) -> Ours | None:
    """Who works here by the provider's file in force: whoever asks, then the others; None where there is no file."""
    if provider.doc is None:
        return None
    here = [
        id_
        for id_, one in provider.doc.people.items()
        if one.org == "msp" and (one.active_to is None or one.active_to >= today)
    ]
    here.sort(key=lambda id_: provider.people[id_].login != who.login)
    return Ours(tuple(here[:2]), provider.doc) if here else None


def _gaps(office: Office, documents: list[Document], now: Instant) -> tuple[str, ...]:
    """What the client's file lacks on its first day."""
    try:
        model = office.published.model_with(documents, now)
    except ModelErrors:
        return ()
    new = [one for id_, one in model.clients.items() if f"{id_}.yaml" == documents[-1].name]
    checks = frozenset(office.ledger.checks)
    lacking: list[str] = []
    for client in new:
        if client.doc is not None:
            today = datetime.fromtimestamp(now, client.zone).date()
            short = shortfalls(client, client.doc, today)
            facts = Facts(client, client.doc, model.provider.doc, today, 1, checks, shortfalls=short)
            lacking += [f"{gap.number} {gap.about}: {gap.evidence}" for gap in gaps(facts)]
    return tuple(lacking)


PAGES: Pages = {"presets": presets}
VERBS: Verbs = {"init-model": init_model}

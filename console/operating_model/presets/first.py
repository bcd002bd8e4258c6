"""A first model out of twelve answers: `provider.yaml` where there is none yet, and the client's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from string import Template

from console.operating_model.amend import Amendment, amended
from console.operating_model.differ import tree_of
from console.operating_model.presets import Preset, template
from console.operating_model.schema.client import ProviderDoc
from console.operating_model.starter import Starter, slug
from console.operating_model.written import flow

HALF_A_YEAR, A_QUARTER, A_FORTNIGHT = timedelta(days=182), timedelta(days=91), timedelta(days=14)


class NoMachine(Exception):
    """Nothing was named that the services could stand on."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked, as it was said; names in the plural are separated by commas."""

    provider: str
    me: str
    colleague: str
    client: str
    zone: str
    users: int
    contact: str
    servers: str
    workstations: str
    internet: str
    vendor: str
    login: str = ""


@dataclass(frozen=True, slots=True)
class Ours:
    """Who works at the provider: ids, the first answers; with the provider that is in force, where one is."""

    team: tuple[str, ...]
    doc: ProviderDoc | None = None


def first_model(answers: Answers, preset: Preset, ours: Ours | None, today: date) -> tuple[Starter, ...]:
    """The files, the provider's first where `ours` is None. Raises NoMachine."""
    baseline = Template(template("baseline")).substitute(review=today + HALF_A_YEAR)
    lacking: dict[str, dict[str, object]] = {}
    files: list[Starter] = []
    if ours is None:
        me = slug(answers.me.split(" ")[0], "me")
        ours = Ours(tuple(dict.fromkeys([me, slug(answers.colleague.split(" ")[0], me)])))
        files.append(Starter("provider.yaml", _provider(answers, ours, baseline, today)))
    elif ours.doc is not None:
        lacking = _lacking(baseline, ours.doc)
    values = _values(answers, preset, ours, today)
    text = Template(template("client")).substitute(values)
    entries = ((f"{section}.{name}", one) for section, found in lacking.items() for name, one in found.items())
    text = amended(text, [Amendment(path, one) for path, one in entries])
    return (*files, Starter(f"{values['file']}.yaml", text))


def _provider(answers: Answers, ours: Ours, baseline: str, today: date) -> str:
    colleague = ours.team[1] if len(ours.team) > 1 else ""
    person = (
        f"  {flow(colleague)}: {{name: {flow(answers.colleague)}, org: msp, tech_hours_week: 30}}  # add their login"
    )
    return Template(template("provider")).substitute(
        provider=flow(answers.provider),
        me=flow(ours.team[0]),
        me_name=flow(answers.me),
        login=flow(answers.login),
        team=flow(ours.team),
        monday=today - timedelta(days=today.weekday()),
        colleague_line=person if colleague else "  # a colleague who can stand in belongs here",
        colleague_access=f"  - {{person: {flow(colleague)}, role: lead, clients: ['*']}}" if colleague else "",
        baseline="".join(f"  {line}\n" for line in baseline.splitlines()),
    )


def _values(answers: Answers, preset: Preset, ours: Ours, today: date) -> dict[str, object]:
    fields = preset.fields
    app = fields["app"] if isinstance(fields["app"], Mapping) else {}
    taken = ("files", "internet", "workplace", "line", str(app.get("id")))
    servers, desks = _ids(answers.servers, taken), _ids(answers.workstations, taken)
    machines = [*servers, *(one for one in desks if one not in servers)]
    if not machines:
        raise NoMachine
    contact = _another(slug(answers.contact.split(" ")[0], "contact"), ours.team)
    id_ = _another(slug(answers.client, "client"), ("provider",))
    line = _another(slug(answers.internet, "internet-provider"), ())
    written = {key: flow(value) for key, value in fields.items() if key != "app"}
    return {
        **written,
        "preset": preset.name,
        "file": id_,
        "id": flow(id_),
        "name": flow(answers.client),
        "name_plain": " ".join("".join(char if char.isprintable() else " " for char in answers.client).split()),
        "zone": flow(answers.zone),
        "users": answers.users,
        "today": today,
        "due": today + HALF_A_YEAR,
        "soon": today + A_FORTNIGHT,
        "review": today + HALF_A_YEAR,
        "app": app.get("id"),
        "app_name": flow(app.get("name")),
        "app_what": flow(app.get("what")),
        "contact": flow(contact),
        "contact_name": flow(answers.contact),
        "me": flow(ours.team[0]),
        "deputy": flow(ours.team[1] if len(ours.team) > 1 else ""),
        "team": flow(ours.team),
        "main": flow(machines[0]),
        "files": flow((servers or machines)[-1]),
        "target": flow(servers[1] if len(servers) > 1 else "offsite"),
        "files_target": flow(servers[0] if len(servers) > 1 else "offsite"),
        "fleet": flow(desks or machines),
        "hosts": "\n".join(_hosts(servers, machines)),
        "line_probe": flow(f"tcp 192.0.2.1:443 from {machines[0]}"),
        "line_supplier": flow(line),
        "line_supplier_name": flow(answers.internet),
        "app_supplier": flow(_another(slug(answers.vendor, "vendor"), (line,))),
        "app_supplier_name": flow(answers.vendor),
    }


def _hosts(servers: Sequence[str], machines: Sequence[str]) -> Iterable[str]:
    for one in machines:
        kind = "role: server, presence: always" if one in servers else "role: workstation, presence: office"
        yield f"  {flow(one)}: {{site: main, {kind}}}"


def _ids(said: str, taken: Sequence[str]) -> list[str]:
    """Names between commas as ids, each once."""
    found = (slug(one, "") for one in said.split(","))
    return list(dict.fromkeys(_another(one, taken, "host") for one in found if one))


def _another(id_: str, taken: Sequence[str], kind: str = "client") -> str:
    """The id, or one like it that is not taken."""
    return f"{id_[:32]}-{kind}" if id_ in taken else id_


def _lacking(baseline: str, doc: ProviderDoc) -> dict[str, dict[str, object]]:
    """The part of our baseline that the one in force does not have, by section."""
    tree = tree_of(baseline)
    sections = tree.items() if isinstance(tree, dict) else ()
    lacking = {
        str(section): {name: one for name, one in entries.items() if name not in getattr(doc.baseline, section)}
        for section, entries in sections
    }
    return {section: entries for section, entries in lacking.items() if entries}

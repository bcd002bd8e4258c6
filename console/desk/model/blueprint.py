"""The pages that draw a client's model: the blueprint in four layers, and who does what."""

from __future__ import annotations

from collections.abc import Mapping

from checks.finding import Status
from checks.text import clean
from console.desk.live import hosts, services
from console.desk.office import Asked, Office, Pages, client_of
from console.desk.records.papers import records_of
from console.desk.refusal import DeskRefusal, Kind
from console.desk.week import week
from console.operating_model.draw import marks
from console.operating_model.draw.graph import Graph, Key, Layer, graph_of
from console.operating_model.draw.marks import Mark, Marks, Standing, letters_of
from console.operating_model.draw.outline import outline
from console.operating_model.draw.svg import picture
from console.operating_model.draw.text import Drawing, drawing
from console.operating_model.entities import Client
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.records import MaintenanceRecord
from console.pages.blueprint import LAYERS, Blueprint, DrawnLine, Piece, Raci, RaciRow
from console.pages.week import Week
from console.service_levels.windows import each_time

_ROOMY, _DRAWABLE = 160, 1500
"""Cells where nobody says how many; boxes that a person can still follow."""
_ARROWS = ("▸ stands on", "▹ only uses")


def blueprint(office: Office, asked: Asked) -> Blueprint:
    """One client's model, drawn. Raises DeskRefusal."""
    client, doc = _written(office, asked)
    layer = asked.text("tab") or asked.text("layer") or LAYERS[0]
    if layer not in LAYERS:
        raise DeskRefusal(f"there is no layer {layer!r}", f"take one of: {', '.join(LAYERS)}", Kind.NOT_FOUND)
    graph = graph_of(client, office.ledger.model.provider)
    if asked.text("format") == "svg" and len(graph.nodes) > _DRAWABLE:
        raise DeskRefusal(f"{len(graph.nodes)} boxes are more than a picture can show", "take --format text")
    shown = _layer(office, asked, (client, doc), graph, layer)
    drawn, is_outline = _fitting(graph, shown, asked.number("width") if asked.text("width") else _ROOMY)
    return Blueprint(
        now=asked.now,
        client=client.id,
        client_name=clean(client.name),
        layer=layer,
        answer=clean(shown.answer),
        tone=shown.tone if shown.lit else "",
        is_outline=is_outline,
        lines=tuple(
            DrawnLine(tuple(Piece(piece.text, piece.tone) for piece in line), about)
            for line, about in zip(drawn.lines, drawn.about, strict=True)
        ),
        sentences=tuple(clean(one) for one in shown.sentences),
        legend=(*_ARROWS, *shown.signs),
        svg=picture(graph, shown, layer) if asked.text("format") == "svg" else "",
    )


def raci(office: Office, asked: Asked) -> Raci:
    """Row 57: who does what. Raises DeskRefusal."""
    client, doc = _written(office, asked)
    graph = graph_of(client, office.ledger.model.provider)
    names = {node.key[1]: node.name for node in graph.nodes if node.key[0] in (Layer.PEOPLE, Layer.SUPPLIERS)}
    held = {row.for_: letters_of(row) for row in doc.raci}
    named = {id_ for letters in held.values() for id_ in letters}
    rows = [
        RaciRow(
            kind="service" if node.key[0] is Layer.SERVICES else "process",
            about=node.key[1],
            name=node.name,
            letters={id_: "".join(letters) for id_, letters in held.get(node.key[1], {}).items()},
        )
        for layer in (Layer.SERVICES, Layer.PROCESSES)
        for node in graph.column(layer)
    ]
    people = {id_: name for id_, name in names.items() if id_ in named}
    return Raci(asked.now, client.id, clean(client.name), people, tuple(rows))


def _written(office: Office, asked: Asked) -> tuple[Client, ClientDoc]:
    client = client_of(office, asked)
    if client.doc is None:
        raise DeskRefusal(f"{client.id} has no document", "publish one: watchbill model publish", Kind.NOT_FOUND)
    return client, client.doc


def _fitting(graph: Graph, shown: Marks, width: int) -> tuple[Drawing, bool]:
    if len(graph.nodes) > _DRAWABLE:
        return outline(graph, shown), True
    drawn = drawing(graph, shown)
    if sum(drawn.widths) <= width:
        return drawn, False
    return outline(graph, shown), True


def _layer(office: Office, asked: Asked, client: tuple[Client, ClientDoc], graph: Graph, layer: str) -> Marks:
    if layer == "raci":
        return _raci(graph, client[1], asked.text("service"))
    if layer == "now":
        return marks.now(graph, client[0], _standing(office, asked, client[0]))
    if layer == "kpi":
        return _kpi(office, asked, graph)
    return marks.structure(graph)


def _raci(graph: Graph, doc: ClientDoc, about: str) -> Marks:
    if about and about not in {*doc.services, *doc.processes}:
        known = ", ".join((*doc.services, *doc.processes))
        raise DeskRefusal(f"there is no service or process {about!r}", f"known are: {known}", Kind.NOT_FOUND)
    return marks.raci(graph, doc, about)


def _standing(office: Office, asked: Asked, client: Client) -> Mapping[Key, Standing]:
    """Every host and service as it stands now, with what runs as maintenance."""
    mine = Asked(asked.who, {"client": client.id}, asked.now)
    found: dict[Key, Standing] = {}
    for row in hosts.hosts(office, mine).rows:
        words = "no agent" if not row.agent else row.status.value
        said = f"{row.host}: {row.worst}" if row.worst else ""
        found[Layer.HOSTS, row.host] = Standing(_mark(row.status, words), row.status is Status.BREACH, said)
    for name, host_now in services.hosts_now(office, client, asked.now).items():
        if host_now.is_down:
            found[Layer.HOSTS, name] = Standing(_mark(Status.BREACH, "down"), is_bad=True, said=host_now.why)
    for service in services.services(office, mine).rows:
        is_bad = service.state in ("down", "degraded")
        words = service.state + (f" · {service.open_incidents} open" if service.open_incidents else "")
        found[Layer.SERVICES, service.service] = Standing(_mark(service.status, words), is_bad, service.why)
    for layer, id_, until in _running(office, asked, client):
        before = found.get((layer, id_), Standing(Mark("", "")))
        mark = Mark("░", f"maintenance until {until}", "accent")
        found[layer, id_] = Standing(mark, before.is_bad, before.said)
    return found


def _running(office: Office, asked: Asked, client: Client) -> list[tuple[Layer, str, str]]:
    found: list[tuple[Layer, str, str]] = []
    written = (one for one in records_of(office, client.id) if isinstance(one, MaintenanceRecord))
    for one in each_time(client, written, (asked.now, asked.now + 1)):
        until = one.end.astimezone(client.zone).strftime("%H:%M")
        found += [(Layer.HOSTS, id_, until) for id_ in one.hosts]
        found += [(Layer.SERVICES, id_, until) for id_ in one.services]
    return found


def _kpi(office: Office, asked: Asked, graph: Graph) -> Marks:
    value = week.week(office, asked)
    found: dict[Key, Standing] = {
        node.key: Standing(Mark("○", "not measured", "unknown"))
        for layer in (Layer.PROCESSES, Layer.SERVICES, Layer.HOSTS)
        for node in graph.column(layer)
    }
    signs = {"met": Status.OK, "missed": Status.BREACH, "unproven": Status.WATCH, "": Status.NOT_DUE}
    for one in value.services:
        measured = one.known > 0
        status = signs[one.verdict] if measured else Status.UNKNOWN
        word = "MISSED " if one.verdict == "missed" else ""
        said = f"{word}{one.availability}" if measured else "not measured"
        found[Layer.SERVICES, one.service] = Standing(_mark(status, said), one.verdict == "missed")
    for host, status in _host_lights(value).items():
        found[Layer.HOSTS, host] = Standing(_mark(status, f"upkeep {status.value}"))
    return marks.kpi(found, value.week)


def _host_lights(value: Week) -> dict[str, Status]:
    """The worst of each host's updates and backups."""
    found: dict[str, Status] = {}
    lights = [(line.host, Status(line.status)) for line in value.patches]
    lights += [(line.host, Status(line.status)) for line in value.backups]
    for host, status in lights:
        found[host] = max(status, found.get(host, status), key=lambda one: one.rank)
    return found


def _mark(status: Status, words: str) -> Mark:
    tone = {Status.NOT_DUE: "quiet"}.get(status, status.value)
    return Mark(status.sign, words, tone)


PAGES: Pages = {"blueprint": blueprint, "raci": raci}

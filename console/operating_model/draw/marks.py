"""What a layer says about the drawing: a mark on a box, lines that are lit, sentences below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.operating_model.draw.graph import Edge, Graph, Key, Layer
from console.operating_model.entities import Client
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.organization import RaciDoc

_COUNTED = (
    ("person", "people"),
    ("process", "processes"),
    ("service", "services"),
    ("host", "hosts"),
    ("supplier", "suppliers"),
    ("thing without an agent", "things without an agent"),
)
CHOSEN = "◆"
"""The sign of what lights up."""
LETTERS = {"R": "does it", "A": "answers", "D": "deputy", "C": "is asked", "I": "is told"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One box's sign and words. `tone` is a status' word (`ok`, `watch`, `breach`, `unknown`), `accent` or ""."""

    sign: str
    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """One layer. Where anything is lit, what is not steps back."""

    answer: str
    nodes: Mapping[Key, Mark] = field(default_factory=dict)
    lit: frozenset[Edge] = frozenset()
    tone: str = "accent"
    """How lit lines are said."""
    sentences: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    """What its signs and letters mean."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one host or service stands now, or in the week: what the desk knows, as values."""

    mark: Mark
    is_bad: bool = False
    said: str = ""
    """The sentence of what is wrong with it."""


def structure(graph: Graph) -> Marks:
    """The drawing alone."""
    outside = sum(node.is_external for node in graph.nodes)
    sizes = [len(graph.column(layer)) for layer in Layer]
    sizes[Layer.HOSTS] -= outside
    counts = [f"{count} {words[count != 1]}" for count, words in zip((*sizes, outside), _COUNTED, strict=True) if count]
    return Marks(" · ".join(counts) or "the model says nothing yet")


def raci(graph: Graph, doc: ClientDoc, about: str) -> Marks:
    """Row 13a: the people of one service or process with their letters; of all, each with what it is in short."""
    names = {node.key[1]: node.name for node in graph.nodes if node.key[0] in (Layer.PEOPLE, Layer.SUPPLIERS)}
    rows = {row.for_: row for row in doc.raci}
    legend = tuple(f"{letter} {word}" for letter, word in LETTERS.items())
    if about not in rows:
        marks = {_end(doc, for_): Mark("", _short(row, names), "quiet") for for_, row in rows.items()}
        return Marks("who does what; pick a service to see its people", marks, signs=legend)
    letters = letters_of(rows[about])
    marks = {
        (layer, id_): Mark(CHOSEN, " ".join(held), "accent")
        for id_, held in letters.items()
        for layer in (Layer.PEOPLE, Layer.SUPPLIERS)
    }
    end = _end(doc, about)
    lit = frozenset(edge for edge in graph.edges if edge.end == end and edge.start[0] is Layer.PEOPLE)
    name = next((node.name for node in graph.nodes if node.key == end), about)
    said = " · ".join(f"{names.get(id_, id_)} {'/'.join(held)}" for id_, held in letters.items())
    return Marks(f"{name}: {said}", {**marks, end: Mark(CHOSEN, "chosen", "accent")}, lit, signs=legend)


def letters_of(row: RaciDoc) -> dict[str, list[str]]:
    """The letters of everybody in one row, in the order R A D (deputy) C I."""
    found: dict[str, list[str]] = {}
    for letter, people in (("R", row.R), ("A", [row.A]), ("D", [row.deputy]), ("C", row.C), ("I", row.I)):
        for id_ in filter(None, people):
            found.setdefault(id_, []).append(letter)
    return found


def now(graph: Graph, client: Client, standing: Mapping[Key, Standing]) -> Marks:
    """Row 13b: how everything stands, and the way from each bad host up to services, people and outcomes."""
    bad = {key for key, one in standing.items() if one.is_bad}
    lit = frozenset(edge for edge in graph.edges if _carries(edge, bad))
    hosts = [key for key in bad if key[0] is Layer.HOSTS]
    services = [key for key in bad if key[0] is Layer.SERVICES]
    unknown = sum(key[0] is Layer.HOSTS and one.mark.tone == "unknown" for key, one in standing.items())
    parts = [f"hosts over a limit: {len(hosts)}", f"services that feel it: {len(services)}"] if bad else []
    parts += [f"hosts of which nothing is known: {unknown}"] if unknown else []
    marks = {key: one.mark for key, one in standing.items()}
    sentences = tuple(_way(graph, client, key, standing) for key in sorted(services))
    signs = ("● ok", "▲ watch", "■ down, degraded or over a limit", "○ unknown", "░ maintenance")
    return Marks(" · ".join(parts) or "nothing is wrong", marks, lit, "breach", sentences, signs)


def kpi(standing: Mapping[Key, Standing], week: str) -> Marks:
    """Row 13c: the light and the number of the week on each box where something is measured."""
    services = [one for key, one in standing.items() if key[0] is Layer.SERVICES]
    missed, unmeasured = sum(one.is_bad for one in services), sum(one.mark.tone == "unknown" for one in services)
    answer = f"week {week}: {missed} missed" + (f", {unmeasured} not measured" if unmeasured else "")
    marks = {key: one.mark for key, one in standing.items()}
    return Marks(answer, marks, signs=("● met", "▲ unproven", "■ MISSED", "○ not measured", "· nothing promised"))


def _carries(edge: Edge, bad: set[Key]) -> bool:
    """Whether trouble runs along a line: from a bad thing to a bad service or guest, and on to who answers for it."""
    return edge.end in bad and (edge.start in bad or edge.start[0] is Layer.PEOPLE)


def _way(graph: Graph, client: Client, key: Key, standing: Mapping[Key, Standing]) -> str:
    doc = client.doc
    names = {node.key: node.name for node in graph.nodes}
    service = doc.services[key[1]] if doc else None
    outcome = next((one for one in (doc.outcomes if doc else []) if service and one.id == service.outcome), None)
    one = standing[key]
    cause = one.said or "; ".join(
        standing[edge.end].said for edge in graph.edges if edge.start == key and edge.end in standing
    )
    reached = f" → outcome: {outcome.text}" if outcome else ""
    return f"{one.mark.sign} {cause or 'it'} → {names.get(key, key[1])} {one.mark.words}{reached}"


def _end(doc: ClientDoc, for_: str) -> Key:
    return (Layer.SERVICES if for_ in doc.services else Layer.PROCESSES, for_)


def _short(row: RaciDoc, names: Mapping[str, str]) -> str:
    def first(id_: str) -> str:
        return names.get(id_, id_).split(" ", 1)[0]

    return f"A {first(row.A)} · R {', '.join(first(id_) for id_ in row.R)}"

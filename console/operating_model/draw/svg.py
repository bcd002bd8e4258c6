"""The blueprint as a picture that stands on its own: readable on a screen, on paper, without colour, by a reader."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from console.operating_model.draw.graph import HEADS, Edge, Graph, Layer, Node
from console.operating_model.draw.ink import HUES, TONES, broad, cut, short, words, wrapped
from console.operating_model.draw.layout import Hop
from console.operating_model.draw.marks import Marks
from console.operating_model.draw.paper import BOX, LANE, MARGIN, NAME, NOTE, PAD, Paper, boxes, paper

_STEP, _SMALL = 20.0, 12.0
_SAMPLES = (
    ('stroke-width="2"', "answers for it (A)"),
    ('stroke-width="1.2"', "does it (R), or stands on it"),
    ('stroke-width="1.2" stroke-dasharray="5 4"', "works worse without it"),
)
"""What the lines mean."""
_TITLES = {
    "structure": "how it is organised",
    "raci": "who does what",
    "now": "how it stands now",
    "kpi": "how it is measured",
}


def picture(graph: Graph, marks: Marks, layer: str) -> str:
    """One SVG document."""
    sheet = paper(graph, marks)
    foot = list(_foot(sheet, marks))
    height = sheet.bottom + 36 + _STEP * (len(foot) - len(_SAMPLES) + 1)
    box = f"{short(sheet.width)} {short(height)}"
    size = f'width="{short(sheet.width)}" height="{short(height)}" viewBox="0 0 {box}"'
    reader = 'role="img" aria-labelledby="title desc"'
    title = f"{graph.title}: {_TITLES[layer]}"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" {reader}>',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(_told(graph, marks))}</desc>',
            f'<rect width="{short(sheet.width)}" height="{short(height)}" fill="#ffffff"/>',
            words((MARGIN, 46), cut(title, 24, sheet.width - 2 * MARGIN), 24, font_weight="bold", fill=TONES[""]),
            words((MARGIN, 70), cut(marks.answer, 13, sheet.width - 2 * MARGIN), 13, fill=TONES["unknown"]),
            *_heads(sheet),
            *_lines(sheet, marks),
            *(_box(sheet, marks, node) for node in boxes(graph)),
            *foot,
            "</svg>\n",
        )
    )


def _heads(sheet: Paper) -> Iterator[str]:
    for layer in (one for one in Layer if sheet.graph.column(one)):
        left, right = sheet.left[layer], sheet.right(layer)
        yield words((left, 104), HEADS[layer], 13, font_weight="bold", fill=TONES["unknown"])
        yield f'<path d="M{short(left)} 111H{short(right)}" stroke="{TONES["quiet"]}" stroke-width="1"/>'


def _lines(sheet: Paper, marks: Marks) -> Iterator[str]:
    """Those that are lit come last, above the others."""
    sources = list(dict.fromkeys(edge.start for edge in sheet.graph.edges))
    hue = {key: HUES[index % len(HUES)] for index, key in enumerate(sources)}
    drawn: list[tuple[bool, str]] = []
    for hop in sheet.where.hops:
        lit = bool(marks.lit.intersection(hop.edges))
        drawn.append((lit, _hop(sheet, hop, _look(hop.edges, marks, hue[hop.edges[0].start]))))
    drawn += [(edge in marks.lit, _bend(sheet, edge, _look((edge,), marks, hue[edge.start]))) for edge in sheet.lanes]
    yield from (text for _, text in sorted(drawn, key=lambda one: one[0]))


def _look(edges: tuple[Edge, ...], marks: Marks, hue: str) -> tuple[str, str]:
    """The colour of a line, and its attributes: thick where somebody answers or trouble runs, dashed where soft."""
    lit = bool(marks.lit.intersection(edges))
    colour = TONES[marks.tone] if lit else "#d3dae1" if marks.lit else hue
    thick = 3.0 if lit else 2.0 if any(edge.kind == "answers" for edge in edges) else 1.2
    dashes = ' stroke-dasharray="5 4"' if all(edge.is_soft for edge in edges) else ""
    return colour, f'fill="none" stroke="{colour}" stroke-width="{thick:g}"{dashes}'


def _hop(sheet: Paper, hop: Hop, look: tuple[str, str]) -> str:
    """A curve from column to column; through a pass it runs on as a straight line."""
    start_x, end_x = sheet.right(hop.start[0]), sheet.left[hop.end[0]]
    start_y, end_y = sheet.port("out", hop.start, hop.end), sheet.port("in", hop.end, hop.start)
    middle = (start_x + end_x) / 2
    is_pass = not isinstance(hop.end[1], str)
    stop = end_x if is_pass else end_x - 6
    path = f"M{short(start_x)} {short(start_y)}C{short(middle)} {short(start_y)} {short(middle)} {short(end_y)} "
    path += f"{short(stop)} {short(end_y)}"
    path += f"H{short(sheet.right(hop.end[0]))}" if is_pass else ""
    line = f'<path d="{path}" {look[1]}/>'
    return line if is_pass else line + _arrow(end_x, end_y, -7, look[0])


def _bend(sheet: Paper, edge: Edge, look: tuple[str, str]) -> str:
    """Out of the side of a box, along the column, and back into the side of another."""
    edge_x, way = sheet.right(edge.start[0]), 1 if sheet.middle(edge.end) > sheet.middle(edge.start) else -1
    out = edge_x + 8 + LANE * sheet.lanes[edge]
    start_y, end_y = sheet.middle(edge.start) + 17 * way, sheet.middle(edge.end) - 17 * way
    turn = 6 * way
    path = (
        f"M{short(edge_x)} {short(start_y)}H{short(out - 6)}q6 0 6 {turn}V{short(end_y - turn)}"
        f"q0 {turn} -6 {turn}H{short(edge_x + 6)}"
    )
    return f'<path d="{path}" {look[1]}/>' + _arrow(edge_x, end_y, 7, look[0])


def _arrow(tip_x: float, tip_y: float, back: float, colour: str) -> str:
    return f'<path d="M{short(tip_x)} {short(tip_y)}l{short(back)} -3.5v7z" fill="{colour}"/>'


def _box(sheet: Paper, marks: Marks, node: Node) -> str:
    left, top = sheet.left[node.key[0]], sheet.middle(node.key) - BOX / 2
    mark = marks.nodes.get(node.key)
    lit = any(node.key in (edge.start, edge.end) for edge in marks.lit)
    steps_back = bool(marks.lit) and mark is None and not lit
    tone = mark.tone if mark else marks.tone if lit else ""
    edge, thick = (TONES[tone], 2) if tone not in ("", "quiet", "unknown") else ("#b4bfca", 1)
    fill = "#eef4fb" if node.key[0] is Layer.SERVICES else "#ffffff"
    dashes = ' stroke-dasharray="2 2"' if node.is_external else ""
    ink = TONES["quiet"] if steps_back else TONES[""]
    room = sheet.broadness[node.key[0]] - 2 * PAD
    sign = f"{mark.sign} " if mark and mark.sign else ""
    name_x = left + PAD + broad(sign, NAME)
    rect = f'<rect x="{short(left)}" y="{short(top)}" width="{short(room + 2 * PAD)}" height="{BOX:g}" rx="7"'
    parts = [
        f'{rect} fill="{fill}" stroke="{edge}" stroke-width="{thick}"{dashes}/>',
        words((left + PAD, top + 19), sign.strip(), NAME, fill=TONES[tone]) if sign else "",
        words((name_x, top + 19), cut(node.name, NAME, room - broad(sign, NAME)), NAME, font_weight="600", fill=ink),
        words(
            (left + PAD, top + 35), cut(mark.words if mark else node.note, NOTE, room), NOTE,
            fill=TONES[tone if mark else "quiet" if steps_back else "unknown"],
        ),
    ]  # fmt: skip
    return "".join(parts)


def _foot(sheet: Paper, marks: Marks) -> Iterator[str]:
    """Sentences, then what lines and signs mean."""
    room, top = sheet.width - 2 * MARGIN, sheet.bottom + 12
    lines = [line for sentence in marks.sentences for line in wrapped(sentence, _SMALL, room)]
    for number, text in enumerate(lines):
        yield words((MARGIN, top + _STEP * number), text, _SMALL, fill=TONES[""])
    top += _STEP * len(lines)
    at = MARGIN
    for look, text in _SAMPLES if sheet.graph.edges else ():
        path = f'<path d="M{short(at)} {short(top - 4)}h26" stroke="{TONES["unknown"]}" {look}/>'
        yield path + words((at + 33, top), text, _SMALL, fill=TONES["unknown"])
        at += 33 + broad(text, _SMALL) + 16
    if marks.signs:
        text = "\u2003".join(marks.signs)
        yield words((MARGIN, top + _STEP), cut(text, _SMALL, room), _SMALL, fill=TONES["unknown"])


def _told(graph: Graph, marks: Marks) -> str:
    """The picture in words, for whoever cannot see it."""
    names = {node.key: node.name for node in graph.nodes}
    said = [f"{marks.answer}."]
    for node in boxes(graph):
        ends: dict[str, list[str]] = {}
        for edge in graph.edges:
            if edge.start == node.key:
                ends.setdefault(edge.kind, []).append(names[edge.end])
        mark = marks.nodes.get(node.key)
        parts = [f"{kind} {', '.join(these)}" for kind, these in ends.items()]
        parts = [*([mark.words] if mark and mark.words else []), *parts]
        if parts:
            said.append(f"{node.name}: {'; '.join(parts)}.")
    return " ".join(said)

"""The blueprint as a picture: well-formed whatever a name says, and nothing hangs over its edge."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from console.operating_model.draw.graph import Graph
from console.operating_model.draw.ink import broad, cut, wrapped
from console.operating_model.draw.marks import Mark, Marks, structure
from console.operating_model.draw.paper import NAME, paper
from console.operating_model.draw.svg import picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["graph", "big", "lone"])
def test_everything_stands_on_the_paper_and_says_what_it_is(name: str, request: pytest.FixtureRequest) -> None:
    graph = request.getfixturevalue(name)
    root = ET.fromstring(picture(graph, structure(graph), "structure"))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    texts = list(root.iter(f"{SVG}text"))
    assert {node.name for node in graph.nodes} <= {text.text for text in texts}
    for text in texts:
        assert float(text.attrib["x"]) + broad(text.text or "", float(text.attrib["font-size"])) * 0.8 <= width
        assert float(text.attrib["y"]) < height
    for box in list(root.iter(f"{SVG}rect"))[1:]:
        assert float(box.attrib["x"]) + float(box.attrib["width"]) <= width


def test_no_line_runs_through_a_box_of_a_column_that_it_only_passes(graph: Graph) -> None:
    sheet = paper(graph, structure(graph))
    boxes = {sheet.middle(node.key) for node in graph.nodes if node.key[0] == 1}
    passes = {sheet.middle(place) for place in sheet.where.at if not isinstance(place[1], str)}
    assert passes
    assert not boxes & passes


def test_hostile_names_are_text_and_nothing_else(drawn: Callable[[str], Graph]) -> None:
    graph = drawn(
        'hosts: {box: {site: main, role: "</text><script>alert(1)</script>"}}\n'
        'services: {shop: {name: "\\"><image href=x onerror=y>\\u202e\\u0007", owner: ana, criticality: A,'
        " needs: {all: [box]}}}\n"
    )
    marks = Marks('<b>&"', {graph.nodes[0].key: Mark("■", "<i>", "breach")}, sentences=("a " * 300 + "<u>",))
    root = ET.fromstring(picture(graph, marks, "now"))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg",
        "title",
        "desc",
        "rect",
        "text",
        "path",
    }
    assert all(len(element.attrib) < 10 and "onerror" not in element.attrib for element in root.iter())


def test_text_is_cut_and_wrapped_to_its_room() -> None:
    assert broad(cut("W" * 100, NAME, 120), NAME) <= 120
    assert cut("short", NAME, 120) == "short"
    assert cut("degraded · 1 open", NAME, broad("degraded · 1 open", NAME) + 28 - 28) == "degraded · 1 open"
    lines = wrapped("one two three " * 30, NAME, 200)
    assert len(lines) > 5
    assert all(broad(line, NAME) <= 200 for line in lines)

"""The blueprint as text: it fits 120 columns, every line is as wide as the others, a narrow one is an outline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.operating_model.draw.cells import cells, fitted
from console.operating_model.draw.graph import Graph
from console.operating_model.draw.marks import raci, structure
from console.operating_model.draw.outline import outline
from console.operating_model.draw.text import Drawing, drawing
from console.operating_model.entities import Model


def told(drawn: Drawing) -> list[str]:
    return ["".join(piece.text for piece in line) for line in drawn.lines]


@pytest.mark.parametrize("name", ["graph", "big", "lone"])
def test_every_box_is_there_and_lines_are_equally_wide(name: str, request: pytest.FixtureRequest) -> None:
    graph = request.getfixturevalue(name)
    drawn = drawing(graph, structure(graph))
    lines = told(drawn)
    assert {cells(line) for line in lines} == {sum(drawn.widths)}
    assert all(any(node.name in line for line in lines) for node in graph.nodes)


def test_row_12_the_example_fits_120_columns(graph: Graph) -> None:
    assert sum(drawing(graph, structure(graph)).widths) <= 120


def test_what_is_not_lit_steps_back(graph: Graph, brackwater: Model) -> None:
    doc = brackwater.clients["brackwater"].doc
    assert doc is not None
    tones = {
        piece.text.strip(): piece.tone for line in drawing(graph, raci(graph, doc, "files")).lines for piece in line
    }
    assert tones["◆ Dana Whitlock"] == "accent"
    assert tones["Tom Osei"] == "quiet"


def test_row_12_the_outline_has_every_box_and_fits_80_columns(graph: Graph) -> None:
    lines = told(outline(graph, structure(graph)))
    assert max(map(cells, lines)) <= 80
    assert all(any(node.name in line for line in lines) for node in graph.nodes)


def test_wide_letters_take_two_cells(drawn: Callable[[str], Graph]) -> None:
    assert cells("東京") == 4
    assert fitted("東京都", 4) == "東… "
    graph = drawn('hosts: {box: {site: main, role: "東京のサーバー"}}\n')
    assert len({cells(line) for line in told(drawing(graph, structure(graph)))}) == 1


def test_a_hypervisor_stands_in_the_outline_beside_its_guest(big: Graph) -> None:
    lines = told(outline(big, structure(big)))
    assert any(line.strip().startswith("├ needs   h3") and "on h0" in line for line in lines)
    assert any("hosts without a line" in line for line in lines)

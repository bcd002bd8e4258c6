"""Where boxes stand: never two at one place, in the same place every time, with few crossings."""

from __future__ import annotations

import pytest

from console.operating_model.draw.graph import Graph, Layer
from console.operating_model.draw.layout import layout
from console.operating_model.draw.untangled import crossings, untangled


@pytest.mark.parametrize("name", ["graph", "big", "lone"])
def test_no_two_things_of_a_column_share_a_place(name: str, request: pytest.FixtureRequest) -> None:
    found = layout(request.getfixturevalue(name))
    for layer in Layer:
        heights = [height for place, height in found.at.items() if place[0] is layer]
        assert len(set(heights)) == len(heights)
        assert all(0 <= height < found.height for height in heights)


def test_the_same_model_is_drawn_the_same_every_time(graph: Graph) -> None:
    assert layout(graph) == layout(graph)


def test_the_tallest_column_sets_the_height(graph: Graph, lone: Graph) -> None:
    assert layout(graph).height == 13
    assert layout(lone).height == 1


def test_lines_never_skip_a_column(graph: Graph) -> None:
    assert all(hop.end[0] - hop.start[0] == 1 for hop in layout(graph).hops)


def test_a_hypervisor_stands_amid_its_guests(graph: Graph) -> None:
    at = layout(graph).at
    guests = [at[Layer.HOSTS, name] for name in ("dc01", "fs01", "erp01")]
    assert min(guests) < at[Layer.HOSTS, "hv01"] < max(guests)


def test_switching_neighbours_takes_crossings_away() -> None:
    a, b, x, y = (Layer.PEOPLE, "a"), (Layer.PEOPLE, "b"), (Layer.PROCESSES, "x"), (Layer.PROCESSES, "y")
    joined = {a: [y], y: [a], b: [x], x: [b]}
    columns = {layer: [] for layer in Layer} | {Layer.PEOPLE: [a, b], Layer.PROCESSES: [x, y]}
    assert crossings(columns, joined) == 1
    assert crossings(untangled(columns, joined), joined) == 0


def test_the_example_has_few_crossings(graph: Graph) -> None:
    found = layout(graph)
    joined: dict[object, list[object]] = {}
    for hop in found.hops:
        joined.setdefault(hop.start, []).append(hop.end)
    columns = {
        layer: sorted((place for place in found.at if place[0] is layer), key=lambda place: found.at[place])
        for layer in Layer
    }
    assert crossings(columns, joined) <= 19  # type: ignore[arg-type]

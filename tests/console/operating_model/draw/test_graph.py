"""The model as a graph: what it says is a line, and nothing else is."""

from __future__ import annotations

from console.operating_model.draw.graph import Edge, Graph, Layer


def lines(graph: Graph, kind: str) -> set[tuple[str, str]]:
    return {(edge.start[1], edge.end[1]) for edge in graph.edges if edge.kind == kind}


def test_row_12_every_person_process_service_host_and_supplier_is_a_box(graph: Graph) -> None:
    assert [len(graph.column(layer)) for layer in Layer] == [5, 4, 6, 13, 2]
    assert sum(node.is_external for node in graph.nodes) == 3


def test_lines_are_what_the_model_says(graph: Graph) -> None:
    assert ("tom", "erp") in lines(graph, "answers")
    assert ("marco", "erp") in lines(graph, "does")
    assert {("erp", "identity"), ("workplace", "ws-cad1"), ("identity", "dc02")} <= lines(graph, "needs")
    assert lines(graph, "uses") == {
        ("connectivity", "fw02"), ("erp", "connectivity"), ("workplace", "m365"), ("workplace", "identity"),
    }  # fmt: skip
    assert lines(graph, "runs on") == {("dc01", "hv01"), ("fs01", "hv01"), ("erp01", "hv01")}
    assert lines(graph, "contract") == {("line-main", "ridgeline"), ("erp-app", "ledgerwood")}


def test_an_owner_without_a_row_of_raci_still_has_a_line(big: Graph) -> None:
    assert Edge((Layer.PEOPLE, "ana"), (Layer.SERVICES, "s0"), "does") in big.edges


def test_whom_the_model_does_not_name_is_not_drawn(lone: Graph) -> None:
    assert [node.name for node in lone.nodes] == ["box"]

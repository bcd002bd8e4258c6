"""What the layers say: letters of a service's people, the way from a bad host to its outcome, lights and numbers."""

from __future__ import annotations

from console.operating_model.draw.graph import Graph, Layer
from console.operating_model.draw.marks import Mark, Standing, kpi, now, raci, structure
from console.operating_model.entities import Model

OK, BAD = Mark("●", "ok", "ok"), Mark("■", "breach", "breach")


def test_row_13a_files_lights_up_priya_marco_and_dana(graph: Graph, brackwater: Model) -> None:
    doc = brackwater.clients["brackwater"].doc
    assert doc is not None
    marks = raci(graph, doc, "files")
    words = {key[1]: mark.words for key, mark in marks.nodes.items() if key[0] is Layer.PEOPLE}
    assert words == {"priya": "R D", "marco": "R", "dana": "A", "helen": "I"}
    assert {edge.start[1] for edge in marks.lit} == {"priya", "marco", "dana"}
    assert raci(graph, doc, "erp").nodes[Layer.SUPPLIERS, "ledgerwood"].words == "C"
    assert raci(graph, doc, "p-week").nodes[Layer.PEOPLE, "dana"].words == "R A"
    assert raci(graph, doc, "").nodes[Layer.SERVICES, "erp"].words == "A Tom · R Marco"


def test_row_13b_trouble_runs_from_the_host_to_guests_services_people_and_the_outcome(
    graph: Graph, brackwater: Model
) -> None:
    standing = {
        (Layer.HOSTS, "hv01"): Standing(BAD, is_bad=True, said="hv01: down"),
        (Layer.HOSTS, "erp01"): Standing(BAD, is_bad=True, said="erp01: down"),
        (Layer.HOSTS, "dc01"): Standing(OK),
        (Layer.SERVICES, "erp"): Standing(Mark("■", "down", "breach"), is_bad=True, said="erp01: down"),
    }
    marks = now(graph, brackwater.clients["brackwater"], standing)
    lit = {(edge.start[1], edge.end[1]) for edge in marks.lit}
    assert lit == {("erp01", "hv01"), ("erp", "erp01"), ("marco", "erp"), ("tom", "erp")}
    assert marks.sentences == (
        "■ erp01: down → ERP down → outcome: Orders can be entered and cut lists printed during both shifts",
    )
    assert now(graph, brackwater.clients["brackwater"], {}).answer == "nothing is wrong"


def test_row_13c_the_erp_box_says_missed_and_its_number() -> None:
    missed = Standing(Mark("■", "MISSED 97.91 %", "breach"), is_bad=True)
    marks = kpi({(Layer.SERVICES, "erp"): missed}, "2026-W46")
    assert marks.answer == "week 2026-W46: 1 missed"
    assert marks.nodes[Layer.SERVICES, "erp"].words == "MISSED 97.91 %"


def test_what_there_is_is_counted_in_words(graph: Graph, lone: Graph) -> None:
    assert structure(lone).answer == "1 host"
    assert structure(graph).answer.startswith("5 people · 4 processes · 6 services · 10 hosts · 2 suppliers")

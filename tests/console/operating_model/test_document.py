"""Documents know where everything in them stands."""

from __future__ import annotations

from documents import Doc

from console.operating_model.document import documents

TEXT = "schema: 1\nservices:\n  erp: {owner: tom, uses: [a, b]}\n---\nhosts: {a: {}}\n"


def test_a_problem_stands_at_the_deepest_node_that_there_is() -> None:
    first, second = documents(Doc("a.yaml", TEXT))
    assert first.place(("services", "erp", "uses", 1)) == ("a.yaml", 3, 31)
    assert first.place(("services", "erp", "hours")) == ("a.yaml", 3, 3)
    assert first.place(("sites", "x")) == ("a.yaml", 1, 1)
    assert second.place(("hosts", "a")) == ("a.yaml", 5, 9)
    told = first.problem(("services", "erp", "owner"), "nobody")
    assert (told.where, told.line, told.column) == ("services.erp.owner", 3, 9)


def test_empty_documents_of_a_stream_are_left_out() -> None:
    assert [one.tree for one in documents(Doc("a", "---\n---\na: 1\n---\n# nothing\n---\nb: 2\n"))] == [
        {"a": 1},
        {"b": 2},
    ]

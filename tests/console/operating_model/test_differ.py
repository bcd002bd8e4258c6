"""What two texts say differently, in the words of the model."""

from __future__ import annotations

from console.operating_model.differ import changes, named, tree_of, unified


def test_a_value_an_item_and_a_section_are_told_by_their_path() -> None:
    old = "a: {b: 1, c: [1, 2]}\nl:\n  - {id: x, t: 1}\n  - {id: y, t: 2}\nr: [{for: erp, A: tom}]\n"
    new = "base: 3\na: {b: 2, c: [1, 3]}\nl:\n  - {id: y, t: 2}\n  - {id: z}\nr: [{for: erp, A: dana}]\nn: 1\n"
    assert changes(old, new) == (
        "a.b: 1 → 2",
        "a.c: [1, 2] → [1, 3]",
        "l.x: {id: x, t: 1} taken out",
        "l.z: {id: z} added",
        "r.erp.A: tom → dana",
        "n: 1 added",
    )


def test_what_moved_or_is_written_otherwise_is_no_change() -> None:
    assert changes("a: {b: 1, c: 2}\nl: [{id: x}, {id: y}]\n", "l:\n- id: y\n- id: x\na:\n  c: 2\n  b: 1\n") == ()


def test_times_and_words_are_not_taken_for_numbers_or_truths() -> None:
    assert changes("a: 12:30\nb: off\n", "a: 12:45\nb: on\n") == ("a: 12:30 → 12:45", "b: off → on")


def test_a_text_that_is_no_yaml_has_lines_alone() -> None:
    assert changes("a: 1\n", "a: [\n") == ()
    assert unified(("old", "a: 1\n"), ("new", "a: [\n"))[:2] == ("--- old", "+++ new")


def test_parts_of_one_model_are_read_together() -> None:
    assert tree_of("a: {b: 1}\nl: [1]\n---\na: {c: 2}\nl: [2]\nd: 1\n") == {"a": {"b": 1, "c": 2}, "l": [1, 2], "d": 1}


def test_a_long_value_is_shortened_and_a_list_without_names_is_a_list() -> None:
    (told,) = changes("a: x\n", f"a: {'y' * 300}\n")
    assert len(told) < 130
    assert named([{"id": "x"}, {"id": "x"}]) is None
    assert named([1, 2]) is None
    assert changes("a:\n", "a: 1\n") == ("a: nothing → 1",)

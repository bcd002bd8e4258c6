"""Edits that touch nothing but what they mean: comments, quotes and order stay, byte by byte."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from console.operating_model.amend import Amendment, CannotAmend, amended
from console.operating_model.differ import NAMING, tree_of
from console.operating_model.examples import example
from console.operating_model.nodes import roots
from console.operating_model.written import flow, read, said

BRACKWATER = example("brackwater")[1].text
WILD = """\
a: {b: 1, "c d": [1, 2]}  # here
d:
  - x: 1
    y: 'two'  # why
  # between
  - z

# tail
e: |
  long
  text
f:
g: {}
"""


def scalars(tree: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every scalar of a model by its path."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from scalars(value, f"{path}.{key}" if path else str(key))
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            names = [str(value[key]) for key in NAMING if isinstance(value, dict) and key in value]
            yield from scalars(value, f"{path}.{(names or [str(place)])[0]}")
    else:
        yield path, tree


PATHS = [path for path, _ in scalars(tree_of(BRACKWATER)) if not path.endswith(NAMING)]


def lines_changed(before: str, after: str) -> tuple[int, int]:
    told = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return sum(line.startswith("- ") for line in told), sum(line.startswith("+ ") for line in told)


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    st.sampled_from(PATHS), st.sampled_from([7, 99.5, "soon", "two words: quoted # not a comment", date(2027, 1, 1)])
)
def test_one_scalar_changes_only_its_line(path: str, value: object) -> None:
    assume(dict(scalars(tree_of(BRACKWATER)))[path] != read(flow(value)))
    after = amended(BRACKWATER, [Amendment(path, value)])
    assert lines_changed(BRACKWATER, after) == (1, 1)
    assert dict(scalars(tree_of(after)))[path] == read(flow(value))


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (Amendment("a.b", 2), "{b: 1,", "{b: 2,"),
        (Amendment("a.c d.1", 5), "[1, 2]", "[1, 5]"),
        (Amendment("a.n", "new"), "[1, 2]}", "[1, 2], n: new}"),
        (Amendment("a.c d", 3, "append"), "[1, 2]", "[1, 2, 3]"),
        (Amendment("a.b", does="remove"), "{b: 1, ", "{"),
        (Amendment("a.c d", does="remove"), ', "c d": [1, 2]', ""),
        (Amendment("d.0.y", "three"), "'two'", "'three'"),
        (Amendment("d.0.z", 3), "'two'  # why\n", "'two'  # why\n    z: 3\n"),
        (Amendment("d.0.x", does="remove"), "- x: 1\n    y", "- y"),
        (Amendment("d.1", does="remove"), "  - z\n", ""),
        (Amendment("d", {"id": "n"}, "append"), "  - z\n", "  - z\n  - {id: n}\n"),
        (Amendment("e", "short"), "|\n  long\n  text", "short"),
        (Amendment("f", 1), "f:\n", "f: 1\n"),
        (Amendment("f.h", 1), "f:\n", "f: {h: 1}\n"),
        (Amendment("g.h.i", 1), "g: {}", "g: {h: {i: 1}}"),
        (Amendment("e", does="remove"), "e: |\n  long\n  text\n", ""),
        (Amendment("new.part", [1]), "g: {}\n", "g: {}\nnew:\n  part: [1]\n"),
        (Amendment("new", {"id": "x"}, "append"), "g: {}\n", "g: {}\nnew:\n  - {id: x}\n"),
    ],
)  # fmt: skip
def test_a_change_exchanges_one_piece(change: Amendment, before: str, after: str) -> None:
    assert amended(WILD, [change]) == WILD.replace(before, after, 1)


def test_the_last_item_leaves_an_empty_list_behind() -> None:
    assert amended("a:\n  - 1  # one\nb: 2\n", [Amendment("a.0", does="remove")]) == "a: []  # one\nb: 2\n"


def test_changes_follow_one_another_and_a_text_without_an_end_of_line_gets_one() -> None:
    changes = [Amendment("b", 2), Amendment("b", 3), Amendment("c.d", True)]
    assert amended("a: 1", changes) == "a: 1\nb: 3\nc:\n  d: true\n"


def test_a_long_line_is_broken_inside_the_brackets() -> None:
    text = amended(BRACKWATER, [Amendment("services.erp.lifecycle", "retiring")])
    assert "recovery_order: 2,\n" in text or "recovery_order: 2, lifecycle: retiring}" in text
    assert max(map(len, text.splitlines())) <= max(map(len, BRACKWATER.splitlines()))


def test_a_model_in_parts_is_changed_in_the_part_that_has_it() -> None:
    text = "# part: a\nschema: 1\nx: {y: 1}\n---\n# part: b\nz: {w: 1}  # stays\n"
    assert amended(text, [Amendment("z.w", 2)]) == text.replace("w: 1", "w: 2")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("a: 1\n", Amendment("a.b", 2)),
        ("a: [1]\n", Amendment("a.7", 2)),
        ("a: 1\n", Amendment("b", does="remove")),
        ("a: [\n", Amendment("a", 2)),
        ("a: &x 1\nb: *x\n", Amendment("a", 2)),
        ("", Amendment("a", 2)),
    ],
)
def test_what_has_no_place_is_refused(text: str, change: Amendment) -> None:
    with pytest.raises(CannotAmend):
        amended(text, [change])


@pytest.mark.parametrize(
    "value",
    [
        "yes",
        "12:30",
        '"\\',
        "\x85\n\U00040de4",
        "1e3",
        "2026-01-01",
        "a, b",
        "",
        " x",
        "ü",
        "null",
        "a: b",
        "15m",
        1.5,
        None,
        True,
        [1, {"a": "b"}],
    ],
)
def test_what_is_written_is_read_again(value: object) -> None:
    assert read(flow(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("99.5", 99.5), ("[a, 1]", ["a", 1]), ("{a: 1}", {"a": 1}), ("Work: all of it", "Work: all of it"),
        ("- x", "- x"), ("it's: a: b", "it's: a: b"), ("x\ny: 1", "x\ny: 1"),
        ("x\n---\ny", "x\n---\ny"), ("15m", "15m"), ("2027-01-01", "2027-01-01"), ("", None),
    ],
)  # fmt: skip
def test_what_a_person_says_is_text_unless_it_is_clearly_more(text: str, value: object) -> None:
    assert said(text) == value


def test_a_node_knows_where_it_stands() -> None:
    (root,) = roots("a: {b: 12}  # x\n")
    start, node = root.items[0]
    assert (start, node.start, node.end) == (0, 3, 10)

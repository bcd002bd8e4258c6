"""The base of a text: read, moved on, and left out of what counts as a change."""

from __future__ import annotations

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.examples import example
from console.operating_model.lineage import base_of, with_base, without_base
from console.operating_model.load import load
from console.operating_model.problems import ModelErrors
from console.operating_model.starter import Starter


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("schema: 1\nbase: 7\n", 7),
        ("base: 12   # pulled\r\nschema: 1\r\n", 12),
        ("schema: 1\n", None),
        ("schema: 1\nx: {base: 3}\n", None),
        ("schema: 1\n  base: 3\n", None),
        ("# base: 3\nbase: x\n", None),
    ],
)
def test_a_base_is_read_where_it_stands_on_a_line_of_its_own(text: str, base: int | None) -> None:
    assert base_of(text) == base
    assert base_of(with_base(text, 99)) == 99
    assert without_base(with_base(text, 99)) == without_base(text)


def test_a_new_base_changes_its_number_alone() -> None:
    assert with_base("schema: 1\nbase: 7  # why\nb: 1\n", 8) == "schema: 1\nbase: 8  # why\nb: 1\n"
    assert without_base("a: 1\nbase: 7\nb: 1\n") == "a: 1\nb: 1\n"


def test_every_file_may_say_its_base_and_nothing_else_than_a_number() -> None:
    documents = [Starter(one.name, with_base(one.text, 3)) for one in example("brackwater")]
    assert load(documents, BY_NAME).clients
    with pytest.raises(ModelErrors, match="integer"):
        load([Starter("p", "schema: 1\nbase: zero\nprovider: {name: x}\n")], BY_NAME)

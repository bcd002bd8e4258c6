"""The page about records is complete and true: every kind, every field, and examples that are taken as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from console.operating_model.examples import example
from console.operating_model.load import load
from console.operating_model.problems import ModelErrors
from console.operating_model.records import lines, records
from console.operating_model.references.records import name_of, told
from console.operating_model.schema.records import RecordDoc
from console.pages.model import Document

PAGE = (Path(__file__).parents[3] / "docs" / "records.md").read_text()
SECTIONS = dict(re.findall(r"^## `([a-z-]+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_every_kind_and_every_field_has_its_line() -> None:
    for kind in get_args(get_args(RecordDoc)[0]):
        name = get_args(kind.model_fields["kind"].annotation)[0]
        said = set(re.findall(r"^\| `([a-z0-9_]+)` \|", SECTIONS[name], re.MULTILINE))
        assert said == {one.alias or field for field, one in kind.model_fields.items()} - {"kind", "client"}, name
    assert len(SECTIONS) == len(get_args(get_args(RecordDoc)[0]))


def test_every_example_is_a_record_of_brackwater() -> None:
    from checks.catalogue import BY_NAME

    model = load([Document(one.name, one.text) for one in example("brackwater")], BY_NAME)
    for name, section in SECTIONS.items():
        (block,) = re.findall(r"```json\n(.*?)```", section, re.DOTALL)
        found, problems = lines(Document(name, block))
        assert problems == []
        assert found
        assert all(one.record.kind == name and list(told(one.record, model)) == [] for one in found)
        assert all(name_of(one.record) for one in found)


def test_all_bad_lines_are_raised_together() -> None:
    with pytest.raises(ModelErrors) as raised:
        records(Document("r", '{"kind": "log"}\n\n[]\n{"kind": "action"'))
    assert {one.line for one in raised.value.problems} == {1, 3, 4}

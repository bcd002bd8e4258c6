"""The schema told field by field, and as JSON Schema that any editor takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from documents import Doc
from pydantic import ValidationError

from console.operating_model.document import documents
from console.operating_model.examples import example
from console.operating_model.explain import FILES, Field, NoSuchField, explained, schema
from console.operating_model.kinds import hints
from console.operating_model.problems import ModelErrors


def every_field(path: str = "") -> Iterator[Field]:
    for one in explained(path).below:
        found = explained(one.path)
        yield found
        if one.path.count(".") < 4 and not one.path.endswith("hosts.hosts"):
            yield from every_field(one.path)


ALL = {field.path: field for field in every_field()}


def test_a_field_says_what_it_takes_what_it_means_and_where_it_stands() -> None:
    found = explained("services.slo.availability")
    assert (found.file, found.kind, found.is_required) == ("client", "percent", True)
    assert found.meaning == "The share of its hours in which it works."
    assert found.example == "services:\n  my-id:\n    slo:\n      availability: 99.5"
    assert explained("slas.clear_after").default == "10m"
    assert explained("services.slo.window").choices == ("28d", "week", "month")
    assert [one.path for one in explained("services.slo").below] == ["services.slo.availability", "services.slo.window"]
    assert explained("baseline.offerings.sla").file == "provider"


def test_ids_may_stand_in_the_path_or_be_left_out() -> None:
    assert explained("services.erp.slo.window") == explained("services.slo.window")
    assert explained("slas.standard.incident.S1.own") == explained("slas.incident.own")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("servces", "there is no field 'servces'; did you mean services?"),
        ("services.slo.availabilty", "'availabilty' in services.slo; did you mean availability?"),
        ("services.solo", "did you mean slo?"),
        ("client.tz.more", "'more' in client.tz; nothing stands below it"),
        ("zzz", "there is no field 'zzz'; known are: "),
        ("hosts.web.qqq.x", "known are: site, os"),
    ],
)
def test_an_unknown_field_is_told_with_the_nearest(path: str, said: str) -> None:
    with pytest.raises(NoSuchField) as told:
        explained(path)
    assert said in str(told.value)


def test_without_a_field_everything_that_a_file_may_say_is_listed() -> None:
    paths = [one.path for one in explained("").below]
    assert paths[:2] == ["schema", "client"]
    assert set(paths) == {*hints(FILES["client"]), *hints(FILES["provider"])}


def test_every_field_has_a_meaning_and_an_example_that_is_yaml() -> None:
    bare = {path for path, field in ALL.items() if not field.meaning}
    obvious = {"id", "email", "phone", "text", "why", "start", "end", "note"}
    assert {path.rpartition(".")[2] for path in bare} <= obvious
    for field in ALL.values():
        try:
            documents(Doc(field.path, field.example))
        except ModelErrors as errors:
            raise AssertionError(field.example) from errors


@pytest.mark.parametrize("file", FILES)
def test_the_schema_is_valid_and_takes_the_example(file: str) -> None:
    import jsonschema  # here: it takes seconds, where all of its formats are installed

    told: dict[str, Any] = json.loads(schema(file))
    jsonschema.Draft202012Validator.check_schema(told)
    written = next(one for one in example("brackwater") if (one.name == "provider.yaml") == (file == "provider"))
    (found,) = documents(written)
    jsonschema.Draft202012Validator(told).validate(found.tree)
    assert told["title"] in ("ClientDoc", "ProviderDoc")
    assert told["properties"]["schema"]["description"] == "The version of this file's form."


def test_the_schema_refuses_what_the_loader_refuses() -> None:
    import jsonschema  # here: it takes seconds, where all of its formats are installed

    validator = jsonschema.Draft202012Validator(json.loads(schema("client")))
    for wrong in ({"schema": 1}, {"schema": 1, "client": {"id": "A", "name": "x", "tz": "UTC"}}, {"servces": {}}):
        assert list(validator.iter_errors(wrong))
        with pytest.raises(ValidationError):
            FILES["client"].model_validate(wrong)

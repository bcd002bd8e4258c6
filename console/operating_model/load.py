"""Documents in, a model out: or everything that is wrong with them, at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from checks.check import Check
from checks.reading import CheckName
from console.operating_model.build import client_of, inherited, provider_of
from console.operating_model.document import Parsed, Path, Source, parsed, plain
from console.operating_model.entities import Client, Model, Provider
from console.operating_model.problems import ModelErrors, Problem, nearest
from console.operating_model.references import client_problems, provider_problems
from console.operating_model.schema.client import ClientDoc, ProviderDoc

Doc = TypeVar("Doc", bound=BaseModel)
_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|watchbill1_[\w-]{20}|\bAKIA[0-9A-Z]{16}\b|password\s*[:=]\s*\S", re.IGNORECASE
)


def load(documents: Sequence[Source], checks: Mapping[CheckName, Check], provider: Provider | None = None) -> Model:
    """The model that these documents say; `provider` is the one in force where none is among them.

    Raises ModelErrors with every problem of every document.
    """
    problems: list[Problem] = []
    trees = [tree for document in documents if (tree := _tree(document, problems))]
    own = [tree for tree in trees if "provider" in tree.tree]
    problems += [
        extra.problem(("provider",), f"the provider stands in {own[0].name} already; keep one") for extra in own[1:]
    ]
    if own:
        provider = _provider(own[0], problems) or provider
    elif provider is None:
        problems.append(Problem("provider.yaml", 1, 1, "", "no provider.yaml is published; give one too"))
    clients: dict[str, Client] = {}
    for tree in (tree for tree in trees if "provider" not in tree.tree):
        client = _client(tree, checks, provider, problems)
        if client is not None and client.id in clients:
            problems.append(tree.problem(("client", "id"), f"client {client.id} stands in another file already"))
        elif client is not None:
            clients[client.id] = client
    if problems or provider is None:
        raise ModelErrors(problems)
    return Model(provider, clients)


def names_of(source: Source) -> str:
    """Which model a document is: `provider`, or its client's id. Raises ModelErrors."""
    tree = parsed(source).tree
    if "provider" in tree:
        return "provider"
    client = tree.get("client")
    return str(client.get("id", "")) if isinstance(client, Mapping) else ""


def _tree(document: Source, problems: list[Problem]) -> Parsed | None:
    try:
        tree = parsed(document)
    except ModelErrors as errors:
        problems.extend(errors.problems)
        return None
    for number, line in enumerate(document.text.splitlines(), 1):
        if match := _SECRET.search(line):
            text = "looks like a secret; a model is read by many: take it out, and change it"
            problems.append(Problem(document.name, number, match.start() + 1, "", text))
    return tree


def _provider(tree: Parsed, problems: list[Problem]) -> Provider | None:
    doc = _validated(tree, ProviderDoc, problems)
    if doc is None:
        return None
    problems.extend(provider_problems(tree, doc))
    return provider_of(doc)


def _client(
    tree: Parsed, checks: Mapping[CheckName, Check], provider: Provider | None, problems: list[Problem]
) -> Client | None:
    doc = _validated(tree, ClientDoc, problems)
    if doc is None:
        return None
    if provider is not None and provider.doc is not None:
        doc = inherited(doc, provider.doc.baseline)
    found = client_problems(tree, doc, checks, provider)
    problems.extend(found)
    return None if found else client_of(doc, checks)


def _validated(tree: Parsed, kind: type[Doc], problems: list[Problem]) -> Doc | None:
    try:
        return kind.model_validate(plain(tree.tree))
    except ValidationError as error:
        for one in error.errors():
            path = tuple(step for step in one["loc"] if step != "[key]")
            problems.append(tree.problem(path, _words(one, path, kind)))
        return None


def _words(error: ErrorDetails, path: Path, kind: type[BaseModel]) -> str:
    last = str(path[-1]) if path else ""
    match error["type"]:
        case "extra_forbidden":
            return f"unknown key {last}{nearest(last, _keys(kind, path[:-1]))}"
        case "missing":
            return f"{last} is missing; write `{last}: …`"
        case "string_pattern_mismatch":
            return f"{error['input']!r} is not an id; use 1 to 40 of a-z, 0-9 and -"
        case "literal_error":
            return f"{error['input']!r} is not one of {error['ctx']['expected']}"
        case _:
            return str(error["msg"]).removeprefix("Value error, ")


def _keys(kind: type[BaseModel], path: Path) -> list[str]:
    """The keys that may stand at `path`, as far as the schema tells."""
    found: type[BaseModel] | None = kind
    for step in path:
        field = None if found is None else _field(found, step)
        found = found if field is None else _inner(field)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _field(kind: type[BaseModel], step: str | int) -> object:
    fields = kind.model_fields.items()
    return next((field.annotation for name, field in fields if step in (name, field.alias)), None)


def _inner(annotation: object) -> type[BaseModel] | None:
    """The document type inside an annotation such as `dict[Id, HostDoc]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_inner(one) for one in getattr(annotation, "__args__", ()))
    return next((one for one in inner if one is not None), None)

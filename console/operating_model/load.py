"""Documents in, a model out: or everything that is wrong with them, at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checks.check import Check
from checks.reading import CheckName, Instant
from console.operating_model.build import client_of, inherited, provider_of
from console.operating_model.document import Parsed, Source
from console.operating_model.entities import Model, Provider
from console.operating_model.parts import Group, gathered
from console.operating_model.problems import ModelErrors, Problem
from console.operating_model.references import Draft, client_problems, provider_problems
from console.operating_model.schema.client import ClientDoc, ProviderDoc
from console.operating_model.secret_scan import secrets_in
from console.operating_model.validation import validated

Checks = Mapping[CheckName, Check]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force: the model, and the text of each part of it (`provider`, or a client's id)."""

    model: Model
    texts: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model that documents make, and what would be published of them: (model, text)."""

    model: Model
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Files:
    """Documents as they were read: the models that they are, and what is wrong with them as files."""

    documents: tuple[Source, ...]
    groups: tuple[Group, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _House:
    """The provider that clients are read against, and where it stands."""

    provider: Provider | None
    tree: Parsed | None


def load(documents: Sequence[Source], checks: Checks, provider: Provider | None = None) -> Model:
    """The model that these documents say; `provider` is the one in force where none is among them.

    Raises ModelErrors with every problem of every document.
    """
    groups, problems = gathered(documents)
    problems += [one for document in documents for one in secrets_in(document)]
    return _model(groups, checks, _House(provider, None), problems)


def in_force(documents: Sequence[Source], checks: Checks) -> Model:
    """The model of what was published: nothing is asked of it that time or a later release may have changed."""
    groups, problems = gathered(documents)
    return _model(groups, checks, _House(None, None), problems)


def load_over(documents: Sequence[Source], checks: Checks, standing: Standing, now: Instant) -> Loaded:
    """The model once these documents are in force beside what stands, on the local date of `now`.

    Raises ModelErrors with every problem of every document.
    """
    return files_over(files(documents), checks, standing, now)


def files(documents: Sequence[Source]) -> Files:
    """These documents, read once for whatever is asked of them: reading YAML is most of what a big model costs."""
    groups, problems = gathered(documents)
    return Files(tuple(documents), tuple(groups), tuple(problems))


def files_over(read: Files, checks: Checks, standing: Standing, now: Instant) -> Loaded:
    """As `load_over`, of documents that were read before."""
    groups = read.groups
    problems = [*read.problems, *(one for document in read.documents for one in secrets_in(document))]
    names = {group.model for group in groups}
    rest = [text for model, text in standing.texts.items() if model not in names and _is_asked(model, names)]
    beside, _ = gathered(rest)
    found = _model([*groups, *beside], checks, _House(None, None), problems, (names, now))
    kept = {id_: client for id_, client in standing.model.clients.items() if id_ not in names}
    return Loaded(
        Model(found.provider, {**kept, **found.clients}), tuple((group.model, group.text) for group in groups)
    )


def _is_asked(model: str, given: set[str]) -> bool:
    """Whether something in force must be read again: the provider always, a client where the provider changes."""
    return model == "provider" or "provider" in given


def _model(
    groups: Sequence[Group],
    checks: Checks,
    house: _House,
    problems: list[Problem],
    drafts: tuple[set[str], Instant] | None = None,
) -> Model:
    """`drafts` names the models that are not in force yet, and the instant of asking."""
    house = _provider([group for group in groups if group.model == "provider"], checks, house, problems)
    if house.provider is None and not problems:
        problems.append(Problem("provider.yaml", 1, 1, "", "no provider.yaml is published; give one too"))
    read: dict[str, tuple[ClientDoc, ClientDoc]] = {}
    for group in groups:
        if group.model == "provider":
            continue
        now = drafts[1] if drafts and group.model in drafts[0] else None
        docs = _client(group.doc, checks, house, now, problems)
        if docs is not None and group.model in read:
            problems.append(group.doc.problem(("client", "id"), f"client {group.model} stands in another file already"))
        elif docs is not None:
            read[group.model] = docs
    if problems or house.provider is None:
        raise ModelErrors(problems)
    return Model(house.provider, {id_: client_of(doc, checks, own) for id_, (own, doc) in read.items()})


def _provider(groups: Sequence[Group], checks: Checks, house: _House, problems: list[Problem]) -> _House:
    for extra in groups[1:]:
        said = f"the provider stands in {groups[0].doc.name} already; keep one"
        problems.append(extra.doc.problem(("provider",), said))
    if not groups:
        return house
    tree = groups[0].doc
    doc = validated(tree, ProviderDoc, problems)
    if doc is None:
        return house
    problems.extend(provider_problems(tree, doc, checks))
    return _House(provider_of(doc), tree)


def _client(
    tree: Parsed, checks: Checks, house: _House, now: Instant | None, problems: list[Problem]
) -> tuple[ClientDoc, ClientDoc] | None:
    """The client's document as it is written, and with the baseline; None where it is none."""
    own = validated(tree, ClientDoc, problems)
    if own is None:
        return None
    if house.provider is None:
        return own, own  # what it names stands in a provider's file that is missing or wrong, and that is told
    provider = house.provider.doc
    doc = inherited(own, provider.baseline) if provider else own
    problems.extend(client_problems(Draft(tree, own, doc, provider, house.tree, _today(own, now)), checks))
    return own, doc


def _today(doc: ClientDoc, now: Instant | None) -> date | None:
    return None if now is None else datetime.fromtimestamp(now, doc.client.tz).date()

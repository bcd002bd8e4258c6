"""The model in force: checking, publishing and showing what people wrote."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from checks.check import Check
from checks.reading import CheckName, Instant
from console.operating_model.entities import Client, Model, Provider
from console.operating_model.load import load, names_of
from console.operating_model.problems import ModelErrors
from console.pages.model import Checked, Document, Problem, Published
from console.store.documents import Documents, Revision


class PublishedModels:
    """Documents in, revisions out. Holds no model itself: the ledger has the one in force."""

    def __init__(self, documents: Documents, checks: Mapping[CheckName, Check]) -> None:
        self._documents = documents
        self._checks = checks
        self._earlier: dict[tuple[tuple[str, int], ...], Model] = {}

    def model(self) -> Model:
        """The model in force; an empty one where nothing was published yet."""
        heads = self._documents.heads()
        if not heads:
            return Model(Provider("nobody yet"))
        texts = [Document(f"{head.model}.yaml", self._documents.text(head)) for head in heads]
        revisions = {head.model: head.number for head in heads}
        return dataclasses.replace(load(texts, self._checks), revisions=revisions)

    def check(self, documents: Sequence[Document]) -> Checked:
        """Everything that would keep these documents from being published."""
        try:
            model = self._load(documents)
        except ModelErrors as errors:
            problems = tuple(Problem(one.file, one.line, one.column, one.where, one.text) for one in errors.problems)
            return Checked(problems, f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}")
        counts = [(len(one.hosts), len(one.services)) for one in model.clients.values()]
        hosts, services = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
        return Checked((), f"{len(model.clients)} clients, {hosts} hosts, {services} services: can be published")

    def publish(self, documents: Sequence[Document], author: str, reason: str, at: Instant) -> list[Published]:
        """Put these documents in force, all or none. Raises ModelErrors."""
        self._load(documents)
        pairs = [(names_of(document), document.text) for document in documents]
        return [self._page(revision) for revision in self._documents.publish(pairs, author, reason, at)]

    def clients_in(self, documents: Sequence[Document]) -> list[Client]:
        """The clients that these documents would change, as they are in force: their decision rights bind."""
        in_force = self.model().clients
        return [in_force[name] for name in map(_name, documents) if name in in_force]

    def heads(self) -> tuple[Published, ...]:
        """What is in force."""
        return tuple(self._page(head) for head in self._documents.heads())

    def show(self, model: str) -> Published | None:
        """One model in force, as written."""
        head = self._documents.head(model)
        return None if head is None else self._page(head, self._documents.text(head))

    def _load(self, documents: Sequence[Document]) -> Model:
        """The model that these documents and what is in force besides them would make."""
        names = {_name(document) for document in documents}
        rest = [
            Document(f"{head.model}.yaml", self._documents.text(head))
            for head in self._documents.heads()
            if head.model not in names
        ]
        return load([*documents, *rest], self._checks)

    def _page(self, revision: Revision, text: str = "") -> Published:
        return Published(
            model=revision.model,
            revision=revision.number,
            parent=revision.parent,
            at=revision.at,
            author=revision.author,
            reason=revision.reason,
            sha256=revision.sha256,
            text=text,
        )

    def revisions(self, model: str) -> tuple[Revision, ...]:
        """Every revision of a model, oldest first."""
        return tuple(self._documents.history(model))

    def earlier(self, revision: Revision, at: Instant) -> Model:
        """A client's model at that revision, with the provider's as it was at an instant. Raises ModelErrors."""
        providers = [one for one in self._documents.history("provider") if one.at <= at]
        parts = (*providers[-1:], revision)
        names = tuple((one.model, one.number) for one in parts)
        if names not in self._earlier:
            texts = [Document(f"{one.model}.yaml", self._documents.text(one)) for one in parts]
            self._earlier[names] = dataclasses.replace(load(texts, self._checks), revisions=dict(names))
        return self._earlier[names]


def _name(document: Document) -> str:
    try:
        return names_of(document)
    except ModelErrors:
        return ""

"""The model in force: checking, publishing and showing what people wrote."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from checks.check import Check
from checks.reading import CheckName, Instant
from console.operating_model.entities import Client, Model, Provider
from console.operating_model.lineage import base_of
from console.operating_model.load import load, names_of
from console.operating_model.problems import ModelErrors
from console.pages.model import Checked, Document, Problem, Published
from console.store.documents import Documents, Edition, Revision


class PublishedModels:
    """Documents in, revisions out. Holds no model itself: the ledger has the one in force."""

    def __init__(self, documents: Documents, checks: Mapping[CheckName, Check]) -> None:
        self._documents = documents
        self._checks = checks

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
            model = self.model_with(documents)
        except ModelErrors as errors:
            problems = tuple(Problem(one.file, one.line, one.column, one.where, one.text) for one in errors.problems)
            return Checked(problems, f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}")
        counts = [(len(one.hosts), len(one.services)) for one in model.clients.values()]
        hosts, services = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
        return Checked((), f"{len(model.clients)} clients, {hosts} hosts, {services} services: can be published")

    def publish(self, documents: Sequence[Document], author: str, reason: str, at: Instant) -> list[Published]:
        """Put these documents in force, all or none. Raises ModelErrors and StaleBase."""
        self.model_with(documents)
        return [self.page(one) for one in self._documents.publish(self.editions(documents), author, reason, at)]

    def editions(self, documents: Sequence[Document]) -> list[Edition]:
        """Which model each document is, and from which revision it was edited. Raises ModelErrors."""
        return [
            Edition(names_of(one), one.text, base_of(one.text) if one.base is None else one.base) for one in documents
        ]

    def clients_in(self, documents: Sequence[Document]) -> list[Client]:
        """The clients that these documents would change, as they are in force: their decision rights bind."""
        in_force = self.model().clients
        return [in_force[name] for name in map(_name, documents) if name in in_force]

    def heads(self) -> tuple[Published, ...]:
        """What is in force."""
        return tuple(self.page(head) for head in self._documents.heads())

    @property
    def record(self) -> Documents:
        """Every revision and every draft there is."""
        return self._documents

    def model_with(self, documents: Sequence[Document]) -> Model:
        """The model that these documents and what is in force besides them would make."""
        names = {_name(document) for document in documents}
        rest = [
            Document(f"{head.model}.yaml", self._documents.text(head))
            for head in self._documents.heads()
            if head.model not in names
        ]
        return load([*documents, *rest], self._checks)

    def model_of(self, documents: Sequence[Document]) -> Model:
        """The model that these documents make by themselves. Raises ModelErrors."""
        return load(documents, self._checks)

    def page(self, revision: Revision, text: str = "") -> Published:
        """A revision as the front ends know it."""
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


def _name(document: Document) -> str:
    try:
        return names_of(document)
    except ModelErrors:
        return ""

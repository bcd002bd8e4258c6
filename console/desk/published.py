"""The model in force: checking, publishing and showing what people wrote.

Reading a big model takes seconds, so it is read in a thread, and what is in force is read once.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping, Sequence

from checks.check import Check
from checks.reading import CheckName, Instant
from checks.wording import counted
from console.operating_model.entities import Client, Model, Provider
from console.operating_model.load import Loaded, Standing, in_force, load_over
from console.operating_model.parts import gathered
from console.operating_model.problems import ModelErrors
from console.pages.model import Checked, Document, Problem, Published
from console.store.documents import Documents, Revision


class PublishedModels:
    """Documents in, revisions out. Only the daemon's loop calls it."""

    def __init__(self, documents: Documents, checks: Mapping[CheckName, Check]) -> None:
        self._documents = documents
        self._checks = checks
        self._model: Model | None = None
        self._publishing = asyncio.Lock()

    def model(self) -> Model:
        """The model in force; an empty one where nothing was published yet. Read when it is first asked for."""
        if self._model is None:
            self._model = self._read()
        return self._model

    async def check(self, documents: Sequence[Document], at: Instant) -> Checked:
        """Everything that would keep these documents from being published."""
        try:
            model = (await self._loaded(documents, at)).model
        except ModelErrors as errors:
            told = (Problem(one.file, one.line, one.column, one.where, one.text) for one in errors.problems)
            return Checked(tuple(told), counted(len(errors.problems), "problem", "problems"))
        clients = model.clients.values()
        hosts, services = sum(len(one.hosts) for one in clients), sum(len(one.services) for one in clients)
        counts = (
            counted(len(clients), "client", "clients"),
            counted(hosts, "host", "hosts"),
            counted(services, "service", "services"),
        )
        return Checked((), f"{', '.join(counts)}: can be published")

    async def publish(self, documents: Sequence[Document], author: str, reason: str, at: Instant) -> list[Published]:
        """Put these documents in force, all or none; two who publish do so in turn. Raises ModelErrors."""
        async with self._publishing:
            loaded = await self._loaded(documents, at)
            revisions = self._documents.publish(loaded.texts, author, reason, at)
            self._model = self._numbered(loaded.model)
        return [self._page(revision) for revision in revisions]

    async def clients_in(self, documents: Sequence[Document]) -> list[Client]:
        """The clients that these documents would change, as they are in force: their decision rights bind."""
        standing = self.model().clients
        groups, _ = await asyncio.to_thread(gathered, documents)
        return [standing[group.model] for group in groups if group.model in standing]

    def heads(self) -> tuple[Published, ...]:
        """What is in force."""
        return tuple(self._page(head) for head in self._documents.heads())

    def show(self, model: str) -> Published | None:
        """One model in force, as written."""
        head = self._documents.head(model)
        return None if head is None else self._page(head, self._documents.text(head))

    async def _loaded(self, documents: Sequence[Document], at: Instant) -> Loaded:
        """The model that these documents and what is in force besides them would make."""
        standing = Standing(self.model(), self._texts())
        return await asyncio.to_thread(load_over, documents, self._checks, standing, at)

    def _read(self) -> Model:
        texts = self._texts()
        if not texts:
            return Model(Provider("nobody yet"))
        return self._numbered(in_force(list(texts.values()), self._checks))

    def _texts(self) -> dict[str, Document]:
        heads = self._documents.heads()
        return {head.model: Document(f"{head.model}.yaml", self._documents.text(head)) for head in heads}

    def _numbered(self, model: Model) -> Model:
        revisions = {head.model: head.number for head in self._documents.heads()}
        return dataclasses.replace(model, revisions=revisions)

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

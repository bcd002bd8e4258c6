"""The model in force: checking, publishing and showing what people wrote.

Reading a big model takes seconds, so it is read in a thread, and what is in force is read once.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import threading
from collections.abc import Mapping, Sequence

from checks.check import Check
from checks.reading import CheckName, Instant
from checks.wording import counted
from console.operating_model.entities import Model, Provider
from console.operating_model.lineage import base_of
from console.operating_model.load import Files, Loaded, Standing, files, files_over, in_force, load_over
from console.operating_model.parts import Group
from console.operating_model.problems import ModelErrors
from console.pages.model import Checked, Document, Problem, Published
from console.store.documents import Documents, Edition, Revision

_Names = tuple[tuple[str, int], ...]
_MOST_EARLIER = 16
"""Models of earlier times that are held at once; a big one is many megabytes."""


class PublishedModels:
    """Documents in, revisions out. The daemon's loop calls it, and threads that only read."""

    def __init__(self, documents: Documents, checks: Mapping[CheckName, Check]) -> None:
        self._documents = documents
        self._checks = checks
        self._model: Model | None = None
        self._publishing = asyncio.Lock()
        self._tried: tuple[object, Model] | None = None
        self._earlier: dict[_Names, Model] = {}
        self._holding = threading.Lock()

    def model(self) -> Model:
        """The model in force; an empty one where nothing was published yet. Read when it is first asked for."""
        if self._model is None:
            self._model = self._read()
            _stays()
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

    async def publish(self, read: Files, author: str, reason: str, at: Instant) -> list[Published]:
        """Put what was read in force, all or none; two who publish do so in turn. Raises ModelErrors."""
        async with self._publishing:
            standing = Standing(self.model(), self._texts())
            loaded = await asyncio.to_thread(files_over, read, self._checks, standing, at)
            editions = self.editions_of(read)
            revisions = self._documents.publish(editions, author, reason, at)
            before, self._model = self.model(), self._numbered(loaded.model)
            for name in (one.model for one in revisions if one.model in before.clients):
                self._hold(_names(before, name), before)  # the weeks so far are judged by it: it need not be read again
            _stays()
        return [self.page(revision) for revision in revisions]

    def editions(self, documents: Sequence[Document]) -> list[Edition]:
        """Which models these documents are, and from which revision each was edited. Raises ModelErrors."""
        return self.editions_of(files(documents))

    def editions_of(self, read: Files) -> list[Edition]:
        """As `editions`, of documents that were read before. Raises ModelErrors."""
        if read.problems:
            raise ModelErrors(read.problems)
        documents = [one for one in read.documents if isinstance(one, Document)]
        return [Edition(one.model, one.text, _base(one, documents)) for one in read.groups]

    @property
    def record(self) -> Documents:
        """Every revision and every draft there is."""
        return self._documents

    def model_with(self, documents: Sequence[Document], at: Instant) -> Model:
        """The model that these documents and what is in force besides them would make. Raises ModelErrors.

        The last answer is kept: a page about a draft is asked for again whenever anything changes.
        """
        heads = tuple(head.sha256 for head in self._documents.heads())
        asked = (tuple(one.text for one in documents), heads, at // 3600)
        tried = self._tried
        if tried is None or tried[0] != asked:
            standing = Standing(self.model(), self._texts())
            tried = self._tried = asked, load_over(documents, self._checks, standing, at).model
        return tried[1]

    def model_of(self, documents: Sequence[Document]) -> Model:
        """The model that these documents make by themselves. Raises ModelErrors."""
        return in_force(documents, self._checks)

    def heads(self) -> tuple[Published, ...]:
        """What is in force."""
        return tuple(self.page(head) for head in self._documents.heads())

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

    def revisions(self, model: str) -> tuple[Revision, ...]:
        """Every revision of a model, oldest first."""
        return tuple(self._documents.history(model))

    def earlier(self, revision: Revision, at: Instant) -> Model:
        """A client's model at that revision, with the provider's as it was at an instant. Raises ModelErrors.

        That is the model in force, other clients and all, where nothing of it changed since.
        """
        providers = [one for one in self._documents.history("provider") if one.at <= at]
        parts = (*providers[-1:], revision)
        names = tuple((one.model, one.number) for one in parts)
        if names == _names(self.model(), revision.model):
            return self.model()
        held = self._earlier.get(names)
        if held is None:
            texts = [Document(f"{one.model}.yaml", self._documents.text(one)) for one in parts]
            held = dataclasses.replace(self.model_of(texts), revisions=dict(names))
            self._hold(names, held)
        return held

    def _hold(self, names: _Names, model: Model) -> None:
        with self._holding:
            if len(self._earlier) >= _MOST_EARLIER:
                self._earlier.pop(next(iter(self._earlier)))
            self._earlier[names] = model


def _stays() -> None:
    """A model in force stays, and is a million objects without a circle: what sweeps for circles passes it over.

    A sweep halts every thread, and would take longer than anything else that the daemon does.
    """
    gc.collect()
    gc.freeze()


def _names(model: Model, client: str) -> _Names:
    """The revisions that a client's part of a model is made of."""
    return tuple((name, model.revisions[name]) for name in ("provider", client) if name in model.revisions)


def _base(group: Group, documents: Sequence[Document]) -> int | None:
    """The revision that a model was edited from: what came with one of its files, else what its text says."""
    mine = {(one.name, one.text) for one in group.files}
    told = (one.base for one in documents if one.base is not None and (one.name, one.text) in mine)
    return next(told, base_of(group.text))

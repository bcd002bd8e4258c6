"""Promises against what underpins them, worked out once for each document and date: it walks a whole year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Shortfall
from console.operating_model.schema.client import ClientDoc
from console.service_levels.underpinning import shortfalls


@dataclass(frozen=True, slots=True)
class _Question:
    """One document on one date. The document is told apart by being itself, and held, so that it stays itself."""

    doc: int
    today: date
    client: Client = field(compare=False)
    held: ClientDoc = field(compare=False)


def short(client: Client, doc: ClientDoc, today: date) -> tuple[Shortfall, ...]:
    """Every promise of a client that is stricter than what underpins it, on a local date."""
    return _short(_Question(id(doc), today, client, doc))


@lru_cache(maxsize=256)
def _short(question: _Question) -> tuple[Shortfall, ...]:
    return shortfalls(question.client, question.held, question.today)

"""Brackwater's model and records on Sunday, 15 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from checks.catalogue import BY_NAME
from console.operating_model.examples import example, written_records
from console.operating_model.gaps.gap import Facts
from console.operating_model.load import load
from console.operating_model.records import records

REPORT_DATE = date(2026, 11, 15)
Changed = Callable[..., Facts]


@pytest.fixture(scope="session")
def changed() -> Changed:
    """Facts of the example with words of its model or records changed: (before, after) pairs."""

    def facts(*changes: tuple[str, str]) -> Facts:
        written = [*example("brackwater"), written_records("brackwater")]
        for before, after in changes:
            assert any(before in one.text for one in written), before
            written = [replace(one, text=one.text.replace(before, after)) for one in written]
        model = load(written[:-1], BY_NAME)
        client = model.clients["brackwater"]
        assert client.doc is not None
        return Facts(client, client.doc, model.provider.doc, REPORT_DATE, 1, frozenset(BY_NAME), records(written[-1]))

    return facts


@pytest.fixture(scope="session")
def facts(changed: Changed) -> Facts:
    """The example as it ships."""
    return changed()

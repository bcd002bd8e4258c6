"""The timelines of the paper, each line to the second (operating-model.md, 4.5)."""

from __future__ import annotations

import pytest

from console.reports.worked.timelines import Timeline, made, timelines


@pytest.mark.parametrize("one", timelines(), ids=lambda one: one.id)
def test_the_product_answers_as_the_paper(one: Timeline) -> None:
    assert made(one) == one.paper

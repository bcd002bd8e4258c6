"""When a delivery is tried again: spread out, never sooner than told, and soon enough for a console that is back."""

from __future__ import annotations

import pytest

from agent.outcome import Outcome, pause

NOW = 1_800_000_000


def pauses(kind: str, pace: int, failures: int, wait: int = 0) -> list[float]:
    return [pause(Outcome(NOW, kind, "", failures=failures, wait=wait), pace) for _ in range(2000)]


@pytest.mark.parametrize(
    ("kind", "pace", "failures", "least", "most"),
    [
        ("unreachable", 300, 1, 9, 10),
        ("unreachable", 300, 40, 290, 300),
        ("unreachable", 3600, 40, 290, 300),
        ("unreachable", 10, 40, 14, 15),
        ("unreachable", 1, 40, 7, 7.5),
        ("revoked", 10, 40, 580, 600),
        ("delivered", 10, 0, 0, 0),
    ],
)
def test_a_pause_grows_with_failures_up_to_less_than_two_passes_and_is_at_least_half_of_that(
    kind: str, pace: int, failures: int, least: float, most: float
) -> None:
    found = pauses(kind, pace, failures)
    assert least <= max(found) <= most
    assert most / 2 <= min(found) <= 0.6 * most


def test_what_the_console_asked_for_is_waited_out() -> None:
    assert min(pauses("later", 10, 1, wait=30)) == 30

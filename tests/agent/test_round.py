"""One pass: each probe alone, timed, and a gap where it fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from agent.forgetful import Forgetful
from agent.looking import DEAR_EVERY, Look, Looked, Probe
from agent.round import MOST_OF_A_PROBE, Round
from checks.reading import CheckName, Why

NOW = 1_800_000_000


def look(now: int = NOW, memory: Forgetful | None = None) -> Look:
    return Look(now, now + 60, memory or Forgetful())


def sound(at: Look) -> Looked:
    yield at.reading("memory", "", 0.4)


def test_a_probe_that_crashes_is_a_gap_and_no_concern_of_its_neighbours() -> None:
    def broken(at: Look) -> Looked:
        raise RuntimeError("no such sensor")

    gathered = Round([Probe(CheckName("disk"), broken), Probe(CheckName("memory"), sound)]).gather(look())

    assert [one.check for one in gathered.readings] == ["memory"]
    (gap,) = gathered.gaps
    assert (gap.check, gap.why, gap.reason) == ("disk", Why.FAILED, "RuntimeError: no such sensor")
    assert set(gathered.durations) == {"disk", "memory"}


def test_a_probe_that_hangs_is_left_behind_and_not_started_again() -> None:
    go_on = threading.Event()
    started = []

    def hangs(at: Look) -> Looked:
        started.append(at.now)
        go_on.wait(30)
        yield at.reading("disk", "/", 0.5)

    rounds = Round([Probe(CheckName("disk"), hangs, seconds=0.1), Probe(CheckName("memory"), sound)])
    first, second = rounds.gather(look()), rounds.gather(look(NOW + 60))
    go_on.set()

    assert [gap.why for gap in (*first.gaps, *second.gaps)] == [Why.TIMED_OUT, Why.TIMED_OUT]
    assert "still hangs" in second.gaps[0].reason
    assert started == [NOW]
    assert len(first.readings) == len(second.readings) == 1


def test_a_probe_that_floods_is_cut_and_says_so() -> None:
    def floods(at: Look) -> Iterator[object]:
        while True:
            yield at.reading("disk", "/", 0.5)

    gathered = Round([Probe(CheckName("disk"), floods)]).gather(look())  # type: ignore[arg-type]

    assert len(gathered.readings) == MOST_OF_A_PROBE
    assert "more than" in gathered.gaps[0].reason


def test_a_dear_probe_is_asked_again_only_when_what_it_reads_has_changed_or_after_six_hours() -> None:
    memory, print_now, asked = Forgetful(), ["a"], []

    def dear(at: Look) -> Looked:
        asked.append(at.now)
        yield at.reading("updates", "", 3.0)

    rounds = Round([Probe(CheckName("updates"), dear, lambda at: print_now[0])])
    first = rounds.gather(look(NOW, memory))
    again = rounds.gather(look(NOW + 60, memory))
    print_now[0] = "b"
    changed = rounds.gather(look(NOW + 120, memory))
    later = rounds.gather(look(NOW + 120 + DEAR_EVERY, memory))

    assert asked == [NOW, NOW + 120, NOW + 120 + DEAR_EVERY]
    assert again.readings == first.readings
    assert first.readings[0].next_look == NOW + DEAR_EVERY
    assert (changed.readings[0].taken_at, later.readings[0].taken_at) == (NOW + 120, NOW + 120 + DEAR_EVERY)


def test_a_dear_probe_that_saw_nothing_to_look_at_is_not_asked_again() -> None:
    asked = []

    def dear(at: Look) -> Looked:
        asked.append(at.now)
        return ()

    rounds = Round([Probe(CheckName("updates"), dear, lambda at: "same")])
    memory = Forgetful()
    for later in (0, 60, 120):
        gathered = rounds.gather(look(NOW + later, memory))
        assert (gathered.readings, gathered.gaps) == ([], [])
    assert asked == [NOW]


def test_a_dear_probe_that_failed_is_asked_again_at_once() -> None:
    memory, asked = Forgetful(), []

    def dear(at: Look) -> Looked:
        asked.append(at.now)
        yield at.gap("updates", Why.FAILED, "apt is busy")

    rounds = Round([Probe(CheckName("updates"), dear, lambda at: "same")])
    rounds.gather(look(NOW, memory))
    rounds.gather(look(NOW + 60, memory))

    assert asked == [NOW, NOW + 60]

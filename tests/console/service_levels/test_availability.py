"""Services over time, and K1 and K2, against counting second by second."""

from __future__ import annotations

from fractions import Fraction

from builders import a_client, a_service
from hypothesis import given
from hypothesis import strategies as st

from checks.finding import Impact, Status
from checks.wording import percent
from console.operating_model.entities import Host
from console.service_levels.availability import Figures, figures
from console.service_levels.intervals import Intervals, contains, normal
from console.service_levels.state import HostNow, service_state
from console.service_levels.timeline import HostRecord, Stood, at_least, services_stood

SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4).map(normal)
HOSTS = (Host("a", "main"), Host("b", "main"), Host("guest", "main", runs_on="a"))


def naive(enough: int, states: list[str]) -> str:
    """The paper's words: up if u ≥ k, down if u + x < k, otherwise unknown."""
    up, unknown = states.count("up"), states.count("unknown")
    return "up" if up >= enough else "down" if up + unknown < enough else "unknown"


def said(stood: Stood, second: int) -> str:
    return "down" if contains(stood.down, second) else "up" if contains(stood.up, second) else "unknown"


@given(st.lists(st.tuples(SPANS, SPANS), min_size=1, max_size=4), st.integers(1, 4))
def test_members_count_as_the_paper_says(raw: list[tuple[Intervals, Intervals]], enough: int) -> None:
    from console.service_levels.intervals import difference

    members = [Stood(difference(up, down), down) for up, down in raw]
    enough = min(enough, len(members))
    stood = at_least(enough, members)

    for second in range(-1, 22):
        assert said(stood, second) == naive(enough, [said(member, second) for member in members])


def test_a_guest_is_down_with_its_hypervisor_and_a_service_with_what_it_needs() -> None:
    pair = a_service("pair", "a", "b", at_least=1)
    client = a_client(a_service("top", "middle"), a_service("middle", "guest", "b"), pair, hosts=HOSTS)
    known = ((0, 100),)
    stood = services_stood(
        client, {"a": HostRecord(known, ((10, 20),)), "b": HostRecord(known), "guest": HostRecord(((0, 60),))}
    )

    assert stood["top"] == stood["middle"]
    assert stood["top"].down == ((10, 20),)
    assert stood["top"].up == ((0, 10), (20, 60))
    assert stood["pair"] == Stood(((0, 100),), thin=((10, 20),), causes={})


def test_silence_is_never_down() -> None:
    stood = services_stood(a_client(), {"box": HostRecord(((0, 10),))})

    assert stood["work"] == Stood(((0, 10),))
    assert figures(stood["work"], ((0, 100),)) == Figures(100, 10, 0)


def test_nothing_known_is_no_data_and_nothing_due_is_nothing_due() -> None:
    blind, idle = Figures(100, 0, 0), Figures(0, 0, 0)

    assert blind.words(blind.availability) == "no data"
    assert blind.verdict(Fraction(99, 100)) == "unproven"
    assert idle.words(idle.availability) == "nothing due"
    assert idle.verdict(Fraction(99, 100)) == ""


def test_the_verdict_is_proven_or_it_is_not() -> None:
    target = Fraction(99, 100)

    assert Figures(1000, 1000, 10).verdict(target) == "met"
    assert Figures(1000, 1000, 11).verdict(target) == "missed"
    assert Figures(1000, 990, 0).verdict(target) == "met"
    assert Figures(1000, 980, 0).verdict(target) == "unproven"
    assert Figures(1000, 500, 11).verdict(target) == "missed"


def test_percentages_never_flatter() -> None:
    assert percent(Fraction(999_999, 1_000_000)) == "99.99 %"
    assert percent(Fraction(1)) == "100.00 %"
    assert percent(Fraction(0)) == "0.00 %"
    week = Figures(604_800, 604_800, 1)
    assert week.words(week.availability) == "99.99 %"


def test_how_a_service_stands_now() -> None:
    client = a_client(a_service("all", "a", "b"), a_service("one", "a", "b", at_least=1), hosts=HOSTS[:2])
    well, silent, gone = HostNow(True), HostNow(False), HostNow(True, is_down=True)
    ill, weak = HostNow(True, impact=Impact.DEGRADED, why="disk full"), HostNow(True, impact=Impact.AT_RISK)

    def state(service: str, a: HostNow, b: HostNow) -> tuple[str, Status]:
        now = service_state(client, service, {"a": a, "b": b})
        return now.state, now.status

    assert state("all", well, well) == ("up", Status.OK)
    assert state("all", well, weak) == ("up", Status.WATCH)
    assert state("all", well, ill) == ("degraded", Status.BREACH)
    assert state("all", well, silent) == ("unknown", Status.UNKNOWN)
    assert state("all", silent, gone) == ("down", Status.BREACH)
    assert state("one", well, silent) == ("up", Status.WATCH)
    assert state("one", well, gone) == ("up", Status.WATCH)
    assert state("one", well, ill) == ("up", Status.WATCH)
    assert state("one", gone, ill) == ("degraded", Status.BREACH)
    assert state("one", gone, silent) == ("unknown", Status.UNKNOWN)
    assert state("one", gone, gone) == ("down", Status.BREACH)
    assert service_state(client, "all", {"a": well, "b": ill}).why == "disk full"

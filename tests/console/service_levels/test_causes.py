"""Which causes took a service down, when it was degraded, and when its redundancy was lost; against every second."""

from __future__ import annotations

from dataclasses import replace

from builders import a_client, a_service
from hypothesis import given
from hypothesis import strategies as st

from console.operating_model.entities import Client, External, Host
from console.service_levels.availability import Figures, excused, figures
from console.service_levels.intervals import Intervals, contains, normal
from console.service_levels.timeline import HostRecord, Stood, all_stood, services_stood

KNOWN = ((0, 100),)
RISK = "client-accepted-risk"
OUT = frozenset({RISK})
HOSTS = (Host("a", "main"), Host("b", "main"), Host("hyper", "main"), Host("guest", "main", runs_on="hyper"))


def down(start: int, end: int, cause: str) -> HostRecord:
    span = ((start, end),)
    return HostRecord(KNOWN, span, causes={cause: span})


def up() -> HostRecord:
    return HostRecord(KNOWN)


def test_a_guest_has_the_causes_of_what_it_runs_on_beside_its_own() -> None:
    client = a_client(a_service("erp", "guest"), hosts=HOSTS)
    stood = services_stood(client, {"hyper": down(10, 25, RISK), "guest": down(20, 40, "own")})["erp"]

    assert (stood.down, excused(stood, OUT)) == (((10, 40),), ((10, 20),))
    assert figures(stood, KNOWN, OUT) == Figures(100, 100, 30, 10)


def test_a_cause_on_a_branch_that_holds_takes_nothing_down() -> None:
    pair = a_service("pair", "a", "b", at_least=1)
    client = a_client(a_service("top", "pair", "guest"), pair, hosts=HOSTS)
    records = {"a": down(0, 50, "own"), "b": up(), "hyper": up(), "guest": down(10, 20, RISK)}
    stood = services_stood(client, records)["top"]

    assert stood.causes == {RISK: ((10, 20),)}
    assert excused(stood, OUT) == ((10, 20),)


def test_where_a_group_falls_every_branch_of_it_took_it_down() -> None:
    client = a_client(a_service("pair", "a", "b", at_least=1), hosts=HOSTS)
    stood = services_stood(client, {"a": down(0, 50, "own"), "b": down(10, 20, RISK)})["pair"]

    assert stood.down == ((10, 20),)
    assert excused(stood, OUT) == ()


def test_what_is_told_of_the_service_itself_is_a_cause_too() -> None:
    client = a_client(a_service("erp", "a"), hosts=HOSTS)
    stood = services_stood(client, {"a": down(10, 30, RISK), "erp": down(20, 40, "own")})["erp"]

    assert excused(stood, OUT) == ((10, 20),)


def test_an_outage_without_a_cause_counts() -> None:
    client = a_client(a_service("erp", "a"), hosts=HOSTS)
    told = HostRecord(KNOWN, ((10, 30),), causes={RISK: ((10, 20),)})

    assert excused(services_stood(client, {"a": told})["erp"], OUT) == ((10, 20),)
    assert told.by_cause == {RISK: ((10, 20),), "unknown": ((20, 30),)}


def _using(client: Client, uses: dict[str, tuple[str, ...]]) -> Client:
    object.__setattr__(client, "using", uses)
    return client


def test_what_is_only_used_degrades_while_it_is_down_and_not_while_it_is_unknown() -> None:
    client = a_client(a_service("erp", "a"), a_service("shop", "erp"), hosts=HOSTS)
    client = _using(replace(client, externals={"line": External("line", "line", "b")}), {"line": ("erp",)})
    records = {"a": HostRecord(((0, 25),)), "b": HostRecord(((0, 50),)), "line": HostRecord((), ((20, 30),))}
    stood = services_stood(client, records)

    assert stood["erp"].degraded == ((20, 25),)
    assert stood["shop"].degraded == ((20, 25),)
    assert (stood["erp"].down, stood["erp"].up) == ((), ((0, 25),))
    assert figures(stood["erp"], KNOWN) == Figures(100, 25, 0)


def test_services_that_use_each_other_are_no_circle() -> None:
    client = a_client(a_service("one", "a"), a_service("two", "b"), hosts=HOSTS)
    client = _using(client, {"one": ("two",), "two": ("one",)})
    stood = services_stood(client, {"a": down(10, 20, "own"), "b": up()})

    assert (stood["two"].degraded, stood["one"].degraded) == (((10, 20),), ())


def test_a_group_with_enough_whole_members_is_not_degraded() -> None:
    client = a_client(
        a_service("one", "a"), a_service("two", "b"), a_service("any", "one", "two", at_least=1), hosts=HOSTS
    )
    client = _using(client, {"hyper": ("one",)})
    records = {"a": up(), "b": HostRecord(((0, 15),)), "hyper": down(10, 20, "own")}
    stood = services_stood(client, records)

    assert stood["one"].degraded == ((10, 20),)
    assert stood["any"].degraded == ((15, 20),)


def test_redundancy_is_lost_while_enough_are_up_and_not_all() -> None:
    client = a_client(a_service("pair", "a", "b", at_least=1), hosts=HOSTS)
    stood = services_stood(client, {"a": down(10, 40, "own"), "b": HostRecord(((0, 20), (30, 100)))})["pair"]

    assert (stood.thin, stood.up) == (((10, 20), (30, 40)), ((0, 20), (30, 100)))
    assert stood == replace(stood, down=(), causes={})


def test_records_of_a_host_that_is_not_in_the_model_say_nothing() -> None:
    client = a_client(a_service("erp", "a"), hosts=HOSTS)
    known = {"a": down(10, 20, "own")}

    assert all_stood(client, {**known, "ghost": down(0, 100, "own")}) == all_stood(client, known)


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=2).map(normal)
TOLD = st.dictionaries(st.sampled_from([RISK, "own", "supplier"]), SPANS, max_size=2)
RECORDS = st.fixed_dictionaries({
    name: st.tuples(SPANS, TOLD) for name in ("a", "b", "hyper", "guest", "pair", "top")
})  # fmt: skip


@given(RECORDS, st.integers(1, 2))
def test_every_second_is_excused_as_the_paper_says(
    raw: dict[str, tuple[Intervals, dict[str, Intervals]]], enough: int
) -> None:
    client = a_client(a_service("pair", "a", "b", at_least=enough), a_service("top", "pair", "guest"), hosts=HOSTS)
    records = {
        name: HostRecord(known, normal(span for spans in told.values() for span in spans), causes=told)
        for name, (known, told) in raw.items()
    }
    stood = all_stood(client, records)

    for second in range(21):
        naive = _Naive(raw, enough, second)
        for name in ("a", "guest", "pair", "top"):
            assert _said(stood[name], second) == naive.state(name), (name, second)
            is_out = naive.state(name) == "down" and naive.causes(name) <= OUT
            assert contains(excused(stood[name], OUT), second) == is_out, (name, second)


def _said(stood: Stood, second: int) -> str:
    return "down" if contains(stood.down, second) else "up" if contains(stood.up, second) else "unknown"


class _Naive:
    """One second, by the words of 3.1 and 3.6."""

    def __init__(self, raw: dict[str, tuple[Intervals, dict[str, Intervals]]], enough: int, second: int) -> None:
        self.raw, self.second = raw, second
        self.needs = {"pair": (["a", "b"], enough), "top": (["pair", "guest"], 2)}

    def told(self, name: str) -> set[str]:
        return {cause for cause, spans in self.raw[name][1].items() if contains(spans, self.second)}

    def state(self, name: str) -> str:
        if self.told(name) or (name == "guest" and self.state("hyper") == "down"):
            return "down"
        if name not in self.needs:
            return "up" if contains(self.raw[name][0], self.second) else "unknown"
        return self.by_needs(name)

    def by_needs(self, name: str) -> str:
        members, enough = self.needs[name]
        states = [self.state(one) for one in members]
        available, unknown = states.count("up"), states.count("unknown")
        return "up" if available >= enough else "down" if available + unknown < enough else "unknown"

    def causes(self, name: str) -> set[str]:
        found = self.told(name)
        if name == "guest":
            found |= self.told("hyper")
        if name in self.needs and self.by_needs(name) == "down":
            found |= {cause for one in self.needs[name][0] if self.state(one) == "down" for cause in self.causes(one)}
        return found

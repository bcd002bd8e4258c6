"""What is held back, by which window, and whom a window covers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_client, a_service, at

from checks.catalogue import BY_NAME
from checks.reading import CheckName
from console.incidents.holding import Bad, covering, detected_at, held_back
from console.operating_model.entities import Host
from console.service_levels.windows import Window

T = at("Thu 19:00")
HOUR = 3600
STANDARD = BY_NAME[CheckName("disk")].standard
HOSTS = (Host("hv", "main"), Host("vm", "main", runs_on="hv"), Host("db", "main"), Host("spare", "main"))
CLIENT = a_client(a_service("erp", "vm", "db"), a_service("mail", "db"), hosts=HOSTS)


def window(start: int, end: int, *hosts: str, services: tuple[str, ...] = (), is_planned: bool = True) -> Window:
    return Window("m-1", services, hosts, start, end, is_planned, end)


@pytest.mark.parametrize(
    ("hosts", "services", "covered"),
    [
        (("hv",), (), {"hv", "vm"}),  # a guest breaks with what it runs on
        (("vm",), (), {"vm"}),
        ((), ("erp",), {"hv", "vm"}),  # db carries mail too, and that was not agreed
        ((), ("erp", "mail"), {"hv", "vm", "db"}),
        (("stray",), (), {"stray"}),
        ((), (), set()),
    ],
)
def test_whom_a_window_covers(hosts: tuple[str, ...], services: tuple[str, ...], covered: set[str]) -> None:
    one = window(T, T + HOUR, *hosts, services=services)

    assert {host for host in ("hv", "vm", "db", "spare", "stray") if covering(CLIENT, host, [one])} == covered
    late = replace(one, is_planned=False)  # announced late: it excuses nothing
    assert not any(covering(CLIENT, host, [late]) for host in ("hv", "vm", "db", "spare", "stray"))


def test_detection_waits_for_the_end_of_all_windows_around_it() -> None:
    around = [window(T + HOUR, T + 2 * HOUR), window(T, T + HOUR), window(T + 5 * HOUR, T + 6 * HOUR)]

    assert detected_at(T - 1, around) == T - 1
    assert detected_at(T, around) == T + 2 * HOUR
    assert detected_at(T + 2 * HOUR, around) == T + 2 * HOUR
    back = held_back(Bad(T, 1), STANDARD, around, T + 10)
    assert back is not None
    assert (back.why, back.until) == ("maintenance", T + 2 * HOUR)
    assert held_back(Bad(T, 1), STANDARD, around, T + 2 * HOUR) is None


def test_a_window_that_is_closed_early_holds_back_no_longer() -> None:
    closed = Window("m-1", (), ("db",), T, T + HOUR, is_planned=True, ended=T + 600)

    assert detected_at(T + 5, [closed]) == T + 600
    assert detected_at(T + 601, [closed]) == T + 601

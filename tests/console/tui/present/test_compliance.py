"""Compliance as views: bars that hold any number of hosts, matrices, and words from machines made safe."""

from __future__ import annotations

from checks.finding import Status
from console.pages.compliance import Bar, Compliance, Held, JobRow, UpdateRow
from console.tui.present.compliance import compliance

NOW = 1_795_000_000


def a_host(host: str, *held: Held, client: str = "mill", says: str = "", status: Status = Status.OK) -> UpdateRow:
    return UpdateRow(client, host, "Files", held, None, says, status, ("KB1 (high), 20 days",))


def a_bar(client: str = "mill", within: int = 200, late: int = 1) -> Bar:
    return Bar(client, "high", 14, within, 0, late, 0, 3, "", "missed")


def test_a_bar_holds_any_number_of_hosts_and_hides_none_that_is_late() -> None:
    page = Compliance(NOW, "updates", bars=(a_bar(),), updates=(a_host("nas"),))
    (bar,) = compliance(page, NOW).above
    assert bar.text.count("█") == 20
    assert bar.text.count("■") == 2  # its piece of the bar, and the sign of its light
    assert bar.text.endswith("■ missed  200 good, 1 late, 3 not visible")
    assert bar.tone == "breach"


def test_where_there_are_several_clients_each_bar_says_whose_it_is() -> None:
    bars = (a_bar(), a_bar("smith", 2, 0))
    view = compliance(Compliance(NOW, "updates", bars=bars, updates=(a_host("nas"),)), NOW)
    assert [one.text.split()[0] for one in view.above] == ["mill", "smith"]


def test_a_host_says_each_severity_in_a_sign_and_words() -> None:
    late = Held("high", "late", -4, "late 4 d")
    waived = Held("critical", "waived", -5, "waived to 20 Nov")
    page = Compliance(NOW, "updates", updates=(a_host("nas", waived, late, status=Status.BREACH),))
    view = compliance(page, NOW)
    assert [cell.text for cell in view.rows[0].cells[:5]] == ["■", "nas", "◇ waived", "■ late 4 d", "–"]
    assert any("waived to 20 Nov" in line for line in view.rows[0].detail)
    assert (view.answer, view.tone) == ("1 host needs a look", "breach")


def test_words_of_machines_are_made_safe() -> None:
    evil = "\x1b[31mred\x07"
    job = JobRow("mill", evil, evil, evil, "▪×", 1, 2, evil, evil, Status.BREACH, (evil,))
    updates = Compliance(NOW, "updates", bars=(a_bar(evil), a_bar()), updates=(a_host(evil, says=evil),))
    for page in (updates, Compliance(NOW, "backups", backups=(job,))):
        view = compliance(page, NOW)
        shown = [cell.text for row in view.rows for cell in row.cells] + [cell.text for cell in view.above]
        shown += [line for row in view.rows for line in row.detail]
        assert not [one for one in shown if "\x1b" in one or "\x07" in one]


def test_an_empty_part_says_what_would_be_there() -> None:
    for tab in ("updates", "backups", "waivers"):
        view = compliance(Compliance(NOW, tab), NOW)
        assert view.rows == ()
        assert view.empty[0]

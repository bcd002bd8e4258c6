"""How check-ins, time and new standards move what stands."""

from __future__ import annotations

from msgspec import structs

from checks.check import Check, Family, Unit
from checks.finding import Status
from checks.reading import CheckIn, CheckName, Gap, Machine, Reading, Why
from checks.standard import Bad, Standard
from console.store.fold import Judging, fold_check_in, fold_standards, fold_time
from console.store.standing import AgentState

T0 = 1_800_000_000
DISK = Check(
    CheckName("disk"), Family.HEALTH, "disk", "room left?", Unit.RATIO,
    Standard(0.8, 0.9, Bad.ABOVE, "a test"), lambda seen: f"{seen.value:.0%} full", "make room",
)  # fmt: skip
BACKUP = Check(
    CheckName("backup"), Family.BACKUP, "backup", "recent?", Unit.SINCE,
    Standard(100, 200, Bad.ABOVE, "a test"), lambda seen: f"{seen.age:.0f} s old", "look at the log",
    none_means=Status.BREACH,
)  # fmt: skip
CHECKS = {DISK.name: DISK, BACKUP.name: BACKUP}


def judging(recorded_at: int = T0, **limits: Standard) -> Judging:
    return Judging(CHECKS, lambda check, _subject: limits.get(check.name, check.standard), recorded_at)


def reading(check: str, value: float | None, at: int, subject: str = "", step: int = 60) -> Reading:
    return Reading(CheckName(check), subject, value, at, at + step)


def check_in(at: int, *seen: Reading | Gap, seq: int = 1) -> CheckIn:
    return CheckIn(
        epoch="0" * 32, seq=seq, taken_at=at, boot_id="b", uptime=1.0, pace=60, agent="1", machine=Machine("h", "x-1"),
        readings=tuple(one for one in seen if isinstance(one, Reading)),
        gaps=tuple(one for one in seen if isinstance(one, Gap)),
    )  # fmt: skip


EMPTY = AgentState(agent="a", client="c", site="s", host="h")


def steps(changes: tuple[object, ...]) -> list[tuple[str, str, int, str]]:
    return [(c.was.value, c.status.value, c.at, c.cause) for c in changes]  # type: ignore[attr-defined]


def test_what_was_never_seen_starts_as_unknown() -> None:
    folded = fold_check_in(EMPTY, check_in(T0, reading("disk", 0.5, T0, "/")), judging())

    assert steps(folded.changes) == [("unknown", "ok", T0, "reading")]
    assert folded.silence is None


def test_the_same_status_again_changes_nothing_and_keeps_since() -> None:
    first = fold_check_in(EMPTY, check_in(T0, reading("disk", 0.5, T0, "/")), judging()).state

    again = fold_check_in(first, check_in(T0 + 60, reading("disk", 0.6, T0 + 60, "/")), judging())

    assert again.changes == ()
    assert again.state.held["disk /"].since == T0
    assert again.state.held["disk /"].seen.taken_at == T0 + 60


def test_a_verdict_runs_out_at_its_own_second_however_late_anyone_looks() -> None:
    point = reading("backup", T0 - 50, T0, step=600)
    state = fold_check_in(EMPTY, check_in(T0, point), judging()).state

    turned = fold_time(state, T0 + 500, judging(T0 + 500))

    assert steps(turned.changes) == [("ok", "watch", T0 + 50, "time"), ("watch", "breach", T0 + 150, "time")]


def test_a_verdict_turns_the_same_whether_watched_or_found_by_the_next_check_in() -> None:
    point = reading("backup", T0 - 50, T0, step=600)
    state = fold_check_in(EMPTY, check_in(T0, point), judging()).state
    watched = fold_time(fold_time(state, T0 + 60, judging()).state, T0 + 160, judging()).state

    late = fold_check_in(state, check_in(T0 + 160, point), judging())
    seen = fold_check_in(watched, check_in(T0 + 160, point), judging())

    assert [change.at for change in late.changes] == [T0 + 50, T0 + 150]
    assert seen.changes == ()
    assert seen.state.held == late.state.held


def test_time_turns_nothing_after_the_evidence_has_ended() -> None:
    point = reading("backup", T0 - 50, T0, step=10)
    state = fold_check_in(EMPTY, check_in(T0, point), judging()).state

    assert fold_time(state, T0 + 500, judging()).changes == ()


def test_a_missed_look_is_bridged_and_a_longer_silence_is_written_when_it_closes() -> None:
    state = fold_check_in(EMPTY, check_in(T0, reading("disk", 0.5, T0)), judging()).state

    assert fold_check_in(state, check_in(T0 + 120, reading("disk", 0.5, T0 + 120)), judging()).silence is None
    later = fold_check_in(state, check_in(T0 + 700, reading("disk", 0.5, T0 + 700)), judging())
    assert later.silence == (T0 + 120, T0 + 700)


def test_a_subject_that_is_gone_leaves_with_a_change() -> None:
    full = fold_check_in(EMPTY, check_in(T0, reading("disk", 0.95, T0, "/mnt")), judging()).state

    gone = fold_check_in(full, check_in(T0 + 60, reading("disk", 0.5, T0 + 60, "/")), judging())

    assert ("breach", "not due", T0 + 60, "gone") in steps(gone.changes)
    assert set(gone.state.held) == {"disk /"}


def test_a_check_that_could_not_look_keeps_what_it_knew() -> None:
    full = fold_check_in(EMPTY, check_in(T0, reading("disk", 0.95, T0, "/mnt")), judging()).state
    blind = Gap(DISK.name, "", Why.TIMED_OUT, "hangs", T0 + 60, T0 + 120)

    folded = fold_check_in(full, check_in(T0 + 60, blind), judging())

    assert folded.changes == ()
    assert folded.state.held["disk /mnt"].status is Status.BREACH
    assert folded.state.held["disk"].status is Status.UNKNOWN


def test_a_new_standard_judges_what_stands_again() -> None:
    state = fold_check_in(EMPTY, check_in(T0, reading("disk", 0.85, T0, "/")), judging()).state

    stricter = judging(T0 + 10, disk=Standard(0.5, 0.6, Bad.ABOVE, "the client"))
    folded = fold_standards(state, T0 + 10, stricter)

    assert steps(folded.changes) == [("watch", "breach", T0 + 10, "standard")]


def test_an_unknown_check_of_a_newer_agent_is_left_out() -> None:
    folded = fold_check_in(EMPTY, check_in(T0, reading("of-tomorrow", 1.0, T0)), judging())

    assert folded.changes == ()
    assert folded.state.held == {}


def test_state_grows_only_with_what_it_holds() -> None:
    state = fold_check_in(EMPTY, check_in(T0, reading("disk", 0.5, T0, "/")), judging()).state

    assert state == structs.replace(state, held=dict(state.held))
    assert state.first_taken == T0

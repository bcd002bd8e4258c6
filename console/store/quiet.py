"""Silence told to incidents, or held back while its host is worked on; and no end of it without its beginning."""

from __future__ import annotations

from msgspec import structs

from checks.finding import Status
from checks.reading import CheckName, Instant
from console.incidents import holding
from console.incidents.holding import Bad, HeldBack
from console.incidents.rooting import SILENCE
from console.store.casebook import CaseBook
from console.store.standing import AgentState, Change
from console.store.telling import Told, log
from console.store.writer import Batch


def heard(cases: CaseBook, state: AgentState, change: Change, told: Told) -> tuple[AgentState, Batch]:
    """A host fell silent, or is heard again: the state with it, and what is to be written."""
    batch = Batch()
    batch.add_changes((change,))
    if change.status is Status.BREACH:
        quiet = _quiet(change, told)
        if quiet is None:
            cases.hear(change, told, batch)
        return structs.replace(state, silent_since=change.at, quiet=quiet), batch
    if state.quiet is None:
        cases.hear(change, told, batch)
    else:
        _log(batch, state, told.now, "passed")
    return structs.replace(state, silent_since=None, quiet=None), batch


def told_late(cases: CaseBook, state: AgentState, change: Change, told: Told) -> tuple[AgentState, Batch] | None:
    """A silence that was held back, told now or held back by something else; None where nothing changes."""
    quiet = _quiet(change, told)
    if quiet == state.quiet:
        return None
    batch = Batch()
    _log(batch, state, told.now, "held on" if quiet else "raised")
    if quiet is None:
        cases.hear(change, told, batch)
    return structs.replace(state, quiet=quiet), batch


def _quiet(change: Change, told: Told) -> HeldBack | None:
    """Why nobody is told that a host is silent; None where somebody is."""
    windows = told.windows(change.client, change.host)
    standard = told.checks[CheckName(change.check)].standard
    return holding.held_back(Bad(change.at, 1), standard, windows, told.now)


def _log(batch: Batch, state: AgentState, at: Instant, came: str) -> None:
    if state.quiet is not None:
        log(batch, state, (SILENCE, ""), state.quiet, (at, came))

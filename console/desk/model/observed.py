"""What an agent's host shows of itself, as the model's draft takes it."""

from __future__ import annotations

from checks.reading import CheckName, Instant, Reading
from checks.wording import duration
from console.desk.office import Office
from console.operating_model.observed import Observed
from console.store.enrolment import Agent

_BACKUPS = (CheckName("restic_snapshots"), CheckName("newest_file"))
_TITLES = {"restic_snapshots": "restic", "newest_file": "files"}


def observed(office: Office, agent: Agent, now: Instant) -> Observed:
    """One host: its system, its mounts, the services it told of, the backups that were seen there."""
    state = office.ledger.shown(agent.agent)
    readings = [held.reading for held in state.held.values() if held.reading is not None]
    return Observed(
        host=agent.host,
        site=agent.site,
        os=state.machine.os if state.machine else "",
        services=tuple(
            item.name for one in readings if one.check == CheckName("failed_services") for item in one.items
        ),
        mounts=tuple(one.subject for one in readings if one.check == CheckName("disk")),
        backups=tuple(_backup(one, now) for one in readings if one.check in _BACKUPS),
    )


def _backup(reading: Reading, now: Instant) -> str:
    newest = "none yet" if reading.value is None else f"newest {duration(max(0, now - int(reading.value)))} old"
    return f"{_TITLES[reading.check]} {reading.subject}, {newest}"

"""What an incident about a backup shows beside itself: the runs of its jobs, and the room on their targets (J3)."""

from __future__ import annotations

from checks.check import Family
from checks.reading import Instant
from checks.text import clean
from console.desk.live import findings
from console.desk.live.hosts import living
from console.desk.live.incidents import check_of, client_of
from console.desk.office import Office
from console.desk.week.compliance import jobs_now
from console.incidents.events import Incident
from console.pages.compliance import JobRow

_DISK = "disk"


def jobs_of(office: Office, one: Incident, now: Instant) -> tuple[JobRow, ...]:
    """The job that an incident names, else those that save its host; none where it is about no backup."""
    client, check, opening = client_of(office, one), check_of(office, one), one.opening
    if client is None or check is None or check.family is not Family.BACKUP:
        return ()
    found = jobs_now(office, client, now)
    named = tuple(job for job in found if job.job == opening.subject)
    return named or tuple(job for job in found if job.host == opening.host)


def room(office: Office, client: str, jobs: tuple[JobRow, ...], now: Instant) -> str:
    """`bkp01: / 61 % full`: the disks of the machines that copies go to."""
    targets = {job.to for job in jobs}
    said = [
        f"{agent.host}: {clean(one.finding.subject)} {one.finding.sentence}"
        for agent in living(office, client)
        if agent.host in targets
        for one in findings.standing(office, office.ledger.shown(agent.agent), now)
        if one.check.name == _DISK
    ]
    return "; ".join(said)

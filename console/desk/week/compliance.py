"""The page about compliance: the formulas of the week, over how things stand now and over the last fourteen days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from msgspec import structs

from checks.check import Family
from checks.finding import Status
from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.desk.aside import aside
from console.desk.office import Asked, Office, Pages
from console.desk.planning.place import Place, places
from console.desk.planning.plan_written import waivers as waiver_rows
from console.desk.refusal import DeskRefusal
from console.desk.week.found import findings_now
from console.desk.week.gather import KINDS, saw, standing_facts
from console.operating_model.entities import Client
from console.operating_model.mapping import carried
from console.operating_model.schema.facts import BackupRunRecord
from console.pages.compliance import TABS, Bar, Compliance, Held, JobRow, UpdateRow
from console.pages.plan import WaiverRow
from console.reports.weekly.agents import backup_lines
from console.reports.weekly.backups import (
    JobWeek,
    job_name,
    job_weeks,
    nights,
    restore_proofs,
    restore_words,
)
from console.reports.weekly.copies import ServiceCopies, service_copies
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import local, of, today
from console.reports.weekly.spoken import day
from console.reports.weekly.updates import Updates, lateness, update_lines, updates
from console.reports.wording import moment
from console.service_levels.hours import instant
from console.service_levels.intervals import Interval
from console.service_levels.kpis.backups import GOOD
from console.service_levels.kpis.patches import HostPatches
from console.service_levels.kpis.restores import Proof
from console.service_levels.weeks import week_of

NIGHTS = 14
_WRITTEN = ("patch-scan", "patch-item", "waiver")
_WORDS = {"missed": "never ran"}
_RUN_HINTS = {
    "failed": "it ran and failed: read its log, and the lock and the room of its target",
    "missed": "it never ran: look whether its schedule is enabled, and whether the machine was on",
}
_RANK = {"late": Status.BREACH, "unseen": Status.UNKNOWN, "soon": Status.WATCH, "waived": Status.WATCH}


def compliance(office: Office, asked: Asked) -> Compliance:
    """One part of it, of the clients that are asked for. Raises DeskRefusal."""
    tab = asked.text("tab") or TABS[0]
    if tab not in TABS:
        raise DeskRefusal(f"there is no part {tab!r}", f"parts are: {', '.join(TABS)}")
    found = [(place, facts_now(office, place.client, asked.now, tab)) for place in places(office, asked)]
    if tab == "waivers":
        return Compliance(
            asked.now, tab, waivers=tuple(row for place, facts in found for row in _waivers(place, facts))
        )
    if tab == "backups":
        jobs = sorted((row for _, facts in found for row in _jobs(facts)), key=lambda row: -row.status.rank)
        return Compliance(asked.now, tab, backups=tuple(jobs))
    judged = [(facts, updates(facts)) for _, facts in found]
    rows = sorted((row for facts, one in judged for row in _hosts(facts, one)), key=lambda row: -row.status.rank)
    bars = tuple(bar for facts, one in judged if one for bar in _bars(facts, one))
    return Compliance(asked.now, tab, bars=bars, updates=tuple(rows))


def facts_now(office: Office, client: Client, now: Instant, tab: str) -> WeekFacts:
    """How a client stands now, in the week that goes on; only backups ask how its hosts stood over time."""
    week = week_of(client, now)
    if tab == "backups":
        return saw(office, standing_facts(office, client, (week, now), KINDS))
    agents = [agent for agent in office.ledger.agents.values() if agent.client == client.id]
    papers = {kind: tuple(office.history.records(client.id, kind)) for kind in _WRITTEN}
    seen = findings_now(office, client.id, agents, now)
    return WeekFacts(client, "", week, now, hosts={}, since={}, incidents=(), findings=seen, papers=papers)


def _bars(facts: WeekFacts, found: Updates) -> Iterator[Bar]:
    """Counted by severity."""
    for line in update_lines(facts, found):
        for severity in line.severities:
            yield Bar(
                facts.client.id, severity, found.limits[severity], line.good, line.due_soon, line.late, line.waived,
                line.unseen, line.words, line.light,
            )  # fmt: skip


def _hosts(facts: WeekFacts, found: Updates | None) -> Iterator[UpdateRow]:
    """Every host of the model, and those that only agents know."""
    says = {host: _says(facts, host) for host in (*facts.client.hosts, *facts.findings)}
    stood: dict[str, list[HostPatches]] = {}
    for one in found.stood if found else ():
        stood.setdefault(one.host, []).append(one)
    waits = _waits(facts, found) if found else {}
    for host, (said, seen) in says.items():
        held = stood.get(host, [])
        if not held and not said:
            continue
        yield UpdateRow(
            client=facts.client.id,
            host=host,
            service=_serves(facts, host),
            held=tuple(_held(facts, one) for one in held),
            looked_at=found.looked.get(host) if found else None,
            says=said,
            status=max((_RANK.get(one.state, Status.OK) for one in held), key=lambda one: one.rank, default=seen),
            waits=tuple(waits.get(host, ())),
        )


def _serves(facts: WeekFacts, host: str) -> str:
    reached = carried(facts.client, host) | {*facts.client.using.get(host, ())}
    found = facts.client.in_order(reached) if host in facts.client.hosts else ()
    return facts.client.services[found[0]].name if found else ""


def _says(facts: WeekFacts, host: str) -> tuple[str, Status]:
    """What an agent says of updates, the worst first."""
    found = [one.finding for one in facts.findings.get(host, ()) if one.family is Family.PATCH]
    worst = max(found, key=lambda one: one.status.rank, default=None)
    return (worst.sentence, worst.status) if worst else ("", Status.UNKNOWN)


def _held(facts: WeekFacts, one: HostPatches) -> Held:
    over = lateness(facts, one) if one.oldest else None
    leave = one.oldest.waived_until if one.oldest else None
    words = {
        "within": "ok" if over is None else f"{-over} d left",
        "soon": f"due in {-(over or 0)} d",
        "late": f"late {over} d",
        "waived": f"waived to {day(leave)}" if leave else "waived",
        "unseen": "not visible",
    }
    return Held(one.severity, one.state, None if over is None else -over, words[one.state])


def _waits(facts: WeekFacts, found: Updates) -> dict[str, list[str]]:
    """By host, a line for each update that waits there."""
    lines: dict[str, list[str]] = {}
    for one in found.missing:
        restart = ", waits for a restart" if one.waits_for_restart else ""
        leave = f", waived by {one.waived_by}" if one.waived_by else ""
        said = f"{one.patch} ({one.severity}), {one.age(today(facts))} days{restart}{leave}"
        lines.setdefault(one.host, []).append(clean(said))
    return lines


def jobs_now(office: Office, client: Client, now: Instant) -> tuple[JobRow, ...]:
    """Every backup job of a client over the last fourteen days, as it stands now."""
    return tuple(_jobs(facts_now(office, client, now, "backups")))


def _jobs(facts: WeekFacts) -> Iterator[JobRow]:
    """Every job of the model over fourteen days, then what only agents know of, or see that is not well."""
    period = _fortnight(facts)
    copies = {one.service: one for one in service_copies(facts, job_weeks(facts))}
    proven = {one.service: one for one in restore_proofs(facts)}
    weeks = job_weeks(facts, period)
    for one in weeks:
        mine = next((copies[id_] for id_ in one.job.protects if id_ in copies and not one.is_copy), None)
        proof = next((proven[id_] for id_ in one.job.protects if id_ in proven), None)
        yield _job(facts, (one, period), mine, proof)
    told = {one.job.host for one in weeks}
    for line in backup_lines(facts):
        if line.host not in told or line.status != Status.OK:
            yield JobRow(
                facts.client.id, line.subject or line.check, line.check, line.host, "", 0, 0, line.sentence, "",
                Status(line.status), (),
            )  # fmt: skip


def _job(facts: WeekFacts, week: tuple[JobWeek, Interval], copies: ServiceCopies | None, proof: Proof | None) -> JobRow:
    one, period = week
    share = one.share
    troubles = tuple(
        f"{moment(due.at, facts.client.zone)}: {due.word}"
        + (f" after {len(due.tries)} tries" if due.word == "good" else "")
        for due in one.dues
        if due.word != "unknown" and not (due.word == "good" and due.is_first_try)
    )
    return JobRow(
        client=facts.client.id,
        job=one.job.id,
        name=job_name(facts, one.job),
        host=one.job.host,
        nights=nights(facts, one.dues, period),
        good=share.good,
        due=share.known,
        age=_age(facts, copies),
        restore=restore_words(proof, today(facts)) if proof else "",
        status=_status(facts, one, copies, proof),
        troubles=troubles,
        to=one.job.to,
        **_last(facts, one),
    )


def _last(facts: WeekFacts, one: JobWeek) -> dict[str, Any]:
    """The last run that is known, the newest copy, and how the size of copies went."""
    known = [due for due in one.dues if due.word != "unknown"]
    mine = [run for run in of(facts, "backup-run", BackupRunRecord) if run.job == one.job.id]
    good = [due.tries[-1] for due in one.dues if due.word in GOOD and due.tries]
    points = [run.started if run.point is None else run.point for run in good]
    sizes = [run.bytes for run in sorted(mine, key=lambda run: run.due) if run.bytes is not None]
    last = known[-1] if known else None
    return {
        "last": f"{moment(last.at, facts.client.zone)} {_WORDS.get(last.word, last.word)}" if last else "",
        "hint": _RUN_HINTS.get(last.word, "") if last else "",
        "last_good": max((point for point in points if point is not None), default=None),
        "sizes": tuple(sizes[-NIGHTS:]),
    }


def _age(facts: WeekFacts, copies: ServiceCopies | None) -> str:
    if copies is None:
        return ""
    limit = f"limit {duration(copies.rpo)}"
    if copies.last is None:
        return f"no copy, {limit}"
    known = "the last known " * _is_unproven(facts, copies)
    return f"{known}{duration(facts.now - copies.last.start)} old, {limit}"


def _is_unproven(facts: WeekFacts, copies: ServiceCopies) -> bool:
    """Whether the newest copy that is known is too old by now, and nobody can say whether there is another one."""
    return bool(copies.unproven) and copies.unproven[-1][1] == facts.cut


def _status(facts: WeekFacts, one: JobWeek, copies: ServiceCopies | None, proof: Proof | None) -> Status:
    """As it stands now: the last run, the age of the newest copy, and whether it was ever brought back."""
    last = one.dues[-1].word if one.dues else "unknown"
    is_old = copies is not None and (copies.last is None or facts.now - copies.last.start > copies.rpo)
    is_unknown = copies is not None and _is_unproven(facts, copies)
    if last in ("failed", "missed") or (is_old and not is_unknown):
        return Status.BREACH
    if last == "unknown" or is_unknown:
        return Status.UNKNOWN
    is_proven = proof is None or proof.is_proven
    return Status.OK if last == "good" and is_proven else Status.WATCH


def _fortnight(facts: WeekFacts) -> Interval:
    """The last fourteen local days, today included."""
    first = local(facts, facts.now).date() - timedelta(days=NIGHTS - 1)
    return instant(first, 0, facts.client.zone), facts.now


def _waivers(place: Place, facts: WeekFacts) -> list[WaiverRow]:
    """K22: leave that ended while what it excused goes on, then what ends soon, then the rest; what is over last."""
    found = updates(facts)
    late = {(one.host, one.patch) for one in found.missing} if found else set()
    rows = [_goes_on(row, late) for row in waiver_rows(place)]
    return sorted(rows, key=lambda row: (row.is_over, -row.status.rank, row.expires))


def _goes_on(row: WaiverRow, late: set[tuple[str, str]]) -> WaiverRow:
    scope = dict(part.partition("=")[::2] for part in row.scope.split())
    is_there = (scope.get("host", ""), scope.get("patch", "")) in late
    if row.state != "closed" or not is_there:
        return row
    return structs.replace(row, state="ended, and goes on", status=Status.BREACH, is_over=False)


PAGES: Pages = {"compliance": aside(compliance)}

"""The page about one window of planned work, and how each of its hosts stands by evidence (J4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks.check import Family
from checks.finding import Impact, Status
from checks.reading import Instant, Reading
from checks.wording import duration
from console.desk.live import findings
from console.desk.live.hosts import impact, living
from console.desk.live.services import hosts_now
from console.desk.office import Asked, Office, Pages, client_of
from console.desk.planning.place import places
from console.desk.planning.plan_written import windows
from console.desk.planning.recording import the
from console.desk.records.papers import records_of
from console.operating_model.entities import Client
from console.operating_model.plan.keeping_free import forbidding
from console.operating_model.plan.progress import BAD, Evidence, Seen, batches, stage, status
from console.operating_model.plan.windows import hit, left_without
from console.operating_model.schema.records import MaintenanceRecord, WaiverRecord
from console.pages.maintaining import HostStep, Maintenance, ServiceHit
from console.pages.plan import MaintenanceRow
from console.service_levels.state import service_states
from console.service_levels.windows import this_time
from console.store.standing import Change

UPDATES, RESTART = "updates", "restart_required"


def window(office: Office, asked: Asked) -> Maintenance:
    """One window. Raises DeskRefusal where there is none."""
    client = client_of(office, asked)
    wanted = the(office, asked, client, MaintenanceRecord)
    (place,) = places(office, Asked(asked.who, {"client": client.id}, asked.now))
    row = next(one for one in windows(place) if one.id == wanted.id)
    steps = stages(office, client, wanted, asked.now)
    hits = _services(office, client, row, asked.now)
    now = asked.local(client)
    return Maintenance(
        now=asked.now,
        row=row,
        next_step=_next_step(row, steps, hits, asked.now),
        overrun=max(0, asked.now - row.end_at) if not row.is_over and asked.now > row.end_at else 0,
        hosts=steps,
        services=hits,
        against=tuple(
            f"{need.id} of {office.ledger.model.called(client.id, need.from_)}: “{need.text}”"
            for need in forbidding(client, wanted.start.astimezone(now.tzinfo), wanted.end.astimezone(now.tzinfo))
        ),
        waivers=tuple(_waivers(office, client, row)),
    )


def stages(office: Office, client: Client, record: MaintenanceRecord, now: Instant) -> tuple[HostStep, ...]:
    """Every host of a window, batch by batch; of one that repeats, as of the time that runs or comes next."""
    one = this_time(client, record, now)
    start = int(one.start.timestamp())
    agents = {one.host: one.agent for one in living(office, client.id)}
    found = []
    for number, batch in enumerate(batches(client, one.hosts), 1):
        for host in batch:
            seen = _evidence(office, agents.get(host, ""), start, now)
            word, sentence = stage(seen, start, now)
            before, after, outcome = seen.before.waiting, seen.now.waiting, record.outcomes.get(host, "")
            step = (host, number, word, status(word), sentence, before, after, seen.looked_at, outcome)
            found.append(HostStep(*step))
    return tuple(found)


def unfinished(steps: Sequence[HostStep]) -> tuple[HostStep, ...]:
    """Those that evidence says are not well."""
    return tuple(one for one in steps if one.stage in BAD)


def _evidence(office: Office, agent: str, start: Instant, now: Instant) -> Evidence:
    """What is known of one host just before an instant, and now."""
    if not agent:
        return Evidence(Seen(), Seen(), None, is_silent=False, trouble="")
    state = office.ledger.shown(agent)
    standing = findings.standing(office, state, now)
    patches = [one.finding for one in standing if one.check.family is Family.PATCH or one.check.name == RESTART]
    values = {str(one.check): one.value for one in patches if one.status is not Status.UNKNOWN and not one.subject}
    looked = [one.taken_at for one in patches if one.check == UPDATES] or [one.taken_at for one in patches]
    worst, sentence = impact(office, state, now)
    return Evidence(
        before=_seen(_values_before(office, agent, start)),
        now=_seen(values),
        looked_at=max(looked, default=state.taken_at),
        is_silent=findings.silent_since(office, state, now) is not None,
        trouble=sentence if worst in (Impact.DOWN, Impact.DEGRADED) else "",
    )


def _values_before(office: Office, agent: str, start: Instant) -> dict[str, float | None]:
    """The numbers of the last look before an instant; where that is not kept whole, as its findings last changed."""
    last = office.history.last_looks([agent], start).get(agent)
    told: list[Change | Reading] = [*office.history.standing_at([agent], start), *(last.readings if last else ())]
    return {str(one.check): one.value for one in told if not one.subject}


def _seen(values: Mapping[str, float | None]) -> Seen:
    waiting, restart = values.get(UPDATES), values.get(RESTART)
    return Seen(None if waiting is None else int(waiting), None if restart is None else restart > 0)


def _services(office: Office, client: Client, row: MaintenanceRow, now: Instant) -> tuple[ServiceHit, ...]:
    states = service_states(client, hosts_now(office, client, now))
    whole = left_without(client, row.hosts)
    found = []
    for id_ in hit(client, row.hosts):
        now_, name = states[id_], client.services[id_].name
        found.append(ServiceHit(id_, name, now_.state, now_.status, id_ in row.services, id_ in whole))
    return tuple(found)


def _waivers(office: Office, client: Client, row: MaintenanceRow) -> list[str]:
    """Leave that these hosts have: what a window could end."""
    mine = [one for one in records_of(office, client.id) if isinstance(one, WaiverRecord)]
    return [
        f"{one.id} lets {one.scope.get('patch', one.policy)} wait on {one.scope['host']} until {one.expires}"
        for one in mine
        if one.scope.get("host") in row.hosts and one.approved_by and not one.ended
    ]


def _next_step(row: MaintenanceRow, steps: Sequence[HostStep], hits: Sequence[ServiceHit], now: Instant) -> str:
    """What is to be done now, in the order of a patch night."""
    if row.is_over:
        return "nothing: it is over"
    if not row.approved_by.strip() or row.approved_by == "nobody":
        return "have it approved (y)"
    if now < row.start_at:
        first = ", ".join(one.host for one in steps if one.batch == 1)
        return f"it begins in {duration(row.start_at - now)}: take a snapshot of {first or 'what is changed'} first"
    open_ones = [one for one in steps if one.stage not in ("healthy", "unseen")]
    if open_ones:
        batch = open_ones[0].batch
        mine = [one for one in open_ones if one.batch == batch]
        return f"batch {batch}: " + "; ".join(f"{one.host} {_do(one)}" for one in mine)
    down = ", ".join(one.name for one in hits if one.status is Status.BREACH)
    return f"bring back {down}" if down else "verify its services, then close it (f)"


def _do(one: HostStep) -> str:
    words = {"pending": "install", "installed": "restart", "reboot": "wait until it is back"}
    return words.get(one.stage, one.sentence)


PAGES: Pages = {"maintenance": window}

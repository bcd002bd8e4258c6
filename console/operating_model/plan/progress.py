"""How far one host is in a window: pending, installed, reboot, healthy; from evidence alone (J4). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checks.finding import Status
from checks.reading import Instant
from checks.wording import counted
from console.operating_model.entities import Client
from console.operating_model.plan.windows import left_without

STAGES = ("pending", "installed", "reboot", "healthy")
"""In the order in which a host goes through them; `unseen` and `trouble` stand beside them."""
BAD = ("installed", "reboot", "trouble")
"""Stages in which a window cannot be closed as a matter of course."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was known of one host: how many updates wait, and whether it waits for a restart; None where nobody says."""

    waiting: int | None = None
    restart: bool | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One host just before the window began, and now."""

    before: Seen
    now: Seen
    looked_at: Instant | None
    """When its updates were looked at last; else when it was heard last; None where no agent looks at it."""
    is_silent: bool
    trouble: str
    """The worst that stands about it now and takes services down or slows them, as a sentence; "" for nothing."""


def stage(one: Evidence, start: Instant, now: Instant) -> tuple[str, str]:
    """The stage, and why, as a sentence; the plan itself proves nothing."""
    if one.looked_at is None:
        return "unseen", "no agent looks at it"
    if now < start:
        return "pending", _waits(one.now) or ("nothing waits" if one.now.waiting == 0 else "what waits is not known")
    if one.looked_at < start:
        silent = ("unseen", "it was not heard since before the window")
        return silent if one.is_silent else ("pending", "no new scan since the window began")
    return _begun(one)


def _begun(one: Evidence) -> tuple[str, str]:
    """The stage of a host that was looked at in the window."""
    if one.is_silent:
        return "reboot", "it is not heard: it restarts, or is down"
    if not _is_done(one):
        return "pending", _waits(one.now) or "nothing has changed yet"
    if one.now.restart:
        return "installed", "it waits for a restart to finish its updates"
    if one.trouble:
        return "trouble", one.trouble
    left = _waits(one.now)
    return "healthy", f"heard since, and well; {left} still" if left else "heard since, and well"


def status(stage_: str) -> Status:
    """How much a stage should worry."""
    return {
        "healthy": Status.OK,
        "installed": Status.WATCH,
        "reboot": Status.WATCH,
        "trouble": Status.BREACH,
        "unseen": Status.UNKNOWN,
    }.get(stage_, Status.NOT_DUE)


def batches(client: Client, hosts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Hosts in the order in which they are worked on, so that no redundant service goes down whole.

    Each goes into the first batch in which enough members of every group that it is in stay up; a hypervisor comes
    after its guests, in a batch of its own.
    """
    wanted = list(dict.fromkeys(hosts))
    carriers = [one for one in wanted if any(guest.runs_on == one for guest in client.hosts.values())]
    found: list[list[str]] = []
    for host in (one for one in wanted if one not in carriers):
        fits = next((batch for batch in found if not left_without(client, [*batch, host])), None)
        if fits is None:
            found.append([host])
        else:
            fits.append(host)
    return tuple(tuple(batch) for batch in [*found, *([one] for one in carriers)])


def _is_done(one: Evidence) -> bool:
    """Fewer updates wait than before, none does, or the restart that was due has been."""
    before, now = one.before, one.now
    fewer = before.waiting is not None and now.waiting is not None and now.waiting < before.waiting
    restarted = bool(before.restart) and now.restart is False
    return fewer or restarted or now.waiting == 0 or bool(now.restart and not before.restart)


def _waits(seen: Seen) -> str:
    updates = counted(seen.waiting, "update waits", "updates wait") if seen.waiting else ""
    restart = "a restart is due" if seen.restart else ""
    return ", ".join(filter(None, (updates, restart)))

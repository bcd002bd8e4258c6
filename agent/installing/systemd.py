"""The agent as a service, or by a timer, of systemd: the unit files, the account, and the folders it may write."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from agent.installing.folders import STATE, folders, is_known
from agent.installing.steps import NotInstalled, Step, Undo, called, safely, succeeds
from agent.installing.wanted import Wanted, refuse_odd

__all__ = ["STATE", "after", "service", "steps", "timer"]
UNITS = Path("/etc/systemd/system")
_IN_FILE = {"program": "/opt/watchbill/bin/watchbill-agent", "python": "/opt/watchbill/bin/python"}
"""Where the unit files that come with the package take the product to be."""
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-")
_ONCE = ("Restart=", "RestartSec=", "RestartPreventExitStatus=", "# Not joined")


def unit(wanted: Wanted) -> str:
    """The unit that is switched on."""
    return "watchbill-agent.timer" if wanted.by_timer else "watchbill-agent.service"


def service(wanted: Wanted) -> str:
    """The agent's unit: it stays, or is one check-in where a timer starts it."""
    text = _filled("watchbill-agent.service", wanted)
    text = text.replace("User=watchbill", f"User={wanted.account}").replace(
        "Group=watchbill", f"Group={wanted.account}"
    )
    if not wanted.by_timer:
        return text
    lines = [line for line in text.partition("\n[Install]")[0].splitlines() if not line.startswith(_ONCE)]
    lines = [line.replace(f"{STATE} run", f"{STATE} checkin") for line in lines]
    return "\n".join(lines).replace("[Service]\n", "[Service]\nType=oneshot\nTimeoutStartSec=10min\n") + "\n"


def timer(wanted: Wanted) -> str:
    """Starts a check-in again and again, each machine at a moment of its own."""
    return (
        f"[Unit]\nDescription=Watchbill agent, every {wanted.pace} s\n\n[Timer]\nOnBootSec=1min\n"
        f"OnUnitActiveSec={wanted.pace}\nRandomizedDelaySec={min(30, wanted.pace // 10)}\nAccuracySec=1s\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def steps(wanted: Wanted) -> Iterator[Step]:
    """Everything, in order. Raises NotInstalled where it could not work here."""
    _refuse(wanted)
    yield _account(wanted)
    yield from folders(wanted.account)
    yield _unit("watchbill-agent.service", service(wanted))
    if wanted.by_timer:
        yield _unit("watchbill-agent.timer", timer(wanted))
    yield _switched(unit(wanted), starts=wanted.starts)
    if wanted.helper:
        for name in ("watchbill-root.service", "watchbill-root.timer"):
            yield _unit(name, _filled(name, wanted))
        yield _switched("watchbill-root.timer", starts=True)


def after(wanted: Wanted) -> tuple[str, ...]:
    """The commands that are left to be said once it is installed."""
    joins = f"sudo -u {wanted.account} {wanted.program} --home {STATE} join"
    return joins, f"sudo systemctl start {unit(wanted)}"


def _refuse(wanted: Wanted) -> None:
    if not Path("/run/systemd/system").is_dir():
        raise NotInstalled(
            "this machine has no systemd: let cron start it (`@reboot watchbill-agent run`, as an account of its own), "
            "or your supervisor"
        )
    refuse_odd(wanted)
    if wanted.account == "root":
        raise NotInstalled("the agent does not run as root; name another account with --user")


def _filled(name: str, wanted: Wanted) -> str:
    text = (files("agent.units") / name).read_text()
    text = text.replace(_IN_FILE["program"], str(wanted.program))
    return text.replace(_IN_FILE["python"], str(wanted.program.with_name("python")))


def _account(wanted: Wanted) -> Step:
    name = wanted.account
    words = ["--system", "--user-group", "--no-create-home", "--home-dir", str(STATE), "--shell", "/usr/sbin/nologin"]

    def remove() -> None:
        if is_known(name):
            called("userdel", name)

    def do() -> Undo:
        called("useradd", *words, name)
        return remove

    says = f"the account {name}: a system account that nobody can log in to"
    return Step(f"account {name}", says, lambda: is_known(name), do, remove, stays=True)


def _unit(name: str, text: str) -> Step:
    path = UNITS / name

    def write(what: str) -> None:
        path.write_text(what)
        path.chmod(0o644)
        called("systemctl", "daemon-reload")

    def remove() -> None:
        path.unlink(missing_ok=True)
        called("systemctl", "daemon-reload")

    def do() -> Undo:
        before = path.read_text() if path.exists() else None
        return safely(lambda: write(text), remove if before is None else lambda: write(before))

    return Step(f"file {path}", f"the unit {path}", lambda: path.is_file() and path.read_text() == text, do, remove)


def _switched(unit: str, *, starts: bool) -> Step:
    now = ("--now",) if starts else ()

    def remove() -> None:
        called("systemctl", "disable", "--quiet", "--now", unit)

    def do() -> Undo:
        called("systemctl", "enable", "--quiet", *now, unit)
        return remove

    says = f"{unit} is switched on" + (", and starts now" if starts else ", and starts once this machine has joined")
    return Step(
        f"switch {unit}", says, lambda: _is("is-enabled", unit) and (not starts or _is("is-active", unit)), do, remove
    )


def _is(question: str, unit: str) -> bool:
    return succeeds("systemctl", "--quiet", question, unit)

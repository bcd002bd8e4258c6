"""The agent as a Scheduled Task of Windows, as the built-in Local Service account, and the folder that this may write.

Made by Microsoft's Task Scheduler schema, and what schtasks and icacls say of themselves; not run by us on Windows.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from agent.installing.steps import NotInstalled, Step, Undo, called, safely, succeeds
from agent.installing.wanted import ACCOUNT, Wanted

STATE = Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Watchbill"
NAME = r"\Watchbill\Agent"
_SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_LOCAL_SERVICE, _ADMINISTRATORS, _SYSTEM = "S-1-5-19", "S-1-5-32-544", "S-1-5-18"
"""Well-known accounts, whose names are not the same in every language."""
_LEAST = 60
"""Seconds: a task is not repeated more often."""


def task(wanted: Wanted) -> bytes:
    """What the Task Scheduler reads: a process that stays and is looked after, or one check-in again and again."""
    root = ET.Element("Task", {"version": "1.2", "xmlns": _SPACE})
    _filled(root, {
        "RegistrationInfo": {"Description": "Looks at this machine, and checks in."},
        "Triggers": {
            "BootTrigger": {"Enabled": "true"},
            "TimeTrigger": {
                "Enabled": "true",
                "StartBoundary": "2026-01-01T00:00:00",
                "Repetition": {"Interval": f"PT{max(_LEAST, wanted.pace)}S", "StopAtDurationEnd": "false"},
            },
        },
        "Principals": {"Principal": {"UserId": _LOCAL_SERVICE, "RunLevel": "LeastPrivilege"}},
        "Settings": {
            "MultipleInstancesPolicy": "IgnoreNew",
            "DisallowStartIfOnBatteries": "false",
            "StopIfGoingOnBatteries": "false",
            "StartWhenAvailable": "true",
            "ExecutionTimeLimit": "PT10M" if wanted.by_timer else "PT0S",
        },
        "Actions": {"Exec": {"Command": str(wanted.program), "Arguments": _arguments(wanted)}},
    })  # fmt: skip
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-16", xml_declaration=True))


def _filled(under: ET.Element, content: dict[str, object]) -> None:
    for name, value in content.items():
        one = ET.SubElement(under, name)
        if isinstance(value, dict):
            _filled(one, value)
        else:
            one.text = str(value)


def _arguments(wanted: Wanted) -> str:
    return f'--home "{STATE}" {"checkin" if wanted.by_timer else "run"}'


def steps(wanted: Wanted) -> Iterator[Step]:
    """Everything, in order. Raises NotInstalled where it could not work here."""
    if wanted.account != ACCOUNT:
        raise NotInstalled("on Windows the agent runs as Local Service, which has no password; leave --user out")
    if wanted.helper:
        raise NotInstalled("the root helper is for Linux")
    yield _folder()
    yield _registered(task(wanted))


def after(wanted: Wanted) -> tuple[str, ...]:
    """The commands that are left to be said once it is installed."""
    return (f'"{wanted.program}" --home "{STATE}" join', f'schtasks /Run /TN "{NAME}"')


def _folder() -> Step:
    """For the agent's account, administrators and the system, and nobody else; what is in it later is so too."""
    rights = [f"*{who}:(OI)(CI)({what})" for who, what in
              ((_LOCAL_SERVICE, "M"), (_ADMINISTRATORS, "F"), (_SYSTEM, "F"))]  # fmt: skip

    def make() -> None:
        STATE.mkdir(parents=True)
        called("icacls", str(STATE), "/inheritance:r", "/grant:r", *rights)

    def remove() -> None:
        shutil.rmtree(STATE)

    def do() -> Undo:
        return safely(make, remove)

    says = f"the folder {STATE}: what the agent keeps, for Local Service and administrators alone"
    return Step(f"folder {STATE}", says, STATE.is_dir, do, remove, stays=True)


def _registered(content: bytes) -> Step:
    """Its description is kept beside the state, so that what is there can be told from what is wanted."""
    path = STATE / "task.xml"

    def register(what: bytes) -> None:
        path.write_bytes(what)
        called("schtasks", "/Create", "/TN", NAME, "/XML", str(path), "/F")

    def remove() -> None:
        if _is_registered():
            succeeds("schtasks", "/End", "/TN", NAME)
            called("schtasks", "/Delete", "/TN", NAME, "/F")
        path.unlink(missing_ok=True)

    def do() -> Undo:
        before = path.read_bytes() if path.exists() else None
        return safely(lambda: register(content), remove if before is None else lambda: register(before))

    def is_done() -> bool:
        return path.is_file() and path.read_bytes() == content and _is_registered()

    says = f"the task {NAME}, as Local Service: at every start, and looked after by the Task Scheduler"
    return Step(f"task {NAME}", says, is_done, do, remove)


def _is_registered() -> bool:
    return succeeds("schtasks", "/Query", "/TN", NAME)

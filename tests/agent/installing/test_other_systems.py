"""What `install` would do on macOS and on Windows, where we ran neither: the files, the commands, and their way back.

The programs of those systems are stood in for by scripts that keep what they were told.
"""

from __future__ import annotations

import plistlib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import stand_in
from golden_files import agreed

from agent.installing import folders, launchd, scheduled
from agent.installing.steps import NotInstalled, carry_out, made, remove
from agent.installing.wanted import Wanted

GOLDEN = Path(__file__).parents[2] / "golden" / "services"
MAC = Wanted(Path("/opt/watchbill/bin/watchbill-agent"))
WINDOWS = Wanted(Path(r"C:\Program Files\Watchbill\Scripts\watchbill-agent.exe"))
HERE = Path("/usr/bin/env")
"""A program that others may run, where a path is looked at."""
TIMER = {"by_timer": True, "pace": 900}

LAUNCHD_KEYS = {
    "Label": str, "ProgramArguments": list, "UserName": str, "GroupName": str, "WorkingDirectory": str, "Umask": int,
    "ProcessType": str, "HardResourceLimits": dict, "StartInterval": int, "KeepAlive": dict, "ThrottleInterval": int,
}  # fmt: skip
"""Keys of launchd.plist(5), with the type that it says; those that we use."""
TASK = {
    "Task": ("RegistrationInfo", "Triggers", "Settings", "Data", "Principals", "Actions"),
    "RegistrationInfo": ("URI", "SecurityDescriptor", "Source", "Date", "Author", "Version", "Description",
                         "Documentation"),
    "Triggers": ("BootTrigger", "RegistrationTrigger", "IdleTrigger", "TimeTrigger", "EventTrigger", "LogonTrigger",
                 "SessionStateChangeTrigger", "CalendarTrigger"),
    "BootTrigger": ("Enabled", "StartBoundary", "EndBoundary", "Repetition", "ExecutionTimeLimit", "Delay"),
    "TimeTrigger": ("Enabled", "StartBoundary", "EndBoundary", "Repetition", "ExecutionTimeLimit", "RandomDelay"),
    "Repetition": ("Interval", "Duration", "StopAtDurationEnd"),
    "Principals": ("Principal",),
    "Principal": ("UserId", "LogonType", "GroupId", "DisplayName", "RunLevel", "ProcessTokenSidType",
                  "RequiredPrivileges"),
    "Settings": ("AllowStartOnDemand", "RestartOnFailure", "MultipleInstancesPolicy", "DisallowStartIfOnBatteries",
                 "StopIfGoingOnBatteries", "AllowHardTerminate", "StartWhenAvailable", "NetworkProfileName",
                 "RunOnlyIfNetworkAvailable", "WakeToRun", "Enabled", "Hidden", "DeleteExpiredTaskAfter",
                 "IdleSettings", "NetworkSettings", "ExecutionTimeLimit", "Priority"),
    "Actions": ("Exec", "ComHandler", "SendEmail", "ShowMessage"),
    "Exec": ("Command", "Arguments", "WorkingDirectory"),
}  # fmt: skip
"""Children of each element of Microsoft's Task Scheduler schema (MS-TSCH, 2.5)."""
IN_SEQUENCE = {"BootTrigger", "TimeTrigger"}
"""Elements whose children have an order there; those of all others have none."""
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What those programs were told; a thing is known once it was made, and until it was taken away."""
    log = tmp_path / "told"
    log.touch()
    known = f's=0; said() {{ grep -qF -- "$1" {log}; }}; n=$(basename "$0"); echo "$n $*" >>{log}.new'
    keep = f"cat {log}.new >>{log}; rm {log}.new"
    scripts = {
        "launchctl": f"{known}; [ $1 != print ] || {{ said bootstrap && ! said bootout; }} || s=113; {keep}; exit $s",
        "dscl": f'{known}; case "$2" in -list) printf "root 0\\ndaemon 1\\nmbsetupuser 200\\n";; esac; {keep}',
        "dscacheutil": f"{known}; {keep}",
        "icacls": f"{known}; {keep}",
        "schtasks": f"{known}; [ $1 != /Query ] || {{ said /Create && ! said /Delete; }} || s=1; {keep}; exit $s",
    }
    for name, script in scripts.items():
        stand_in(tmp_path / "programs", monkeypatch, name, script)
    for module in (folders, launchd, scheduled):
        monkeypatch.setattr(module, "STATE", tmp_path / "state")
    monkeypatch.setattr(launchd, "FILE", tmp_path / "watchbill-agent.plist")
    return log


def commands(told: Path, folder: Path, *leave_out: str) -> list[str]:
    """What was told to them, but for mere questions."""
    lines = told.read_text().replace(str(folder), "…").splitlines()
    return [line for line in lines if not any(word in line for word in leave_out)]


@pytest.mark.parametrize(("name", "wanted"), [
    ("stays.plist", MAC), ("timer.plist", Wanted(MAC.program, **TIMER)),  # type: ignore[arg-type]
])  # fmt: skip
def test_launchd_is_told_with_keys_that_it_knows(name: str, wanted: Wanted) -> None:
    made_ = launchd.property_list(wanted)
    agreed(GOLDEN / name, made_)
    keys = plistlib.loads(made_)
    assert {key: type(value) for key, value in keys.items()}.items() <= LAUNCHD_KEYS.items()
    assert keys["UserName"] == "_watchbill"
    assert ("KeepAlive" in keys) == (wanted is MAC)


@pytest.mark.parametrize(("name", "wanted"), [
    ("stays.xml", WINDOWS), ("timer.xml", Wanted(WINDOWS.program, **TIMER)),  # type: ignore[arg-type]
])  # fmt: skip
def test_the_task_is_of_microsofts_schema(name: str, wanted: Wanted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduled, "STATE", r"C:\ProgramData\Watchbill")
    made_ = scheduled.task(wanted)
    agreed(GOLDEN / name, made_)
    root = ET.fromstring(made_)
    assert root.get("version") == "1.2"
    for parent in root.iter():
        kind = parent.tag.removeprefix(SPACE)
        children = [child.tag.removeprefix(SPACE) for child in parent]
        assert {*children} <= {*TASK.get(kind, ())}, kind
        assert len(children) == len({*children}), kind
        if kind in IN_SEQUENCE:
            assert children == sorted(children, key=TASK[kind].index)
        assert bool(children) != bool((parent.text or "").strip()), f"{kind} has a text, or children"


def test_what_is_made_on_macos_is_taken_away_again(told: Path, tmp_path: Path) -> None:
    wanted = Wanted(HERE, "daemon")  # an account that every Unix has
    record = tmp_path / "installed.json"
    steps = [one for one in launchd.steps(wanted) if not one.name.startswith("folder")]
    carry_out(steps, record, lambda _: None)
    assert launchd.FILE.read_bytes() == launchd.property_list(wanted)
    assert all(one.is_done() for one in steps)
    remove(steps, record, lambda _: None, purge=True)
    assert commands(told, tmp_path, "print") == [
        "launchctl bootstrap system …/watchbill-agent.plist", "launchctl bootout system/watchbill-agent",
    ]  # fmt: skip
    assert (launchd.FILE.exists(), record.exists()) == (False, False)


def test_an_account_of_macos_is_made_with_a_number_that_is_free(told: Path, tmp_path: Path) -> None:
    account = next(launchd.steps(Wanted(HERE)))
    assert account.name == "account _watchbill"
    assert not account.is_done()
    undo = account.do()
    undo()
    lines = commands(told, tmp_path, "-list", "-read")
    assert lines[0] == "dscl . -create /Groups/_watchbill PrimaryGroupID 201"
    assert "dscl . -create /Users/_watchbill UserShell /usr/bin/false" in lines
    assert "dscl . -create /Users/_watchbill Password *" in lines
    assert lines[-2:] == ["dscl . -delete /Users/_watchbill", "dscl . -delete /Groups/_watchbill"]


def test_what_is_made_on_windows_is_taken_away_again(told: Path, tmp_path: Path) -> None:
    record = tmp_path / "state" / "installed.json"
    steps = [*scheduled.steps(WINDOWS)]
    carry_out(steps, record, lambda _: None)
    assert all(one.is_done() for one in steps)
    assert len(made(record)) == 2
    remove(steps, record, lambda _: None, purge=False)
    assert commands(told, tmp_path, "/Query") == [
        "icacls …/state /inheritance:r /grant:r *S-1-5-19:(OI)(CI)(M) *S-1-5-32-544:(OI)(CI)(F) *S-1-5-18:(OI)(CI)(F)",
        r"schtasks /Create /TN \Watchbill\Agent /XML …/state/task.xml /F",
        r"schtasks /End /TN \Watchbill\Agent",
        r"schtasks /Delete /TN \Watchbill\Agent /F",
    ]
    assert [one.name for one in (tmp_path / "state").iterdir()] == ["installed.json"]
    remove(steps, record, lambda _: None, purge=True)
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(("program", "wanted", "says"), [
    ("launchctl", Wanted(HERE), "Bootstrap failed"), ("schtasks", WINDOWS, "Access is denied"),
])  # fmt: skip
def test_what_fails_there_is_taken_back(
    told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, wanted: Wanted, says: str
) -> None:
    script = f'case "$1" in print|/Query) exit 1;; *) echo "{says}" >&2; exit 5;; esac'
    stand_in(tmp_path / "programs", monkeypatch, program, script)
    system = scheduled if wanted is WINDOWS else launchd
    steps = [one for one in system.steps(wanted) if one.name.startswith("daemon") or wanted is WINDOWS]
    with pytest.raises(NotInstalled, match=f"{says}.*taken back"):
        carry_out(steps, tmp_path / "record", lambda _: None)
    assert not (tmp_path / "state").exists()
    assert not launchd.FILE.exists()


@pytest.mark.parametrize(("wanted", "says"), [
    (Wanted(WINDOWS.program, "ana"), "leave --user out"),
    (Wanted(WINDOWS.program, helper=True), "for Linux"),
    (Wanted(HERE, helper=True), "for Linux"),
    (Wanted(HERE, "root"), "does not run as root"),
])  # fmt: skip
def test_what_cannot_be_there_is_said(told: Path, wanted: Wanted, says: str) -> None:
    system = scheduled if wanted.program == WINDOWS.program else launchd
    with pytest.raises(NotInstalled, match=says):
        tuple(system.steps(wanted))


def test_how_to_go_on_is_said() -> None:
    assert launchd.after(MAC)[0].endswith("--home /var/lib/watchbill join")
    assert 'schtasks /Run /TN "\\Watchbill\\Agent"' in scheduled.after(WINDOWS)

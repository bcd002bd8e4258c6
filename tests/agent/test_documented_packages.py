"""Package managers that cannot run here, by what their makers say that they print: apk, snap, Homebrew, Windows, macOS.

Apk by https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper, snap by https://snapcraft.io/docs/managing-updates,
Homebrew by https://docs.brew.sh/Querying-Brew, flatpak by its manual, Windows Update by
https://learn.microsoft.com/windows/win32/api/wuapi/, macOS by the property list that softwareupdate writes.
"""

from __future__ import annotations

import json
import plistlib
from datetime import datetime
from pathlib import Path

import pytest
from conftest import stand_in
from repositories import NOW, look, system, told

from agent.forgetful import Forgetful
from agent.probes.patch import package_lists, updates
from agent.sources.packages import here, windows
from checks.reading import Reading

APK = """Installed:                                Available:
busybox-1.36.1-r5                       < 1.36.1-r7
gtk+3.0-3.24.38-r0                      < 3.24.41-r1
"""
SNAP = """Name    Version    Rev   Size  Publisher   Notes
core22  20240111   1122  77MB  canonical✓  base
lxd     5.20-f3dd  2700  162MB canonical✓  held
"""
BREW = {
    "formulae": [{"name": "jq", "installed_versions": ["1.6"], "current_version": "1.7.1", "pinned": True}],
    "casks": [{"name": "firefox", "installed_versions": ["121.0"], "current_version": "122.0"}],
}
SECURITY = "0FA1201D-4330-4FA8-8AE9-B877473B6441"
WINDOWS = {
    "searched": "2026-11-25T03:10:00Z",
    "updates": [
        {
            "title": "2026-11 Cumulative Update",
            "kb": ["5068861"],
            "severity": "Critical",
            "since": "2026-11-10T18:00:00Z",
            "kinds": [SECURITY],
        },
        {"title": "Defender", "kb": [], "severity": "", "since": "2026-11-24T00:00:00Z", "kinds": [SECURITY.lower()]},
        {"title": "Realtek - Net", "kb": [], "severity": "", "since": "2026-01-24T00:00:00Z", "kinds": ["ebfc1fc5"]},
    ],
}


def saying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, status: int = 0) -> None:
    (tmp_path / "text").write_text(text)
    stand_in(tmp_path / "bin", monkeypatch, name, f"cat {tmp_path}/text\nexit {status}")


def test_apk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system(tmp_path, "alpine")
    saying(tmp_path, monkeypatch, "apk", APK)
    assert told(tmp_path) == [
        ("", 2.0, ["busybox 1.36.1-r5 → 1.36.1-r7", "gtk+3.0 3.24.38-r0 → 3.24.41-r1"]),
        ("", None, ["apk does not tell which updates are for security"]),
    ]


def test_snap_flatpak_and_homebrew_stand_beside_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    (root / "var/lib/snapd/snaps/core22_1122.snap").mkdir(parents=True)
    saying(tmp_path, monkeypatch, "snap", SNAP)
    waits = ["core22 → 20240111 snap", "lxd → 5.20-f3dd snap, held back"]
    assert told(root) == [
        ("snap", 2.0, waits),
        ("", None, ["no package manager that we know looks after this machine"]),
    ]
    (root / "var/lib/flatpak/app/org.gimp.GIMP").mkdir(parents=True)
    stand_in(tmp_path / "bin", monkeypatch, "flatpak", r"printf 'org.gimp.GIMP\t2.10.36\tflathub\n'")
    brew = root / "opt/homebrew/bin/brew"
    brew.parent.mkdir(parents=True)
    brew.write_text(f"#!/bin/sh\necho '{json.dumps(BREW)}'\n")
    brew.chmod(0o755)
    assert told(root)[:3] == [
        ("snap", 2.0, waits),
        ("flatpak", 1.0, ["org.gimp.GIMP → 2.10.36 flathub"]),
        ("Homebrew", 2.0, ["jq 1.6 → 1.7.1, held back", "firefox 121.0 → 122.0"]),
    ]
    brew.write_text("#!/bin/sh\necho '{}'\n")
    assert told(root)[2] == ("Homebrew", None, ["brew said what nobody understands: 'formulae'"])


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows.platform, "system", lambda: "Windows")  # type: ignore[attr-defined]


@pytest.mark.usefixtures("on_windows")
def test_windows_update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saying(tmp_path, monkeypatch, "powershell.exe", json.dumps(WINDOWS))
    since = datetime.fromisoformat("2026-11-10T18:00:00Z").timestamp()
    assert told(tmp_path) == [
        ("", 3.0, ["KB5068861 → 2026-11 Cumulative Update critical", "Defender", "Realtek - Net"]),
        ("", since, ["KB5068861 → 2026-11 Cumulative Update critical", "Defender"]),
    ]
    memory = Forgetful()
    assert [one.value for one in package_lists.look(look(tmp_path, memory)) if isinstance(one, Reading)] == [None]
    list(updates.look(look(tmp_path, memory)))
    (lists,) = package_lists.look(look(tmp_path, memory))
    assert isinstance(lists, Reading)
    assert lists.value == datetime.fromisoformat("2026-11-25T03:10:00Z").timestamp()


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("", 0, "PowerShell said what nobody understands"),
        ("[]", 0, "Windows Update said what nobody understands"),
        ('{"searched": "soon", "updates": []}', 0, "Windows Update said what nobody understands"),
        ("", 1, "PowerShell ended with 1: "),
    ],
)
def test_a_windows_update_that_says_nothing_is_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, status: int, reason: str
) -> None:
    saying(tmp_path, monkeypatch, "powershell.exe", text, status)
    assert [row[2][0][: len(reason)] for row in told(tmp_path)] == [reason, reason]


def test_macos(tmp_path: Path) -> None:
    notes = tmp_path / "Library/Preferences/com.apple.SoftwareUpdate.plist"
    notes.parent.mkdir(parents=True)
    looked = datetime(2026, 11, 25, 3, 10)
    waits = [
        {"Display Name": "macOS Tahoe 26.1", "Display Version": "26.1", "Identifier": "MSU_1"},
        {"Identifier": "Pages"},
    ]
    notes.write_bytes(
        plistlib.dumps({"LastSuccessfulDate": looked, "RecommendedUpdates": waits}, fmt=plistlib.FMT_BINARY)
    )
    assert told(tmp_path) == [
        ("", 2.0, ["macOS Tahoe 26.1 → 26.1", "Pages"]),
        ("", float(NOW), ["macOS Tahoe 26.1 → 26.1"]),
    ]
    (lists,) = package_lists.look(look(tmp_path))
    assert isinstance(lists, Reading)
    assert lists.value == datetime.fromisoformat("2026-11-25T03:10:00Z").timestamp()
    notes.write_bytes(b"bplist00garbage")
    assert all("holds what nobody understands" in row[2][0] for row in told(tmp_path))


def test_a_system_of_another_make_is_nobodys(tmp_path: Path) -> None:
    system(tmp_path, "plan9")
    assert here(look(tmp_path)) == []

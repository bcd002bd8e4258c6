"""Whether what was installed waits for a restart: by what packages wrote, and by the kernel that runs."""

from __future__ import annotations

import platform
import re
import sys
from pathlib import Path

from agent.looking import Look
from checks.reading import Item

_ASKED, _NAMED = "run/reboot-required", "run/reboot-required.pkgs"
_MODULES = "lib/modules"
_KERNELS = ("boot/vmlinuz-*", "lib/modules/*/vmlinuz")
"""Debian's and SUSE's, and Fedora's, whose kernels lie beside their modules."""
_KEYS = (
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending",
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired",
)
_MOST = 50
_WAITS = "installed, waits for a restart"


def wanting(at: Look) -> list[Item]:
    """What waits for a restart, since when; empty where nothing does."""
    if sys.platform == "win32":
        return [Item("Windows", _WAITS)] if _has_key() else []
    asked = at.root / _ASKED
    if asked.exists():
        named = at.root / _NAMED
        names = sorted(set(named.read_text(errors="replace").split())) if named.exists() else []
        since = int(asked.stat().st_mtime)
        return [Item(name, _WAITS, since) for name in names[:_MOST] or ["the system"]]
    newer = _newer_kernel(at)
    if newer is not None:
        return [Item(f"kernel {_release(newer)}", _WAITS, int(newer.stat().st_mtime))]
    return [Item("kernel", "its modules are gone from the disk")] if _is_kernel_gone(at) else []


def fingerprint(at: Look) -> str:
    """Changes when a package asked for a restart, or a kernel came."""
    return f"{platform.release()} {[item.name for item in wanting(at)]}"


def _has_key() -> bool:
    """Component Based Servicing and Windows Update each make a key that goes with the restart."""
    if sys.platform != "win32":
        return False
    import winreg

    for key in _KEYS:
        try:
            winreg.CloseKey(winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key))
        except OSError:
            continue
        return True
    return False


def _newer_kernel(at: Look) -> Path | None:
    """The newest kernel of the running one's kind, where that is another and came after it."""
    running = platform.release()
    kernels = {_release(path): path for pattern in _KERNELS for path in at.root.glob(pattern)}
    kind = _kind(running)
    alike = [path for release, path in kernels.items() if _kind(release) == kind]
    newest = max(alike, key=lambda path: _numbers(_release(path)), default=None)
    is_newer = newest is not None and running in kernels and _numbers(_release(newest)) > _numbers(running)
    return newest if is_newer else None


def _release(kernel: Path) -> str:
    return kernel.parent.name if kernel.name == "vmlinuz" else kernel.name.removeprefix("vmlinuz-")


def _numbers(release: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", release)]


def _kind(release: str) -> str:
    """`amd64` of 6.1.0-18-amd64, `cloud-amd64`, `default`, `x86_64` …: what is left without the numbers before it."""
    return re.sub(r"^[\d.\-_+~]*(?:(?:fc|el|amzn)\d+[\d_.]*)?", "", release)


def _is_kernel_gone(at: Look) -> bool:
    """Arch and others remove the old kernel with the update; a container has no modules at all and proves nothing."""
    modules = at.root / _MODULES
    return modules.is_dir() and any(modules.iterdir()) and not (modules / platform.release()).exists()

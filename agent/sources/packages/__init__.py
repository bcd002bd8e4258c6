"""Every package manager that we know; those that look after a machine."""

from __future__ import annotations

from agent.looking import Look
from agent.sources.packages.apk import APK
from agent.sources.packages.apt import APT
from agent.sources.packages.beside import BREW, FLATPAK, SNAP
from agent.sources.packages.dnf import DNF4, DNF5
from agent.sources.packages.macos import MACOS
from agent.sources.packages.pacman import PACMAN
from agent.sources.packages.updates import Manager
from agent.sources.packages.windows import WINDOWS
from agent.sources.packages.zypper import ZYPPER

MANAGERS = (APT, DNF4, DNF5, ZYPPER, PACMAN, APK, WINDOWS, MACOS, SNAP, FLATPAK, BREW)
NOBODY = "no package manager that we know looks after this machine"


def here(at: Look) -> list[Manager]:
    """Those that look after this machine, the system's own first."""
    return [one for one in MANAGERS if one.is_here(at)]


def fingerprint(at: Look) -> str:
    """Changes when what any of them looks after did."""
    return " ".join(f"{one.name} {one.fingerprint(at)}" for one in here(at))

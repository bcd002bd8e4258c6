"""What installs programs beside the system's own package manager: snap, flatpak, Homebrew. None tells of security."""

from __future__ import annotations

import json
from collections.abc import Iterator

from agent.looking import Look
from agent.sources.packages.updates import Manager, Update, UpdatesSilent, answer, prints

_NOT_TOLD = "it does not tell which updates are for security"
_BREWS = ("opt/homebrew", "usr/local/Homebrew", "home/linuxbrew/.linuxbrew")


def _snaps(_: Look) -> Iterator[Update]:
    """`snap refresh --list`: a heading, then name, version, revision, size, publisher, notes."""
    for line in answer(["snap", "refresh", "--list"]).out.splitlines()[1:]:
        fields = line.split()
        if len(fields) >= 2:
            yield Update(fields[0], fields[1], origin="snap", is_held="held" in fields[-1])


def _flatpaks(_: Look) -> Iterator[Update]:
    """Of the whole system's; a person's own are theirs."""
    asked = ["flatpak", "remote-ls", "--system", "--updates", "--columns=application,version,origin"]
    for line in answer(asked).out.splitlines():
        name, version, origin = (*line.split("\t"), "", "")[:3]
        if name:
            yield Update(name, version, origin=origin)


def _brews(at: Look) -> Iterator[Update]:
    brew = next(path for path in (at.root / one / "bin/brew" for one in _BREWS) if path.exists())
    ran = answer(
        [f"{brew}", "outdated", "--json=v2"], env={"HOMEBREW_NO_AUTO_UPDATE": "1", "HOMEBREW_NO_ANALYTICS": "1"}
    )
    try:
        told = json.loads(ran.out)
        for one in (*told["formulae"], *told["casks"]):
            old = ", ".join(map(str, one["installed_versions"]))
            yield Update(str(one["name"]), str(one["current_version"]), old, is_held=bool(one.get("pinned")))
    except (ValueError, KeyError, TypeError) as error:
        raise UpdatesSilent(f"brew said what nobody understands: {error}") from error


def _has(at: Look, folder: str) -> bool:
    try:
        return any((at.root / folder).iterdir())
    except OSError:
        return False


def _by_asking(at: Look) -> int:
    """It asks its makers itself, so what it says is as fresh as the look."""
    return at.now


SNAP = Manager(
    "snap", lambda at: _has(at, "var/lib/snapd/snaps"), lambda at: prints(at, "var/lib/snapd/state.json"),
    _snaps, _by_asking, "snap", lambda _: _NOT_TOLD,
)  # fmt: skip
FLATPAK = Manager(
    "flatpak", lambda at: _has(at, "var/lib/flatpak/app"), lambda at: prints(at, "var/lib/flatpak/.changed"),
    _flatpaks, _by_asking, "flatpak", lambda _: _NOT_TOLD,
)  # fmt: skip
BREW = Manager(
    "brew", lambda at: any((at.root / one / "bin/brew").exists() for one in _BREWS),
    lambda at: prints(at, *(f"{one}/Cellar" for one in _BREWS), *(f"{one}/Caskroom" for one in _BREWS)),
    _brews, lambda _: None, "Homebrew", lambda _: _NOT_TOLD,
)  # fmt: skip

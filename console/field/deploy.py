"""An agent is brought to a machine over its technician's SSH: what will be done, and doing it."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from checks.text import clean
from checks.version import VERSION
from console.field.carried import LIVES_WITH, File, files_for, needed_by, packed
from console.field.facts import OLDEST, Facts
from console.field.installed import MARK
from console.field.reach import NotReached, Reached

FOLDER = "/opt/watchbill"
SECONDS = 600.0
_PROGRAM = "#!{python} -I\nimport sys\n\nfrom agent.__main__ import main\n\nsys.exit(main())\n"


def plan(found: Facts, where: str, content: list[File]) -> tuple[str, ...]:
    """What will be done there, a line each. Raises NotReached where it could not be."""
    if found.agent or found.is_installed:
        told = f"{where} has an agent ({found.agent or 'installed'}); it is updated the way it came there"
        raise NotReached(f"{told}: by pip, or by the system's package manager")
    if not found.python:
        raise NotReached(f"{where} has no Python {'.'.join(map(str, OLDEST))} or newer: install one there")
    if not found.has_systemd:
        raise NotReached(f"{where} runs no systemd: install the agent by hand, as docs/install.md says")
    if not found.is_root and not found.has_sudo:
        raise NotReached(f"only root installs a service on {where}: log in as root, or as somebody who has sudo")
    size = sum(len(one) for _, one in content) / 1e6
    version = ".".join(map(str, found.version))
    asks = ("become root there by sudo, for which you are asked the password once",) if needs_password(found) else ()
    return (
        *asks,
        f"bring the agent {VERSION} and what it needs ({len(content)} files, {size:.1f} MB) to {where}:{FOLDER}",
        f"make an environment of {found.python} ({version}) there, with no need of a network",
        "make the account watchbill, the folder /var/lib/watchbill, and a systemd unit (watchbill-agent install)",
        "join with a token of one use, told on standard input, and check in once",
        "start it; where a step fails, all of these are taken back",
    )


def content_for(found: Facts, wheels: Path | None) -> list[File]:
    """Everything that is carried there. Raises NotReached where a part is not at hand."""
    return files_for(found, needed_by(LIVES_WITH), wheels) if found.python else []


def needs_password(found: Facts) -> bool:
    """Whether whoever came has to say their password to become root."""
    return not found.is_root and found.sudo_asks


def prove(there: Reached, found: Facts, password: str) -> None:
    """Have sudo take the password, for nothing. Raises NotReached where it does not; then nothing was done there."""
    ran = there.run(*_as_root(found), found.python, "-I", "-c", "", given=_told_sudo(password))
    if ran.status:
        raise NotReached(
            f"sudo on {there.where} does not make you root: {ran.err or 'it says nothing'}; nothing was done"
        )


def deploy(there: Reached, found: Facts, given: bytes, password: str, tell: Callable[[str], object]) -> None:
    """Do it. Raises NotReached with what went wrong there; then nothing of it is left, or it is said what is."""
    text = (files("console.field") / "installed.py").read_text()
    ran = there.run(*_as_root(found), found.python, "-I", "-c", text, given=_told_sudo(password) + given,
                    seconds=SECONDS, heard=tell)  # fmt: skip
    lines = clean(ran.out.decode(errors="replace").replace("\n", " · "), 2000).split(" · ")
    if ran.status:
        why = next((one.removeprefix("failed: ") for one in lines if one.startswith("failed: ")), ran.err)
        raise NotReached(f"{there.where}: {why or 'it ended without a word'}\nwhat was done there was taken back")


def given(content: list[File], token: str) -> bytes:
    """What an installation hears (console/field/installed.py)."""
    told = json.dumps({"token": token, "folder": FOLDER, "program": _PROGRAM})
    return MARK + told.encode() + b"\n" + packed(content)


def _as_root(found: Facts) -> tuple[str, ...]:
    if found.is_root:
        return ()
    # By -k nothing that was said before counts, and nothing that is said now: no leave to go on is kept there.
    return ("sudo", "-k", "-S", "-p", "", "--") if found.sudo_asks else ("sudo", "-n", "--")


def _told_sudo(password: str) -> bytes:
    """A line of standard input: nobody else there sees that, as they would a command line or an environment."""
    return f"{password}\n".encode() if password else b""

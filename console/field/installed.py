"""What runs on the machine while an agent is installed there: all of it, or nothing is left. Standard library alone.

Its text goes over SSH; it is started as root as `python -c TEXT`, and hears on its standard input a line that is MARK,
a line with a JSON object (`token`, `folder`, `program`), and a tar.gz of packages. What it does next is a line on its
standard output. Where a step fails, those before it are taken back, also when nobody listens any more.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tarfile
from typing import IO

STATE = "/var/lib/watchbill"
MARK = b"watchbill deploys\n"


def say(text: str) -> None:
    """A line for whoever listens; nobody need."""
    try:
        print(text, flush=True)
    except OSError:
        sys.stdout = pathlib.Path(os.devnull).open("w")  # noqa: SIM115 - until the end


def run(*argv: str | pathlib.Path, given: str = "", user: str | None = None) -> None:
    """Run a program; its output goes into the error where it fails."""
    done = _ran(argv, given, user)
    if done.returncode:
        raise OSError((done.stderr.strip() or done.stdout.strip() or f"{argv[0]} ended with {done.returncode}")[-500:])


def _ran(argv: tuple[str | pathlib.Path, ...], given: str, user: str | None) -> subprocess.CompletedProcess[str]:
    groups: tuple[str, ...] | None = None if user is None else ()
    return subprocess.run(argv, input=given, capture_output=True, text=True, timeout=180, cwd="/", check=False,
                          user=user, group=user, extra_groups=groups)  # fmt: skip


def installed(told: dict[str, str], packages: IO[bytes]) -> None:
    """Do it, a step at a time; where one fails, what was done is taken back, the last of it first."""
    folder = pathlib.Path(told["folder"])
    agent = folder / "bin" / "watchbill-agent"
    with contextlib.ExitStack() as undo:
        if folder.exists():
            raise OSError(f"{folder} is there already, and is left as it is")
        say(f"making {folder}")
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        run(sys.executable, "-m", "venv", "--without-pip", str(folder))
        place = next(folder.glob("lib/python*/site-packages"))
        with tarfile.open(fileobj=packages, mode="r|gz") as tar:
            tar.extractall(place)
        agent.write_text(told["program"].format(python=folder / "bin" / "python"))
        agent.chmod(0o755)
        say("making it a service")
        undo.callback(_tried, agent, "uninstall", "--purge", "--yes")
        run(agent, "install", "--yes")
        say("joining")
        run(agent, "--home", STATE, "join", given=told["token"], user="watchbill")
        undo.callback(_tried, agent, "--home", STATE, "leave", user="watchbill")
        say("checking in")
        run(agent, "--home", STATE, "checkin", user="watchbill")
        run("systemctl", "start", "watchbill-agent")
        undo.pop_all()
    say("done")


def _tried(*argv: str | pathlib.Path, user: str | None = None) -> None:
    """Run what takes something back, whatever comes of it."""
    with contextlib.suppress(OSError, subprocess.SubprocessError, KeyError):
        run(*argv, user=user)


def main() -> None:
    """Hear what is to be done, and do it."""
    os.umask(0o022)
    for number in (signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    heard = sys.stdin.buffer
    if heard.readline() != MARK and heard.readline() != MARK:  # before it may stand a password that sudo did not want
        raise SystemExit("what was carried did not arrive")
    try:
        installed(json.loads(heard.readline()), heard)
    except (OSError, ValueError, LookupError, EOFError, tarfile.TarError, subprocess.SubprocessError) as error:
        say(f"failed: {error}")
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()

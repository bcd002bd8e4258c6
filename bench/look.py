"""A full pass of everything that applies to one machine: CPU (user and system, all its programs) and peak RSS.

Reference: Glances' one-shot with every module it has, in a venv of its own under the user's cache; and Checkmk's agent,
where this machine has it. What is dear is apt's simulation, so a cold look stands beside a bare one. A peak is that of
the largest single process, and no less than this benchmark's own (the kernel carries it over an exec); each figure is
the median of several runs. `python -m bench.look`
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from agent.sources.packages.apt import SIMULATION
from bench.told import figure, line

RUNS = 5
_PASS = """
import sys, time
from pathlib import Path
from agent.config import settings
from agent.homes import home
from agent.passing import Passing
from agent.probes import PROBES
from agent.round import Round
from agent.spool import Spool
where = home(Path(sys.argv[1])).made()
Passing(Round(PROBES), Spool(where.spool), settings(where)).one(int(time.time()))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a program took."""

    cpu: float
    """Seconds, user and system, its ended children included."""
    peak: float
    """MiB of RSS, of the largest process."""


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        look = cost([sys.executable, "-m", "agent", "--home", folder, "look"])
        again = [sys.executable, "-c", _PASS, folder]
        _run(again)  # what it sees is remembered by the passes that are measured
        warm = cost(again)
    if shutil.which(SIMULATION[0]):
        apt = cost(list(SIMULATION))
        line("look, cold: CPU, against apt's simulation alone", look.cpu, apt.cpu, "s", 1.3)
        line("look, cold: peak RSS, against apt's simulation alone", look.peak, apt.peak, "MiB", 1.1)
    else:
        figure("look, cold: CPU (this machine has no apt)", look.cpu, "s")
    for name, found in (("Glances", _glances), ("check_mk_agent", _check_mk_agent)):
        _beside(name, found, warm)


def cost(argv: list[str]) -> Cost:
    """The median cost of several runs."""
    runs = [_run(argv) for _ in range(RUNS)]
    return Cost(median(one.cpu for one in runs), median(one.peak for one in runs))


def _run(argv: list[str]) -> Cost:
    """One run; its exit code may say what it found. Raises OSError where it cannot be started."""
    child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _beside(name: str, found: Callable[[], list[str]], warm: Cost) -> None:
    """A pass in which nothing dear is due, beside one reference."""
    try:
        reference = cost(found())
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{name} could not be had: {error}")
        return
    line(f"a pass, nothing dear due: CPU, against {name}", warm.cpu, reference.cpu, "s", 1.0)
    line(f"a pass, nothing dear due: peak RSS, against {name}", warm.peak, reference.peak, "MiB", 1.0)


def _glances() -> list[str]:
    """Glances' one-shot; installed once. Raises CalledProcessError where there is no way to PyPI."""
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "watchbill-bench" / "glances"
    program = own / "bin" / "glances"
    if not program.exists():
        venv.create(own, with_pip=True)
        pip = [own / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "glances"]
        subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
    listed = subprocess.run([program, "--modules-list"], capture_output=True, text=True, check=True).stdout
    modules = listed.splitlines()[0].partition(":")[2].replace(" ", "")
    return [str(program), "--stdout-json", modules, "--stop-after", "1"]


def _check_mk_agent() -> list[str]:
    """Checkmk's agent, a shell script that neither Debian nor PyPI has. Raises FileNotFoundError where it is not."""
    program = shutil.which("check_mk_agent")
    if program is None:
        raise FileNotFoundError("it is not installed here, and comes from a Checkmk server alone")
    return [program]


if __name__ == "__main__":
    main()

"""A systemd of a test's own, in namespaces of its own: what it is told there changes nothing of this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from callers import ROOT, common_python
from conftest import eventually, needs

_BOOT = """
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
for one in etc var opt usr/local; do
    mkdir -p /mnt/$one/new /mnt/$one/work
    mount -t overlay overlay -o lowerdir=/$one,upperdir=/mnt/$one/new,workdir=/mnt/$one/work /$one
done
mkdir -p /opt/here /opt/libraries
mount --bind "$ROOT" /opt/here
mount --bind "$LIBRARIES" /opt/libraries
mount -t tmpfs tmpfs /run
mkdir /mnt/here
mount --bind "$ROOT" /mnt/here
mount -t tmpfs tmpfs /tmp  # a boot empties it
mkdir -p "$ROOT"
mount --bind /mnt/here "$ROOT"
umount -R /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 none /sys/fs/cgroup
find /etc/systemd/system -name '*.wants' -prune -exec rm -rf {} +
rm -rf /var/lib/watchbill* /etc/watchbill
for one in tmpfiles-setup tmpfiles-clean udevd networkd resolved timesyncd logind; do
    ln -sf /dev/null /etc/systemd/system/systemd-$one.service
done
export container=other
exec /lib/systemd/systemd --system --unit=basic.target --show-status=0 --log-target=journal
"""
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Booted:
    """A machine that runs systemd, with this one's programs and accounts, and folders of its own to write to."""

    pid: int

    @property
    def inside(self) -> list[str]:
        """What starts a program there, as root."""
        return ["nsenter", "-t", str(self.pid), "-m", "-p", "-C", "env", "-i", f"PATH={PATH}", "LANG=C.UTF-8"]

    def run(
        self, *argv: str | Path, given: str | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program there, as root."""
        more = [f"{name}={value}" for name, value in (env or {}).items()]
        argv_ = [*self.inside, *more, *map(str, argv)]
        return subprocess.run(argv_, input=given, capture_output=True, text=True, check=False, timeout=120)

    def done(self, *argv: str | Path, given: str | None = None) -> str:
        """Run a program that does what it should; what it said."""
        ran = self.run(*argv, given=given)
        assert ran.returncode == 0, (argv, ran.stdout, ran.stderr)
        return ran.stdout

    def is_(self, question: str, unit: str) -> bool:
        """`systemctl is-active UNIT` and its like."""
        return self.run("systemctl", "--quiet", question, unit).returncode == 0

    def journal(self, unit: str) -> str:
        """What a unit said."""
        return self.run("journalctl", "--no-pager", "--unit", unit).stdout


OPT = Path("/opt/watchbill")
_SCRIPT = "#!{python}\nimport sys\n\nfrom {module}.__main__ import main\n\nsys.exit(main())\n"


def packaged(machine: Booted, **programs: str) -> None:
    """An environment in /opt with our packages, and a program for each module, as `pip install` would leave them.

    They lie in /opt too, where a service sees them that has a /tmp and a /home of its own, wherever this checkout lies.
    """
    python, _ = common_python()
    machine.done(python, "-m", "venv", "--without-pip", OPT)
    packages = machine.done(OPT / "bin/python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    machine.done("tee", f"{packages}/here.pth", given="/opt/here\n/opt/libraries\n")
    for name, module in programs.items():
        program = OPT / "bin" / name.replace("_", "-")
        machine.done("tee", program, given=_SCRIPT.format(python=OPT / "bin/python", module=module))
        machine.done("chmod", "755", program)


@contextmanager
def booted() -> Iterator[Booted]:
    """Boot one; skips, with the reason, where this cannot be had."""
    for program in ("unshare", "nsenter", "systemctl"):
        needs(program)
    if os.geteuid():
        pytest.skip("needs root, to boot a systemd of its own")
    boot = ["unshare", "--pid", "--fork", "--mount", "--cgroup", "--mount-proc", "--kill-child", "sh", "-c", _BOOT]
    holding = subprocess.Popen(
        boot,
        env={**os.environ, "ROOT": str(ROOT), "LIBRARIES": sysconfig.get_path("purelib")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        machine = Booted(_first_child(holding))
        eventually(lambda: machine.run("systemctl", "is-system-running").stdout.strip() in ("running", "degraded"))
        yield machine
    finally:
        holding.send_signal(signal.SIGKILL)
        holding.communicate(timeout=30)


def _first_child(holding: subprocess.Popen[bytes]) -> int:
    """The process that is the first one inside. Skips where no namespace may be made."""
    children = Path(f"/proc/{holding.pid}/task/{holding.pid}/children")
    end = time.monotonic() + 20
    while time.monotonic() < end and holding.poll() is None:
        found = children.read_text().split()
        if found and Path(f"/proc/{found[0]}/comm").read_text().strip() == "systemd":
            return int(found[0])
        time.sleep(0.05)
    holding.kill()
    told = holding.communicate()[1].decode(errors="replace").strip()
    pytest.skip(f"no systemd can be booted in namespaces here: {told[-200:]}")

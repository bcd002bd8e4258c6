"""Which machine this is, and since when it runs: evidence for a check-in, never identity."""

from __future__ import annotations

import platform
import time
from pathlib import Path

from checks.reading import Machine


def machine() -> Machine:
    """This machine, as it names itself."""
    release = os_release(Path("/"))
    system = release.get("ID") or platform.system().lower() or "unknown"
    version = release.get("VERSION_ID") or platform.release()
    return Machine(
        hostname=platform.node() or "unknown",
        os=f"{system}-{version}",
        os_name=release.get("PRETTY_NAME", platform.platform()),
        kernel=platform.release(),
        architecture=platform.machine(),
    )


def os_release(root: Path) -> dict[str, str]:
    """The keys of os-release; empty where there is none."""
    for path in ("etc/os-release", "usr/lib/os-release"):
        try:
            lines = (root / path).read_text(errors="replace").splitlines()
        except OSError:
            continue
        pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
        return {key: value.strip().strip("'\"") for key, _, value in pairs}
    return {}


def boot_id() -> str:
    """A name for this boot; the instant of the boot where the kernel gives none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        import psutil

        return f"boot-{round(psutil.boot_time() / 10)}"


def uptime() -> float:
    """Seconds since the boot, suspended time included."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)

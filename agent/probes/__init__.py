"""Every probe there is, listed by hand in the order in which a round asks them; one file a check."""

from __future__ import annotations

from agent.looking import Probe
from agent.probes.backup import (
    borg_archives,
    file_size,
    job,
    job_result,
    newest_file,
    pgbackrest_backups,
    restic_check,
    restic_snapshots,
    restore_test,
)
from agent.probes.health import (
    certificate,
    clock,
    cpu,
    disk,
    failed_services,
    inodes,
    load,
    memory,
    memory_pressure,
    network_errors,
    oom_kills,
    plugin,
    read_only,
    restart_required,
    swap,
    temperature,
    uptime,
)
from agent.probes.patch import end_of_life, package_lists, security_updates, updates

PROBES: tuple[Probe, ...] = (
    read_only.PROBE,
    disk.PROBE,
    inodes.PROBE,
    memory.PROBE,
    memory_pressure.PROBE,
    oom_kills.PROBE,
    swap.PROBE,
    cpu.PROBE,
    load.PROBE,
    failed_services.PROBE,
    restart_required.PROBE,
    clock.PROBE,
    network_errors.PROBE,
    temperature.PROBE,
    uptime.PROBE,
    certificate.PROBE,
    plugin.PROBE,
    restic_snapshots.PROBE,
    restic_check.PROBE,
    borg_archives.PROBE,
    pgbackrest_backups.PROBE,
    newest_file.PROBE,
    file_size.PROBE,
    job.PROBE,
    job_result.PROBE,
    restore_test.PROBE,
    security_updates.PROBE,
    updates.PROBE,
    package_lists.PROBE,
    end_of_life.PROBE,
)

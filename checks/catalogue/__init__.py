"""Every check there is, listed by hand in the order in which a page and a report show them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from checks.catalogue.backup import (
    borg_archives,
    file_size,
    job,
    job_result,
    newest_file,
    pgbackrest_backups,
    restic_check,
    restic_snapshots,
    restore_test,
    rsnapshot_result,
    rsnapshot_snapshots,
)
from checks.catalogue.health import (
    certificate,
    checkin,
    clock,
    cpu,
    disk,
    disk_health,
    disk_sectors,
    disk_wear,
    failed_services,
    filesystem_errors,
    inodes,
    load,
    memory,
    memory_pressure,
    network_errors,
    oom_kills,
    plugin,
    raid_arrays,
    read_only,
    restart_required,
    services_running,
    storage_pools,
    swap,
    temperature,
    time_to_full,
    ups,
    uptime,
)
from checks.catalogue.patch import end_of_life, package_lists, security_updates, updates
from checks.check import Check
from checks.reading import CheckName

CATALOGUE: tuple[Check, ...] = (
    checkin.CHECK,
    read_only.CHECK,
    disk.CHECK,
    time_to_full.CHECK,
    inodes.CHECK,
    disk_health.CHECK,
    disk_sectors.CHECK,
    disk_wear.CHECK,
    raid_arrays.CHECK,
    storage_pools.CHECK,
    filesystem_errors.CHECK,
    memory.CHECK,
    memory_pressure.CHECK,
    oom_kills.CHECK,
    swap.CHECK,
    cpu.CHECK,
    load.CHECK,
    failed_services.CHECK,
    services_running.CHECK,
    restart_required.CHECK,
    clock.CHECK,
    network_errors.CHECK,
    temperature.CHECK,
    ups.CHECK,
    uptime.CHECK,
    certificate.CHECK,
    plugin.CHECK,
    restic_snapshots.CHECK,
    restic_check.CHECK,
    borg_archives.CHECK,
    pgbackrest_backups.CHECK,
    rsnapshot_snapshots.CHECK,
    rsnapshot_result.CHECK,
    newest_file.CHECK,
    file_size.CHECK,
    job.CHECK,
    job_result.CHECK,
    restore_test.CHECK,
    security_updates.CHECK,
    updates.CHECK,
    package_lists.CHECK,
    end_of_life.CHECK,
)

BY_NAME: Mapping[CheckName, Check] = MappingProxyType({check.name: check for check in CATALOGUE})

"""Whether installed updates wait for a restart."""

from __future__ import annotations

import platform

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Item, Reading, Why

_MOST = 50


def look(at: Look) -> Looked:
    """1 where a package asked for a restart, or the running kernel's modules are gone from the disk."""
    if platform.system() != "Linux":
        yield at.gap("restart_required", Why.NOT_HERE, "not looked at on this system yet")
        return
    asked = at.root / "run/reboot-required"
    if asked.exists():
        wanting = at.root / "run/reboot-required.pkgs"
        names = wanting.read_text(errors="replace").split() if wanting.exists() else []
        items = tuple(Item(name) for name in sorted(set(names))[:_MOST])
        yield Reading(CheckName("restart_required"), "", 1.0, at.now, at.next_look, items)
        return
    yield at.reading("restart_required", "", float(_is_kernel_gone(at)))


def _is_kernel_gone(at: Look) -> bool:
    """Arch and others remove the old kernel with the update; a container has no modules at all and proves nothing."""
    modules = at.root / "lib/modules"
    return modules.is_dir() and any(modules.iterdir()) and not (modules / platform.release()).exists()


PROBE = Probe(CheckName("restart_required"), look)

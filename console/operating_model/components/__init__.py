"""The six components of an operating model as tables: what is written, what is live beside it, and what is empty (15).

One file a component; each says its rows and the sentence that answers the question of its table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.operating_model.components import governance, measurement, organization, processes, services, sourcing
from console.operating_model.components.entry import Component, Live
from console.operating_model.people.staff import Staff

COMPONENTS: Mapping[str, Callable[[Staff, Live], Component]] = {
    "services": services.component,
    "organization": organization.component,
    "processes": processes.component,
    "governance": governance.component,
    "sourcing": sourcing.component,
    "measurement": measurement.component,
}

"""Numbers that a decision cites, sealed as they stand: `availability/erp@2026-W45`, or a said one, `noise=50.00@…`."""

from __future__ import annotations

import re

from console.desk.office import Asked, Office
from console.desk.refusal import DeskRefusal
from console.desk.week.week import week
from console.operating_model.references.known import unknown
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.governance import cited_hash

_FORM = re.compile(r"([a-z0-9_]{1,40})(?:/([a-z0-9-]{1,40}))?(?:=([^@]{1,80}))?@(\S{1,40})")


def cited(office: Office, asked: Asked, doc: ClientDoc) -> list[dict[str, str]]:
    """What `cites` names, `;` between them. Availability is read from the record. Raises DeskRefusal."""
    return [_one(office, asked, doc, part.strip()) for part in asked.text("cites").split(";") if part.strip()]


def _one(office: Office, asked: Asked, doc: ClientDoc, part: str) -> dict[str, str]:
    match = _FORM.fullmatch(part)
    if match is None:
        raise DeskRefusal(f"{part!r} cites nothing", "write availability/erp@2026-W45, or noise=50.00@2026-W46")
    kpi, about, value, period = (one or "" for one in match.groups())
    if kpi not in doc.kpis:
        raise DeskRefusal(unknown("KPI", kpi, doc.kpis), "register it in the model's kpis")
    if about and about not in doc.services:
        raise DeskRefusal(unknown("service", about, doc.services), "name one of the client's")
    value = value or _measured(office, asked, doc, (kpi, about, period))
    return {
        "kpi": kpi,
        "about": about,
        "period": period,
        "value": value,
        "sha256": cited_hash(kpi, about, period, value),
    }


def _measured(office: Office, asked: Asked, doc: ClientDoc, what: tuple[str, str, str]) -> str:
    kpi, about, period = what
    if kpi != "availability" or not about:
        raise DeskRefusal(f"{kpi} is not measured by itself", f"say its value: {kpi}=…@{period}")
    page = week(office, Asked(asked.who, {"client": doc.client.id, "week": period}, asked.now))
    return next(one.availability for one in page.services if one.service == about)

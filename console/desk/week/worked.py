"""The page that shows the worked numbers beside the product's, from the example's records in the store."""

from __future__ import annotations

from console.desk.aside import aside
from console.desk.office import Asked, Office, Pages
from console.desk.week.week import week
from console.operating_model.examples import CLIENT
from console.pages.worked import Worked
from console.reports.worked.answers import WEEK, rows


def worked(office: Office, asked: Asked) -> Worked:
    """Every worked example."""
    here = CLIENT in office.ledger.model.clients and asked.who.role_at(office.ledger.model, CLIENT) is not None
    golden = week(office, Asked(asked.who, {"client": CLIENT, "week": WEEK}, asked.now)) if here else None
    return Worked(asked.now, tuple(rows(golden)))


PAGES: Pages = {"worked": aside(worked)}

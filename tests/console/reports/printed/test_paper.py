"""Every zone of the tz database has the paper of its country, and an old name has the paper of the new one."""

from __future__ import annotations

from importlib.resources import files

import pytest

from console.reports.printed.paper import paper

TABLES = files("tzdata") / "zoneinfo"
LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Unicode CLDR, supplemental data, paperSize US-Letter."""


def zones() -> dict[str, str]:
    lines = (TABLES / "zone.tab").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def old_names() -> list[tuple[str, str]]:
    """Links of the database, but for those to a zone that another country shares, as Puerto Rico's is."""
    lines = (TABLES / "tzdata.zi").read_text("utf-8").splitlines()
    links = (line.split() for line in lines if line.startswith("L "))
    return [(old, new) for _, new, old in links if old not in {*zones(), "America/Virgin"}]


def test_every_zone_has_the_paper_of_its_country() -> None:
    found = zones()
    assert len(found) > 400
    assert [zone for zone, country in found.items() if (paper(zone) == "us-letter") != (country in LETTER)] == []


def test_an_old_name_has_the_paper_of_the_new_one() -> None:
    found = old_names()
    assert ("US/Eastern", "America/New_York") in found
    assert [(old, new) for old, new in found if paper(old) != paper(new)] == []


@pytest.mark.parametrize("zone", ["", "UTC", "Nowhere/Atlantis"])
def test_a_zone_of_no_country_prints_on_a4(zone: str) -> None:
    assert paper(zone) == "a4"

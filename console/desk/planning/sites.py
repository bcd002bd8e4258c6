"""The page of a site: what somebody who goes there needs, from documents alone (61, J2)."""

from __future__ import annotations

from checks.finding import Status
from console.desk.office import Asked, Office, Pages
from console.desk.planning.place import Place, places
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.entities import Person
from console.operating_model.plan.dates import dates
from console.operating_model.plan.reach import standing_on
from console.operating_model.plan.when import ahead
from console.operating_model.problems import nearest
from console.operating_model.schema.services import SiteDoc
from console.pages.sites import Site, SiteHost


def site(office: Office, asked: Asked) -> Site:
    """One site, by its id, or as `client/site` where several clients have one of that name. Raises DeskRefusal."""
    place, id_ = _found(office, asked)
    doc = place.facts.doc.sites[id_]
    hosts = tuple(_host(place, one) for one, host in place.facts.doc.hosts.items() if host.site == id_)
    return Site(
        now=asked.now,
        client=place.client.id,
        client_name=place.client.name,
        site=id_,
        name=doc.name,
        address=doc.address,
        access=doc.access,
        notes=doc.notes,
        contacts=tuple(_contacts(place, doc)),
        suppliers=tuple(_suppliers(place, id_)),
        hosts=hosts,
        dates=tuple(_dates(place, {id_, *(one.host for one in hosts)})),
    )


def _found(office: Office, asked: Asked) -> tuple[Place, str]:
    client, _, wanted = asked.text("site").rpartition("/")
    if client:
        asked = Asked(asked.who, {**asked.arguments, "client": client}, asked.now)
    seen = places(office, asked)
    found = [place for place in seen if wanted in place.facts.doc.sites]
    known = [f"{place.client.id}/{one}" for place in seen for one in place.facts.doc.sites]
    if not found:
        what = f"there is no site {wanted!r}{nearest(wanted, [one.partition('/')[2] for one in known])}"
        raise DeskRefusal(what, f"known are: {', '.join(known) or 'none'}", Kind.NOT_FOUND)
    if len(found) > 1:
        both = ", ".join(f"{place.client.id}/{wanted}" for place in found)
        raise DeskRefusal(f"several clients have a site {wanted}", f"name one of {both}", Kind.CONFLICT)
    return found[0], wanted


def _contacts(place: Place, doc: SiteDoc) -> list[str]:
    """Who is met there: the site's own contacts, else the client's people."""
    people = [place.office.ledger.model.person(place.client.id, one) for one in doc.contacts]
    people = people or [one for one in place.client.people.values() if one.org == "client"]
    known = [_card(one) for one in people if one]
    return known + [one for one in doc.contacts if place.office.ledger.model.person(place.client.id, one) is None]


def _card(person: Person) -> str:
    return "  ".join(filter(None, (person.name, person.phone, person.email)))


def _suppliers(place: Place, site_id: str) -> list[str]:
    """Whom to call about a line or application that stands there."""
    doc = place.facts.doc
    there = [id_ for id_, one in doc.externals.items() if site_id in (one.site, _site_of(place, one.probing_host))]
    found = []
    for external in there:
        for contract in (one for one in doc.contracts.values() if external in one.covers):
            supplier = doc.suppliers[contract.supplier]
            account = f"account {supplier.account}" if supplier.account else ""
            found.append("  ".join(filter(None, (external, supplier.name, supplier.service_desk, account))))
    return found


def _site_of(place: Place, host: str) -> str:
    return place.client.hosts[host].site if host in place.client.hosts else ""


def _host(place: Place, id_: str) -> SiteHost:
    doc = place.facts.doc.hosts[id_]
    ends = {"support ends": doc.os_end, "warranty ends": doc.warranty}
    told = tuple(f"{what} {day} ({ahead(day, place.today)})" for what, day in ends.items() if day)
    return SiteHost(id_, doc.role, doc.os, doc.runs_on, standing_on(place.client, id_), told)


def _dates(place: Place, about: set[str]) -> list[str]:
    """What is due soon for the place, its hosts and the restore tests of their services."""
    served = {service for one in about for service in standing_on(place.client, one)}
    mine = [
        one
        for one in dates(place.facts)
        if (one.about in about or (one.kind == "restore test" and one.about in served))
        and one.status(place.today) is not Status.NOT_DUE
    ]
    return [f"{one.day or 'at once'}  {one.about}: {one.text}" for one in mine]


PAGES: Pages = {"site": site}

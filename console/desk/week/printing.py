"""A week in a form for a reader: of a frozen week the bytes of its freeze, of another one as it is now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import msgspec
from msgspec import structs

from console.desk.office import Asked, Office, Pages, client_of
from console.desk.refusal import DeskRefusal
from console.desk.week.frozen import present, weeks_of
from console.desk.week.week import preview, week_facts
from console.pages.week import Week
from console.pages.weeks import READERS, Printed
from console.store.weeks import WeekPage


def _json(week: Week) -> bytes:
    return msgspec.json.format(msgspec.json.encode(structs.replace(week, text="")), indent=2) + b"\n"


FORMS: Mapping[str, Callable[[Week], bytes]] = {"text": lambda week: week.text.encode(), "json": _json}


def printed(office: Office, asked: Asked) -> Printed:
    """One form of a week. Raises DeskRefusal."""
    client = client_of(office, asked)
    wanted = present(asked, client)
    reader, form = asked.text("reader") or READERS[0], asked.text("format")
    if reader not in READERS or form not in FORMS:
        raise DeskRefusal(
            f"a week is not printed as {form!r} for {reader!r}",
            f"forms are: {', '.join(FORMS)}; readers: {', '.join(READERS)}",
        )
    body = weeks_of(office).page(client.id, wanted.name, reader, form)
    is_frozen = body is not None
    if body is None:
        body = FORMS[form](preview(office, week_facts(office, client, wanted, asked.now)))
    digest = hashlib.sha256(body).hexdigest()
    return Printed(client.id, wanted.name, reader, form, is_frozen, digest, body)


def all_pages(week: Week) -> list[WeekPage]:
    """Every form for every reader."""
    return [WeekPage(reader, form, make(week)) for reader in READERS for form, make in FORMS.items()]


PAGES: Pages = {"week-print": printed}

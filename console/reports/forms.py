"""The forms of a week, for the client and for the provider's owner: the same value always gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from console.pages.week import Week
from console.reports.printed.client_page import client_page
from console.reports.printed.machine import as_csv, as_json, for_client
from console.reports.printed.markdown import markdown
from console.reports.printed.owner_page import Earlier, owner_page
from console.reports.printed.page import html
from console.reports.printed.pdf import pdf
from console.reports.printed.plain import plain_text
from console.reports.text import text

ForClient = Callable[[Week, Sequence[Week]], bytes]
"""Of a week and the weeks before it, the latest last."""
ForOwner = Callable[[Sequence[Week], Earlier], bytes]
"""Of every client's week, and by client the weeks before."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a week."""

    suffix: str
    """Of a file, without its dot."""
    media_type: str
    client: ForClient
    owner: ForOwner


FORMS: Mapping[str, Form] = {
    "text": Form(
        "txt", "text/plain; charset=utf-8",
        lambda week, _: text(week).encode(),
        lambda weeks, earlier: plain_text(owner_page(weeks, earlier)).encode(),
    ),
    "md": Form(
        "md", "text/markdown; charset=utf-8",
        lambda week, earlier: markdown(client_page(week, earlier)).encode(),
        lambda weeks, earlier: markdown(owner_page(weeks, earlier)).encode(),
    ),
    "html": Form(
        "html", "text/html; charset=utf-8",
        lambda week, earlier: html(client_page(week, earlier)).encode(),
        lambda weeks, earlier: html(owner_page(weeks, earlier), one_sheet=False).encode(),
    ),
    "pdf": Form(
        "pdf", "application/pdf",
        lambda week, earlier: pdf(client_page(week, earlier)),
        lambda weeks, earlier: pdf(owner_page(weeks, earlier), one_sheet=False),
    ),
    "json": Form(
        "json", "application/json",
        lambda week, _: as_json(for_client(week)),
        lambda weeks, _: b"[\n" + b",\n".join(as_json(week).rstrip() for week in weeks) + b"\n]\n",
    ),
    "csv": Form(
        "csv", "text/csv; charset=utf-8",
        lambda week, _: as_csv([for_client(week)]),
        lambda weeks, _: as_csv(weeks),
    ),
}  # fmt: skip

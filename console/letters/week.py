"""A frozen week as letters: to whom the model's reports go, and to our own who answer for delivery (5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from console.letters import reach
from console.letters.letter import DAY, Attachment, Letter, Posting
from console.letters.reach import Desk
from console.operating_model.entities import Client
from console.operating_model.people.reach import SEVERITIES
from console.operating_model.people.staff import Staff

_KINDS = {"pdf": "application/pdf", "html": "text/html", "markdown": "text/markdown"}
_BEST = ("pdf", "html", "markdown")
"""What goes with the letter: the first of these that was printed."""
_LIVES = 7 * DAY
Pages = Mapping[tuple[str, str], bytes]
"""What was printed, by reader and form."""


def letters(desk: Desk, client: Client, week: str, pages: Pages) -> tuple[Posting, ...]:
    """Each reader's page for whoever it is for, once a week and person, however often it is sent."""
    staff = desk.staff(client)
    if staff is None:
        return ()
    theirs = list(readers(staff))
    one = reach.reach(desk, client, SEVERITIES[-1])
    ours = [id_ for id_ in reach.holder(one, "service-delivery-manager") if id_ not in theirs] if one else []
    found = [*_for(client, week, pages, ("client", theirs)), *_for(client, week, pages, ("owner", ours))]
    return tuple(Posting(f"week {client.id} {week} {letter.person}", desk.now, letter) for letter in found)


def readers(staff: Staff) -> Iterator[str]:
    """The people at whom the channels for reports end."""
    ends = (one.to for one in staff.doc.channels if not set(one.use) & set(SEVERITIES) and one.kind == "report")
    yield from dict.fromkeys(id_ for end in ends for id_ in staff.members(end) if staff.is_here(id_))


def _for(client: Client, week: str, pages: Pages, whose: tuple[str, Sequence[str]]) -> Iterator[Letter]:
    reader, people = whose
    text = pages.get((reader, "text"))
    if text is None:
        return
    lines = tuple(text.decode("utf-8", "replace").splitlines())
    attached = tuple(_attached(client, week, pages, reader))[:1]
    for person in people:
        yield Letter(
            "week", f"{client.name}, week {week}", lines, client.id, person, lives=_LIVES, attachments=attached
        )


def _attached(client: Client, week: str, pages: Pages, reader: str) -> Iterator[Attachment]:
    for form in _BEST:
        if (body := pages.get((reader, form))) is not None:
            yield Attachment(f"{client.id}-{week}.{form if form != 'markdown' else 'md'}", _KINDS[form], body)

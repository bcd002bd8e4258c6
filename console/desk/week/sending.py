"""Sending a frozen week: its pages on disk, and word of it in the outbox. Each once."""

from __future__ import annotations

import os
from pathlib import Path

from console.desk.live.outbox import letter_desk
from console.desk.office import Asked, Office, Verbs, kept, require
from console.desk.planning.recording import alone, client_and_doc
from console.desk.refusal import DeskRefusal, Kind
from console.desk.week.frozen import last_over, the_frozen, weeks_of
from console.letters.week import letters as week_letters
from console.pages.house import Done
from console.pages.verb import Role
from console.pages.weeks import READERS
from console.reports.forms import FORMS
from console.store import outbox


async def send(office: Office, asked: Asked) -> Done:
    """Send a frozen week. Raises DeskRefusal."""
    client, _ = client_and_doc(office, asked)
    require(office, asked, Role.LEAD, client.id)
    week = the_frozen(office, client, last_over(asked, client)).week
    folder = office.surroundings.home / "weeks" / client.id / week
    pages = {
        (reader, form): body
        for reader in READERS
        for form in FORMS
        if (body := weeks_of(office).page(client.id, week, reader, form)) is not None
    }
    _lay_down(folder, {f"{reader}.{FORMS[form].suffix}": body for (reader, form), body in pages.items()})
    letters = week_letters(letter_desk(office, asked), client, week, pages)
    await kept(office.ledger.writer.do(lambda connection: outbox.put(connection, letters, asked.now)))
    office.pulse.beat()
    told = ", ".join(office.ledger.model.called(client.id, one.letter.person) for one in letters) or "nobody"
    return Done(f"{week} of {client.id}: {len(pages)} pages in {folder}; letters to {told}")


def _lay_down(folder: Path, pages: dict[str, bytes]) -> None:
    """Each file is whole or is not there; only its owner may read it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, body in pages.items():
            beside = folder / f".{name}.{os.getpid()}"
            beside.write_bytes(body)
            beside.chmod(0o600)
            beside.replace(folder / name)
    except OSError as error:
        told = f"{folder} cannot be written: {error.strerror}"
        raise DeskRefusal(told, "free some space, or give its owner back the folder", Kind.CANNOT_KEEP) from error


VERBS: Verbs = {"week-send": alone(send)}

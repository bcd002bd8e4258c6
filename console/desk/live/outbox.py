"""The outbox as people see and steer it, and the accounts that letters leave by."""

from __future__ import annotations

import asyncio
from functools import partial

from msgspec import structs

from checks.wording import counted
from console.desk.office import Asked, Office, Pages, Verbs, clients, kept, require
from console.desk.refusal import DeskRefusal, Kind
from console.letters.letter import Accounts, Fate, Letter, Way
from console.letters.reach import Desk as LetterDesk
from console.outlets.accounts import CannotUse
from console.outlets.carrying import Carrier
from console.pages.house import Done
from console.pages.outbox import LetterRow, Outbox, OutletRow, Outlets
from console.pages.verb import Role
from console.store import outbox
from console.store.outbox import Waiting
from console.watch.posting import hopeless

_SHOWN = 200
_LATE = 300
"""Seconds after which a letter that was tried, or that nothing carries, is stuck."""


def letters(office: Office, asked: Asked) -> Outbox:
    """What waits, what was given up, and the newest that were sent."""
    seen = clients(office, asked)
    is_narrowed = bool(asked.text("client"))
    found = outbox.standing(office.ledger.database.reading, _SHOWN)
    mine = [one for one in found if one.client in seen or (not is_narrowed and _may_see_house(office, asked, one))]
    waiting = [one for one in mine if one.is_waiting]
    return Outbox(
        now=asked.now,
        rows=tuple(_row(office, one) for one in mine),
        waiting=len(waiting),
        stuck=sum(is_stuck(one, asked.now) for one in waiting),
        given_up=sum(is_lost(one, asked.now) for one in mine),
        trouble=trouble(carrier_of(office).accounts(), bool(waiting)),
    )


def outlets(office: Office, asked: Asked) -> Outlets:
    """Each account and what is wrong with it; servers are asked, nobody is told anything."""
    require(office, asked, Role.LEAD, "")
    carrier = carrier_of(office)
    try:
        rows = tuple(OutletRow(name, wrong) for name, wrong in carrier.check())
    except CannotUse as error:
        return Outlets(asked.now, str(carrier.path), (), str(error))
    missing = "" if carrier.path.exists() else "there is no such file: nothing is sent, and letters wait"
    return Outlets(asked.now, str(carrier.path), rows, missing)


async def retry(office: Office, asked: Asked) -> Done:
    """Try again at once, also what was given up."""
    one = _found(office, asked, Role.TECHNICIAN)
    if one.sent_at is not None:
        raise DeskRefusal(f"letter {one.id} was sent already", "nobody is told twice", Kind.CONFLICT)
    again = outbox.again(one, asked.now)
    if why := hopeless(again, asked.now):
        raise DeskRefusal(f"letter {one.id} cannot be sent: {why}", "tell them yourself", Kind.CONFLICT)
    await kept(office.ledger.writer.do(lambda connection: outbox.settle(connection, [again])))
    office.pulse.beat()
    return Done(f"letter {one.id} is tried again now")


async def drop(office: Office, asked: Asked) -> Done:
    """Let nobody be told by it; it stays in the list, with who dropped it and why."""
    one = _found(office, asked, Role.LEAD)
    if not one.is_waiting:
        raise DeskRefusal(f"letter {one.id} does not wait any more", "see `watchbill outbox`", Kind.CONFLICT)
    why = f"dropped by {asked.who.login}: {asked.text('reason')}"
    gone = structs.replace(one, given_up_at=asked.now, why=why)
    await kept(office.ledger.writer.do(lambda connection: outbox.settle(connection, [gone])))
    office.pulse.beat()
    return Done(f"letter {one.id} is dropped")


async def try_out(office: Office, asked: Asked) -> Done:
    """Send one letter now, past the outbox, and say what came of it."""
    client, wanted = asked.text("client"), asked.text("to")
    require(office, asked, Role.LEAD, client)
    person = office.ledger.model.person(client, wanted)
    if person is None:
        raise DeskRefusal(f"there is no person {wanted!r}", "see `watchbill who`", Kind.NOT_FOUND)
    carrier = carrier_of(office)
    lines = (f"{asked.who.name} asked for this letter, to see whether letters arrive.", "Nothing is wrong.")
    has_chat = wanted in carrier.accounts().chats
    letter = Letter(
        "test",
        "A test of Watchbill",
        lines,
        client,
        wanted,
        Way.CHAT if has_chat else Way.MAIL,
        wanted if has_chat else "",
    )
    key = f"test {asked.now} {office.next_number()} {wanted}"
    to = (person.name, person.email)
    outcome = await asyncio.to_thread(partial(carrier.carry, letter, key, to, asked.now))
    if outcome.fate is not Fate.SENT:
        raise DeskRefusal(outcome.why, "see `watchbill outlets check`", Kind.CONFLICT)
    return Done(f"{person.name} was sent a test by {letter.way.value}")


def letter_desk(office: Office, asked: Asked) -> LetterDesk:
    """By what letters are written at the desk."""
    return LetterDesk(office.ledger.model, carrier_of(office).accounts(), asked.now)


def carrier_of(office: Office) -> Carrier:
    """What carries this house's letters."""
    return Carrier(office.surroundings.home / "console")


def banner(office: Office, seen: list[str], now: int) -> str:
    """One sentence where letters about these clients are stuck or were given up; "" where none is."""
    found = [one for one in outbox.unsent(office.ledger.database.reading, _SHOWN) if one.client in seen]
    stuck = [one for one in found if one.is_waiting and is_stuck(one, now)]
    lost = [one for one in found if is_lost(one, now)]
    if not (stuck or lost) or carrier_of(office).accounts() == Accounts():
        return ""
    said = [f"{counted(len(stuck), 'letter', 'letters')} cannot leave"] if stuck else []
    said += [f"{counted(len(lost), 'letter', 'letters')} told nobody"] if lost else []
    return f"{' · '.join(said)} (M): {(stuck or lost)[0].why}"


def is_stuck(one: Waiting, now: int) -> bool:
    """Whether it should have left by now."""
    return bool(one.why) and one.written_at + _LATE < now


def is_lost(one: Waiting, now: int) -> bool:
    """Whether somebody was not told, within the last day."""
    given_up = one.given_up_at is not None and one.given_up_at > now - 86_400
    return given_up and not one.why.startswith(("over ", "dropped "))


def trouble(accounts: Accounts, is_needed: bool) -> str:
    """Why nothing can leave, where something should."""
    if accounts.trouble or not is_needed:
        return accounts.trouble
    return (
        "" if accounts != Accounts() else "there is no account: nothing is sent, and letters wait; see docs/commands.md"
    )


def _row(office: Office, one: Waiting) -> LetterRow:
    letter, model = one.letter, office.ledger.model
    state = "waits" if one.is_waiting else "given up" if one.sent_at is None else "folded" if one.told_in else "sent"
    return LetterRow(
        letter=one.id,
        about=letter.about,
        client=letter.client,
        to=model.called(letter.client, letter.person) if letter.person else letter.account or "nobody",
        way=letter.way.value,
        severity=letter.severity,
        subject=letter.subject,
        state=state,
        written_at=one.written_at,
        due_at=one.due_at,
        sent_at=one.sent_at,
        tries=one.tries,
        why=one.why,
        lines=letter.lines,
    )


def _may_see_house(office: Office, asked: Asked, one: Waiting) -> bool:
    """What is about no one client is for whom it is for, and for who may see every client."""
    if one.client:
        return False
    person = office.ledger.model.person("", one.person)
    is_theirs = person is not None and person.login == asked.who.login
    return is_theirs or asked.who.role_at(office.ledger.model, "") is not None


def _found(office: Office, asked: Asked, needed: Role) -> Waiting:
    number = asked.number("letter")
    one = outbox.by_id(office.ledger.database.reading, number)
    may_see = one is not None and (
        asked.who.role_at(office.ledger.model, one.client) is not None
        if one.client
        else _may_see_house(office, asked, one)
    )
    if one is None or not may_see:
        raise DeskRefusal(f"there is no letter {number}", "see `watchbill outbox`", Kind.NOT_FOUND)
    require(office, asked, needed, one.client)
    return one


PAGES: Pages = {"outbox": letters, "outlets": outlets}
VERBS: Verbs = {"outbox-retry": retry, "outbox-drop": drop, "outlets-test": try_out}

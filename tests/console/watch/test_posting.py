"""The post: written with what it tells of, sent once, tried again, given up with the reason, never a flood."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from console.letters.letter import Accounts, Fate, Outcome
from console.store import outbox
from console.watch.posting import MOST_TRIES, Post

DOWN = Outcome(Fate.LATER, "mx.test:25 cannot be reached")


async def test_an_s1_is_told_to_who_is_on_call_and_to_the_owner_once(office: Any) -> None:
    number = office.opens()
    assert await office.round() == [f"incident {number} opening marco", f"incident {number} opening priya"]
    (_, address, letter), _ = office.hand.taken
    assert address == "marco@msp.example"
    assert letter.subject == f"S1 #{number} Brackwater Cabinetry: Files, is down"
    assert await office.round(3600) == []


async def test_a_notice_is_there_with_the_incident_and_survives_a_restart(office: Any) -> None:
    number = office.opens()
    assert [one.incident for _, _, one in outbox.notices(office.ledger.database.reading, 9)] == [number]
    office.ledger.read_back()
    again = Post(office.ledger, office.hand, lambda: office.time[0], lambda longest: longest)
    again._digest_at = office.post._digest_at
    await again.go_round()
    await again.go_round()
    assert len(office.hand.keys) == len(set(office.hand.keys)) == 2


async def test_what_was_written_but_not_settled_is_not_written_twice(office: Any) -> None:
    """As after a kill between two transactions: the same notice is met again, its letters are there."""
    office.opens()
    await office.post.write()
    before = office.letters()
    again = [structs.replace(one) for one in before.values()]
    writer = office.ledger.writer
    postings = [outbox.Posting(one.key, one.due_at, one.letter) for one in again]
    writer.do(lambda connection: outbox.put(connection, postings, office.time[0])).result()
    assert office.letters() == before


async def test_a_server_that_is_away_is_tried_again_later_and_later(office: Any) -> None:
    office.opens()
    office.hand.answer = DOWN
    waits = []
    for _ in range(4):
        await office.round()
        one = next(iter(office.letters().values()))
        waits.append(one.due_at - office.time[0])
        office.time[0] = one.due_at
    assert waits == [30, 60, 120, 240]
    assert one.why == DOWN.why
    office.hand.answer = Outcome(Fate.SENT)
    assert len(await office.round()) == 2


async def test_after_many_tries_it_is_given_up_and_says_why(office: Any) -> None:
    office.opens()
    await office.post.write()
    office.hand.answer = DOWN
    tired = [structs.replace(one, tries=MOST_TRIES - 1) for one in office.letters().values()]
    office.ledger.writer.do(lambda connection: outbox.settle(connection, tired)).result()
    await office.round()
    assert {one.why for one in office.letters().values()} == {f"{MOST_TRIES} tries: {DOWN.why}"}
    assert all(one.given_up_at for one in office.letters().values())


async def test_what_is_refused_is_given_up_at_once(office: Any) -> None:
    office.opens()
    office.hand.answer = Outcome(Fate.REFUSED, "550 no such user")
    await office.round()
    assert {one.why for one in office.letters().values()} == {"550 no such user"}
    office.hand.answer = Outcome(Fate.SENT)
    assert await office.round(86_400) == []


async def test_without_an_account_letters_wait_and_after_a_day_it_is_too_late(office: Any) -> None:
    office.opens()
    office.hand.answer = Outcome(Fate.WAITS, "there is no mail account")
    await office.round()
    assert all(one.is_waiting and not one.tries for one in office.letters().values())
    await office.round(86_401)
    assert {one.why for one in office.letters().values()} == {"too late to tell: there is no mail account"}


async def test_who_was_told_hears_that_it_is_over_and_who_ended_it_does_not(office: Any) -> None:
    number = office.opens()
    await office.round()
    office.happens(number, "owned", by="marco")
    office.time[0] += 600
    office.happens(number, "resolved", by="marco", text="disk swapped", restored_at=office.time[0])
    assert await office.round() == [f"incident {number} over 2 priya"]
    assert office.hand.taken[-1][2].lines[0] == "Marco Reyes ended it. disk swapped"


async def test_who_heard_that_it_is_over_hears_that_it_is_back(office: Any) -> None:
    number = office.opens()
    await office.round()
    office.happens(number, "owned", by="marco")
    office.happens(number, "resolved", by="marco", restored_at=office.time[0])
    assert await office.round() == [f"incident {number} over 2 priya"]
    office.happens(number, "reopened", by="marco", text="it failed again")
    assert await office.round() == [f"incident {number} back 3 priya"]
    assert office.hand.taken[-1][2].lines[0] == "Marco Reyes opened it again. it failed again"
    office.happens(number, "resolved", by="marco", restored_at=office.time[0])
    assert await office.round() == [f"incident {number} over 4 priya"]


@pytest.mark.parametrize("was_written", [False, True], ids=["at once", "while the end still waits to leave"])
async def test_of_an_end_that_was_taken_back_before_it_was_told_nobody_hears(office: Any, was_written: bool) -> None:
    number = office.opens()
    await office.round()
    office.happens(number, "owned", by="marco")
    office.happens(number, "resolved", by="marco", restored_at=office.time[0])
    if was_written:
        await office.post.write()
    office.happens(number, "reopened", by="marco", text="no, it is not")
    assert await office.round(60) == []
    assert await office.round(3600) == []


async def test_no_recovery_without_its_alarm(office: Any) -> None:
    number = office.opens()
    office.hand.answer = DOWN
    await office.round()
    office.happens(number, "owned", by="dana")
    office.happens(number, "resolved", by="dana", restored_at=office.time[0])
    office.hand.answer = Outcome(Fate.SENT)
    assert await office.round(3600) == []
    whys = {one.letter.about: one.why for one in office.letters().values()}
    assert whys == {"opening": f"over before it was told ({DOWN.why})", "over": "over before its alarm was told"}


async def test_what_an_incident_that_is_void_asked_for_is_asked_of_nobody(office: Any) -> None:
    number = office.opens()
    office.hand.answer = DOWN
    await office.round()
    office.happens(number, "void", by="dana", text="a test")
    office.hand.answer = Outcome(Fate.SENT)
    assert await office.round(600) == []
    assert {one.why for one in office.letters().values()} == {"its incident ended before it was told"}


async def test_an_offer_that_was_taken_back_before_it_left_is_told_to_nobody(office: Any) -> None:
    number = office.opens()
    await office.round()
    office.happens(number, "owned", by="marco")
    office.happens(number, "offered", by="marco", to="priya", text="my shift ends")
    office.hand.answer = DOWN
    await office.round()
    office.happens(number, "undone", by="marco", undoes=2)
    office.hand.answer = Outcome(Fate.SENT)
    assert not [key for key in await office.round(600) if "offer" in key]
    (offer,) = [one for one in office.letters().values() if one.letter.about == "offer"]
    assert offer.why == "the offer was taken back, or accepted, before it was told"


async def test_a_flood_becomes_one_letter(office: Any) -> None:
    numbers = [office.opens(severity="S2") for _ in range(30)]
    office.opens(severity="S1")
    told = await office.round()
    mine = [key for key in told if key.endswith("marco")]
    assert len(mine) == 5
    assert mine[0] == f"incident {numbers[-1] + 1} opening marco"
    office.opens(severity="S2")
    later = [key for key in await office.round(60) if key.endswith("marco")]
    assert later == []
    assert len([key for key in await office.round(600) if key.endswith("marco")]) == 1
    assert all(one.sent_at for one in office.letters().values())
    folds = [one for one in office.hand.taken if one[2].about == "fold" and one[0].endswith("marco")]
    assert [len([line for line in one[2].lines if "#" in line]) for one in folds] == [27]


async def test_an_s1_is_told_even_where_there_was_a_flood(office: Any) -> None:
    for _ in range(9):
        office.opens(severity="S2")
    await office.round()
    number = office.opens(severity="S1")
    assert f"incident {number} opening marco" in await office.round(5)


async def test_mild_ones_are_not_told_at_once(office: Any) -> None:
    office.opens(severity="S3")
    assert await office.round() == []
    assert office.letters() == {}


async def test_with_nobody_to_tell_it_is_visible_that_nobody_was(office: Any) -> None:
    office.opens(severity="S2", service="")
    provider = office.ledger.model.provider
    assert provider.doc is not None
    doc = provider.doc.model_copy(update={"on_call": None, "people": {}})
    office.ledger.model = structs_free(office.ledger.model, doc)
    await office.round()
    (one,) = office.letters().values()
    assert one.given_up_at
    assert one.why.startswith("nobody to tell")


def structs_free(model: Any, doc: Any) -> Any:
    from dataclasses import replace

    return replace(model, provider=replace(model.provider, doc=doc, people={}))


async def test_a_hook_and_a_room_are_told_beside_people(office: Any) -> None:
    office.hand.known = Accounts(True, frozenset({"ch-phone"}), {"pager": frozenset({"opening"})})
    number = office.opens()
    told = await office.round()
    assert f"incident {number} opening chat ch-phone" in told
    assert f"incident {number} opening hook pager" in told


async def test_a_mark_is_told_once_also_after_a_restart_and_to_whoever_has_it_by_then(office: Any) -> None:
    number = office.opens(severity="S2")
    await office.round()
    assert await office.round(22 * 60, marks=True) == []
    assert await office.round(30, marks=True) == [
        f"incident {number} mark own 75 marco",
        f"incident {number} mark own 75 priya",
    ]
    again = Post(office.ledger, office.hand, lambda: office.time[0], lambda longest: longest)
    again._digest_at = office.post._digest_at
    before = list(office.hand.keys)
    await again.go_round()
    assert office.hand.keys == before
    office.post = again
    assert await office.round(449, marks=True) == []
    assert await office.round(1, marks=True) == [f"incident {number} mark own 100 priya"]


async def test_marks_are_not_told_while_the_work_waits(office: Any) -> None:
    number = office.opens(severity="S2")
    office.happens(number, "owned", by="priya")
    office.happens(number, "paused", by="priya", reason="client")
    await office.round(marks=True, seconds=5 * 3600)
    assert not [key for key in office.hand.keys if "mark" in key]
    office.happens(number, "resumed", by="priya")
    assert not [key for key in await office.round(marks=True, seconds=4 * 3600) if "mark" in key]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_what_breaks_the_carrier_holds_back_only_its_own_letter(office: Any) -> None:
    first, second = office.opens(), office.opens()
    carry = office.hand.carry

    def broken(letter: Any, *rest: Any) -> Outcome:
        if letter.incident == first:
            raise KeyError("a fault of ours")
        return carry(letter, *rest)

    office.hand.carry = broken
    assert set(await office.round()) == {f"incident {second} opening marco", f"incident {second} opening priya"}
    stands = office.letters()[f"incident {first} opening marco"]
    assert (stands.tries, stands.why) == (1, "it could not be carried; the daemon's log says why")

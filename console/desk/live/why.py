"""The page that explains a rank from the model's own rule, and what would move it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks.reading import Instant
from console.desk.live.incidents import found
from console.desk.live.ranking import case, in_order, rules
from console.desk.office import Asked, Office, Pages, Verbs, clients
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.priority import Case, Reason, decided, reasons, sentence, title
from console.pages.house import Done
from console.pages.why import Criterion, Why


def why(office: Office, asked: Asked) -> Why:
    """Why an open incident stands where it stands. Raises DeskRefusal."""
    one = found(office, asked)
    if not one.is_open:
        raise DeskRefusal(f"incident {one.number} is over, and has no rank", "see `watchbill incidents`", Kind.CONFLICT)
    if one.parent:
        told = f"incident {one.number} is a symptom of #{one.parent}, and has no rank of its own"
        raise DeskRefusal(told, f"ask about {one.parent}", Kind.CONFLICT)
    seen = set(clients(office, asked))
    queue = [other for other in office.ledger.cases.open.values() if other.opening.client in seen]
    ordered = [case(office, other, asked.now) for other in in_order(office, queue, asked.now)]
    place = next(place for place, other in enumerate(ordered) if other.incident == one.number)
    rule = tuple(rules(office).get(one.opening.client, ()))
    mine = reasons(ordered[place], rule, asked.now)
    same = [other for other in ordered if other.client == one.opening.client and other.incident != one.number]
    return Why(
        now=asked.now,
        incident=one.number,
        client=one.opening.client,
        what=one.opening.title,
        rank=place + 1,
        of=len(ordered),
        sentence=sentence(mine),
        order=rule,
        criteria=tuple(_criteria(office, ordered[place], mine, same, asked.now)),
        moves=tuple(_moves(ordered, place, rules(office), asked.now)),
    )


async def show(office: Office, asked: Asked) -> Done:
    """Open the page about an incident."""
    page = why(office, asked)
    told = f"#{page.incident} is {page.rank} of {page.of}: {page.sentence}"
    return Done(told, "why", (("incident", str(page.incident)),))


def _criteria(
    office: Office, mine: Case, told: Sequence[Reason], others: Sequence[Case], now: Instant
) -> list[Criterion]:
    """Every criterion with those of the same client that it puts behind or before this one."""
    rule = tuple(rules(office).get(mine.client, ()))
    pairs = [(other.incident, pair) for other in others if (pair := decided(mine, other, rule, now)) is not None]
    number = office.ledger.model.revisions.get(mine.client)
    source = f"model of {mine.client}" + (f", revision {number}" if number else "")
    return [
        Criterion(
            name=one.criterion,
            title=title(one.criterion),
            value=one.value,
            source=source if one.criterion in rule else "always",
            ahead_of=tuple(no for no, (a, b) in pairs if a.criterion == one.criterion and a.key < b.key),
            behind=tuple(no for no, (a, b) in pairs if a.criterion == one.criterion and a.key > b.key),
        )
        for one in told
    ]


def _moves(ordered: Sequence[Case], place: int, known: Mapping[str, Sequence[str]], now: Instant) -> list[str]:
    """What holds it where it is: the one before it, the one behind it, and what a person could change."""
    mine = ordered[place]
    moves = [] if mine.owner else ["whoever owns it lets it go behind all that nobody has"]
    if place:
        moves.append(f"behind #{ordered[place - 1].incident}: {_because(mine, ordered[place - 1], known, now)}")
    if place + 1 < len(ordered):
        moves.append(f"before #{ordered[place + 1].incident}: {_because(mine, ordered[place + 1], known, now)}")
    has_rule = mine.client in known
    rule = (
        "this client's priorities.order" if has_rule else "a priorities.order in this client's model, which has none,"
    )
    return [*moves, f"among its severity, {rule} decides"]


def _because(mine: Case, other: Case, known: Mapping[str, Sequence[str]], now: Instant) -> str:
    is_same = mine.client == other.client
    pair = decided(mine, other, known.get(mine.client, ()) if is_same else (), now)
    if pair is None:
        return "they are equal, and the lower number goes first"
    if known and not is_same and pair[0].criterion not in ("owned", "severity"):
        return f"it is of {other.client}, and within a severity clients take turns"
    return f"{title(pair[0].criterion)}: {pair[0].value}, there {pair[1].value}"


PAGES: Pages = {"why": why}
VERBS: Verbs = {"why": show}

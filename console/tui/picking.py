"""What can be done on a page, and what it takes without asking: the client, the selected row, or all marked rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from console.pages.verb import Page, Verb
from console.pages.verbs import PAGES, VERBS
from console.tui import editing
from console.tui.view import Row, Target


class SeveralAtOnce(Exception):
    """The marked rows differ in what a verb takes one of: says in what."""


def takes_many(verb: Verb) -> bool:
    """Whether it can be done to all marked rows at once."""
    return any(one.many for one in verb.arguments)


def offered(verb: Verb, page: str, tab: str) -> bool:
    """Whether a verb works on a page: on the whole of it, or (as `page/tab`) on this part."""
    return page in verb.screens or f"{page}/{tab}" in verb.screens


def can_mark(page: str, tab: str, row: Row | None) -> bool:
    """Whether something is done to several rows such as this one at once."""
    verbs = (verb for verb in VERBS if offered(verb, page, tab))
    taken = {one.name for verb in verbs for one in verb.arguments if one.many}
    return row is not None and not taken.isdisjoint(dict(row.about))


def own_keys(page: Page, tab: str, marked: int | None) -> list[tuple[str, str]]:
    """The keys of a page's own, each with its label; `marked` is how many rows are, None where none can be."""
    labels = {one.name: (one.key, one.label.lower()) for one in PAGES}
    mark = [] if marked is None else [("space", f"{marked} marked" if marked else "mark")]
    verbs = [(verb.key, verb.label) for verb in VERBS if verb.key and offered(verb, page.name, tab)]
    edit = [(editing.KEY, editing.LABEL)] if page.name == editing.PAGE else []
    return [*mark, *verbs, *edit, *(labels[name] for name in page.leads)]


def given(verb: Verb, known: Mapping[str, str], rows: Iterable[Row]) -> dict[str, str]:
    """What is known of a verb's arguments; what rows say wins. Raises SeveralAtOnce."""
    abouts = [dict(row.about) for row in rows]
    found = {}
    for one in verb.arguments:
        said = list(dict.fromkeys(about[one.name] for about in abouts if one.name in about))
        if len(said) > 1 and not one.many:
            raise SeveralAtOnce(f"the marked rows are of several: {', '.join(said[:5])}; {verb.label} them one by one")
        if said:
            found[one.name] = ",".join(said)
        elif one.name in known:
            found[one.name] = known[one.name]
    return found


def beside(name: str, target: Target, row: Row | None, clients: Collection[str]) -> Target:
    """A page beside another: about the same client, week or whatever both are about, else the selected row's client.

    `clients` are all there are; none, until the desk has told them.
    """
    takes = {argument.name for page in PAGES if page.name == name for argument in page.arguments}
    if "client" in dict(target.arguments):
        return Target(name, tuple(one for one in target.arguments if one[0] in takes))
    client = dict(row.about if row else ()).get("client", "")
    is_needed = bool(client) and len(clients) != 1 and (not clients or client in clients)
    return Target(name, (("client", client),) if is_needed else ())


def marked_or_selected(verb: Verb, marked: Sequence[Row], selected: Row | None) -> list[Row]:
    """The rows that a verb is done to."""
    if marked and takes_many(verb):
        return list(marked)
    return [selected] if selected is not None else []

"""The client's page as plain text (operating-model.md, 5.2): the answer on top, then tables, then what is asked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from checks.text import clean
from console.pages.week import Week
from console.reports.printed.agents import agent_lines
from console.reports.printed.protection import protection
from console.reports.printed.saying import (
    budget,
    contract_light,
    days,
    help_light,
    help_words,
    is_told,
    number,
    on_site,
    revision,
    service_light,
    service_name,
    shown_services,
    state,
    waiting,
    we_say,
)
from console.reports.restated import for_client, lines

WIDTH, LEFT = 100, 13
"""The page's width, and where its second column begins."""
_NAME, _BUDGET = 18, 18


def text(week: Week) -> str:
    """The page, ending with a line end; at most 100 columns wide."""
    parts = [
        _head(week),
        _labelled("IN ONE LINE", _wrapped(clean(week.headline, 600), WIDTH - LEFT - 10)),
        _services(week),
        _labelled("2 HELP", list(_help(week))),
        _labelled(
            "3 PROTECTION", [*protection(week), *agent_lines(week)] or ["nothing is recorded of backups or updates"]
        ),
        _labelled("4 RISKS", list(_risks(week))),
        [*_labelled("5 WE WILL", list(_actions(week))), *_labelled("6 YOU DECIDE", list(_decide(week)))],
        _labelled("RESTATED", list(restated_lines(week))),
        _labelled("WE SAY", [line for one in we_say(week) for line in _wrapped(one, WIDTH - LEFT)]),
        [clean(week.contact)] if week.contact else [],
    ]
    page = "\n\n".join("\n".join(_cut(line.rstrip(), WIDTH) for line in part) for part in parts if part)
    return page + "\n"


def _head(week: Week) -> list[str]:
    name, when = clean(week.client_name, WIDTH).upper(), f"IT service week {week.week} ({days(week)})"
    first = [f"{name:<27} {when}"] if len(name) <= 32 else [name, when]
    first[-1] = f"{first[-1]:<79} {revision(week)}"
    return [*first, *_wrapped(state(week), WIDTH)]


def _services(week: Week) -> list[str]:
    lines = ["1 SERVICES           this week  28 days   promised  budget left, 28 d   light"]
    for one in shown_services(week):
        row = (one.availability, one.month, one.target)
        lines.append(
            _row(f"  {_cut(service_name(one), _NAME)}", row, budget(one.budget_left, one.month), service_light(one))
        )
        if one.contract is not None:
            terms = (one.contract.availability, one.contract.month, one.target)
            lines.append(
                _row(
                    "    contract terms",
                    terms,
                    budget(one.contract.budget_left, one.contract.month),
                    contract_light(one),
                )
            )
        if not is_told(one):
            lines.append(f"    between {clean(one.low)} and {clean(one.high)}, by what nobody saw")
        told = [*one.notes, *([one.forecast] if week.so_far and one.forecast else [])]
        lines += [f"    {line}" for note in told for line in _wrapped(clean(note), WIDTH - 4)]
    return lines if len(lines) > 1 else [*lines, "  the model names no service"]


def _row(name: str, shares: Sequence[str], left: str, said: str) -> str:
    cells = "  ".join(f"{number(share):>8}" for share in shares)
    return f"{name:<{_NAME + 2}}  {cells}  {left:<{_BUDGET}}  {said}"


def _help(week: Week) -> Iterator[str]:
    told = week.help
    if told is None:
        yield "no promise of help is recorded"
        return
    promises = [
        f"{help_words(one.promise)} {_kept(one.met, one.due, one.share, one.want)} {help_light(one)}".rstrip()
        for one in told.lines
    ]
    yield from _flowed(promises, "    ")
    late = f"late: {'; '.join(clean(one) for one in told.late)}. " if told.late else ""
    yield from _wrapped(f"{late}{waiting(told.open, told.waiting)}", WIDTH - LEFT)
    typical = f"Typical: {clean(told.typical)}. " if told.typical else ""
    yield from _wrapped(f"{typical}{on_site(told.on_site)}", WIDTH - LEFT)


def _kept(met: int, due: int, share: str, want: str) -> str:
    """`6 of 7 (85.71 %, want 95)`; the share is left out where all were kept."""
    if not due:
        return "none due"
    wanted = f", want {clean(want)}" if want else ""
    return f"{met} of {due}" + (f" ({clean(share)}{wanted})" if met < due else "")


def _risks(week: Week) -> Iterator[str]:
    for place, one in enumerate(week.risks, 1):
        first, *rest = _wrapped(clean(one.text), WIDTH - LEFT - 2)
        yield f"{place} {first}"
        yield from (f"  {line}" for line in rest)


def _actions(week: Week) -> Iterator[str]:
    what = [_cut(f"{clean(one.action)} {clean(one.what)}", 52) for one in week.actions]
    first = max(map(len, what), default=0)
    who = max((len(clean(one.who, 12)) for one in week.actions), default=0)
    for one, said in zip(week.actions, what, strict=True):
        asked = "NEEDS YOUR OK" if one.needs_ok else ""
        yield f"{said:<{first}}  {clean(one.who, 12):<{who}}  {clean(one.due, 20):<16}  {asked}"


def _decide(week: Week) -> Iterator[str]:
    asked = [
        f"{clean(one.decision)} {clean(one.what)}" + (f" ({clean(one.by)})" if one.by else "") for one in week.decide
    ]
    yield from _flowed(asked, "   ")


def restated_lines(week: Week) -> Iterator[str]:
    """What changed in weeks that were frozen before."""
    for said in lines(for_client(week.restated)):
        yield from _wrapped(clean(said, 600), WIDTH - LEFT)


def _flowed(pieces: Sequence[str], between: str) -> Iterator[str]:
    """Pieces side by side while they fit."""
    line = ""
    for piece in pieces:
        if line and len(line) + len(between) + len(piece) > WIDTH - LEFT:
            yield from _wrapped(line, WIDTH - LEFT)
            line = ""
        line = f"{line}{between}{piece}" if line else piece
    if line:
        yield from _wrapped(line, WIDTH - LEFT) if len(line) > WIDTH - LEFT else [line]


def _labelled(label: str, lines: Sequence[str]) -> list[str]:
    return [f"{label if not place else '':<{LEFT}}{line}" for place, line in enumerate(lines)]


def _wrapped(said: str, width: int) -> list[str]:
    return textwrap.wrap(said, width, break_on_hyphens=False)


def _cut(said: str, width: int) -> str:
    return said if len(said) <= width else f"{said[: width - 1]}…"

"""What people decide and undertake: waivers, windows, decisions, actions, restore tests. Each becomes a record."""

from __future__ import annotations

from console.pages.house import Done
from console.pages.verb import CLIENT, Argument, Role, Verb

_BY = Argument("by", "who decides it; empty: you", required=False)
_ASKER = Argument("by", "who asks or does it; empty: you", required=False)
_ID = Argument("id", "its id; by default the next free one", required=False, aside=True)
_WAIVER = Argument("waiver", "which waiver", picked=True)
_WINDOW = Argument("maintenance", "which window", picked=True)
_ACTION = Argument("action", "which action", picked=True)


def _verb(
    name: str, key: str, label: str, does: str, *arguments: Argument, needs: Role = Role.TECHNICIAN, **rest: object
) -> Verb:
    tab, once = str(rest["tab"]), bool(rest.get("once"))
    also = rest.get("also", "compliance/waivers" if tab == "waivers" else "")
    screens = tuple(filter(None, (f"plan/{tab}", *(also if isinstance(also, tuple) else (str(also),)))))
    return Verb(name, key, label, does, needs, Done, (CLIENT, *arguments), screens, once)


_WAIVERS = (
    _verb(
        "waiver-ask",
        "w",
        "ask waiver",
        "ask to deviate from a policy for a while; it excuses nothing until it is approved",
        Argument("policy", "which policy"),
        Argument("scope", "what it covers, such as host=erp01,patch=openssl"),
        Argument("expires", "until when, such as 2026-11-20 or 14d"),
        Argument("reason", "why"),
        Argument("compensating", "what holds the risk down meanwhile"),
        Argument("action", "which action ends the need", required=False),
        _ASKER,
        _ID,
        tab="waivers",
    ),
    _verb(
        "waiver-approve",
        "y",
        "approve",
        "approve a waiver that somebody else asked for",
        _WAIVER,
        Argument("reason", "a remark", required=False),
        _BY,
        tab="waivers",
        once=True,
    ),
    _verb(
        "waiver-refuse",
        "x",
        "refuse",
        "refuse a waiver, with the reason",
        _WAIVER,
        Argument("reason", "why not"),
        _BY,
        tab="waivers",
    ),
    _verb(
        "waiver-end",
        "e",
        "end",
        "end a waiver before it expires",
        _WAIVER,
        Argument("reason", "why now"),
        _BY,
        tab="waivers",
        once=True,
    ),
)

_WINDOWS = (
    _verb(
        "maintenance-plan",
        "m",
        "plan a window",
        "plan work; it counts as planned once it is approved and announced before its start",
        Argument("start", "from when, local, such as 2026-11-12T19:00"),
        Argument("end", "until when, or how long, such as 2h"),
        Argument("why", "what for"),
        Argument("services", "which services may be away (empty: none is excused)", required=False),
        Argument("hosts", "on which hosts", required=False, many=True),
        Argument("rollback", "the way back", required=False),
        Argument("repeats", "when it comes again, such as FREQ=MONTHLY;BYDAY=2TU;UNTIL=20271231", required=False),
        Argument("announced", "when the client was told; by default now", required=False, aside=True),
        Argument("confirm", "what it goes against: type the id of the service or need", required=False),
        _ASKER,
        _ID,
        tab="maintenance",
        also=("compliance/updates", "hosts"),
    ),
    _verb(
        "maintenance-approve",
        "y",
        "approve",
        "approve a window; after its start that excuses nothing any more",
        _WINDOW,
        Argument("reason", "a remark", required=False),
        _BY,
        tab="maintenance",
        also="maintenance",
        once=True,
    ),
    _verb(
        "maintenance-cancel",
        "x",
        "cancel",
        "call a window off",
        _WINDOW,
        Argument("reason", "why"),
        _BY,
        tab="maintenance",
        also="maintenance",
        once=True,
    ),
    _verb(
        "maintenance-close",
        "f",
        "close",
        "say that the work is finished, and with which result",
        _WINDOW,
        Argument("result", "the result"),
        Argument("confirm", "hosts that are not finished: type them", required=False),
        _ASKER,
        tab="maintenance",
        also="maintenance",
    ),
)

_DECISIONS = (
    _verb(
        "decision-add",
        "d",
        "decide",
        "write down what was decided, by whom, why, and the numbers that it rests on",
        Argument("what", "what is decided"),
        Argument("why", "why"),
        Argument("right", "which decision right it uses", required=False),
        Argument("accepts", "the cause that the client accepts", required=False, choices=("client-accepted-risk",)),
        Argument("covers", "what it covers, such as host=hv01,cause=utility-power", required=False),
        Argument("expires", "until when, such as 2027-01-31", required=False),
        Argument("cites", "numbers: availability/erp@2026-W45, or noise=50.00@2026-W46", required=False),
        _BY,
        _ID,
        tab="decisions",
    ),
)

_STEPS = (
    _verb(
        "action-add",
        "a",
        "add",
        "write down what somebody will do, and by when",
        Argument("text", "what will be done"),
        Argument("owner", "who does it"),
        Argument("due", "by when, such as 2026-12-01 or 14d"),
        Argument("outcome", "which outcome it serves", required=False),
        Argument("service", "which service it is about", required=False),
        Argument("from", "where it comes from: an incident, gap or waiver", required=False),
        Argument("estimate", "how much work it is, such as 4h", required=False),
        _ID,
        tab="actions",
        also="week-close",
    ),
    _verb(
        "action-done",
        "f",
        "done",
        "say that an action is done",
        _ACTION,
        Argument("result", "what came of it", required=False),
        tab="actions",
    ),
    _verb(
        "action-move",
        "m",
        "another date",
        "give an action another date, with the reason",
        _ACTION,
        Argument("due", "by when now"),
        Argument("reason", "why"),
        _ASKER,
        tab="actions",
    ),
    _verb(
        "restore-test-add",
        "t",
        "restore test",
        "write down that something was restored, and whether it worked",
        Argument("service", "of which service"),
        Argument("result", "did it work", choices=("ok", "failed")),
        Argument("what", "what was restored, and to where"),
        Argument("duration", "how long it took, such as 110m", required=False),
        Argument("at", "on which day; empty: today", required=False),
        _ASKER,
        tab="dates",
        also="incident",
    ),
    _verb(
        "absence-add",
        "l",
        "away",
        "write down that you allow somebody, or a machine, to be away: nothing is expected of them meanwhile",
        Argument("about", "which person or host"),
        Argument("first", "from which day, such as 2026-12-24"),
        Argument("last", "until which day, that one too"),
        Argument("why", "why"),
        _ASKER,
        needs=Role.LEAD,
        tab="dates",
    ),
    _verb(
        "absence-cancel",
        "x",
        "there after all",
        "take an absence back: all of it is expected again",
        Argument("about", "which person or host", picked=True),
        Argument("first", "its first day", picked=True),
        Argument("reason", "why"),
        _ASKER,
        needs=Role.LEAD,
        tab="dates",
    ),
)

VERBS: tuple[Verb, ...] = (*_WAIVERS, *_WINDOWS, *_DECISIONS, *_STEPS)

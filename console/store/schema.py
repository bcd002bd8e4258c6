"""The tables. Instants are whole UTC seconds. Records are only ever added; `states` is the one that is replaced.

A released migration is never edited; what these tables say must be what the newest migration leaves behind (a test).
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text

metadata = MetaData()

agents = Table(
    "agents",
    metadata,
    Column("agent", Text, primary_key=True),
    Column("client", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("hostname", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("joined_at", Integer, nullable=False),
    Column("ended_at", Integer),
    Column("ended_why", Text),
    Column("approved_at", Integer),
)
"""The enrolment record: which agent is which host of the model. Ending one keeps it."""

tokens = Table(
    "tokens",
    metadata,
    Column("token", Text, primary_key=True),
    Column("public_key", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("expires_at", Integer, nullable=False),
    Column("spent_at", Integer),
)
"""Invitations. Only the public half of the key that the secret derives is here."""

epochs = Table(
    "epochs",
    metadata,
    Column("agent", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("began_at", Integer, nullable=False),
    PrimaryKeyConstraint("agent", "epoch"),
)
"""The spools that an agent has numbered check-ins with, in the order in which the console met them."""

checkins = Table(
    "checkins",
    metadata,
    Column("agent", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("taken_at", Integer, nullable=False),
    Column("received_at", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("agent", "ordinal", "seq"),
    sqlite_with_rowid=False,
)
"""Every check-in as it was sent, squeezed; kept whole for 48 hours."""

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agent", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("received_at", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""Check-ins that contradict what is already known: a clone, a restored snapshot."""

states = Table(
    "states",
    metadata,
    Column("agent", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""How each host stands, as one document: what makes an unchanged check-in cost two rows, however many its findings."""

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agent", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("check", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("was", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("recorded_at", Integer, nullable=False),
    Column("value", Float),
    Column("sentence", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Index("changes_of_agent", "agent", "at"),
    Index("changes_of_client", "client", "at"),
)
"""One finding passed from one status to another. Kept for ever; every state is a fold of these."""

silences = Table(
    "silences",
    metadata,
    Column("agent", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    PrimaryKeyConstraint("agent", "start"),
)
"""Stretches without evidence, `[start, end)`, each written when the next check-in in order closed it."""

incidents = Table(
    "incidents",
    metadata,
    Column("incident", Integer, primary_key=True),
    Column("client", Text, nullable=False),
    Column("detected_at", Integer, nullable=False),
    Column("ended_at", Integer),
    Column("opening", LargeBinary, nullable=False),
    Index("incidents_of_client", "client", "detected_at"),
)
"""What each incident opened with. `ended_at` only finds the open ones; its truth is in the events."""

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("incident", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("events_of_incident", "incident", "id"),
)
"""What happened to incidents, in order. Never rewritten; an undo is an event as well."""

rollups = Table(
    "rollups",
    metadata,
    Column("agent", Text, nullable=False),
    Column("span", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("agent", "span", "start"),
    sqlite_with_rowid=False,
)
"""Least, mean and greatest of each number over `span` seconds, one packed document a host and span."""

sights = Table(
    "sights",
    metadata,
    Column("agent", Text, nullable=False),
    Column("check", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("is_seen", Integer, nullable=False),
    Column("made", Integer),
    Column("looked", Integer),
    PrimaryKeyConstraint("agent", "check", "subject", "at"),
    sqlite_with_rowid=False,
)
"""Since when which backup copy was seen as the newest, or none was, or nobody could look. Kept for ever.

`looked` is the last look that saw what was before: what came and went between the two, nobody has seen.
"""

stood = Table(
    "stood",
    metadata,
    Column("agent", Text, nullable=False),
    Column("taken_at", Integer, nullable=False),
    Column("until", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("agent", "taken_at"),
    sqlite_with_rowid=False,
)
"""What was seen last of a host before a week of its client ended, and until which look. Kept for ever."""

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("recorded_at", Integer, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Index("papers_of_client", "client", "id"),
)
"""Records that people write: decisions, waivers, sign-offs … Of one kind and name the latest holds; all stay."""

weeks = Table(
    "weeks",
    metadata,
    Column("client", Text, nullable=False),
    Column("week", Text, nullable=False),
    Column("frozen_at", Integer, nullable=False),
    Column("frozen_by", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("inputs_sha256", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("formula", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("client", "week"),
)
"""Frozen weeks, each once and for ever: what late truth changes is restated in a later one."""

week_pages = Table(
    "week_pages",
    metadata,
    Column("client", Text, nullable=False),
    Column("week", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("client", "week", "reader", "form"),
)
"""A frozen week as it was printed for its reader (`client` or `owner`): the same bytes whenever it is asked for."""

suppressed = Table(
    "suppressed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("check", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer, nullable=False),
    Column("came", Text, nullable=False),
    Index("suppressed_of_client", "client", "until"),
)
"""What alarmed nobody for a while, and what came of it: `raised`, `passed`, or `held on` by something else."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("client", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("written_at", Integer, nullable=False),
    Column("due_at", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("tried_at", Integer),
    Column("sent_at", Integer),
    Column("given_up_at", Integer),
    Column("told_in", Integer),
    Column("why", Text, nullable=False),
    Index("outbox_of_due", "sent_at", "given_up_at", "due_at"),
    Index("outbox_of_person", "person", "sent_at"),
)
"""What is to be told (`notice`), written with what it tells of, and the letters made of it, sent later.

`key` is what must be told only once; `told_in` is the letter that several were folded into.
"""

sittings = Table(
    "sittings",
    metadata,
    Column("login", Text, primary_key=True),
    Column("left_at", Integer),
    Column("last_at", Integer, nullable=False),
)
"""When each person left the desk before they came back, and when they last touched a key. Replaced, not added to."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("uid", Integer, nullable=False),
    *(
        Column(name, Text, nullable=False)
        for name in ("login", "behind", "action", "client", "about", "outcome", "why", "before", "after", "previous")
    ),
    Column("sha256", Text, nullable=False, unique=True),
)
"""Who did what to what, chained by digests (`console/store/chain.py`). Triggers refuse to change or delete a row."""

"""The first schema. Released: never edited."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of the first release."""
    _enrolment()
    _record()
    _incidents()


def _enrolment() -> None:
    op.create_table(
        "agents",
        sa.Column("agent", sa.Text, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("client", "site", "host", "hostname", "public_key", "fingerprint", "token")
        ),
        sa.Column("joined_at", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.Integer),
        sa.Column("ended_why", sa.Text),
    )
    op.create_table(
        "tokens",
        sa.Column("token", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("public_key", "client", "site", "host")),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False),
        sa.Column("spent_at", sa.Integer),
    )
    op.create_table(
        "epochs",
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("began_at", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("agent", "epoch"),
    )


def _record() -> None:
    op.create_table(
        "checkins",
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("taken_at", sa.Integer, nullable=False),
        sa.Column("received_at", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("agent", "ordinal", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("received_at", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "states",
        sa.Column("agent", sa.Text, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("agent", "client", "host", "check", "subject", "was", "status")
        ),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("recorded_at", sa.Integer, nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
    )
    op.create_index("changes_of_agent", "changes", ["agent", "at"])
    op.create_index("changes_of_client", "changes", ["client", "at"])
    op.create_table(
        "silences",
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("agent", "start"),
    )
    op.create_table(
        "rollups",
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("span", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("agent", "span", "start"),
        sqlite_with_rowid=False,
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("incident", sa.Integer, primary_key=True),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("detected_at", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.Integer),
        sa.Column("opening", sa.LargeBinary, nullable=False),
    )
    op.create_index("incidents_of_client", "incidents", ["client", "detected_at"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("incident", sa.Integer, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("events_of_incident", "events", ["incident", "id"])

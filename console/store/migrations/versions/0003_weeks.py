"""Frozen weeks, what was held back, and messages that leave the house. Released: never edited."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create their tables."""
    op.create_table(
        "weeks",
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("week", sa.Text, nullable=False),
        sa.Column("frozen_at", sa.Integer, nullable=False),
        sa.Column("frozen_by", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("inputs_sha256", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("formula", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("client", "week"),
    )
    op.create_table(
        "week_pages",
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("week", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("client", "week", "reader", "form"),
    )
    op.create_table(
        "suppressed",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("check", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer, nullable=False),
        sa.Column("came", sa.Text, nullable=False),
    )
    op.create_index("suppressed_of_client", "suppressed", ["client", "until"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("written_at", sa.Integer, nullable=False),
        sa.Column("due_at", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.Integer),
        sa.Column("sent_at", sa.Integer),
        sa.Column("given_up_at", sa.Integer),
        sa.Column("told_in", sa.Integer),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("outbox_of_due", "outbox", ["sent_at", "given_up_at", "due_at"])
    op.create_index("outbox_of_person", "outbox", ["person", "sent_at"])

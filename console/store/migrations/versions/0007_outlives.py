"""What a week needs of looks that are let go: copies as they were seen, hosts as they stood. Released: never edited."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables. What was seen before is told by what is still whole."""
    op.create_table(
        "sights",
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("check", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("is_seen", sa.Integer, nullable=False),
        sa.Column("made", sa.Integer),
        sa.Column("looked", sa.Integer),
        sa.PrimaryKeyConstraint("agent", "check", "subject", "at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stood",
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("taken_at", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("agent", "taken_at"),
        sqlite_with_rowid=False,
    )

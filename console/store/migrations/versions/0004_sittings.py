"""When each person was at the desk. Released: never edited."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create its table."""
    op.create_table(
        "sittings",
        sa.Column("login", sa.Text, primary_key=True),
        sa.Column("left_at", sa.Integer),
        sa.Column("last_at", sa.Integer, nullable=False),
    )

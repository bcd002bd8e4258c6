"""When somebody said that an agent may deliver; whoever had joined before may. Released: never edited."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the instant, and give it to all that are there."""
    op.add_column("agents", sa.Column("approved_at", sa.Integer))
    op.execute("UPDATE agents SET approved_at = joined_at")

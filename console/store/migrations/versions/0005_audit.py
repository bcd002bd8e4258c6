"""The audit log, to which rows are only added. Released: never edited."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create its table, and refuse whoever would change or delete a row by mistake."""
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("uid", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in (
                "login",
                "behind",
                "action",
                "client",
                "about",
                "outcome",
                "why",
                "before",
                "after",
                "previous",
            )
        ),
        sa.Column("sha256", sa.Text, nullable=False, unique=True),
    )
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
        )

"""Counters, for what counting rows would be slow for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        comment="what an operator asks for and counting rows would be slow: evaluations, disagreements",
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("counter")

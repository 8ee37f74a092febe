"""ministerial decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "ministerial_decision",
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the register's entry it led to"),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the decision, with its basis and who made it"),
        sa.PrimaryKeyConstraint("safeguarder_id", "version"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("ministerial_decision")

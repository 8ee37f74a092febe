"""A record of before may be kept as its difference from another one."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    stands_on = sa.Column(
        "stands_on", sa.String(36), server_default="", nullable=False, comment="the record that a difference needs"
    )
    op.add_column("evaluation", stands_on)


def downgrade() -> None:
    """Undo."""
    op.drop_column("evaluation", "stands_on")

"""trace of an alert."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "traceparent", sa.String(length=64), server_default="", nullable=False, comment="of what opened it"
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_column("traceparent")

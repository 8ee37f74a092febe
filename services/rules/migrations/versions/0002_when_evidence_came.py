"""when evidence came."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("evaluation_request", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "evidence_recorded_at",
                sa.BigInteger(),
                server_default="0",
                nullable=False,
                comment="when the earliest evidence that waits was recorded; 0 when none set it off",
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("evaluation_request", schema=None) as batch_op:
        batch_op.drop_column("evidence_recorded_at")

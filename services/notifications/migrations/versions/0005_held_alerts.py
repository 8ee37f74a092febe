"""held alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "held_since",
                sa.String(length=10),
                server_default="",
                nullable=False,
                comment="its concern is held; empty: not",
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_column("held_since")

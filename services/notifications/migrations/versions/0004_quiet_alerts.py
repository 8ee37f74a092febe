"""quiet alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "quiet",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="a change of the rulebook alone set it off",
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_column("quiet")

"""The day by which a suspension is looked at again, in what is told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
COMMENT = "day by which a suspension is looked at again"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("review_on", sa.String(length=10), nullable=False, server_default="", comment=COMMENT)
        )


def downgrade() -> None:
    """Revert."""
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_column("review_on")

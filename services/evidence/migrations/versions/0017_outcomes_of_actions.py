"""What an item of evidence takes from the action that it is derived from. Earlier releases made no such items.

It has a column of its own, which the release before leaves alone. The body holds what that release may read.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("derived", sa.Text(), nullable=True, comment="JSON of what is derived from an action of a plan")
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_column("derived")

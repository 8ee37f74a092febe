"""Items that are held until a person has looked at their text.

What earlier releases took in is not screened and not held: it was shared, counted and published long ago.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "held", sa.Boolean(), nullable=False, server_default=sa.false(), comment="its text may name a child"
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_column("held")

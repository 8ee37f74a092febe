"""Figures about supports read those of their days, not every support that there ever was."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    where = sa.text("kind = 'support' AND is_newest")
    with op.batch_alter_table("plan_part", schema=None) as batch_op:
        batch_op.create_index(
            "plan_part_support", ["recorded_at"], unique=False, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("plan_part", schema=None) as batch_op:
        batch_op.drop_index("plan_part_support")

"""An end of membership that lies ahead is told when it has come."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    where = sa.text("end_to_tell_on IS NOT NULL")
    comment = "last day of a membership whose end is not told yet"
    with op.batch_alter_table("safeguarder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("end_to_tell_on", sa.String(length=10), nullable=True, comment=comment))
        batch_op.create_index(
            "safeguarder_end_to_tell", ["end_to_tell_on"], unique=False, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("safeguarder", schema=None) as batch_op:
        batch_op.drop_index("safeguarder_end_to_tell")
        batch_op.drop_column("end_to_tell_on")

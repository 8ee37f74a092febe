"""Which database this is, and which databases of the other services it has read.

A database of the release before gets its identity here. Its readers adopt it when they next read, because they know no
other, and only if the event they read last still stands at its position.
"""

import sqlalchemy as sa
from alembic import op

from services.platform.storage.origin import new_origin

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "inbox_origin",
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False, comment="current, or past once it is given up"),
        sa.PrimaryKeyConstraint("source", "origin"),
    )
    origin = op.create_table(
        "origin",
        sa.Column("database_id", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False, comment="rises in each copy that a backup makes"),
        sa.PrimaryKeyConstraint("database_id"),
    )
    database_id, epoch = new_origin()
    op.bulk_insert(origin, [{"database_id": database_id, "epoch": epoch}])


def downgrade() -> None:
    """Undo."""
    op.drop_table("origin")
    op.drop_table("inbox_origin")

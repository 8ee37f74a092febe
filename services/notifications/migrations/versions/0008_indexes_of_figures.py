"""Indexes that status reads, so that it counts no table."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
ROWS = sa.text("state IN ('intended', 'claimed')")


def upgrade() -> None:
    """Apply."""
    op.create_index("dead_letter_by_age", "dead_letter", ["set_aside_at", "key", "key_sequence"], unique=False)
    op.create_index(
        "notification_oldest",
        "notification",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('intended', 'claimed')"),
        postgresql_where=sa.text("state IN ('intended', 'claimed')"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("dead_letter_by_age", "dead_letter")
    op.drop_index("notification_oldest", "notification")

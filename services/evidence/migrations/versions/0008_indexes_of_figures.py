"""Indexes that status and lists read, so that they read no table from end to end."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("dead_letter_by_age", "dead_letter", ["set_aside_at", "key", "key_sequence"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_index("dead_letter_by_age", "dead_letter")

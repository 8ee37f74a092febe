"""Indexes that status and lists read, so that they read no table from end to end."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("dead_letter_by_age", "dead_letter", ["set_aside_at", "key", "key_sequence"], unique=False)
    op.create_index(
        "evidence_item_unidentified",
        "evidence_item",
        ["evidence_id"],
        unique=False,
        sqlite_where=sa.text("NOT identified"),
        postgresql_where=sa.text("NOT identified"),
    )
    op.create_index(
        "evidence_item_held",
        "evidence_item",
        ["received_on", "evidence_id"],
        unique=False,
        sqlite_where=sa.text("held"),
        postgresql_where=sa.text("held"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("evidence_item_held", "evidence_item")
    op.drop_index("evidence_item_unidentified", "evidence_item")
    op.drop_index("dead_letter_by_age", "dead_letter")

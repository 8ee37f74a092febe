"""Indexes that status reads, so that it counts no table."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
ROWS = sa.text("evidence_recorded_at > 0")


def upgrade() -> None:
    """Apply."""
    op.create_index("dead_letter_by_age", "dead_letter", ["set_aside_at", "key", "key_sequence"], unique=False)
    op.create_index(
        "evaluation_request_oldest",
        "evaluation_request",
        ["evidence_recorded_at"],
        unique=False,
        sqlite_where=sa.text("evidence_recorded_at > 0"),
        postgresql_where=sa.text("evidence_recorded_at > 0"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("dead_letter_by_age", "dead_letter")
    op.drop_index("evaluation_request_oldest", "evaluation_request")

"""Indexes that status reads, so that it counts no table."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
ROWS = sa.text("is_open")


def upgrade() -> None:
    """Apply."""
    op.create_index("dead_letter_by_age", "dead_letter", ["set_aside_at", "key", "key_sequence"], unique=False)
    op.create_index("safeguarder_serving", "safeguarder", ["serves_until", "safeguarder_id"], unique=False)
    op.create_index(
        "support_session_open_by_start",
        "support_session",
        ["starts_at", "session_id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("dead_letter_by_age", "dead_letter")
    op.drop_index("support_session_open_by_start", "support_session")
    op.drop_index("safeguarder_serving", "safeguarder")

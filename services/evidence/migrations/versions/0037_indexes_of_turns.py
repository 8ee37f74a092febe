"""Indexes of what evidence looks for every minute: overlays in force, and packs that froze too early (F11)."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

IS_OPEN, FROZEN = sa.text("is_open"), sa.text("state = 'frozen'")


def upgrade() -> None:
    """Apply."""
    op.create_index("overlay_open", "overlay", ["overlay_id"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.create_index("session_pack_frozen", "session_pack", ["freezes_at"], sqlite_where=FROZEN, postgresql_where=FROZEN)


def downgrade() -> None:
    """Undo."""
    op.drop_index("session_pack_frozen", table_name="session_pack")
    op.drop_index("overlay_open", table_name="overlay")

"""Items that were shared too late for the papers of a session. Earlier releases kept none."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "session_late_items",
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column(
            "body", sa.Text(), nullable=False, comment="JSON of the late items: ids, versions, and who did what when"
        ),
        sa.PrimaryKeyConstraint("session_id"),
        comment="what was shared too late for the papers of support sessions, and offered beside them",
    )
    op.create_index("ix_session_late_items_safeguarder_id", "session_late_items", ["safeguarder_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("session_late_items")

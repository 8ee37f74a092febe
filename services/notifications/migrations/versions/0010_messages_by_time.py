"""An index for the list of everybody's messages, which would otherwise read the whole table for each page."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""
    op.create_index("notification_by_time", "notification", ["created_at", "notification_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("notification_by_time", "notification")

"""Training events that were held.

What the release before called delivered stays so: it kept no events. Events recorded from now on deliver the rest.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "training_event",
        sa.Column("training_event_id", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the event and the days on which it was held"),
        sa.PrimaryKeyConstraint("training_event_id"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("training_event")

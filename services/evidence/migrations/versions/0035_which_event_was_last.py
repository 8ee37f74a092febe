"""The inbox notes the id of the last event of each key, so that its source can tell whether it is its own (F2).

A release before goes on noting the number alone. Then `event_sequence` is behind it, and the id says nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

OF_THE_ID = "id of the event with the number in event_sequence"
OF_THE_NUMBER = "behind sequence where a release before applied an event"


def upgrade() -> None:
    """Apply."""
    op.add_column("inbox_key", sa.Column("event_id", sa.String(length=60), nullable=True, comment=OF_THE_ID))
    op.add_column("inbox_key", sa.Column("event_sequence", sa.BigInteger(), nullable=True, comment=OF_THE_NUMBER))


def downgrade() -> None:
    """Undo."""
    op.drop_column("inbox_key", "event_sequence")
    op.drop_column("inbox_key", "event_id")

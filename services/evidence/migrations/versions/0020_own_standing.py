"""What each concern is about, and when each service last told something about a person.

A concern that the release before stored says nothing of it until its next event. So the column may be empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    said = "JSON of what it is about; null until an event of rules says it"
    with op.batch_alter_table("known_concern", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said", sa.Text(), nullable=True, comment=said))
        batch_op.create_index("known_concern_of_person", ["safeguarder_id"], unique=False)
    op.create_table(
        "told",
        sa.Column("safeguarder_id", sa.String(64), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False, comment="when the source recorded it"),
        sa.PrimaryKeyConstraint("safeguarder_id", "source"),
        comment="when each service last told something about a person that is used here",
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("told")
    with op.batch_alter_table("known_concern", schema=None) as batch_op:
        batch_op.drop_index("known_concern_of_person")
        batch_op.drop_column("said")

"""The day after which a review request goes up a level. What earlier releases stored is looked at once."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    comment = "it goes up a level after this day; empty once it has ended"
    with op.batch_alter_table("review_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("up_on", sa.String(10), nullable=True, comment=comment))
        batch_op.create_index("review_request_up", ["up_on"], unique=False)
    op.execute("UPDATE review_request SET up_on = '' WHERE NOT is_newest")


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("review_request", schema=None) as batch_op:
        batch_op.drop_index("review_request_up")
        batch_op.drop_column("up_on")

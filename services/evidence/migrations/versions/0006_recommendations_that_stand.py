"""The Team's recommendations that stand.

Events of the release before do not say what was recommended, so the table begins empty. A recommendation made before
comes with the next step on its concern that leaves it standing, such as the Safeguarder's view or the end of a hold.
Until then a removal that names it is refused. Decisions on file are not changed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "recommendation",
        sa.Column("concern_id", sa.String(length=64), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False, comment="empty if a release before did not say"),
        sa.PrimaryKeyConstraint("concern_id"),
        comment="the Team's recommendations that stand, from the events of rules",
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("recommendation")

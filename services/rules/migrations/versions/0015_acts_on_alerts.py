"""The latest act on its alert that each concern has answered.

Notifications' events are read from the first one. What people did on an alert in releases before then reaches the
concern that nobody has taken on, so stored facts are mended by the reading and not here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "alert_act",
        sa.Column("concern_id", sa.String(length=36), nullable=False),
        sa.Column(
            "acted_at",
            sa.BigInteger(),
            nullable=False,
            comment="the latest act on its alert that the concern has answered",
        ),
        sa.PrimaryKeyConstraint("concern_id"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("alert_act")

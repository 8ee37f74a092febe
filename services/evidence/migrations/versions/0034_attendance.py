"""Evidence keeps how somebody took part: a review can be asked for of an unexcused absence (R92)."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "attendance",
        sa.Column(
            "record_id", sa.String(length=36), nullable=False, comment="id of the session, or of the training owed"
        ),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("word", sa.String(length=20), nullable=False),
        sa.Column("told_on", sa.String(length=10), nullable=False, comment="day since which the person knows it"),
        sa.Column("version", sa.Integer(), nullable=False, comment="rises with each change of the word"),
        sa.PrimaryKeyConstraint("record_id"),
        comment="how somebody took part, as scheduling last told",
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("attendance")

"""Plans of terms: their versions, who confirmed each, and reasons. Earlier releases kept none of it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "term_plan",
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "body", sa.Text(), nullable=False, comment="JSON of the plan: reasons, its newest version, who confirmed it"
        ),
        sa.PrimaryKeyConstraint("safeguarder_id", "term", "version"),
        comment="plans of terms, every change",
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("term_plan")

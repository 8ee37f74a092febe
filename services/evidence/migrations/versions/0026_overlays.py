"""Suspensions with their policy, notice and reviews. Earlier releases kept their days alone, as times away."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "overlay",
        sa.Column("overlay_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False, comment="the newest version, and in force"),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the overlay: days, and words of closed lists"),
        sa.PrimaryKeyConstraint("overlay_id", "version"),
        comment="suspensions with their policy, notice and reviews, every version",
    )
    op.create_index("overlay_of_person", "overlay", ["safeguarder_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("overlay")

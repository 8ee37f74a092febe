"""Suspensions, as evidence tells of them. Earlier releases followed none."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "overlay",
        sa.Column("overlay_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the overlay"),
        sa.PrimaryKeyConstraint("overlay_id"),
        comment="the newest version of each suspension, as evidence tells it",
    )
    with op.batch_alter_table("overlay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overlay_safeguarder_id"), ["safeguarder_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("overlay", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_overlay_safeguarder_id"))
    op.drop_table("overlay")

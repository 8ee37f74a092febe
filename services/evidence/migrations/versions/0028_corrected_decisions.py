"""Corrections of recorded decisions of Ministers. Earlier releases could not correct one."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "decision_correction",
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False, comment="version of the decision in ministerial_decision"),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the correction within the decision, from 1"),
        sa.Column(
            "body",
            sa.Text(),
            nullable=False,
            comment="JSON of the correction: what it says, why, and who did what when",
        ),
        sa.PrimaryKeyConstraint("safeguarder_id", "decision", "number"),
        comment="corrections of recorded decisions of Ministers, each as it stands",
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("decision_correction")

"""Duties of the Team, as scheduling tells them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "team_duty",
        sa.Column("duty_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("evaluated", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the duty"),
        sa.PrimaryKeyConstraint("duty_id", "version"),
        comment="every version of what the Team and support managers owe in a person's record, never deleted",
    )
    with op.batch_alter_table("team_duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_duty_safeguarder_id"), ["safeguarder_id"], unique=False)
        batch_op.create_index(
            "team_duty_not_evaluated",
            ["safeguarder_id"],
            unique=False,
            sqlite_where=sa.text("NOT evaluated"),
            postgresql_where=sa.text("NOT evaluated"),
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("team_duty", schema=None) as batch_op:
        batch_op.drop_index("team_duty_not_evaluated")
        batch_op.drop_index(batch_op.f("ix_team_duty_safeguarder_id"))

    op.drop_table("team_duty")

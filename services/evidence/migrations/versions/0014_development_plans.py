"""Development plans, and what they need to know of concerns and duties. Earlier releases kept none of it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "plan_part",
        sa.Column("part_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False, comment="strength, need, action or support"),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the part, both sides' words"),
        sa.PrimaryKeyConstraint("part_id", "version"),
        comment="strengths, needs, actions and supports, every version",
    )
    op.create_index("plan_part_of_person", "plan_part", ["safeguarder_id", "kind"], unique=False)
    op.create_table(
        "known_concern",
        sa.Column("concern_id", sa.String(64), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("concern_id"),
        comment="concerns and whether they are open, from the events of rules",
    )
    op.create_table(
        "known_duty",
        sa.Column("duty_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False, comment="what has time: an action, or an answer"),
        sa.Column("about_id", sa.String(64), nullable=False, comment="action, support, or session of a record"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("stands_still", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("duty_id"),
        comment="until when actions and answers have time, from the events of scheduling",
    )
    op.create_index("ix_known_duty_about_id", "known_duty", ["about_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    for table in ("known_duty", "known_concern", "plan_part"):
        op.drop_table(table)

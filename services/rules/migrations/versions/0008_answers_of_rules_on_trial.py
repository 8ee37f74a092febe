"""answers of rules on trial."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "trial_answer",
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("terms", sa.String(length=64), nullable=False, comment="hash of what its answer follows from"),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=30), nullable=False),
        sa.Column("answered_on", sa.String(length=10), nullable=False, comment="since when it has answered so"),
        sa.Column("raised_on", sa.String(length=10), nullable=True, comment="when it would first have been raised"),
        sa.Column("asked_on", sa.String(length=10), nullable=False, comment="when it was first asked"),
        sa.Column("evaluation_id", sa.String(length=36), nullable=False, comment="in which the answer changed last"),
        sa.PrimaryKeyConstraint("safeguarder_id", "rule", "terms", "subject"),
        comment="what rules on trial answer: it has no effect, and is no part of a decision record",
    )
    with op.batch_alter_table("trial_answer", schema=None) as batch_op:
        batch_op.create_index("trial_answer_of_rule", ["rule", "terms"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("trial_answer", schema=None) as batch_op:
        batch_op.drop_index("trial_answer_of_rule")

    op.drop_table("trial_answer")

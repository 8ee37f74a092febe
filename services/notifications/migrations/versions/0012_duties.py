"""Duties that people are asked for, and news of more than sessions.

Nobody owed a duty in the releases before, so there is none to begin with.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE, NOW = "the session, and whether its papers or its record", "papers, a record, an action or a support"
RUNNING = sa.text("stands = 'running'")


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("session_news", schema=None) as batch_op:
        batch_op.alter_column("about", existing_type=sa.String(length=36), comment=NOW, existing_comment=BEFORE)
    op.create_table(
        "duty",
        sa.Column("duty_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="the newest that scheduling has told of"),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("owed_by", sa.String(length=20), nullable=False),
        sa.Column("stands", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=False, comment="empty: it has no day"),
        sa.Column("asked", sa.Integer(), nullable=False, comment="steps of its ladder taken or left out for this day"),
        sa.Column(
            "counted_from",
            sa.String(length=10),
            nullable=False,
            comment="later steps count from it; empty: from due_on",
        ),
        sa.PrimaryKeyConstraint("duty_id"),
        comment="what somebody owes by a day, as scheduling last told of it",
    )
    op.create_index("duty_asks", "duty", ["due_on"], sqlite_where=RUNNING, postgresql_where=RUNNING)


def downgrade() -> None:
    """Revert."""
    op.drop_index("duty_asks", "duty")
    op.drop_table("duty")
    with op.batch_alter_table("session_news", schema=None) as batch_op:
        batch_op.alter_column("about", existing_type=sa.String(length=36), comment=BEFORE, existing_comment=NOW)

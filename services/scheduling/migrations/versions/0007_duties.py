"""Duties, and the facts that they are worked out from.

Nothing is worked out here: evidence tells of records, actions and supports again as they change, and a session that was
held before owes no record.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "duty",
        sa.Column("duty_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False, comment="somebody still owes it"),
        sa.Column("due_on", sa.String(length=10), nullable=False, comment="last day, as it was last told"),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the duty"),
        sa.PrimaryKeyConstraint("duty_id"),
    )
    op.create_index("ix_duty_safeguarder_id", "duty", ["safeguarder_id"], unique=False)
    op.create_index(
        "duty_open",
        "duty",
        ["due_on", "duty_id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_table(
        "duty_fact",
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column(
            "about", sa.String(length=120), nullable=False, comment="name of the record, the action or the support"
        ),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of its newest version, without words"),
        sa.PrimaryKeyConstraint("safeguarder_id", "about"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("duty_fact")
    op.drop_index("duty_open", "duty")
    op.drop_index("ix_duty_safeguarder_id", "duty")
    op.drop_table("duty")

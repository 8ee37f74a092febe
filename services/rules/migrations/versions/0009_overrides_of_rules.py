"""overrides of rules."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rule_override",
        sa.Column("override_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.String(length=10), nullable=False),
        sa.Column("ends_on", sa.String(length=10), nullable=False, comment="the last day it holds"),
        sa.Column("author", sa.String(length=64), nullable=False, comment="opaque id"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True, comment="when somebody ended it before its time"),
        sa.Column("ended_by", sa.String(length=64), nullable=False, comment="opaque id; empty if nobody did"),
        sa.PrimaryKeyConstraint("override_id"),
        comment="decisions to set aside what a rule says of a person, never deleted",
    )
    with op.batch_alter_table("rule_override", schema=None) as batch_op:
        batch_op.create_index("rule_override_by_end", ["ends_on", "override_id"], unique=False)
        batch_op.create_index("rule_override_of_person", ["safeguarder_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("rule_override", schema=None) as batch_op:
        batch_op.drop_index("rule_override_of_person")
        batch_op.drop_index("rule_override_by_end")

    op.drop_table("rule_override")

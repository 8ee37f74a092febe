"""Evidence keeps the rules that are set aside for a person: a review can be asked for of an override (R92)."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rule_override",
        sa.Column("override_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False, comment="who set the rule aside"),
        sa.Column("starts_on", sa.String(length=10), nullable=False),
        sa.Column("ends_on", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="1, and 2 once it was ended before its last day"),
        sa.PrimaryKeyConstraint("override_id"),
        comment="a rule that is set aside for a person, as rules last told",
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("rule_override")

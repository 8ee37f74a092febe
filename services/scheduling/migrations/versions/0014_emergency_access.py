"""Who has opened a file in an emergency, and until when.

Nobody has before an event of scheduling says so. The release before knows no such right.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "opened",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("access_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "access_id"),
    )
    op.create_table(
        "emergency_access",
        sa.Column("access_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("opened_by", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the emergency access"),
        sa.PrimaryKeyConstraint("access_id"),
    )
    op.create_index("emergency_access_of_person", "emergency_access", ["safeguarder_id", "opened_at"], unique=False)
    op.create_index(
        "emergency_access_to_review", "emergency_access", ["reviewed", "opened_at", "access_id"], unique=False
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("emergency_access_to_review", "emergency_access")
    op.drop_index("emergency_access_of_person", "emergency_access")
    op.drop_table("emergency_access")
    op.drop_table("opened")

"""The audit log as a chain: each row with its place and a hash, whom a call across people touched, and checkpoints.

Rows from before have no hash, and neither have those of the release before if it comes back. A checkpoint counts them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit_checkpoint",
        sa.Column("service", sa.String(length=20), nullable=False, comment="whose audit log it is about"),
        sa.Column("origin", sa.String(length=60), nullable=False, comment="which database of that service"),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("signed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("service", "origin", "position", "at"),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("people", sa.Text(), nullable=True, comment="ids whom a call about no one person touched")
        )
        batch_op.add_column(sa.Column("position", sa.BigInteger(), nullable=True, comment="in the chain, from 1"))
        batch_op.add_column(
            sa.Column("hash", sa.LargeBinary(length=32), nullable=True, comment="over this row and the hash before it")
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_column("hash")
        batch_op.drop_column("position")
        batch_op.drop_column("people")
    op.drop_table("audit_checkpoint")

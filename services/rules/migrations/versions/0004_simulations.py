"""Simulations: runs over history, kept for a limited time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "simulation",
        sa.Column("simulation_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False, comment="JSON of what to run"),
        sa.Column("rulebook_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True, comment="JSON of what was found; opaque ids only"),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.Column(
            "seen_at",
            sa.BigInteger(),
            nullable=False,
            comment="when the copy that runs it last said so; 0 while nobody does",
        ),
        sa.PrimaryKeyConstraint("simulation_id"),
        comment="runs over history; deleted when they expire",
    )
    with op.batch_alter_table("simulation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_simulation_expires_at"), ["expires_at"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("simulation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_simulation_expires_at"))

    op.drop_table("simulation")

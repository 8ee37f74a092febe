"""The life of a concern: what people do about it, and the history of their moves."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "concern_move",
        sa.Column("concern_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="the version of the concern that the move made"),
        sa.Column("move", sa.String(length=30), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False, comment="who made it: opaque id"),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("from_state", sa.String(length=30), nullable=False),
        sa.Column("to_state", sa.String(length=30), nullable=False),
        sa.Column("word", sa.String(length=120), nullable=False, comment="words of closed lists"),
        sa.PrimaryKeyConstraint("concern_id", "number"),
        comment="every move of people, never changed",
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "course", sa.Text(), nullable=True, comment="JSON of what people have done about it; null for nothing"
            )
        )
        batch_op.add_column(sa.Column("ended_at", sa.BigInteger(), nullable=True))
        batch_op.alter_column(
            "state", existing_type=sa.VARCHAR(length=20), type_=sa.String(length=30), existing_nullable=False
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.alter_column(
            "state", existing_type=sa.String(length=30), type_=sa.VARCHAR(length=20), existing_nullable=False
        )
        batch_op.drop_column("ended_at")
        batch_op.drop_column("course")

    op.drop_table("concern_move")

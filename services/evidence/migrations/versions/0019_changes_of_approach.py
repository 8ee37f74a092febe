"""Changes of the approach to concerns, and what they need to know of a concern. Earlier releases kept none of it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
_NEW = ("lane", "is_held", "merged_into", "reopened_on")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "approach_change",
        sa.Column("change_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the change, with what is expected and why"),
        sa.PrimaryKeyConstraint("change_id", "version"),
        comment="changes of the approach to concerns, every version",
    )
    op.create_index("approach_change_of_person", "approach_change", ["safeguarder_id"], unique=False)
    with op.batch_alter_table("known_concern", schema=None) as batch_op:
        batch_op.add_column(_text("lane", 20, "empty until an event says it"))
        batch_op.add_column(sa.Column("is_held", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(_text("merged_into", 64, "the concern that it goes on as"))
        batch_op.add_column(_text("reopened_on", 10, "empty if it never was"))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("known_concern", schema=None) as batch_op:
        for column in reversed(_NEW):
            batch_op.drop_column(column)
    op.drop_table("approach_change")


def _text(name: str, length: int, comment: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=False, server_default="", comment=comment)

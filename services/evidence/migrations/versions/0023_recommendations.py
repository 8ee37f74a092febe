"""Recommendations about memberships, and what they need to know of a concern. Earlier releases kept none of it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None
_NEW = ("owner", "escalated_by", "raised_on")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "team_recommendation",
        sa.Column("recommendation_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False, comment="the person sees this version"),
        sa.Column(
            "body", sa.Text(), nullable=False, comment="JSON of the recommendation, its pack and both sides' words"
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "version"),
        comment="what the Team recommends about memberships, every version",
    )
    op.create_index("team_recommendation_of_person", "team_recommendation", ["safeguarder_id"], unique=False)
    with op.batch_alter_table("known_concern", schema=None) as batch_op:
        batch_op.add_column(_text("owner", 64, "who has taken it on; empty for nobody"))
        batch_op.add_column(_text("escalated_by", 64, "empty if nobody did"))
        batch_op.add_column(_text("raised_on", 10, "empty if a release before heard it"))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("known_concern", schema=None) as batch_op:
        for column in reversed(_NEW):
            batch_op.drop_column(column)
    op.drop_table("team_recommendation")


def _text(name: str, length: int, comment: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=False, server_default="", comment=comment)

"""Drafts: what somebody began to write and has not sent."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "draft",
        sa.Column("draft_id", sa.String(36), primary_key=True),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False, comment="whom it is about; empty while that is not said"),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False, comment="as the program that keeps it writes them"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        comment="deleted 14 days after its last change",
    )
    op.create_index("draft_of_author", "draft", ["author", "changed_at"])
    op.create_index("draft_about", "draft", ["subject", "changed_at"])
    op.create_index("draft_by_age", "draft", ["changed_at"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("draft")

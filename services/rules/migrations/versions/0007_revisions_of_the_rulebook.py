"""revisions of the rulebook."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rulebook_activation",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False),
        sa.Column("in_force_at", sa.BigInteger(), nullable=True, comment="empty until it came into force"),
        sa.Column("refused", sa.Text(), nullable=False, comment="why it did not when its time came"),
        sa.Column("taken_back", sa.Boolean(), nullable=False, comment="another took its place before its time"),
        sa.PrimaryKeyConstraint("number"),
        comment="what came into force in this order, never deleted",
    )
    op.create_table(
        "rulebook_approval",
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("approver", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=False),
        sa.Column("whatif_report_hash", sa.String(length=64), nullable=False),
        sa.Column("cover_report_hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False, comment="JWS over all of it, by a key of the service"),
        sa.PrimaryKeyConstraint("content_hash", "approver"),
    )
    op.create_table(
        "rulebook_revision",
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("content_hash"),
        comment="its files are in rulebook, with loaded_at 0 until it comes into force",
    )
    with op.batch_alter_table("rulebook_revision", schema=None) as batch_op:
        batch_op.create_index("rulebook_revision_by_age", ["created_at", "content_hash"], unique=False)

    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "quiet",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="a change of the rulebook alone set it off",
            )
        )

    with op.batch_alter_table("evaluation_request", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "instead_of",
                sa.String(length=64),
                server_default="",
                nullable=False,
                comment="rulebook of the evaluation before, where another has come into force since",
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("evaluation_request", schema=None) as batch_op:
        batch_op.drop_column("instead_of")

    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_column("quiet")

    with op.batch_alter_table("rulebook_revision", schema=None) as batch_op:
        batch_op.drop_index("rulebook_revision_by_age")

    op.drop_table("rulebook_revision")
    op.drop_table("rulebook_approval")
    op.drop_table("rulebook_activation")

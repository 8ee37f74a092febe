"""Short records for evaluations that change nothing, and compressed whole ones. Earlier records stay as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "same_as",
                sa.String(length=36),
                server_default="",
                nullable=False,
                comment="the whole record that a short one names",
            )
        )
        batch_op.add_column(
            sa.Column(
                "essence",
                sa.String(length=64),
                server_default="",
                nullable=False,
                comment="hash of all that matters in it",
            )
        )
        batch_op.add_column(
            sa.Column(
                "packed",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="whether the record is compressed",
            )
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_column("packed")
        batch_op.drop_column("essence")
        batch_op.drop_column("same_as")

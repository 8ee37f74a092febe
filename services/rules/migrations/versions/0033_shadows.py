"""A database says whether it is that of a shadow, and of which."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "shadow",
        sa.Column("name", sa.String(40), primary_key=True),
        comment="a row in the database of a shadow, so that the service never takes it for its own",
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("shadow")

"""An edition of the standards is kept with what the standards of the edition before it became (P13)."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

COMMENT = "JSON: ids of this edition by those of the one before; null if a release before"


def upgrade() -> None:
    """Apply."""
    op.add_column("standards_edition", sa.Column("became", sa.Text(), nullable=True, comment=COMMENT))


def downgrade() -> None:
    """Undo."""
    op.drop_column("standards_edition", "became")

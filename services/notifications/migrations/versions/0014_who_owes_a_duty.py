"""Who owes a duty, where that is one person other than the Safeguarder and the support manager. Nobody did before."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
COMMENT = "empty: who owes it follows from the Safeguarder"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("person", sa.String(length=64), nullable=False, server_default="", comment=COMMENT)
        )


def downgrade() -> None:
    """Revert."""
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_column("person")

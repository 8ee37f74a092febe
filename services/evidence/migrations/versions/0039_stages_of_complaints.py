"""How far a complaint has come. A column of its own, because the release before writes the body of an item again."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    column = sa.Column(
        "stages", sa.Text(), nullable=True, comment="JSON of every step of a complaint, also of those taken back"
    )
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.add_column(column)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_column("stages")

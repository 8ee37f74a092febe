"""The number by which the Panel and other bodies know a person. Nobody has one until the Team enters it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("safeguarder", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "panel_number", sa.String(length=40), nullable=True, comment="by which other bodies know the person"
            )
        )
        batch_op.create_index("safeguarder_by_number", ["panel_number"], unique=True)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("safeguarder", schema=None) as batch_op:
        batch_op.drop_index("safeguarder_by_number")
        batch_op.drop_column("panel_number")

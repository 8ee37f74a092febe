"""A record says what it follows from, so that another one from the same holds only what it answers otherwise.

Records of before say nothing of it, so the next record of each person is whole.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    inputs = sa.Column(
        "inputs", sa.String(64), server_default="", nullable=False, comment="hash of what it follows from"
    )
    op.add_column("evaluation", inputs)


def downgrade() -> None:
    """Undo."""
    op.drop_column("evaluation", "inputs")

"""The course of a concern with what the release before does not know, beside the one that it reads and stores."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None
_COMMENT = "the course with what the release before would leave out of it"


def upgrade() -> None:
    """Apply."""
    for table in ("concern", "concern_version"):
        op.add_column(table, sa.Column("whole_course", sa.Text(), nullable=True, comment=_COMMENT))


def downgrade() -> None:
    """Undo."""
    for table in ("concern", "concern_version"):
        op.drop_column(table, "whole_course")

"""Nobody supports a person whose membership has ended.

The release before was not told that an allocation ended, so the former support manager could still read the file.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        sa.text("DELETE FROM relation WHERE subject IN (SELECT safeguarder_id FROM safeguarder WHERE state = 'ended')")
    )


def downgrade() -> None:
    """Leave it: the next allocation adds what is right."""

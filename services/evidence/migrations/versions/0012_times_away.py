"""Leave and suspension. Earlier releases kept neither, so there is nothing to bring along."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "time_away",
        sa.Column("time_away_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the time away, with who recorded it"),
        sa.PrimaryKeyConstraint("time_away_id", "version"),
        comment="leave and suspension, every version",
    )
    op.create_index("ix_time_away_safeguarder_id", "time_away", ["safeguarder_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_time_away_safeguarder_id", "time_away")
    op.drop_table("time_away")

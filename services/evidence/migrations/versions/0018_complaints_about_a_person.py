"""The complaints about a person, which are read before words about them are taken in as something else (P7)."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_A_COMPLAINT = sa.text("kind = 'complaint'")


def upgrade() -> None:
    """Apply."""
    op.create_index(
        "evidence_item_complaint",
        "evidence_item",
        ["safeguarder_id"],
        sqlite_where=_A_COMPLAINT,
        postgresql_where=_A_COMPLAINT,
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("evidence_item_complaint", "evidence_item")

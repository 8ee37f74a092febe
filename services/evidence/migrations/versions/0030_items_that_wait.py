"""Items that nobody has read against the standards, or shared, are found without reading all."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INDEXES = {"evidence_item_unmapped": "standards = '  '", "evidence_item_unshared": "NOT open_to_the_person"}


def upgrade() -> None:
    """Apply."""
    for name, where in INDEXES.items():
        op.create_index(
            name,
            "evidence_item",
            ["received_on", "evidence_id"],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    """Undo."""
    for name in INDEXES:
        op.drop_index(name, "evidence_item")

"""Who reads a file, by which right, and a page of it by index.

The release before writes no relation: the list of reads then says that it was not kept. The new index begins as the one
before did, so nothing that used that one becomes slower.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    relation = sa.Column("relation", sa.String(10), nullable=True, comment="of the caller to the record at that time")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(relation)
        batch_op.create_index("ix_audit_subject_number", ["subject", "number"], unique=False)
        batch_op.drop_index("ix_audit_subject")


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject", ["subject"], unique=False)
        batch_op.drop_index("ix_audit_subject_number")
        batch_op.drop_column("relation")

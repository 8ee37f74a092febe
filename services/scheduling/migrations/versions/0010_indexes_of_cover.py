"""Indexes of cover."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index("delegation_in_force", ["ended", "from_on", "delegation_id"], unique=False)

    with op.batch_alter_table("person_link", schema=None) as batch_op:
        batch_op.create_index("person_link_in_force", ["ended", "declared_at", "link_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("person_link", schema=None) as batch_op:
        batch_op.drop_index("person_link_in_force")

    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index("delegation_in_force")

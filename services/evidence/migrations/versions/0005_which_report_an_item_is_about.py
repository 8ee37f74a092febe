"""The report that an item is about.

The service fills both columns for items of an earlier release when it starts. It publishes each of these items that is
about a report again, so that rules and KPIs count a report once (P15, P16). Nothing that was sent twice is taken out:
both items stay on file and count as one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("case_reference", sa.String(length=37), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column(
                "identified",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="it names the report it is about",
            )
        )
        batch_op.create_index("evidence_item_of_case", ["safeguarder_id", "case_reference"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_index("evidence_item_of_case")
        batch_op.drop_column("identified")
        batch_op.drop_column("case_reference")

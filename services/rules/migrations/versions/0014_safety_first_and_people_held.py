"""Safety first in the queue, and why a person's evaluation is held. Old code goes on writing: there are defaults."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("evaluation_request", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "urgency",
                sa.Integer(),
                server_default="1",
                nullable=False,
                comment="0 safety, 1 evidence, 2 everybody's turn",
            )
        )
        batch_op.add_column(
            sa.Column(
                "held",
                sa.String(length=40),
                server_default="",
                nullable=False,
                comment="why the last try failed; empty if none did",
            )
        )
        batch_op.create_index(
            "evaluation_request_next", ["urgency", "evidence_recorded_at", "safeguarder_id"], unique=False
        )
        batch_op.create_index(
            "evaluation_request_held",
            ["safeguarder_id"],
            unique=False,
            sqlite_where=sa.text("held <> ''"),
            postgresql_where=sa.text("held <> ''"),
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("evaluation_request", schema=None) as batch_op:
        batch_op.drop_index("evaluation_request_held")
        batch_op.drop_index("evaluation_request_next")
        batch_op.drop_column("held")
        batch_op.drop_column("urgency")

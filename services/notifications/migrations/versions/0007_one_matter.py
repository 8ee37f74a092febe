"""One matter: when an alert asks again, who acted on it, and by when an answer is asked for.

Every live alert of the releases before gets the day on which it asks: its next date, or else its day to respond by.
Those whose day has passed ask when the office opens next, because nobody was asked again until now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PARKED = sa.text("state = 'resolved' AND next_on <> ''")
ASKING = sa.text("asks_on <> ''")
SNOOZED = sa.text("state = 'snoozed'")


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "asks_on",
                sa.String(length=10),
                server_default="",
                nullable=False,
                comment="when it asks, or asks again; empty: ended",
            )
        )
        batch_op.add_column(
            sa.Column(
                "asked",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="steps of its ladder taken since then",
            )
        )
        batch_op.add_column(
            sa.Column("acted_at", sa.BigInteger(), nullable=True, comment="when a person last acted on it")
        )
        batch_op.add_column(
            sa.Column("acted_by", sa.String(length=64), server_default="", nullable=False, comment="opaque id")
        )
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "answer_by_on",
                sa.String(length=10),
                server_default="",
                nullable=False,
                comment="by when an answer is asked for",
            )
        )
    op.execute(
        "UPDATE alert SET asks_on = CASE WHEN state IN ('acknowledged', 'snoozed') AND next_on <> '' "
        "THEN next_on ELSE respond_by_on END WHERE state <> 'resolved'"
    )
    op.create_index("alert_of_parked_concern", "alert", ["concern_id"], sqlite_where=PARKED, postgresql_where=PARKED)
    op.create_index("alert_asks", "alert", ["asks_on"], sqlite_where=ASKING, postgresql_where=ASKING)
    op.drop_index("alert_snoozed", "alert")


def downgrade() -> None:
    """Undo."""
    op.create_index("alert_snoozed", "alert", ["next_on"], sqlite_where=SNOOZED, postgresql_where=SNOOZED)
    op.drop_index("alert_asks", "alert")
    op.drop_index("alert_of_parked_concern", "alert")
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_column("answer_by_on")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_column("acted_by")
        batch_op.drop_column("acted_at")
        batch_op.drop_column("asked")
        batch_op.drop_column("asks_on")

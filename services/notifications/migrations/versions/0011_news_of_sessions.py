"""The papers and the record of a session: what people were told of them, and what a message says there is to read.

Messages of the releases before say nothing of it, as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "subject",
                sa.String(length=30),
                server_default="",
                nullable=False,
                comment="what there is to read; empty: not said",
            )
        )
        batch_op.add_column(
            sa.Column(
                "session_on",
                sa.String(length=10),
                server_default="",
                nullable=False,
                comment="day of the session it is about",
            )
        )
    op.create_table(
        "session_news",
        sa.Column(
            "about",
            sa.String(length=36),
            nullable=False,
            comment="the session, and whether its papers or its record",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="the newest that evidence has told of"),
        sa.Column("told", sa.String(length=80), nullable=False, comment="what people were last told of"),
        sa.PrimaryKeyConstraint("about"),
        comment="so that what comes late or twice tells nobody of what is no longer so",
    )


def downgrade() -> None:
    """Revert."""
    op.drop_table("session_news")
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_column("session_on")
        batch_op.drop_column("subject")

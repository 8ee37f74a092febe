"""Support sessions, their papers and their records. Earlier releases kept none, so there is nothing to bring along."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "session_slot",
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the session, as scheduling published it"),
        sa.PrimaryKeyConstraint("session_id", "version"),
        comment="support sessions, every version",
    )
    op.create_table(
        "session_pack",
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("freezes_at", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the papers: names and versions"),
        sa.PrimaryKeyConstraint("session_id"),
        comment="the papers of support sessions",
    )
    op.create_index("ix_session_pack_safeguarder_id", "session_pack", ["safeguarder_id"], unique=False)
    growing = sa.text("state = 'growing'")
    op.create_index(
        "session_pack_to_freeze", "session_pack", ["freezes_at"], sqlite_where=growing, postgresql_where=growing
    )
    op.create_table(
        "own_item",
        sa.Column("item_id", sa.String(36), nullable=False),
        sa.Column("session_id", sa.String(64), nullable=False, comment="for which it was added first"),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
        comment="what Safeguarders want to speak of at a session",
    )
    op.create_index("ix_own_item_safeguarder_id", "own_item", ["safeguarder_id"], unique=False)
    op.create_table(
        "session_record",
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answer_due_on", sa.String(10), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the record, both sides' words"),
        sa.PrimaryKeyConstraint("session_id", "version"),
        comment="the records of support sessions, every version",
    )
    op.create_index("ix_session_record_safeguarder_id", "session_record", ["safeguarder_id"], unique=False)
    awaited = sa.text("is_newest AND state = 'shared'")
    op.create_index(
        "session_record_awaited", "session_record", ["answer_due_on"], sqlite_where=awaited, postgresql_where=awaited
    )


def downgrade() -> None:
    """Undo."""
    for table in ("session_record", "own_item", "session_pack", "session_slot"):
        op.drop_table(table)

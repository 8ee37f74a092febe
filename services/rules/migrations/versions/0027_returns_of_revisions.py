"""Drafts of the rulebook can be sent back, and simulations are listed: by whom, and of which rulebook.

A release before goes on writing simulations without a person and without a candidate. They are listed all the same, but
not under a revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

OF_PERSON = "who asked for it; null for the nightly replay"
OF_ANSWERED_BY = "who submitted it again; empty while nobody has"
OF_TABLE = "drafts that were sent back; there is one unanswered at most for each"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rulebook_return",
        sa.Column("content_hash", sa.String(length=64), primary_key=True),
        sa.Column("returned_at", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=64), nullable=False, comment=OF_ANSWERED_BY),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        comment=OF_TABLE,
    )
    op.add_column("simulation", sa.Column("person", sa.String(length=64), nullable=True, comment=OF_PERSON))
    candidate = sa.Column(
        "candidate_hash", sa.String(length=64), nullable=True, comment="rulebook that a what-if tries"
    )
    op.add_column("simulation", candidate)
    op.create_index("simulation_by_age", "simulation", ["created_at", "simulation_id"])
    op.create_index("simulation_by_candidate", "simulation", ["candidate_hash", "created_at", "simulation_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_index("simulation_by_candidate", "simulation")
    op.drop_index("simulation_by_age", "simulation")
    op.drop_column("simulation", "candidate_hash")
    op.drop_column("simulation", "person")
    op.drop_table("rulebook_return")

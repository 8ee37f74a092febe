"""Rounds of sampling and the report that each samples. Earlier releases kept what was read as items alone."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "report_sample",
        sa.Column("sample_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("round_id", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reader", sa.String(length=64), nullable=False, comment="empty while nobody reads it"),
        sa.Column(
            "second_reader", sa.String(length=64), nullable=False, comment="empty while nobody reads it a second time"
        ),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the sample, with its draw and its readings"),
        sa.PrimaryKeyConstraint("sample_id", "version"),
        comment="the sampled report of each person in each round, every version",
    )
    op.create_index("report_sample_of_person", "report_sample", ["safeguarder_id", "round_id"], unique=False)
    op.create_index("report_sample_of_round", "report_sample", ["round_id"], unique=False)
    op.create_table(
        "sample_round",
        sa.Column("round_id", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the round, with its seed"),
        sa.PrimaryKeyConstraint("round_id"),
        comment="rounds of sampling, each half a contract year",
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("sample_round")
    op.drop_table("report_sample")

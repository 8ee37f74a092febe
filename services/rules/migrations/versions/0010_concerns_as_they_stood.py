"""Concerns as they stood after each change.

Of a concern from before only how it stands now is known: its history begins with this migration.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
COLUMNS = (
    "concern_id, safeguarder_id, rule, subject, urgency, is_open, state, closing_proposed, answer, evaluation_id, "
    "rulebook_hash, as_of, raised_at, owner, next_on, reason, version, course, ended_at, quiet"
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "concern_version",
        sa.Column("concern_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False, comment="0 is the most urgent lane"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("closing_proposed", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False, comment="JSON of what the rule answered, with why"),
        sa.Column("evaluation_id", sa.String(length=36), nullable=False),
        sa.Column("rulebook_hash", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("next_on", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "course", sa.Text(), nullable=True, comment="JSON of what people have done about it; null for nothing"
        ),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "quiet",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="a change of the rulebook alone set it off",
        ),
        sa.Column("kept_at", sa.BigInteger(), nullable=False, comment="from when it stood like this"),
        sa.PrimaryKeyConstraint("concern_id", "version"),
        comment="every concern as it stood after each change, never changed",
    )
    with op.batch_alter_table("concern_version", schema=None) as batch_op:
        batch_op.create_index("concern_version_of_person", ["safeguarder_id", "kept_at"], unique=False)
    op.execute(
        sa.text(f"INSERT INTO concern_version ({COLUMNS}, kept_at) SELECT {COLUMNS}, :now FROM concern").bindparams(  # noqa: S608
            sa.bindparam("now", int(datetime.now(UTC).timestamp() * 1_000_000), sa.BigInteger())
        )
    )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("concern_version", schema=None) as batch_op:
        batch_op.drop_index("concern_version_of_person")

    op.drop_table("concern_version")

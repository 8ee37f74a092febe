"""Review requests, the items that they freeze, and who has supported a Safeguarder.

Earlier releases kept no request. Of support managers they knew only the current one, who is taken from there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "review_request",
        sa.Column("review_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the request, with both sides' words"),
        sa.PrimaryKeyConstraint("review_id", "version"),
        comment="requests that somebody else looks at something, every version",
    )
    op.create_index("review_request_of_person", "review_request", ["safeguarder_id"], unique=False)
    op.create_table(
        "known_manager",
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column(
            "until_on",
            sa.String(10),
            nullable=False,
            server_default="",
            comment="empty while they support the person",
        ),
        sa.PrimaryKeyConstraint("safeguarder_id", "person"),
        comment="support managers of Safeguarders since this is kept, from the events of scheduling",
    )
    op.execute("INSERT INTO known_manager (safeguarder_id, person) SELECT subject, person FROM relation")
    comment = "somebody else looks at it"
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("under_review", sa.Boolean(), nullable=False, server_default=sa.false(), comment=comment)
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_column("under_review")
    op.drop_table("known_manager")
    op.drop_index("review_request_of_person", "review_request")
    op.drop_table("review_request")

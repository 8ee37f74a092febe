"""Feedback links: links, their sessions, and what givers say of themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "feedback_link",
        sa.Column("link_id", sa.String(36), primary_key=True),
        sa.Column("safeguarder_id", sa.String(40), nullable=False),
        sa.Column("giver", sa.String(10), nullable=False),
        sa.Column("happened_on", sa.String(10), nullable=False),
        sa.Column("case_reference", sa.String(37), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "code", sa.String(10), nullable=True, comment="by which the giver looks up the stage; it names nobody"
        ),
        sa.Column(
            "evidence_id", sa.String(36), nullable=False, comment="the item that came by it; empty while none did"
        ),
        sa.Column(
            "hints", sa.String(200), nullable=False, comment="indicators to which it may speak, with spaces between"
        ),
        comment="links by which people give feedback without signing in; tokens as hashes",
    )
    op.create_index("feedback_link_by_token", "feedback_link", ["token_hash"], unique=True)
    op.create_index("feedback_link_by_code", "feedback_link", ["code"], unique=True)
    op.create_index("feedback_link_by_age", "feedback_link", ["made_at", "link_id"])
    op.create_index("feedback_link_of_person", "feedback_link", ["safeguarder_id", "made_at", "link_id"])
    op.create_table(
        "feedback_session",
        sa.Column("session_hash", sa.String(64), primary_key=True),
        sa.Column("link_id", sa.String(36), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        comment="deleted two hours after the token of a link was exchanged",
    )
    op.create_index("feedback_session_by_end", "feedback_session", ["ends_at"])
    op.create_table(
        "feedback_giver",
        sa.Column("link_id", sa.String(36), primary_key=True),
        sa.Column("consent", sa.String(20), nullable=False, comment="empty if they did not say"),
        sa.Column("contact", sa.Text(), nullable=False, comment="how to reach them; deleted after its last day"),
        sa.Column("contact_until_on", sa.String(10), nullable=False, comment="empty once it is deleted"),
        comment="what givers say of themselves, apart from the items; no event and no file has it",
    )
    op.create_index("feedback_giver_by_day", "feedback_giver", ["contact_until_on"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("feedback_giver")
    op.drop_table("feedback_session")
    op.drop_table("feedback_link")

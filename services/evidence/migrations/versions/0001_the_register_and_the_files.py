"""The register and the files."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_subject"), ["subject"], unique=False)

    op.create_table(
        "dead_letter",
        sa.Column("event_id", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("key_sequence", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("traceparent", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("set_aside_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
    )
    with op.batch_alter_table("dead_letter", schema=None) as batch_op:
        batch_op.create_index("dead_letter_of_key", ["source", "key", "key_sequence"], unique=False)

    op.create_table(
        "evidence_item",
        sa.Column("evidence_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column(
            "standards", sa.String(length=200), nullable=False, comment="standards mapped to, each between spaces"
        ),
        sa.Column("open_to_the_person", sa.Boolean(), nullable=False),
        sa.Column("receipt_id", sa.String(length=36), nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the item without its words"),
        sa.PrimaryKeyConstraint("evidence_id"),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_evidence_item_receipt_id")),
    )
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.create_index("evidence_item_of_person", ["safeguarder_id", "received_on", "evidence_id"], unique=False)

    op.create_table(
        "evidence_text",
        sa.Column("evidence_id", sa.String(length=36), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id"),
        comment="the words of an item, apart from its facts, so that they can go alone",
    )
    op.create_table(
        "evidence_version",
        sa.Column("evidence_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id", "version"),
        comment="what an item was before each change",
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_table(
        "inbox_key",
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column(
            "sequence", sa.BigInteger(), nullable=False, comment="number of the last event of the key that was applied"
        ),
        sa.PrimaryKeyConstraint("source", "key"),
    )
    op.create_table(
        "inbox_position",
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False, comment="how far the source's feed was read"),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "inbox_try",
        sa.Column("event_id", sa.String(length=60), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_table(
        "ministerial_decision",
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the register's entry it led to"),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the decision, with its basis and who made it"),
        sa.PrimaryKeyConstraint("safeguarder_id", "version"),
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("key_sequence", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("traceparent", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("event_id", name=op.f("uq_outbox_event_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("outbox_key", ["key", "key_sequence"], unique=True)

    op.create_table(
        "relation",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relation_person"), ["person"], unique=False)

    op.create_table(
        "relay",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "request",
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "request_id"),
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_answered_at"), ["answered_at"], unique=False)

    op.create_table(
        "safeguarder",
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False, comment="JSON list of area ids"),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False, comment="JSON list of terms"),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("safeguarder_id"),
    )
    op.create_table(
        "standards_edition",
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("effective_on", sa.String(length=10), nullable=False),
        sa.Column("indicators", sa.Text(), nullable=False, comment="JSON: indicators by standard"),
        sa.PrimaryKeyConstraint("edition"),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Undo."""
    op.drop_table("standards_edition")
    op.drop_table("safeguarder")
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_answered_at"))

    op.drop_table("request")
    op.drop_table("relay")
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relation_person"))

    op.drop_table("relation")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_key")

    op.drop_table("outbox")
    op.drop_table("ministerial_decision")
    op.drop_table("inbox_try")
    op.drop_table("inbox_position")
    op.drop_table("inbox_key")
    op.drop_table("inbox")
    op.drop_table("evidence_version")
    op.drop_table("evidence_text")
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_index("evidence_item_of_person")

    op.drop_table("evidence_item")
    with op.batch_alter_table("dead_letter", schema=None) as batch_op:
        batch_op.drop_index("dead_letter_of_key")

    op.drop_table("dead_letter")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_subject"))

    op.drop_table("audit")
    # ### end Alembic commands ###

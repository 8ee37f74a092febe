"""Facts evaluations and concerns."""

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
        "concern",
        sa.Column("concern_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False, comment="0 is the most urgent lane"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
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
        sa.PrimaryKeyConstraint("concern_id"),
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index("concern_by_urgency", ["urgency", "raised_at", "concern_id"], unique=False)
        batch_op.create_index("concern_of_person", ["safeguarder_id", "raised_at"], unique=False)
        batch_op.create_index(
            "concern_one_open",
            ["safeguarder_id", "rule", "subject"],
            unique=True,
            sqlite_where=sa.text("is_open"),
            postgresql_where=sa.text("is_open"),
        )

    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        comment="what an operator asks for and counting rows would be slow: evaluations, disagreements",
    )
    op.create_table("daily_run", sa.Column("day", sa.String(length=10), nullable=False), sa.PrimaryKeyConstraint("day"))
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
        "edition_published",
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False, comment="hash of what was published"),
        sa.PrimaryKeyConstraint("edition", "content"),
    )
    op.create_table(
        "evaluation",
        sa.Column("evaluation_id", sa.String(length=36), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False, comment="the decision record: canonical JSON"),
        sa.PrimaryKeyConstraint("evaluation_id"),
    )
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index("evaluation_of_person", ["safeguarder_id", "number"], unique=True)

    op.create_table(
        "evaluation_request",
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="rises with each new reason to evaluate"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("traceparent", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("safeguarder_id"),
    )
    op.create_table(
        "fact",
        sa.Column("evidence_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False, comment="the service whose event it came in"),
        sa.Column("evaluated", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the fact"),
        sa.PrimaryKeyConstraint("evidence_id", "version"),
        comment="every version of every item, never deleted",
    )
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.create_index(
            "fact_not_evaluated",
            ["safeguarder_id"],
            unique=False,
            sqlite_where=sa.text("NOT evaluated"),
            postgresql_where=sa.text("NOT evaluated"),
        )
        batch_op.create_index(batch_op.f("ix_fact_safeguarder_id"), ["safeguarder_id"], unique=False)

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
        "person",
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("appointed_on", sa.String(length=10), nullable=False),
        sa.Column("term_starts_on", sa.String(length=10), nullable=False),
        sa.Column("term_ends_on", sa.String(length=10), nullable=False),
        sa.Column("serving", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("safeguarder_id"),
    )
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
        "rulebook",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "files", sa.Text(), nullable=False, comment="JSON: text of each file, to go on with if the folder breaks"
        ),
        sa.PrimaryKeyConstraint("hash"),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Undo."""
    op.drop_table("rulebook")
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_answered_at"))

    op.drop_table("request")
    op.drop_table("relay")
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relation_person"))

    op.drop_table("relation")
    op.drop_table("person")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_key")

    op.drop_table("outbox")
    op.drop_table("inbox_try")
    op.drop_table("inbox_position")
    op.drop_table("inbox_key")
    op.drop_table("inbox")
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_safeguarder_id"))
        batch_op.drop_index(
            "fact_not_evaluated", sqlite_where=sa.text("NOT evaluated"), postgresql_where=sa.text("NOT evaluated")
        )

    op.drop_table("fact")
    op.drop_table("evaluation_request")
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_index("evaluation_of_person")

    op.drop_table("evaluation")
    op.drop_table("edition_published")
    with op.batch_alter_table("dead_letter", schema=None) as batch_op:
        batch_op.drop_index("dead_letter_of_key")

    op.drop_table("dead_letter")
    op.drop_table("daily_run")
    op.drop_table("counter")
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_index("concern_one_open", sqlite_where=sa.text("is_open"), postgresql_where=sa.text("is_open"))
        batch_op.drop_index("concern_of_person")
        batch_op.drop_index("concern_by_urgency")

    op.drop_table("concern")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_subject"))

    op.drop_table("audit")
    # ### end Alembic commands ###

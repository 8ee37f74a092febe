"""Texts on file that may name a child, and items of earlier releases that nobody has looked through.

The migration reads no text. After the start the service looks through the items that are here now, a few at a time. It
screens their texts and reports those that may name a child to the Team. No text changes what counts or was decided. It
also notes the body of a partner's system that sent an item, so that the items of one body are one voice in rules.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_HELD, _UNIDENTIFIED = sa.text("held OR to_look_at <> ''"), sa.text("NOT identified")
_NOT_LOOKED_THROUGH = sa.text("NOT looked_through")


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "to_look_at",
                sa.String(20),
                nullable=False,
                server_default="",
                comment="its texts that may name a child",
            )
        )
        batch_op.add_column(
            sa.Column(
                "looked_through",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="its texts were screened",
            )
        )
    # A build between two releases made these two in revision 8. A database of a release has neither.
    for name in ("evidence_item_held", "evidence_item_unidentified"):
        op.execute(f"DROP INDEX IF EXISTS {name}")
    op.create_index(
        "evidence_item_held",
        "evidence_item",
        ["received_on", "evidence_id"],
        unique=False,
        sqlite_where=_HELD,
        postgresql_where=_HELD,
    )
    op.create_index(
        "evidence_item_unidentified",
        "evidence_item",
        ["evidence_id"],
        unique=False,
        sqlite_where=_UNIDENTIFIED,
        postgresql_where=_UNIDENTIFIED,
    )
    op.create_index(
        "evidence_item_not_looked_through",
        "evidence_item",
        ["evidence_id"],
        unique=False,
        sqlite_where=_NOT_LOOKED_THROUGH,
        postgresql_where=_NOT_LOOKED_THROUGH,
    )


def downgrade() -> None:
    """Undo."""
    for name in ("evidence_item_not_looked_through", "evidence_item_unidentified", "evidence_item_held"):
        op.drop_index(name, "evidence_item")
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_column("looked_through")
        batch_op.drop_column("to_look_at")

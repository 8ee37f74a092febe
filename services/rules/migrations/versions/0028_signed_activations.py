"""Activations of the rulebook are signed, each with the one before it.

What is there already is signed once, at the first start with a key: the mark `to_adopt` says so. A release before goes
on adding activations without a signature. They are not taken up until an operator has them signed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

OF_SIGNATURE = "JWS over the row, its files and approvals, and the link before"
OF_PART = "end: what follows is signed; to_adopt: nothing was signed"
OF_VALUE = "JWS over the last activation; empty for to_adopt"
OF_TABLE = "the signed end of the activations, without which the last could be taken away unseen"


def upgrade() -> None:
    """Apply."""
    op.add_column("rulebook_activation", sa.Column("signature", sa.Text(), nullable=True, comment=OF_SIGNATURE))
    op.create_table(
        "rulebook_chain",
        sa.Column("part", sa.String(length=10), primary_key=True, comment=OF_PART),
        sa.Column("value", sa.Text(), nullable=False, comment=OF_VALUE),
        comment=OF_TABLE,
    )
    op.execute(
        "INSERT INTO rulebook_chain (part, value) SELECT 'to_adopt', '' "
        "WHERE EXISTS (SELECT 1 FROM rulebook_activation)"
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("rulebook_chain")
    op.drop_column("rulebook_activation", "signature")

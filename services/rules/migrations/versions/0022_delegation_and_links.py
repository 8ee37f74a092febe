"""Who acts for a support manager, declared links, and for whom an act was done.

Nothing is delegated and no link is declared before an event of scheduling says so. The release before writes no name of
the person for whom somebody acted, because nobody could act for another one.
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
        "delegated",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("delegation_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("delegate", sa.String(length=64), nullable=False),
        sa.Column("for_whom", sa.String(length=64), nullable=False),
        sa.Column("from_on", sa.String(length=10), nullable=False),
        sa.Column("to_on", sa.String(length=10), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "delegation_id"),
    )
    op.create_index("ix_delegated_delegate", "delegated", ["delegate"], unique=False)
    op.create_table(
        "linked",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("link_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "link_id"),
    )
    op.create_index("ix_linked_person", "linked", ["person"], unique=False)
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("for_whom", sa.String(64), nullable=True, comment="for whom a delegate acted"))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_column("for_whom")
    op.drop_index("ix_linked_person", "linked")
    op.drop_table("linked")
    op.drop_index("ix_delegated_delegate", "delegated")
    op.drop_table("delegated")

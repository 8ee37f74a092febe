"""Each evaluation says until which day its answers hold, so that the daily run evaluates only those whose day has come.

A person evaluated by a release before holds until no day, and is evaluated by the next daily run.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

CHANGES = "rises with each change of what an evaluation looks at; the database counts"
HOLDS_UNTIL = "last day on which its answers hold; null if not known"
LOOKED = "the person's number of changes when it looked"
MADE_WITH = "hash of the rulebook and the programs that made it"


def upgrade() -> None:
    """Apply."""
    op.add_column("person", sa.Column("changes", sa.Integer(), server_default="0", nullable=False, comment=CHANGES))
    op.add_column("last_evaluation", sa.Column("holds_until", sa.String(length=10), nullable=True, comment=HOLDS_UNTIL))
    op.add_column("last_evaluation", sa.Column("changes", sa.Integer(), nullable=True, comment=LOOKED))
    op.add_column("last_evaluation", sa.Column("made_with", sa.String(length=64), nullable=True, comment=MADE_WITH))


def downgrade() -> None:
    """Undo."""
    op.drop_column("last_evaluation", "made_with")
    op.drop_column("last_evaluation", "changes")
    op.drop_column("last_evaluation", "holds_until")
    op.drop_column("person", "changes")

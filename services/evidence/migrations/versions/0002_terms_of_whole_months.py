"""Terms that ended a day too early end on their last day.

A term that Ministers ended keeps the day that they gave.
"""

import json
from calendar import monthrange
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
# Only a term that began late in a month can be wrong.
PEOPLE = (
    "SELECT safeguarder_id, state, terms FROM safeguarder "
    "WHERE terms LIKE '%-29%' OR terms LIKE '%-30%' OR terms LIKE '%-31%'"
)


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    rows = connection.execute(sa.text(PEOPLE)).all()
    for safeguarder_id, state, stored in rows:
        terms = json.loads(stored)
        for term in terms[:-1] if state == "ended" else terms:
            term["ends_on"] = _mended(term["starts_on"], term["ends_on"])
        if terms != json.loads(stored):
            connection.execute(
                sa.text("UPDATE safeguarder SET terms = :terms, version = version + 1 WHERE safeguarder_id = :id"),
                {"terms": json.dumps(terms), "id": safeguarder_id},
            )


def downgrade() -> None:
    """Undo nothing: a mended day stays."""


def _mended(starts_on: str, ends_on: str) -> str:
    """Return the last day of a term, one day later if the last release put it a day too early.

    It did so where the last month has no such day as the first: from 29 February 2024 to 27 February 2027.
    """
    first, last = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    days = monthrange(last.year, last.month)[1]
    return str(last.replace(day=days)) if first.day > days and last.day == days - 1 else ends_on

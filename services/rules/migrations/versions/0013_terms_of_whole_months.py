"""Terms that ended a day too early end on their last day, for rules and for KPIs.

Decisions that are stored keep the facts that they were made from.
"""

import json
from calendar import monthrange
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
# Only a term that began late in a month can be wrong.
PEOPLE = (
    "SELECT safeguarder_id, term_starts_on, term_ends_on FROM person "
    "WHERE term_starts_on LIKE '%-29%' OR term_starts_on LIKE '%-30%' OR term_starts_on LIKE '%-31%'"
)
TERMS = (
    "SELECT fact_id, body FROM kpi_fact WHERE about = 'term' "
    "AND (body LIKE '%-29%' OR body LIKE '%-30%' OR body LIKE '%-31%')"
)


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    for safeguarder_id, starts_on, ends_on in connection.execute(sa.text(PEOPLE)).all():
        mended = _mended(starts_on, ends_on)
        if mended != ends_on:
            connection.execute(
                sa.text("UPDATE person SET term_ends_on = :ends_on WHERE safeguarder_id = :id"),
                {"ends_on": mended, "id": safeguarder_id},
            )
    for fact_id, stored in connection.execute(sa.text(TERMS)).all():
        term = json.loads(stored)
        mended = _mended(term["starts_on"], term["ends_on"])
        if mended != term["ends_on"]:
            connection.execute(
                sa.text("UPDATE kpi_fact SET body = :body, day = :day WHERE fact_id = :id"),
                {"body": json.dumps({**term, "ends_on": mended}), "day": mended, "id": fact_id},
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

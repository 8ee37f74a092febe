"""Terms, and years of a term, that ended a day too early end on their last day.

The daily run then opens what such a year owes and did not yet have.
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
    "SELECT safeguarder_id, body FROM safeguarder WHERE body LIKE '%-29%' OR body LIKE '%-30%' OR body LIKE '%-31%'"
)


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    for safeguarder_id, stored in connection.execute(sa.text(PEOPLE)).all():
        person = json.loads(stored)
        for term in person["terms"]:
            ends_on = _mended(term["starts_on"], term["ends_on"])
            if ends_on != term["ends_on"]:
                _mend_windows(connection, safeguarder_id, term["ends_on"], ends_on)
                term["ends_on"] = ends_on
        if person != json.loads(stored):
            until = person["ended_on"] or max(term["ends_on"] for term in person["terms"])
            connection.execute(
                sa.text("UPDATE safeguarder SET body = :body, serves_until = :until WHERE safeguarder_id = :id"),
                {"body": json.dumps(person), "until": until, "id": safeguarder_id},
            )


def _mend_windows(connection: sa.Connection, safeguarder_id: str, wrong: str, right: str) -> None:
    of_person = sa.text("SELECT obligation_id, body FROM obligation WHERE safeguarder_id = :id")
    for obligation_id, stored in connection.execute(of_person, {"id": safeguarder_id}).all():
        obligation = json.loads(stored)
        if obligation["window_ends_on"] == wrong:
            connection.execute(
                sa.text("UPDATE obligation SET body = :body WHERE obligation_id = :id"),
                {"body": json.dumps({**obligation, "window_ends_on": right}), "id": obligation_id},
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

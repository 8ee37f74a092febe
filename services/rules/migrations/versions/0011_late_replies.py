"""Late replies no longer put back the day from which an item counts.

The release before moved that day to the day of a reply that came after the time to reply had lapsed. This revision
mends the stored facts. Decision records hold their facts by value, so they replay as they were.
"""

import json
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_REPLIED = 'SELECT evidence_id, version, body FROM fact WHERE body LIKE \'%"replied_on":"%\''
_MEND = "UPDATE fact SET body = :body WHERE evidence_id = :evidence_id AND version = :version"


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    for evidence_id, version, body in connection.execute(sa.text(_REPLIED)).fetchall():
        fact = json.loads(body)
        if not fact.get("countable_from") or not fact.get("reply_due_on"):
            continue
        lapsed_on = (date.fromisoformat(fact["reply_due_on"]) + timedelta(days=1)).isoformat()
        if fact["countable_from"] > lapsed_on:
            mended = json.dumps(fact | {"countable_from": lapsed_on}, separators=(",", ":"), ensure_ascii=False)
            connection.execute(sa.text(_MEND), {"body": mended, "evidence_id": evidence_id, "version": version})


def downgrade() -> None:
    """Leave the facts: both releases read them, and the mended day is right for both."""

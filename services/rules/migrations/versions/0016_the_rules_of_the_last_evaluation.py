"""The rules of each person's last evaluation, from their last decision record.

It also reports each concern that was escalated on a review of actions held before the time of the action had passed.
Nothing is changed about those: a person looks.
"""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from services.platform.telemetry.logs import log

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
_LAST = (
    "SELECT evaluation.safeguarder_id, evaluation.record FROM evaluation JOIN "
    "(SELECT safeguarder_id, MAX(number) AS number FROM evaluation GROUP BY safeguarder_id) AS newest "
    "ON newest.safeguarder_id = evaluation.safeguarder_id AND newest.number = evaluation.number"
)
_ESCALATED = (
    "SELECT concern_id, course FROM concern "
    "WHERE state IN ('escalated', 'recommendation', 'held') AND course IS NOT NULL ORDER BY concern_id"
)


def upgrade() -> None:
    """Apply."""
    made = op.create_table(
        "last_evaluation",
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("rulebook_hash", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("safeguarder_id"),
        comment="the rules of each person's last evaluation, with which the next one is compared",
    )
    connection = op.get_bind()
    for safeguarder_id, record in connection.execute(sa.text(_LAST)).fetchall():
        kept = _read(bytes(record))
        # Without a readable record, the person's next evaluation has nothing to be compared with.
        if kept.keys() >= {"rulebook_hash", "as_of"}:
            row = {"safeguarder_id": safeguarder_id, "rulebook_hash": kept["rulebook_hash"], "as_of": kept["as_of"]}
            connection.execute(sa.insert(made).values(row))
    for concern_id, course in connection.execute(sa.text(_ESCALATED)).fetchall():
        if _is_escalated_too_early(_read(course)):
            log().warning("escalated_before_due", concern=concern_id)


def _read(text: str | bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_escalated_too_early(progress: dict[str, Any]) -> bool:
    action, review = progress.get("action"), progress.get("review")
    if not (progress.get("escalated_on") and action and review) or review["outcome"] == "met":
        return False
    return date.fromisoformat(review["held_on"]) <= date.fromisoformat(action["due_on"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("last_evaluation")

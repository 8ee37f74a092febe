"""Corrected attendance replaces what it corrects.

The release before kept the first record of each session and of each training event, and dropped every later one. The
facts for KPIs hold them all, so this revision adds each dropped record as a further version of its fact. The next daily
run evaluates everybody with them. Decision records hold their facts by value, so they replay as they were.
"""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_KEPT = "SELECT evidence_id, safeguarder_id, body FROM fact WHERE origin = 'scheduling' ORDER BY version"
_STEPS = "SELECT body FROM kpi_fact WHERE about = 'step' ORDER BY recorded_at, fact_id"
_ADD = (
    "INSERT INTO fact (evidence_id, version, safeguarder_id, origin, evaluated, body) "
    "VALUES (:evidence_id, :version, :safeguarder_id, 'scheduling', false, :body)"
)


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    records: dict[str, list[dict[str, Any]]] = {}
    for (body,) in connection.execute(sa.text(_STEPS)).fetchall():
        step = json.loads(body)
        if step.get("step") == "recorded":
            records.setdefault(step["session_id"], []).append(step)
    kept = {row[0]: (row[1], json.loads(row[2])) for row in connection.execute(sa.text(_KEPT)).fetchall()}
    for evidence_id, (safeguarder_id, newest) in kept.items():
        dropped = [step for step in records.get(evidence_id, ()) if _recorded_at(step) > _recorded_at(newest)]
        for version, step in enumerate(dropped, newest["version"] + 1):
            row = {"evidence_id": evidence_id, "version": version, "safeguarder_id": safeguarder_id}
            corrected = json.dumps(_corrected(newest, step, version), separators=(",", ":"))
            connection.execute(sa.text(_ADD), row | {"body": corrected})


def _recorded_at(stored: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(stored["recorded_at"])


def _corrected(kept: dict[str, Any], step: dict[str, Any], version: int) -> dict[str, Any]:
    """Return the record that was kept of a session or event as a later one corrects it."""
    polarity = "concern" if step["attendance"] == "absent_unexcused" else "neutral"
    days = dict.fromkeys(("happened_on", "received_on", "countable_from"), step["on"])
    return (
        kept
        | days
        | {
            "version": version,
            "recorded_at": step["recorded_at"],
            "status": "current" if step["delivered"] else "withdrawn",
            "mappings": [mapping | {"polarity": polarity} for mapping in kept["mappings"]],
            "details": kept["details"] | {"attendance": step["attendance"]},
        }
    )


def downgrade() -> None:
    """Leave the versions: the release before reads the newest one too."""

"""Facts for KPIs, and quarterly packs. Known terms and concerns go in; what is owed is heard of from now on."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "kpi_fact",
        sa.Column(
            "fact_id", sa.String(length=80), nullable=False, comment="the event it came in, and its number within it"
        ),
        sa.Column("about", sa.String(length=10), nullable=False, comment="what kind of fact"),
        sa.Column("safeguarder_id", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False, comment="the obligation of a duty and of each step"),
        sa.Column(
            "day",
            sa.String(length=10),
            nullable=False,
            comment="by which a period finds it; empty for a step: by its duty",
        ),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the fact"),
        sa.PrimaryKeyConstraint("fact_id"),
        comment="what KPIs are worked out from beside evidence, never deleted",
    )
    with op.batch_alter_table("kpi_fact", schema=None) as batch_op:
        batch_op.create_index("kpi_fact_of_period", ["about", "day"], unique=False)
        batch_op.create_index("kpi_fact_of_subject", ["subject"], unique=False)
    op.create_table(
        "kpi_pack",
        sa.Column("quarter", sa.String(length=10), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="the report: canonical JSON"),
        sa.PrimaryKeyConstraint("quarter"),
        comment="quarterly packs, never changed",
    )
    _add(_known_terms())
    _add(_known_concerns())


def _add(rows: list[dict[str, object]]) -> None:
    columns = ("fact_id", "about", "safeguarder_id", "subject", "day", "recorded_at", "body")
    if rows:
        op.bulk_insert(sa.table("kpi_fact", *(sa.column(name) for name in columns)), rows)


def _known_concerns() -> list[dict[str, object]]:
    """Without the evidence that set them off: when it was recorded was not kept with a concern."""
    lanes = ("safety", "escalation", "reappointment_risk", "support_need", "data_gap", "excellence")
    concern = sa.table("concern", *map(sa.column, ("concern_id", "safeguarder_id", "urgency", "raised_at")))
    rows: list[dict[str, object]] = []
    for concern_id, safeguarder_id, urgency, raised_at in op.get_bind().execute(sa.select(concern)).all():
        if not 0 <= urgency < len(lanes):
            continue
        raised = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=raised_at)
        body = {
            "concern_id": concern_id,
            "safeguarder_id": safeguarder_id,
            "lane": lanes[urgency],
            "raised_at": raised.isoformat(),
            "evidence_recorded_at": None,
        }
        rows.append(
            {
                "fact_id": f"{concern_id}/0",
                "about": "concern",
                "safeguarder_id": safeguarder_id,
                "subject": "",
                "day": raised.astimezone(ZoneInfo("Europe/London")).date().isoformat(),
                "recorded_at": raised_at,
                "body": json.dumps(body),
            }
        )
    return rows


def _known_terms() -> list[dict[str, object]]:
    person = sa.table(
        "person",
        *(sa.column(name) for name in ("safeguarder_id", "appointed_on", "term_starts_on", "term_ends_on", "serving")),
    )
    rows: list[dict[str, object]] = []
    for safeguarder_id, appointed_on, starts_on, ends_on, serving in op.get_bind().execute(sa.select(person)).all():
        if not serving:
            continue
        # Term numbers were not kept: below 0 they are nobody's, and a reappointment adds its own. The current term
        # reaches back to the first appointment, because the terms before it joined it without a gap.
        body = {
            "safeguarder_id": safeguarder_id,
            "term": -1,
            "starts_on": min(appointed_on, starts_on),
            "ends_on": ends_on,
            "recorded_at": "1970-01-01T00:00:00Z",
        }
        rows.append(
            {
                "fact_id": f"before-0006/{safeguarder_id}",
                "about": "term",
                "safeguarder_id": safeguarder_id,
                "subject": "",
                "day": ends_on,
                "recorded_at": 0,
                "body": json.dumps(body),
            }
        )
    return rows


def downgrade() -> None:
    """Undo."""
    op.drop_table("kpi_pack")
    with op.batch_alter_table("kpi_fact", schema=None) as batch_op:
        batch_op.drop_index("kpi_fact_of_subject")
        batch_op.drop_index("kpi_fact_of_period")
    op.drop_table("kpi_fact")

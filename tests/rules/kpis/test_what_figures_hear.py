"""What services say of the record reaches the figures once, and a word of a later release says nothing (record 6)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.evidence.v1 import review_requests_pb2 as requests
from psmf.evidence.v1 import session_records_pb2 as records
from psmf.scheduling.v1 import duties_pb2 as duties
from psmf.scheduling.v1 import events_pb2 as scheduling

from services.platform.calls.wire import to_date, to_instant
from services.platform.events.outbox import StoredEvent
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.store.kpis import SqlKpis
from services.rules.compose import HERE
from services.rules.consumer import from_evidence, from_scheduling
from services.rules.domain.kpis.facts import ConcernFact
from tests import databases
from tests.rules.kpi_builders import at, reported

ME, HELD, NOW = "sg-one", date(2026, 9, 1), datetime(2026, 9, 4, 9, tzinfo=UTC)
NOBODY: Any = None
"""None of these events needs a rulebook or the directory."""
WHEN: dict[str, Any] = {"safeguarder_id": ME, "change_time": to_instant(NOW), "version": 5}
ABOUT = f"safeguarders/{ME}/supportSessions/one/record"
DUTY: dict[str, Any] = {"duty_id": "duty", "about": ABOUT, "due_date": to_date(date(2026, 9, 15)), **WHEN}
SUPPORT: dict[str, Any] = {"support_id": "support", "first_promised_date": to_date(date(2026, 9, 3)), **WHEN}
REVIEW: dict[str, Any] = {"review_id": "review", "made_date": to_date(HELD), **WHEN}
RECORD: dict[str, Any] = {"session_id": "one", "held_date": to_date(HELD), **WHEN}
PAPERS: dict[str, Any] = {"session_id": "one", "freeze_time": to_instant(at("2026-08-25")), "safeguarder_id": ME}
PRAISE = evidence.AgendaOutcomeFact(concern_id="praise", word=records.AgendaOutcome.WORD_ACKNOWLEDGED)
HEARD = [
    scheduling.DutyChanged(kind=duties.Duty.KIND_SHARE_RECORD, state=duties.Duty.STATE_MET, **DUTY),
    evidence.SessionPackChanged(
        state=records.SessionPack.STATE_USED, start_time=to_instant(at(HELD)), version=2, **PAPERS
    ),
    evidence.SessionRecordChanged(
        state=records.SessionRecord.STATE_CLOSED,
        ending=records.SessionRecord.ENDING_CONFIRMED,
        outcomes=[PRAISE],
        **RECORD,
    ),
    evidence.SupportChanged(state=plans.Support.STATE_DELIVERED, delivered_date=to_date(date(2026, 9, 3)), **SUPPORT),
    evidence.ReviewRequestChanged(
        state=requests.ReviewRequest.STATE_DECIDED,
        decision=requests.ReviewRequest.DECISION_UPHELD,
        target_kind=requests.ReviewRequest.TARGET_KIND_SESSION_RECORD,
        target_id="one",
        end_date=to_date(HELD),
        **REVIEW,
    ),
    evidence.DevelopmentPlanChanged(term=1, reason_given=True, **WHEN),
]
UNKNOWN = [
    scheduling.DutyChanged(kind=99, state=duties.Duty.STATE_MET, **DUTY),  # type: ignore[arg-type]
    scheduling.DutyChanged(kind=duties.Duty.KIND_SHARE_RECORD, state=99, **DUTY),  # type: ignore[arg-type]
    scheduling.DutyChanged(kind=duties.Duty.KIND_ACTION, state=duties.Duty.STATE_MET, **DUTY),
    evidence.SessionRecordChanged(state=99, **RECORD),  # type: ignore[arg-type]
    evidence.SessionRecordChanged(state=records.SessionRecord.STATE_CLOSED, ending=99, **RECORD),  # type: ignore[arg-type]
    evidence.DevelopmentPlanChanged(term=1, **WHEN),
]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    praise = ConcernFact("praise", ME, "excellence", at("2026-08-20"), None)
    database.write(lambda tx: SqlKpis(tx).remember("raised", praise))
    yield database
    database.close()


def hear(database: Database, *messages: Any) -> None:
    reactions = from_evidence(lambda: NOW, NOBODY) | from_scheduling(lambda: NOW, NOBODY)
    for number, message in enumerate(messages):
        kind = message.DESCRIPTOR.full_name
        event = StoredEvent(number, f"{number}-{kind[-20:]}", kind, ME, 1, NOW, "", message.SerializeToString())
        database.write(lambda tx, event=event: reactions[event.type](tx, event))  # type: ignore[misc]


def figures(database: Database) -> dict[str, tuple[int, int]]:
    """Return how many units each figure looks at and counts."""
    with database.read() as connection:
        found = reported(SqlKpis(connection).facts((date(2026, 4, 1), date(2027, 3, 31))))
    return {each.kpi_id: (each.register.units, each.numerator.units) for each in found.figures}


def test_what_is_said_of_the_record_reaches_the_figures_once(database: Database) -> None:
    hear(database, *HEARD)
    hear(database, *HEARD)
    found = figures(database)
    for kpi in ("records-in-time", "reviews-in-time", "praise-acknowledged", "supports-given"):
        assert found[kpi] == (1, 1), kpi
    assert found["records-disputed"] == (1, 0)


def test_a_word_of_a_later_release_and_what_no_figure_reads_change_none(database: Database) -> None:
    before = figures(database)
    for message in UNKNOWN:
        hear(database, message)
        assert figures(database) == before, message

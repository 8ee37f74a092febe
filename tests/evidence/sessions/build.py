"""Sessions, papers and records for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.evidence.domain.sessions import life_of_a_record as life
from services.evidence.domain.sessions.completeness import Papers
from services.evidence.domain.sessions.record import (
    Author,
    Content,
    Outcome,
    OutcomeWord,
    SessionRecord,
    View,
    ViewWord,
)
from services.evidence.domain.sessions.slot import AgendaEntry, Slot, SlotState
from services.evidence.domain.standing import Standing, standing_of

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
NUMBERS = life.RecordNumbers(answer_working_days=10, dispute_working_days=10)
MANAGER, PERSON = "manager-one", "sg-one"
AUTHOR = Author(MANAGER)
PRAISE = f"safeguarders/{PERSON}/evidenceItems/praise"
EVIDENCE = f"safeguarders/{PERSON}/evidenceItems/feedback"
CONCERN = f"safeguarders/{PERSON}/concerns/late-reports"
OWN = f"safeguarders/{PERSON}/supportSessions/x1/ownItems/o1"
ACTION = f"safeguarders/{PERSON}/actions/a1"
SUPPORT = f"safeguarders/{PERSON}/supports/u1"
PAPERS = Papers(
    "hash",
    praise=frozenset({PRAISE}),
    own_items=frozenset({OWN}),
    on_agenda=frozenset({CONCERN}),
    evidence=frozenset({EVIDENCE}),
    standards=("S1", "S2"),
    actions=frozenset({ACTION}),
    supports=frozenset({SUPPORT}),
)
VIEWS = (View("S1", ViewWord.MET), View("S2", ViewWord.DEVELOPING, (EVIDENCE,), "Speak with each agency."))
OUTCOMES = (
    Outcome(PRAISE, OutcomeWord.ACKNOWLEDGED),
    Outcome(OWN, OutcomeWord.SETTLED, "We went through the form."),
    Outcome(CONCERN, OutcomeWord.NO_ACTION, "The last two reports were in time."),
)
COMPLETE = Content(VIEWS, OUTCOMES, "Each child was met before the report.")


def a_slot(**changes: Any) -> Slot:
    """Return a session that was held today."""
    fields: dict[str, Any] = {
        "session_id": "x1",
        "safeguarder_id": PERSON,
        "version": 3,
        "changed_at": NOW,
        "starts_at": NOW - timedelta(hours=2),
        "state": SlotState.HELD,
        "number": 1,
        "freezes_at": NOW - timedelta(days=7),
        "agenda": (AgendaEntry("late-reports", "support_need"),),
        "mode": "online",
    }
    return Slot(**fields | changes)


def a_draft(content: Content = COMPLETE) -> SessionRecord:
    """Return the draft of a record."""
    return life.draft(a_slot(), content, AUTHOR, PAPERS, NOW)


def a_shared_record() -> SessionRecord:
    """Return a record that was shared just now."""
    return life.share(a_draft(), PAPERS, NOW, NUMBERS)


def answering(record: SessionRecord) -> Standing | None:
    """Return the time to answer a record, for somebody who is never away."""
    given = record.time_to_answer
    return standing_of(given, (), None, NOW.date()) if given else None

"""Kind closed: a day that comes with no event. A membership that is to end was taken by every reader as ended at once.

Nobody looked at what was recorded of the person, safety included. Their sessions were cancelled and their support
manager could read nothing about them, although they served on until their last day.
"""

from datetime import UTC, date, timedelta
from typing import Any

from psmf.evidence.v1 import decisions_pb2
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.scheduling.v1 import duties_pb2 as duties
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.together import START, Together
from tests.builders import a_mapping, a_request_id, an_appointment

NAME = "safeguarders/sg-one"
LAST_DAY = START.date() + timedelta(days=100)
SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
RESIGNED, TERM_ENDED = register.END_REASON_RESIGNED, register.END_REASON_TERM_ENDED


def end(running: Together, on: date, reason: Any = RESIGNED) -> None:
    kind = register.RecordMinisterialDecisionRequest.KIND_ENDED
    request = an_appointment("sg-one", on, kind=kind, end_reason=reason)
    running.safeguarders.RecordMinisterialDecision(request, **running.as_("recorder"))
    running.settle()


def correct(running: Together, **change: Any) -> None:
    """Correct the newest decision by two persons."""
    listed = decisions_pb2.ListMinisterialDecisionsRequest(parent=NAME)
    known = running.decisions.ListMinisterialDecisions(listed, **running.as_("recorder")).decisions[0]
    given = {"name": known.name, "because": "The letter says otherwise.", "request_id": a_request_id()}
    entered = decisions_pb2.CorrectMinisterialDecisionRequest(etag=known.etag, **given, **change)
    waits = running.decisions.CorrectMinisterialDecision(entered, **running.as_("recorder"))
    confirmed = decisions_pb2.ConfirmDecisionCorrectionRequest(
        name=known.name, etag=waits.etag, request_id=a_request_id()
    )
    running.decisions.ConfirmDecisionCorrection(confirmed, **running.as_("recorder-two"))
    running.settle()


def entry(running: Together, person: str) -> register.Safeguarder:
    request = register.GetSafeguarderRequest(name=NAME)
    found: register.Safeguarder = running.safeguarders.GetSafeguarder(request, **running.as_(person))
    return found


def to_come(running: Together) -> int:
    """Return how many sessions are to come."""
    request = scheduling.ListSupportSessionsRequest(parent=NAME)
    found = running.sessions.ListSupportSessions(request, **running.as_("panel-team")).support_sessions
    proposed = (each for each in found if each.state == scheduling.SupportSession.STATE_PROPOSED)
    return sum(each.start_time.ToDatetime(UTC) > running.clock.instant for each in proposed)


def owed(running: Together) -> list[str]:
    listed = running.duties.ListDuties(duties.ListDutiesRequest(parent=NAME), **running.as_("panel-team")).duties
    return [duties.Duty.Kind.Name(each.kind).removeprefix("KIND_") for each in listed]


def serves(running: Together) -> bool:
    """Return whether rules look at a matter of safety of today, and the support manager may read about the person."""
    running.record("sg-one", happened_date=to_date(running.today), received_date=to_date(running.today), **SAFETY)
    running.settle()
    is_raised = "confidentiality" in running.open_concerns("sg-one")
    return is_raised and bool(entry(running, "manager-one").terms)


def has_left(running: Together) -> bool:
    """Return whether no session is to come, nothing is owed, and the support manager may read nothing."""
    is_closed = refused(lambda: entry(running, "manager-one")).code == "PERMISSION_DENIED"
    return is_closed and to_come(running) == 0 and owed(running) == []


def test_somebody_who_gave_notice_serves_until_their_last_day(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    before = to_come(running)
    end(running, LAST_DAY)
    assert entry(running, "manager-one").state == register.Safeguarder.STATE_ENDED, "it is on the register at once"
    assert to_come(running) == before
    running.days(3)
    assert serves(running)
    running.clock.instant += LAST_DAY - running.today
    running.settle()
    assert entry(running, "manager-one").terms
    running.days(1)
    assert has_left(running)
    assert all(each.closing_proposed for each in running.open_concerns("sg-one").values())


def test_an_end_of_a_term_that_is_recorded_before_is_not_asked_for(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one", since=date(2023, 11, 11))
    end(running, date(2026, 11, 10), TERM_ENDED)
    running.until(date(2026, 11, 10))
    assert "RECORD_DECISION" not in owed(running)
    running.days(1)
    assert owed(running) == []


def test_every_reader_follows_the_correction_of_an_end_that_lies_ahead(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    end(running, running.today)
    assert has_left(running)
    correct(running, record=decisions_pb2.DecisionRecord(effective_date=to_date(LAST_DAY)))
    assert serves(running), "the last day lies ahead after all"
    correct(running, record=decisions_pb2.DecisionRecord(effective_date=to_date(running.ago(1))))
    assert has_left(running)
    correct(running, not_made=True)
    running.clock.instant += LAST_DAY - running.today + timedelta(days=2)
    running.settle()
    assert entry(running, "manager-one").state == register.Safeguarder.STATE_APPOINTED, "no end is told"

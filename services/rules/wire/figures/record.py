"""What events say that only figures count, and the record as they count it. A later release's word says nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import report_samples_pb2
from psmf.evidence.v1 import review_requests_pb2 as requests
from psmf.evidence.v1 import session_records_pb2 as records
from psmf.scheduling.v1 import duties_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling_events

from services.calendar_days import london_today
from services.platform.calls.wire import from_date, from_instant, known_word, to_word
from services.platform.events.outbox import StoredEvent
from services.rules.domain.kpis.facts import AwayFact, NoReportFact, SampleFact
from services.rules.domain.kpis.record import (
    OwedFact,
    PapersFact,
    PlanReasonFact,
    PromisedFact,
    ReviewAskedFact,
    SharedRecordFact,
)
from services.rules.wire.facts import needed_day

FactOf = Callable[[StoredEvent], Any]
_DUTIES = ("share_record", "finalise_plan")
_DUTY_STATES = {"running": "open", "standing_still": "open", "met": "met", "ended": "ended"}
_PROMISED = ("accepted", "unavailable", "not_delivered", "delivered")
"""States of a support that somebody accepted, if it has a promised day."""


def no_report_fact(message: evidence_events.SafeguarderReportsNotAvailable, event: StoredEvent) -> NoReportFact:
    """Return that a person had no report to sample, and why. KPI 6 shows such reports as left out (D9)."""
    reason = to_word(report_samples_pb2.NoReportReason, message.reason)
    what = (needed_day(message, "date"), message.reports, reason)
    return NoReportFact(message.safeguarder_id, *what, event.recorded_at, event.key_sequence)


def sample_fact(message: evidence_events.ReportSampleChanged, event: StoredEvent) -> SampleFact:
    """Return how a sampled report stands: read, or not available."""
    gone = message.state == report_samples_pb2.ReportSample.STATE_NOT_AVAILABLE
    return SampleFact(
        message.sample_id,
        message.safeguarder_id,
        needed_day(message, "round_start_date"),
        event.recorded_at,
        message.report_id,
        from_date(message, "read_date"),
        known_word(report_samples_pb2.NoReportReason, message.reason) if gone else "",
        event.key_sequence,
    )


def away_fact(message: evidence_events.SafeguarderTimeAwayRecorded, event: StoredEvent) -> AwayFact:
    """Return a version of a leave or a suspension. The newest version of each holds."""
    days = (needed_day(message, "start_date"), from_date(message, "end_date"), message.cancelled)
    return AwayFact(message.safeguarder_id, message.time_away_id, *days, event.recorded_at, message.version)


def owed_in_record(message: scheduling_events.DutyChanged, event: StoredEvent) -> OwedFact | None:
    """Return a version of a duty to share a record or to bring a plan into force. None for any other duty."""
    kind, state = known_word(duties_pb2.Duty.Kind, message.kind), known_word(duties_pb2.Duty.State, message.state)
    due_on = from_date(message, "due_date")
    if kind not in _DUTIES or state not in _DUTY_STATES or due_on is None:
        return None
    parts = message.about.split("/")
    return OwedFact(
        message.duty_id,
        message.safeguarder_id,
        due_on,
        _DUTY_STATES[state],
        london_today(from_instant(message.change_time)),
        event.recorded_at,
        session_id=parts[parts.index("supportSessions") + 1] if "supportSessions" in parts else "",
        sequence=message.version,
    )


def papers_of(message: evidence_events.SessionPackChanged, event: StoredEvent) -> PapersFact:
    """Return a version of the papers of a session."""
    return PapersFact(
        message.session_id,
        message.safeguarder_id,
        from_instant(message.freeze_time) if message.HasField("freeze_time") else None,
        london_today(from_instant(message.start_time)),
        message.state == records.SessionPack.STATE_VOID,
        event.recorded_at,
        message.version,
    )


def shared_record_of(message: evidence_events.SessionRecordChanged, event: StoredEvent) -> SharedRecordFact | None:
    """Return a version of a record. None without a day, or for a state or an ending of a later release."""
    state, held_on = known_word(records.SessionRecord.State, message.state), from_date(message, "held_date")
    said = {"shared": "awaited", "closed": known_word(records.SessionRecord.Ending, message.ending)}
    answer = said.get(state, state)
    if held_on is None or answer not in ("awaited", "confirmed", "disputed", "no_answer", "withdrawn"):
        return None
    acknowledged = records.AgendaOutcome.WORD_ACKNOWLEDGED
    return SharedRecordFact(
        message.session_id,
        message.safeguarder_id,
        held_on,
        answer,
        tuple(each.concern_id for each in message.outcomes if each.word == acknowledged),
        tuple(each.concern_id for each in message.outcomes if each.disputed),
        london_today(from_instant(message.change_time)),
        event.recorded_at,
        message.version,
    )


def plan_reason_of(message: evidence_events.DevelopmentPlanChanged, event: StoredEvent) -> PlanReasonFact | None:
    """Return that a reason was given why a plan is not final yet. None where nobody gave one."""
    if not message.reason_given:
        return None
    given_on = london_today(from_instant(message.change_time))
    return PlanReasonFact(message.safeguarder_id, message.term, given_on, event.recorded_at, message.version)


def promised_of(message: evidence_events.SupportChanged, event: StoredEvent) -> PromisedFact:
    """Return a version of a support. Its day is None while nobody accepted it, and if it is declined after all."""
    state = known_word(plans.Support.State, message.state)
    promised_on = from_date(message, "first_promised_date") if state in _PROMISED else None
    return PromisedFact(
        message.support_id,
        message.safeguarder_id,
        promised_on,
        from_date(message, "promised_date") or promised_on,
        from_date(message, "delivered_date") if state == "delivered" else None,
        state == "unavailable",
        message.reported,
        event.recorded_at,
        message.version,
    )


def review_asked_of(message: evidence_events.ReviewRequestChanged, event: StoredEvent) -> ReviewAskedFact | None:
    """Return a version of a review request. None without a day."""
    made_on = from_date(message, "made_date")
    if made_on is None:
        return None
    about_record = message.target_kind == requests.ReviewRequest.TARGET_KIND_SESSION_RECORD
    return ReviewAskedFact(
        message.review_id,
        message.safeguarder_id,
        made_on,
        from_date(message, "decide_due_date") or from_date(message, "assign_due_date"),
        message.moved_up,
        from_date(message, "end_date"),
        known_word(requests.ReviewRequest.Decision, message.decision),
        message.target_id if about_record else "",
        london_today(from_instant(message.change_time)),
        event.recorded_at,
        message.version,
    )


def _facts_of(read: Mapping[Any, Callable[[Any, StoredEvent], Any]]) -> dict[str, FactOf]:
    def of(message_type: Any, fact_of: Callable[[Any, StoredEvent], Any]) -> FactOf:
        return lambda event: fact_of(message_type.FromString(event.data), event)

    return {message_type.DESCRIPTOR.full_name: of(message_type, fact_of) for message_type, fact_of in read.items()}


OF_EVIDENCE = _facts_of(
    {
        evidence_events.SafeguarderReportsNotAvailable: no_report_fact,
        evidence_events.ReportSampleChanged: sample_fact,
        evidence_events.SafeguarderTimeAwayRecorded: away_fact,
        evidence_events.SessionPackChanged: papers_of,
        evidence_events.SessionRecordChanged: shared_record_of,
        evidence_events.DevelopmentPlanChanged: plan_reason_of,
        evidence_events.SupportChanged: promised_of,
        evidence_events.ReviewRequestChanged: review_asked_of,
    }
)
"""The fact that figures count in each event of evidence, or None if they count nothing of it."""
OF_SCHEDULING = _facts_of({scheduling_events.DutyChanged: owed_in_record})
"""The same of scheduling. What figures share with rules is read beside the rules' own facts."""

"""Recorded decisions of Ministers and their corrections as people read and write them, and their event."""

from datetime import date

from psmf.evidence.v1 import decisions_pb2 as pb
from psmf.evidence.v1 import events_pb2, recommendations_pb2, safeguarder_pb2

from services.calendar_days import london_today
from services.evidence.domain.decisions.correction import Change, Correction, CorrectionState, RecordedDecision
from services.evidence.domain.safeguarder import Decision, EndReason, Safeguarder, State
from services.evidence.wire.register import legal_basis, legal_basis_message
from services.evidence.wire.session_records import words
from services.platform.calls.wire import from_date, from_word, to_date, to_instant, to_word
from services.refusals import invalid

_OUTCOME = recommendations_pb2.Recommendation.Outcome
_KIND = safeguarder_pb2.RecordMinisterialDecisionRequest.Kind


def change(request: pb.CorrectMinisterialDecisionRequest, year: int) -> Change:
    """Return what somebody corrects. Refuse INVALID for an unknown word, a bad day, or a text that names a child."""
    record = request.record
    reason = to_word(safeguarder_pb2.EndReason, record.end_reason, "record.end_reason")
    return Change(
        from_date(record, "effective_date", "record."),
        _months(record.term_months),
        legal_basis(record.legal_basis, "record.legal_basis") if record.HasField("legal_basis") else None,
        EndReason(reason) if reason else None,
        to_word(_OUTCOME, record.decided_as, "record.decided_as"),
        words(record.reasons, "record.reasons", year),
        request.not_made,
    )


def _months(months: int) -> int:
    if months < 0:
        raise invalid("TERM_OUT_OF_RANGE", "A further term is 12 to 36 months (reg 7(2)).", "record.term_months")
    return months


def decision_message(known: RecordedDecision) -> pb.MinisterialDecision:
    """Return the message of a recorded decision, for people who may read it."""
    first, person = known.first, f"safeguarders/{known.safeguarder_id}"
    follows = f"{person}/concerns/{first.recommendation}" if first.recommendation else ""
    if first.recommendation_id:
        follows = f"{person}/recommendations/{first.recommendation_id}"
    return pb.MinisterialDecision(
        name=known.name,
        record=_record(known.stands),
        first_record=_record(first),
        record_time=to_instant(first.recorded_at),
        recorded_by=first.recorded_by,
        recommendation=follows,
        corrections=map(_correction, known.corrections),
        etag=known.etag,
        criteria_version=first.criteria_version,
    )


def _record(decision: Decision | None) -> pb.DecisionRecord | None:
    if decision is None:
        return None
    return pb.DecisionRecord(
        kind=from_word(_KIND, decision.kind),
        effective_date=to_date(decision.effective_on),
        term_months=decision.term_months,
        legal_basis=legal_basis_message(decision.legal_basis),
        end_reason=from_word(safeguarder_pb2.EndReason, decision.end_reason),
        decided_as=from_word(_OUTCOME, decision.decided_as),
        reasons=decision.reasons,
    )


def _correction(known: Correction) -> pb.DecisionCorrection:
    return pb.DecisionCorrection(
        state=from_word(pb.DecisionCorrection.State, known.state),
        record=_record(known.decision),
        because=known.because,
        entered_by=known.entered_by,
        enter_time=to_instant(known.entered_at),
        answered_by=known.answered_by,
        answer_time=to_instant(known.answered_at) if known.answered_at else None,
        withdrawn_because=known.withdrawn_because,
    )


def correction_event(known: RecordedDecision, entry: Safeguarder) -> events_pb2.SafeguarderCorrectionChanged:
    """Return the event of the last correction of a decision: ids, dates and words of closed lists.

    A confirmed one holds the whole membership, so that a reader need not know which decision led to what. An end that
    lies ahead is not in it: the person goes on as a member until it is told.
    """
    last = known.corrections[-1]
    event = events_pb2.SafeguarderCorrectionChanged(
        safeguarder_id=known.safeguarder_id,
        decision_id=str(known.number),
        correction=len(known.corrections),
        state=from_word(pb.DecisionCorrection.State, last.state),
        entered_by=last.entered_by,
        change_time=to_instant(last.answered_at or last.entered_at),
    )
    if last.state is CorrectionState.CONFIRMED:
        event.MergeFrom(_membership(entry, london_today(last.answered_at or last.entered_at)))
    return event


def _membership(entry: Safeguarder, today: date) -> events_pb2.SafeguarderCorrectionChanged:
    last = entry.last_term
    is_over = entry.state is State.ENDED and not entry.leaves_on(today)
    ended_on = last.ends_on if last and is_over else None
    return events_pb2.SafeguarderCorrectionChanged(
        terms=[
            events_pb2.MembershipTerm(
                term=term.number, start_date=to_date(term.starts_on), end_date=to_date(term.ends_on)
            )
            for term in entry.terms
        ],
        ended_date=to_date(ended_on),
        appointed_date=to_date(entry.serves_since(last.starts_on) if last else None),
        areas=entry.areas,
        demo=entry.demo,
    )

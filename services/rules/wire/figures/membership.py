"""Memberships and allocations, as rules and figures read them: an appointment, an end, and a correction of both."""

from psmf.evidence.v1 import decisions_pb2
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.scheduling.v1 import events_pb2 as scheduling_events

from services.calendar_days import london_today
from services.platform.calls.wire import from_date
from services.platform.events.outbox import StoredEvent
from services.rules.domain.facts import PersonFact
from services.rules.domain.kpis.facts import AllocationFact, EndFact, MembershipFact, TermFact
from services.rules.wire.facts import needed_day


def term_fact(message: evidence_events.SafeguarderAppointed, event: StoredEvent) -> TermFact:
    """Return the term of an appointment."""
    days = (needed_day(message, "start_date"), needed_day(message, "end_date"))
    return TermFact(message.safeguarder_id, message.term, *days, event.recorded_at, event.key_sequence)


def end_fact(message: evidence_events.SafeguarderEnded, event: StoredEvent) -> EndFact:
    """Return the end of a membership."""
    last_on = needed_day(message, "end_date")
    return EndFact(message.safeguarder_id, last_on, event.recorded_at, event.key_sequence)


def membership_fact(message: evidence_events.SafeguarderCorrectionChanged, event: StoredEvent) -> MembershipFact | None:
    """Return the whole membership of a correction; None of one that waits for a second person or was taken back."""
    if message.state != decisions_pb2.DecisionCorrection.STATE_CONFIRMED:
        return None
    terms = tuple((each.term, needed_day(each, "start_date"), needed_day(each, "end_date")) for each in message.terms)
    return MembershipFact(message.safeguarder_id, terms, event.recorded_at, event.key_sequence)


def corrected_person(message: evidence_events.SafeguarderCorrectionChanged) -> PersonFact | None:
    """Return a person's membership, as a confirmed correction has it. None if nobody was appointed."""
    if not message.terms:
        return None
    last = message.terms[-1]
    days = (needed_day(last, "start_date"), needed_day(last, "end_date"))
    ended = message.HasField("ended_date")
    return PersonFact(message.safeguarder_id, needed_day(message, "appointed_date"), *days, serving=not ended)


def allocation_fact(message: scheduling_events.SupportManagerAllocated, event: StoredEvent) -> AllocationFact:
    """Return an allocation to a support manager. A release before did not say from when: then it is from that day."""
    who = (message.safeguarder_id, message.support_manager, message.region)
    from_on = from_date(message, "from_date") or london_today(event.recorded_at)
    return AllocationFact(*who, from_on, event.recorded_at, event.key_sequence)

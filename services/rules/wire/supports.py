"""SupportChanged of evidence as the fact that concerns follow."""

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence_events

from services.platform.calls.wire import from_date, to_word
from services.rules.domain.closed_lists import SupportAnswer, SupportGiven, SupportKind
from services.rules.domain.concerns.supports import SupportFact

_GIVEN: dict[str, SupportGiven | None] = {
    "offered": None,
    "accepted": None,
    "declined": None,
    "none_given": None,
    "unavailable": SupportGiven.UNAVAILABLE,
    "not_delivered": SupportGiven.NOT_DELIVERED,
    "delivered": SupportGiven.DELIVERED,
}
"""Whether the Team gave the support, in each state of the register."""


def support_fact(message: evidence_events.SupportChanged) -> SupportFact | None:
    """Return a version of a support. None for a word that only a later release knows, or without a day."""
    kind, state = to_word(plans.Support.Kind, message.kind), to_word(plans.Support.State, message.state)
    discussed_on = from_date(message, "discussed_date")
    if kind not in tuple(SupportKind) or state not in _GIVEN or discussed_on is None:
        return None
    answer: SupportAnswer | None = SupportAnswer.UNAVAILABLE if state == "unavailable" else None
    if said := to_word(plans.AnswerSupportRequest.Answer, message.answer):
        answer = SupportAnswer(said)
    return SupportFact(
        message.support_id,
        message.version,
        SupportKind(kind),
        discussed_on,
        answer,
        # The day of an answer that nobody gave is the day from which the Team cannot provide the support.
        from_date(message, "answer_date") or from_date(message, "unavailable_date"),
        _GIVEN[state],
        from_date(message, "first_promised_date"),
        from_date(message, "unavailable_date"),
        None if message.received == plans.Support.RECEIVED_YES else from_date(message, "received_due_date"),
    )

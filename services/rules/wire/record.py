"""What evidence says of supports and views, as concerns follow it."""

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence_events

from services.calendar_days import london_today
from services.platform.calls.wire import from_date, from_instant, known_member, known_word
from services.rules.domain.closed_lists import SupportAnswer, SupportGiven, SupportKind, View
from services.rules.domain.concerns.progress import Support
from services.rules.domain.concerns.views import ViewFact

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


def support_of(message: evidence_events.SupportChanged) -> Support | None:
    """Return a version of a support. None for a word that only a later release knows, or without a day."""
    kind = known_member(SupportKind, plans.Support.Kind, message.kind)
    state = known_word(plans.Support.State, message.state)
    discussed_on, unavailable_on = from_date(message, "discussed_date"), from_date(message, "unavailable_date")
    if kind is None or state not in _GIVEN or discussed_on is None:
        return None
    unanswered = SupportAnswer.UNAVAILABLE if state == "unavailable" else None
    return Support(
        kind,
        discussed_on,
        known_member(SupportAnswer, plans.AnswerSupportRequest.Answer, message.answer) or unanswered,
        # The day of an answer that nobody gave is the day from which the Team cannot provide the support.
        from_date(message, "answer_date") or unavailable_on,
        support_id=message.support_id,
        version=message.version,
        promised_on=from_date(message, "first_promised_date"),
        given=_GIVEN[state],
        unavailable_on=unavailable_on,
        deny_until=(
            None if message.received == plans.Support.RECEIVED_YES else from_date(message, "received_due_date")
        ),
    )


def view_of(message: evidence_events.ViewChanged) -> ViewFact | None:
    """Return a version of a view. None while it is awaited, or for a word that only a later release knows."""
    view = known_member(View, plans.View.State, message.state)
    if view is None:
        return None
    given_on = from_date(message, "given_date") if view is View.GIVEN else None
    return ViewFact(message.version, view, given_on or london_today(from_instant(message.change_time)))

"""SupportChanged of evidence as the fact that concerns follow."""

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence_events

from services.calendar_days import london_today
from services.platform.calls.wire import from_date, from_instant, to_word
from services.rules.domain.closed_lists import SupportAnswer, SupportGiven, SupportKind
from services.rules.domain.concerns.supports import SupportFact

_STATES: dict[str, tuple[SupportAnswer | None, SupportGiven | None]] = {
    "offered": (None, None),
    "accepted": (SupportAnswer.ACCEPTED, None),
    "declined": (SupportAnswer.DECLINED, None),
    "none_given": (SupportAnswer.NONE_GIVEN, None),
    "unavailable": (SupportAnswer.UNAVAILABLE, SupportGiven.UNAVAILABLE),
    "not_delivered": (SupportAnswer.ACCEPTED, SupportGiven.NOT_DELIVERED),
    "delivered": (SupportAnswer.ACCEPTED, SupportGiven.DELIVERED),
}
"""The Safeguarder's answer, and whether the Team gave the support, in each state of the register."""


def support_fact(message: evidence_events.SupportChanged) -> SupportFact | None:
    """Return a version of a support. None for a word that only a later release knows, or without a day."""
    kind, state = to_word(plans.Support.Kind, message.kind), to_word(plans.Support.State, message.state)
    discussed_on = from_date(message, "discussed_date")
    if kind not in tuple(SupportKind) or state not in _STATES or discussed_on is None:
        return None
    answer, given = _STATES[state]
    return SupportFact(
        message.support_id,
        message.version,
        SupportKind(kind),
        discussed_on,
        answer,
        given,
        from_date(message, "first_promised_date"),
        london_today(from_instant(message.change_time)),
    )

"""The moves of a support (R76, R151).

The Team offers, and the Safeguarder answers. Others may enter what the Safeguarder said. The Safeguarder's own word
still takes its place. Silence is never an answer: after two questions it is shown as none. A repeat of a move changes
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.plans.sides import Actor, PlanNumbers, Side, check_ahead
from services.evidence.domain.plans.support import (
    PROMISED,
    Offer,
    Received,
    ReportedAnswer,
    Support,
    SupportAnswer,
    SupportState,
)
from services.evidence.domain.standing import Standing
from services.refusals import Refusal, invalid, precondition

_SAID = (SupportState.DELIVERED, SupportState.DECLINED, SupportState.NONE_GIVEN)
"""States that rest on what somebody said of it, which a review can put right."""


def check_spoken_of(offered: Offer, since: date | None) -> None:
    """Check the day on which a support was spoken of. `since`: the first day on which it could be; None for any.

    Raises:
        Refusal: DATE_OUT_OF_ORDER. Otherwise support would stand before a concern that nobody knew of.
    """
    if since is not None and offered.discussed_on < since:
        message = (
            f"discussed_date must be {since} or later. Before that, the concern was not raised or reopened, or the "
        )
        message += "person did not serve, so there was nothing to speak of."
        raise invalid("DATE_OUT_OF_ORDER", message, "discussed_date", earliest=since.isoformat())


def offer(support_id: str, safeguarder_id: str, offered: Offer, actor: Actor, numbers: PlanNumbers) -> Support:
    """Return a support that is offered now. The Safeguarder has some office working days to answer.

    Raises:
        Refusal: DATE_IN_FUTURE for the day on which it was spoken of; and as `check_ahead` says of a promised day.
    """
    if offered.discussed_on > actor.today:
        raise invalid("DATE_IN_FUTURE", "discussed_date is in the future.", "discussed_date")
    if offered.promised_on is not None:
        check_ahead(offered.promised_on, actor.today, numbers.longest_months, "promised_date")
    due_on = add_working_days(WorkingCalendar.OFFICE, actor.today, numbers.support_answer_working_days)
    return Support(support_id, safeguarder_id, offered, actor.person, actor.now, actor.now, due_on)


def report(name: tuple[str, str], offered: Offer, said: ReportedAnswer, actor: Actor, numbers: PlanNumbers) -> Support:
    """Return a support that the Safeguarder answered on an earlier day, and that is entered only now.

    The day promised with it may have passed. The Safeguarder's own word still takes the place of what is entered.
    `name`: the ids of the Safeguarder and of the support.

    Raises:
        Refusal: UNKNOWN_VALUE for another answer; DATE_OUT_OF_ORDER; DATE_TOO_FAR; FIELD_MISSING without words if they
            declined it.
    """
    if said.answer is SupportAnswer.NONE_GIVEN:
        message = "A reported answer is ACCEPTED or DECLINED. Without an answer the support is offered now."
        raise invalid("UNKNOWN_VALUE", message, "reported_answer")
    if not offered.discussed_on <= said.answered_on < actor.today:
        message = "reported_answer_date must be before today, and not before the day on which it was spoken of."
        raise invalid("DATE_OUT_OF_ORDER", message, "reported_answer_date", latest=actor.today.isoformat())
    accepted = said.answer is SupportAnswer.ACCEPTED
    if not accepted and not said.words:
        raise invalid("FIELD_MISSING", "answer_words is needed: say how they declined it.", "answer_words")
    promised_on = offered.promised_on or _usually_promised(said.answered_on, numbers)
    if promised_on < said.answered_on:
        message = "promised_date must not be before the day on which they accepted it."
        raise invalid("DATE_OUT_OF_ORDER", message, "promised_date", earliest=said.answered_on.isoformat())
    check_ahead(promised_on, said.answered_on, numbers.longest_months, "promised_date")
    return Support(
        name[1],
        name[0],
        offered,
        actor.person,
        actor.now,
        actor.now,
        answer_due_on=None,
        state=SupportState(said.answer.value),
        answer=said.answer,
        answered_on=said.answered_on,
        answer_words=said.words,
        answer_entered_by=actor.person,
        first_promised_on=promised_on if accepted else None,
        promised_on=promised_on if accepted else None,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """How often the Safeguarder was asked: until when they had time, and at which sessions they were asked again."""

    answering: Standing | None = None
    again_on: Sequence[date] = ()
    """The days of sessions that were held with the support in their frozen papers."""

    def again(self, today: date) -> bool:
        """Return whether they were asked again at a session after their time was over."""
        time = self.answering
        return time is not None and time.is_over(today) and any(time.due_on < day <= today for day in self.again_on)


def answer(
    support: Support, given: SupportAnswer, words: str, asked: Asked, actor: Actor, numbers: PlanNumbers
) -> Support:
    """Return a support with the Safeguarder's answer, or without one although they were asked again.

    Raises:
        Refusal: ANSWERED_ALREADY; SUPPORT_ENDED; FIELD_MISSING if somebody enters without words that they declined;
            and as `_check_asked_again` says of no answer.
    """
    entered_by = "" if actor.is_safeguarder else actor.person
    known = (support.answer_words, support.answer_entered_by)
    still_owed = support.state is SupportState.NOT_DELIVERED and support.answer is given
    if (support.state.value == given.value or still_owed) and known == (words, entered_by):
        return support
    _check_may_answer(support, actor)
    if given is SupportAnswer.DECLINED and entered_by and not words:
        raise invalid("FIELD_MISSING", "words is needed: say how the Safeguarder declined it.", "words")
    if given is SupportAnswer.NONE_GIVEN:
        _check_asked_again(support, asked, actor)
    first = _promised(support.offer, actor, numbers) if given is SupportAnswer.ACCEPTED else None
    if support.state in PROMISED and first is not None:
        # The Safeguarder says what others entered for them. What the Team promised stands.
        return _next(support, actor, answered_on=actor.today, answer_words=words, answer_entered_by=entered_by)
    return _next(
        support,
        actor,
        state=SupportState(given.value),
        answer=given,
        answered_on=actor.today,
        answer_words=words,
        answer_entered_by=entered_by,
        answer_due_on=None,
        first_promised_on=first,
        promised_on=first,
    )


def promise(support: Support, day: date, because: str, actor: Actor, numbers: PlanNumbers) -> Support:
    """Return a support with a later promised day. One that is late still counts as late.

    Raises:
        Refusal: SUPPORT_NOT_OWED; DATE_NOT_LATER; and as `check_ahead` says.
    """
    if support.promised_on == day and support.because == because:
        return support
    _check_promised(support)
    check_ahead(day, actor.today, numbers.longest_months, "promised_date")
    if support.promised_on is not None and day <= support.promised_on:
        raise invalid("DATE_NOT_LATER", f"promised_date must be after {support.promised_on}.", "promised_date")
    return _next(support, actor, promised_on=day, because=because)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a support: given on a day, or why not."""

    outcome: SupportState
    delivered_on: date | None = None
    because: str = ""


def record(support: Support, said: Recorded, actor: Actor, numbers: PlanNumbers) -> Support:
    """Return a support with what became of it.

    Raises:
        Refusal: UNKNOWN_VALUE for another outcome; FIELD_MISSING; DATE_IN_FUTURE; DATE_NOT_LATER; SUPPORT_NOT_OWED;
            SUPPORT_ENDED.
    """
    if said.outcome is SupportState.DELIVERED:
        return _delivered(support, said.delivered_on, actor, numbers)
    if said.outcome not in (SupportState.NOT_DELIVERED, SupportState.UNAVAILABLE):
        raise invalid("UNKNOWN_VALUE", "outcome must be DELIVERED, NOT_DELIVERED or UNAVAILABLE.", "outcome")
    if not said.because:
        raise invalid("FIELD_MISSING", "because is needed: say why it was not given, or cannot be.", "because")
    if (support.state, support.because) == (said.outcome, said.because):
        return support
    if said.outcome is SupportState.UNAVAILABLE:
        if support.state not in (SupportState.OFFERED, *PROMISED):
            raise _ended(support)
        unavailable = {"state": said.outcome, "because": said.because, "unavailable_on": actor.today}
        return _next(support, actor, answer_due_on=None, **unavailable)
    # What was recorded as given by mistake is owed again, unless the Safeguarder says that they received it.
    if support.state is not SupportState.DELIVERED or support.received is Received.YES:
        _check_promised(support)
    return _next(support, actor, state=said.outcome, because=said.because, delivered_on=None)


def confirm(support: Support, received: Received, words: str, denying: Standing | None, actor: Actor) -> Support:
    """Return a support with the Safeguarder's word on whether they received it. What they deny was not given.

    `denying`: how their time to deny it stands, while it stands as given. Days on leave or suspended are not counted.

    Raises:
        Refusal: SUPPORT_NOT_GIVEN; CONFIRM_TIME_OVER for a denial after the office working days for it.
    """
    if (support.received, support.received_words) == (received, words):
        return support
    if received is Received.YES:
        day = support.delivered_on or support.not_received_on
        if day is None or support.state not in (SupportState.DELIVERED, SupportState.NOT_DELIVERED):
            raise _not_given()
        since = support.given_since if support.state is SupportState.DELIVERED else actor.today
        given = {"state": SupportState.DELIVERED, "delivered_on": day, "given_since": since, "not_received_on": None}
        return _next(support, actor, received=received, received_words=words, **given)
    if denying is None:
        raise _not_given()
    if denying.is_over(actor.today):
        last = denying.due_on.isoformat()
        message = f"You had until {last} to say so. Speak with your support manager: they can record it."
        raise precondition("CONFIRM_TIME_OVER", message, "received", last=last)
    denied = {"not_received_on": support.delivered_on, "delivered_on": None}
    return _next(support, actor, state=SupportState.NOT_DELIVERED, received=received, received_words=words, **denied)


def check_reviewable(support: Support) -> None:
    """Refuse SUPPORT_RUNS for a support of which nothing is said yet that a review could put right."""
    if support.state not in _SAID:
        message = (
            "A review looks at a support that stands as given, as declined, or without an answer. Until then your "
            "answer counts, and what is owed to you stays owed."
        )
        raise precondition("SUPPORT_RUNS", message, "target", state=support.state)


def correct_by_review(support: Support, reasons: str, actor: Actor, numbers: PlanNumbers) -> Support:
    """Return a support as an upheld review leaves it; unchanged if it stands otherwise by now.

    One that stands as given was not, so the Team owes it. One that stands as declined or without an answer is offered
    again, with a new time to answer.
    """
    if support.state not in _SAID:
        return support
    if support.state is SupportState.DELIVERED:
        denied = {"not_received_on": support.delivered_on, "delivered_on": None}
        return _next(support, actor, state=SupportState.NOT_DELIVERED, because=reasons, **denied)
    due_on = add_working_days(WorkingCalendar.OFFICE, actor.today, numbers.support_answer_working_days)
    blank = {"answer": None, "answered_on": None, "answer_words": "", "answer_entered_by": ""}
    return _next(support, actor, state=SupportState.OFFERED, answer_due_on=due_on, because=reasons, **blank)


def go_along(support: Support, action_id: str, actor: Actor) -> Support:
    """Return a support as for another action too, which takes the place of the one that needed it."""
    supported = support.offer.supported
    offered = replace(support.offer, supported=replace(supported, actions=(*supported.actions, action_id)))
    return _next(support, actor, offer=offered)


def _delivered(support: Support, day: date | None, actor: Actor, numbers: PlanNumbers) -> Support:
    if day is None:
        raise invalid("FIELD_MISSING", "delivered_date is needed: say on which day it was given.", "delivered_date")
    if support.state is SupportState.DELIVERED and support.delivered_on == day:
        return support
    _check_promised(support)
    if day > actor.today:
        raise invalid("DATE_IN_FUTURE", "delivered_date is in the future.", "delivered_date", date=day.isoformat())
    if day < support.offer.discussed_on or (support.not_received_on is not None and day <= support.not_received_on):
        message = "delivered_date must be after the day on which it was spoken of, and after what was not received."
        raise invalid("DATE_NOT_LATER", message, "delivered_date", date=day.isoformat())
    deny_until = add_working_days(WorkingCalendar.OFFICE, actor.today, numbers.received_working_days)
    days = {"delivered_on": day, "given_said_on": actor.today, "given_since": actor.today, "deny_until": deny_until}
    return _next(
        support,
        actor,
        state=SupportState.DELIVERED,
        because="",
        received=None,
        received_words="",
        not_received_on=None,
        **days,
    )


def _promised(offered: Offer, actor: Actor, numbers: PlanNumbers) -> date:
    if offered.promised_on is not None and offered.promised_on >= actor.today:
        return offered.promised_on
    return _usually_promised(actor.today, numbers)


def _usually_promised(answered_on: date, numbers: PlanNumbers) -> date:
    return add_working_days(WorkingCalendar.OFFICE, answered_on, numbers.promise_working_days)


def _check_may_answer(support: Support, actor: Actor) -> None:
    """Refuse ANSWERED_ALREADY and SUPPORT_ENDED.

    Until the support is given, the Safeguarder's own word takes the place of what others entered.
    """
    if support.state is SupportState.OFFERED:
        return
    if support.state not in (*PROMISED, SupportState.DECLINED, SupportState.NONE_GIVEN):
        raise _ended(support)
    if not (actor.is_safeguarder and support.answer_entered_by):
        message = "The Safeguarder has answered already. If they see it differently now, offer the support again."
        raise precondition("ANSWERED_ALREADY", message, "name", state=support.state)


def _check_asked_again(support: Support, asked: Asked, actor: Actor) -> None:
    if actor.side is not Side.SUPPORT_MANAGER or not asked.again(actor.today):
        until = asked.answering.due_on if asked.answering else support.answer_due_on
        message = (
            f"The Safeguarder has until {until} to answer, or longer if they are away. After that their support "
            "manager asks again at a session with the support in its papers. Only then can no answer be recorded."
        )
        raise precondition("ASK_AGAIN", message, "answer")


def _check_promised(support: Support) -> None:
    if support.state not in PROMISED:
        raise _not_owed(support)


def _not_owed(support: Support) -> Refusal:
    message = "The Team does not owe this support: it was not accepted, was given, or cannot be given."
    return precondition("SUPPORT_NOT_OWED", message, "name", state=support.state)


def _not_given() -> Refusal:
    return precondition("SUPPORT_NOT_GIVEN", "Nobody has recorded that this support was given.", "name")


def _ended(support: Support) -> Refusal:
    message = "This support was declined or given, or it cannot be given. Offer another one."
    return precondition("SUPPORT_ENDED", message, "name", state=support.state)


def _next(support: Support, actor: Actor, **changes: object) -> Support:
    return replace(support, version=support.version + 1, recorded_at=actor.now, **changes)  # type: ignore[arg-type]

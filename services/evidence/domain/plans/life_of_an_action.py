"""The moves of an action (R73, R74, R78, R149, R150).

One side proposes, and the other answers. Silence is never agreement. The support manager may set an action that the
Safeguarder did not agree to, with the words of both sides beside it. A due day only moves later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from services.calendar_days import WorkingCalendar, add_working_days, working_days_between
from services.evidence.domain.plans.action import (
    OUTCOMES,
    Action,
    ActionAnswer,
    ActionKind,
    ActionState,
    Basis,
    DayReason,
    DueDay,
    Proposal,
    ReportedOpening,
    SupportOwed,
)
from services.evidence.domain.plans.sides import Actor, PlanNumbers, Side, check_ahead
from services.evidence.domain.standing import Standing
from services.refusals import Refusal, invalid, precondition


def propose(action_id: str, safeguarder_id: str, proposal: Proposal, actor: Actor, numbers: PlanNumbers) -> Action:
    """Return an action that is proposed now. The other side has some office working days to answer.

    Raises:
        Refusal: as `check_ahead` says; TOO_SHORT if it has fewer days than our shortest for its kind without a reason,
            or fewer working days than our least.
    """
    check_ahead(proposal.due_on, actor.today, numbers.longest_months, "due_date")
    _check_length(proposal.due_on, actor, numbers)
    shortest = shortest_days(proposal.kind, numbers)
    if (proposal.due_on - actor.today).days < shortest and not proposal.too_short_because:
        message = f"Our shortest time for this is {shortest} days. Give it more, or say why it has less."
        raise precondition("TOO_SHORT", message, "due_date", days=str(shortest))
    first = DueDay(proposal.due_on, actor.today, actor.person, DayReason.FIRST)
    due_on = add_working_days(WorkingCalendar.OFFICE, actor.today, numbers.action_answer_working_days)
    return Action(
        action_id,
        safeguarder_id,
        proposal,
        actor.side,
        actor.person,
        actor.now,
        actor.now,
        due_days=(first,),
        answer_due_on=due_on,
    )


_ANSWERED = {
    Basis.AGREED: ActionAnswer.AGREED,
    Basis.PARTLY: ActionAnswer.PARTLY,
    Basis.SET: ActionAnswer.NOT_AGREED,
}
"""What the Safeguarder said to an action that opened on a basis."""


def report(
    name: tuple[str, str], proposal: Proposal, opening: ReportedOpening, actor: Actor, numbers: PlanNumbers
) -> Action:
    """Return an action that was opened on an earlier day, and is entered only now. Its clock began on that day.

    `name`: the ids of the Safeguarder and of the action.

    Raises:
        Refusal: NOT_YOURS_TO_REPORT for a Safeguarder; UNKNOWN_VALUE if it is to replace another one;
            DATE_OUT_OF_ORDER; DATE_TOO_FAR; FIELD_MISSING without the words that its basis needs.
    """
    opened_on = opening.opened_on
    if actor.is_safeguarder:
        message = "Your support manager enters what was agreed before. You can propose the action, with a day to come."
        raise precondition("NOT_YOURS_TO_REPORT", message, "reported_open_date")
    if proposal.replaces:
        raise invalid("UNKNOWN_VALUE", "An action that is reported replaces none. Leave replaces out.", "replaces")
    if opened_on >= actor.today:
        message = "reported_open_date must be before today. Without it the action is proposed now."
        raise invalid("DATE_OUT_OF_ORDER", message, "reported_open_date", latest=actor.today.isoformat())
    if proposal.due_on < opened_on:
        message = "An action is due on the day on which it was opened, or later."
        raise invalid("DATE_OUT_OF_ORDER", message, "due_date", earliest=opened_on.isoformat())
    check_ahead(proposal.due_on, opened_on, numbers.longest_months, "due_date")
    _check_words(opening)
    return Action(
        name[1],
        name[0],
        proposal,
        Side.SUPPORT_MANAGER,
        actor.person,
        actor.now,
        actor.now,
        due_days=(DueDay(proposal.due_on, opened_on, actor.person, DayReason.FIRST),),
        answer_due_on=None,
        state=ActionState.OPEN,
        basis=opening.basis,
        answer=_ANSWERED[opening.basis],
        support_manager_words=opening.support_manager_words,
        safeguarder_words=opening.safeguarder_words,
        opened_on=opened_on,
    )


def answer(action: Action, given: ActionAnswer, words: str, actor: Actor) -> Action:
    """Return an action with the other side's answer. It opens if they agree, also in part.

    Raises:
        Refusal: OTHER_SIDE_ANSWERS; ANSWERED_ALREADY; SAY_WHAT without words, unless they agree; DUE_DAY_PASSED if
            it would open after its due day.
    """
    other = Side.SUPPORT_MANAGER if action.proposed_by is Side.SAFEGUARDER else Side.SAFEGUARDER
    if actor.side is not other:
        message = "The side that proposed an action does not answer it. The other side does."
        raise precondition("OTHER_SIDE_ANSWERS", message, "name")
    if (action.answer, _words_of(action, actor)) == (given, words):
        return action
    if action.state is not ActionState.PROPOSED:
        raise precondition("ANSWERED_ALREADY", "This action is not proposed any more.", "name", state=action.state)
    if given is not ActionAnswer.AGREED and not words:
        raise invalid("SAY_WHAT", "Say in words what you do not agree to, and why.", "words")
    said = _next(action, actor, answer=given, answer_due_on=None, **{_field_of(actor): words})
    if given is ActionAnswer.NOT_AGREED:
        return said
    if action.due_on < actor.today:
        by_manager = action.proposed_by is Side.SUPPORT_MANAGER
        message = "Its due day has passed in the meantime. Propose another one."
        message += " The support manager can also move the day." if by_manager else ""
        raise precondition("DUE_DAY_PASSED", message, "name", date=action.due_on.isoformat())
    return _opened(said, Basis(given.value), actor)


def set_action(action: Action, because: str, answering: Standing | None, actor: Actor, numbers: PlanNumbers) -> Action:
    """Return an action that the support manager sets. The words of both sides stand beside it.

    `answering`: how the Safeguarder's time to answer stands, while an answer is awaited. Days on leave are not counted.

    Raises:
        Refusal: NOT_YOURS_TO_SET for what the Safeguarder proposed; ACTION_NOT_PROPOSED; BOTH_SIDES while the
            Safeguarder has given no words and has time to; TOO_SHORT if fewer working days are left than our least.
    """
    if action.basis is Basis.SET and action.support_manager_words == because:
        return action
    if action.proposed_by is Side.SAFEGUARDER:
        message = "The Safeguarder proposed this action. Agree to it, or propose another one."
        raise precondition("NOT_YOURS_TO_SET", message, "name")
    if action.state is not ActionState.PROPOSED:
        raise precondition("ACTION_NOT_PROPOSED", "This action is not proposed any more.", "name", state=action.state)
    silent = action.answer is None
    if silent and answering is not None and not answering.is_over(actor.today):
        until = answering.due_on.isoformat()
        message = f"The Safeguarder has until {until} to say how they see it, or longer if they are away."
        raise precondition("BOTH_SIDES", message, "name", until=until)
    _check_length(action.due_on, actor, numbers)
    asked_on = action.due_days[0].set_on if silent else None
    words = replace(action, support_manager_words=because, asked_on=asked_on, answer_due_on=None)
    return _opened(_next(words, actor), Basis.SET, actor)


@dataclass(frozen=True, slots=True)
class Later:
    """A later due day, and why."""

    day: date
    words: str


def change_date(action: Action, later: Later, standing: Standing, actor: Actor, numbers: PlanNumbers) -> Action:
    """Return an action with a later due day. Every day before stays on it. What was said to be done is open again.

    `standing`: how its time stands. A later day is later than the one to which standstills have moved it.

    Raises:
        Refusal: ACTION_ENDED; OTHER_SIDE_ANSWERS for what the Safeguarder proposed and nobody agreed to yet;
            DATE_NOT_LATER; and as `check_ahead` says.
    """
    day = later.day
    if action.due_on == day and action.due_days[-1].words == later.words:
        return action
    if not action.is_live:
        raise _ended(action)
    if action.state is ActionState.PROPOSED and action.proposed_by is Side.SAFEGUARDER:
        message = "The Safeguarder proposed this day. Answer the action first."
        raise precondition("OTHER_SIDE_ANSWERS", message, "name")
    check_ahead(day, actor.today, numbers.longest_months, "due_date")
    last = max(action.due_on, standing.due_on)
    if day <= last:
        message = f"A due day only moves later: due_date must be after {last}."
        raise invalid("DATE_NOT_LATER", message, "due_date", date=day.isoformat(), last=last.isoformat())
    moved = DueDay(day, actor.today, actor.person, DayReason.EXTENDED, later.words, action.is_open)
    state = ActionState.OPEN if action.is_open else action.state
    return _next(action, actor, state=state, due_days=(*action.due_days, moved))


def offer_completion(action: Action, words: str, evidence: tuple[str, ...], actor: Actor) -> Action:
    """Return an open action that its owner says is done.

    Raises:
        Refusal: NOT_YOURS_TO_OFFER for an action that the other side has to do; ACTION_NOT_OPEN; FIELD_MISSING without
            words and evidence.
    """
    if (action.proposal.owner is Side.SAFEGUARDER) is not actor.is_safeguarder:
        raise precondition("NOT_YOURS_TO_OFFER", "The side that has to do it says that it is done.", "name")
    if not words and not evidence:
        raise invalid(
            "FIELD_MISSING", "words is needed: say what was done, or name the evidence that shows it.", "words"
        )
    if not action.is_open:
        raise _not_open(action)
    said = (ActionState.COMPLETION_OFFERED, words, evidence)
    if (action.state, action.completion_words, action.completion_evidence) == said:
        return action
    return _next(
        action, actor, state=ActionState.COMPLETION_OFFERED, completion_words=words, completion_evidence=evidence
    )


@dataclass(frozen=True, slots=True)
class Ending:
    """How an action ends, in a word and in words."""

    outcome: ActionState
    words: str


def close(action: Action, ending: Ending, standing: Standing, owed: SupportOwed | None, actor: Actor) -> Action:
    """Return an action that has ended. `owed`: what the Team owes for it, its needs or its concern.

    Raises:
        Refusal: UNKNOWN_VALUE for another outcome; NOT_YOURS_TO_END if the Safeguarder ends more than their own
            proposal; ACTION_ENDED; ACTION_NOT_OPEN; SUPPORT_OWED or TIME_NOT_OVER for *not met*.
    """
    if (action.state, action.outcome_words) == (ending.outcome, ending.words):
        return action
    if ending.outcome not in (*OUTCOMES, ActionState.WITHDRAWN):
        message = "outcome must be MET, PARTLY_MET, NOT_MET, NOT_POSSIBLE or WITHDRAWN."
        raise invalid("UNKNOWN_VALUE", message, "outcome")
    if actor.is_safeguarder:
        _check_own_proposal(action, ending)
    if not action.is_live:
        raise _ended(action)
    if ending.outcome is not ActionState.WITHDRAWN and not action.is_open:
        raise _not_open(action)
    if ending.outcome is ActionState.NOT_MET:
        _check_not_met(standing, owed, actor)
    return _next(action, actor, state=ending.outcome, outcome_words=ending.words, answer_due_on=None)


def correct_outcome(
    action: Action, ending: Ending, standing: Standing, owed: SupportOwed | None, actor: Actor
) -> Action:
    """Return an action that has ended with another outcome, or with other words.

    Raises:
        Refusal: SUPPORT_OWED or TIME_NOT_OVER for *not met*, where it ended otherwise.
    """
    if (action.state, action.outcome_words) == (ending.outcome, ending.words):
        return action
    if ending.outcome is ActionState.NOT_MET and action.state is not ActionState.NOT_MET:
        _check_not_met(standing, owed, actor)
    return _next(action, actor, state=ending.outcome, outcome_words=ending.words)


def withdraw_what_fell(action: Action, reasons: str, actor: Actor) -> Action:
    """Return an action as withdrawn, because a review of it was upheld, or Ministers did not set it.

    It is unchanged if it no longer stands.
    """
    if action.state in (ActionState.WITHDRAWN, ActionState.REPLACED):
        return action
    return _next(action, actor, state=ActionState.WITHDRAWN, outcome_words=reasons, answer_due_on=None)


def open_again_by_review(action: Action, least_on: date, reasons: str, actor: Actor) -> Action:
    """Return an action as open again, because the review of actions at which it ended was set aside.

    `least_on`: the Safeguarder has time until then at least, since no talk about it may come before its day (P11).
    """
    days = action.due_days
    if least_on > action.due_on:
        days = (*days, DueDay(least_on, actor.today, actor.person, DayReason.EXTENDED, reasons, moved_while_open=True))
    ended = {"state": ActionState.OPEN, "outcome_words": "", "outcome_evidence": ""}
    return _next(action, actor, due_days=days, **ended)


def replaced(action: Action, by: str, actor: Actor) -> Action:
    """Return an open action as replaced by another one. One that ended meanwhile stays as it ended."""
    return _next(action, actor, state=ActionState.REPLACED, replaced_by=by) if action.is_open else action


def _check_words(opening: ReportedOpening) -> None:
    """Refuse FIELD_MISSING: words are never blank where the sides did not simply agree (R78)."""
    if opening.basis is not Basis.AGREED and not opening.safeguarder_words:
        message = "safeguarder_words is needed: say what the Safeguarder said of it then."
        raise invalid("FIELD_MISSING", message, "safeguarder_words")
    if opening.basis is Basis.SET and not opening.support_manager_words:
        message = "support_manager_words is needed: say why it was set."
        raise invalid("FIELD_MISSING", message, "support_manager_words")


def _opened(action: Action, basis: Basis, actor: Actor) -> Action:
    return replace(action, state=ActionState.OPEN, basis=basis, opened_on=actor.today)


def shortest_days(kind: ActionKind, numbers: PlanNumbers) -> int:
    """Return our shortest time for a kind of action, in days."""
    by_kind: Mapping[ActionKind, int] = {
        ActionKind.COMPLETE_MODULE: numbers.shortest_module_days,
        ActionKind.REPORTS_IN_TIME: numbers.shortest_reports_in_time_days,
        ActionKind.WORK_WITH_MENTOR: numbers.shortest_mentor_days,
    }
    return by_kind.get(kind, numbers.shortest_other_days)


def _check_length(due_on: date, actor: Actor, numbers: PlanNumbers) -> None:
    least = numbers.least_working_days
    left = working_days_between(WorkingCalendar.OFFICE, actor.today, due_on) if due_on >= actor.today else 0
    if left < least:
        message = f"An action has at least {least} working days. Give it a later day."
        raise precondition("TOO_SHORT", message, "due_date", working_days=str(least))


def _check_own_proposal(action: Action, ending: Ending) -> None:
    own = action.proposed_by is Side.SAFEGUARDER and action.state is ActionState.PROPOSED
    if not own or ending.outcome is not ActionState.WITHDRAWN:
        message = "You can withdraw what you proposed while it is not open. Your support manager ends an open action."
        raise precondition("NOT_YOURS_TO_END", message, "name")


def _check_not_met(standing: Standing, owed: SupportOwed | None, actor: Actor) -> None:
    if owed is not None and owed.deny_until is not None:
        until = owed.deny_until.isoformat()
        message = f"The Safeguarder has until {until} to say that they did not receive a support for this action."
        raise precondition("SUPPORT_OWED", f"{message} It is longer if they are away.", "outcome", until=until)
    if owed is not None:
        message = "The Team owes a support for this action. Say that it was not possible, or give it a later day."
        raise precondition("SUPPORT_OWED", message, "outcome")
    if not standing.is_over(actor.today):
        last = standing.last_day.isoformat()
        message = f"Its time is not over: its last day is {last}, or it stands still."
        raise precondition("TIME_NOT_OVER", message, "outcome", due=last)


def _words_of(action: Action, actor: Actor) -> str:
    return action.safeguarder_words if actor.is_safeguarder else action.support_manager_words


def _field_of(actor: Actor) -> str:
    return "safeguarder_words" if actor.is_safeguarder else "support_manager_words"


def _ended(action: Action) -> Refusal:
    return precondition("ACTION_ENDED", "This action has ended already.", "name", state=action.state)


def _not_open(action: Action) -> Refusal:
    return precondition("ACTION_NOT_OPEN", "This action is not open.", "name", state=action.state)


def _next(action: Action, actor: Actor, **changes: object) -> Action:
    return replace(action, version=action.version + 1, recorded_at=actor.now, **changes)  # type: ignore[arg-type]

"""The life of a concern: from which states each move is allowed, and past which guards.

D5, D15.3-6, 13, 17; R76, R79-R81.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from services.refusals import Kind, Refusal
from services.rules.domain.closed_lists import (
    EvidenceClass,
    HoldReason,
    InvitationAnswer,
    Lane,
    RequiredAction,
    ReviewOutcome,
    Source,
    State,
    SupportAnswer,
    SupportGiven,
    SupportKind,
    SupportsStanding,
    View,
)
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.concern import Concern, EvaluationContext, Reason, propose_closing, update
from services.rules.domain.concerns.guards import Guard, MoveContext, support_answered
from services.rules.domain.concerns.history import FROM_THE_RECORD, Move
from services.rules.domain.concerns.praise import follow_acknowledgement
from services.rules.domain.concerns.progress import Progress, RequiredFact, Support
from services.rules.domain.concerns.transitions import STEPS, allowed_moves, blocking_guard
from services.rules.domain.concerns.views import ViewFact, follow_view
from tests.rules.builders import NOW, TODAY, an_item
from tests.rules.domain.concerns.builders import (
    ACCEPTED,
    DELIVERED,
    EVIDENCE,
    a_concern,
    a_recommendation,
    a_review,
    a_support,
    an_answer,
    an_approach,
    approached,
    context,
    followed,
    later,
    read_approach,
    recommended,
    talked,
)

DUE = TODAY + timedelta(days=28)
LATER = context(40)


def acknowledged(lane: Lane = Lane.SUPPORT_NEED, **changes: Any) -> Concern:
    return life.acknowledge(a_concern(lane, **changes), "manager", TODAY, context())


def in_support(**changes: Any) -> Concern:
    return followed(acknowledged(**changes), a_support())


def answered(answer: Support = DELIVERED, **changes: Any) -> Concern:
    return followed(in_support(**changes), answer)


def with_action(support: Support = DELIVERED, due_on: date = DUE, **changes: Any) -> Concern:
    required = RequiredFact("action", RequiredAction.CHANGE_PRACTICE, due_on)
    return approached(answered(support, **changes), read_approach(actions=(required,)))


def reviewed(
    outcome: ReviewOutcome = ReviewOutcome.NOT_MET,
    supports: SupportsStanding = SupportsStanding.COMPLETE,
    support: Support = DELIVERED,
    **changes: Any,
) -> Concern:
    opened = life.open_review(with_action(support=support, **changes), LATER)
    return talked(opened, a_review(outcome.value, LATER.today, supports=supports))


def escalated() -> Concern:
    return life.escalate(reviewed(), replace(LATER, by="senior"))


def viewed_as(concern: Concern, view: View, at: MoveContext | None = None) -> Concern:
    """Return a concern after it followed the Safeguarder's view."""
    followed = follow_view(concern, ViewFact(1, view, (at or context()).today))
    assert followed is not None
    return followed


def refused(guard: Guard, change: Callable[[], Any]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        change()
    assert caught.value.kind is Kind.PRECONDITION
    assert caught.value.metadata["guard"] == guard
    return caught.value


def test_the_whole_way_from_raised_to_the_recommendation_and_closed() -> None:
    day = context(60, by="team-lead")
    concern = recommended(escalated(), a_recommendation())
    assert concern.state is State.RECOMMENDATION
    viewed = viewed_as(concern, View.GIVEN, day)
    assert life.close(viewed, Reason.DECIDED, day, NOW).state is State.CLOSED


def acknowledged_at_a_session(praise: Concern, held_on: date = TODAY) -> Concern:
    followed = follow_acknowledgement(praise, held_on, TODAY)
    assert followed is not None
    return followed


def test_praise_on_hold_is_acknowledged_once_it_is_released() -> None:
    """Record 1.4: the record says it only once, so praise that is on hold takes it too."""
    held = acknowledged_at_a_session(life.hold(a_concern(Lane.EXCELLENCE), HoldReason.REVIEW_OPEN, context()))
    assert held.state is State.HELD
    assert follow_acknowledgement(held, TODAY, TODAY) is None
    assert life.release(held, HoldReason.REVIEW_OPEN, context()).state is State.ACKNOWLEDGED_IN_SESSION


def test_a_session_from_before_praise_was_reopened_does_not_acknowledge_it() -> None:
    reopened = a_concern(
        Lane.EXCELLENCE,
        state=State.REOPENED,
        raised_at=NOW - timedelta(days=9),
        progress=Progress(reopened_on="new", reopened_day=TODAY),
    )
    assert follow_acknowledgement(reopened, TODAY - timedelta(days=1), TODAY) is None
    assert acknowledged_at_a_session(reopened).state is State.ACKNOWLEDGED_IN_SESSION


def test_the_way_of_praise() -> None:
    praise = a_concern(Lane.EXCELLENCE)
    asked = life.invite_to_share(acknowledged_at_a_session(praise), context())
    assert life.answer_invitation(asked, InvitationAnswer.SHARED, context()).state is State.SHARED
    declined = life.answer_invitation(asked, InvitationAnswer.DECLINED, context())
    assert declined.state is State.DECLINED
    assert life.close(declined, Reason.ACKNOWLEDGED_IN_SESSION, context(), NOW).state is State.CLOSED


ENDED = {State.CLOSED, State.DISMISSED, State.MERGED}
TABLE = {
    Move.ACKNOWLEDGE: set(State) - ENDED - {State.HELD},
    Move.DISMISS: set(State) - ENDED - {State.HELD},
    Move.CLOSE: set(State) - ENDED - {State.HELD},
    Move.MERGE: set(State) - ENDED - {State.HELD},
    Move.HOLD: set(State) - ENDED,
    Move.RECORD_VIEW: set(State) - ENDED,
    Move.RELEASE: {State.HELD},
    Move.REOPEN: {State.CLOSED},
    Move.START_SUPPORT: set(State) - ENDED,
    Move.ANSWER_SUPPORT: set(State) - ENDED,
    Move.SUPPORT_CHANGED: set(State) - ENDED,
    **dict.fromkeys(FROM_THE_RECORD, set(State) - ENDED),
    Move.OPEN_REVIEW: {State.REQUIRED_ACTION},
    Move.ESCALATE: {State.ACTION_REVIEW},
    Move.ACKNOWLEDGE_IN_SESSION: {State.RAISED, State.ACKNOWLEDGED, State.REOPENED},
    Move.INVITE_TO_SHARE: {State.ACKNOWLEDGED_IN_SESSION},
    Move.ANSWER_INVITATION: {State.INVITED_TO_SHARE},
    Move.SNOOZE: set(State) - ENDED - {State.HELD},
    Move.HAND_OVER: set(State) - ENDED,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_move_from_every_state(move: Move, state: State) -> None:
    lane = Lane.EXCELLENCE if STEPS[move].lanes == (Lane.EXCELLENCE,) else Lane.SUPPORT_NEED
    guard = blocking_guard(a_concern(lane, state=state), move, context())
    by_its_state = guard in (Guard.STATE, Guard.ENDED, Guard.HELD)
    assert by_its_state is (state not in TABLE[move])


@pytest.mark.parametrize("state", State)
def test_no_step_leads_from_a_duty_of_the_teams_to_the_person(state: State) -> None:
    duty = a_concern(Lane.DATA_GAP, state=state)
    about_the_team = {Move.ACKNOWLEDGE, Move.DISMISS, Move.CLOSE, Move.HOLD, Move.RELEASE, Move.MERGE, Move.REOPEN}
    assert set(allowed_moves(duty, context())) <= about_the_team
    assert blocking_guard(duty, Move.OPEN_REVIEW, LATER) is not None


def test_no_required_action_before_support_is_answered() -> None:
    waits = approached(in_support(), read_approach())
    assert waits.state is State.IN_SUPPORT
    assert later(followed(waits, ACCEPTED), TODAY).state is State.REQUIRED_ACTION


def test_what_the_team_could_not_provide_is_no_answer_of_the_safeguarders() -> None:
    unavailable = answered(a_support(2, answer=SupportAnswer.UNAVAILABLE, given=SupportGiven.UNAVAILABLE))
    assert approached(unavailable, read_approach()).state is State.IN_SUPPORT


def test_a_change_not_acknowledged_stands_from_the_day_that_the_record_has() -> None:
    served = approached(answered(), an_approach())
    assert later(served, TODAY + timedelta(days=6)).state is State.IN_SUPPORT
    assert later(served, TODAY + timedelta(days=7)).state is State.REQUIRED_ACTION


def test_days_on_hold_do_not_run_against_the_safeguarder() -> None:
    served = approached(answered(), an_approach())
    held = life.hold(served, HoldReason.REVIEW_OPEN, context(1))
    free = life.release(held, HoldReason.REVIEW_OPEN, context(11))
    assert later(free, TODAY + timedelta(days=16)).state is State.IN_SUPPORT
    assert later(free, TODAY + timedelta(days=17)).state is State.REQUIRED_ACTION
    held = life.hold(with_action(), HoldReason.SUSPENDED, context(1))
    free = life.release(held, HoldReason.SUSPENDED, context(11))
    assert free.progress.action is not None
    assert free.progress.action.due_on == DUE + timedelta(days=10)
    told_again = approached(free, read_approach(2), today=TODAY + timedelta(days=12))
    assert told_again.progress.action == free.progress.action, "what the record says does not take them back"


def test_an_action_overdue_opens_a_review_and_a_day_the_office_is_closed_is_not_counted() -> None:
    saturday = TODAY + timedelta(days=5)
    action = with_action(due_on=saturday)
    refused(Guard.ACTION_OVERDUE, lambda: life.open_review(action, context(7)))
    assert life.open_review(action, context(8)).state is State.ACTION_REVIEW


def test_no_escalation_before_a_review_of_actions_is_held() -> None:
    refused(Guard.REVIEW_HELD, lambda: life.escalate(life.open_review(with_action(), LATER), LATER))


def test_no_escalation_before_the_timescale_has_passed() -> None:
    early = talked(with_action(), a_review("met", TODAY))
    refused(Guard.ACTION_OVERDUE, lambda: life.escalate(early, context()))


def test_no_escalation_of_what_was_met() -> None:
    refused(Guard.NOT_MET, lambda: life.escalate(reviewed(ReviewOutcome.MET), LATER))


LATE = replace(DELIVERED, given=None)
OWED = {
    SupportsStanding.STILL_RUNNING: replace(LATE, promised_on=LATER.today),
    SupportsStanding.TEAM_COULD_NOT: LATE,
}


@pytest.mark.parametrize("standing", OWED)
def test_no_escalation_while_the_team_owes_support(standing: SupportsStanding) -> None:
    refused(Guard.SUPPORTS_COMPLETE, lambda: life.escalate(reviewed(supports=standing, support=OWED[standing]), LATER))


def test_no_escalation_while_a_support_is_owed_that_was_offered_or_not_received_after_the_review() -> None:
    not_received = replace(DELIVERED, version=4, given=SupportGiven.NOT_DELIVERED)
    refused(Guard.SUPPORTS_COMPLETE, lambda: life.escalate(followed(reviewed(), not_received), LATER))


def test_no_escalation_from_one_item_or_one_type_of_source_but_for_safety() -> None:
    one = EVIDENCE[:1]
    refused(Guard.MORE_THAN_ONE_ITEM, lambda: life.escalate(reviewed(rests_on=one), LATER))
    alike = (EVIDENCE[0], replace(EVIDENCE[1], source=Source.PANEL_MEMBER))
    same_source = replace(LATER, evidence=alike)
    refused(Guard.MORE_THAN_ONE_SOURCE, lambda: life.escalate(reviewed(rests_on=alike), same_source))
    assert life.escalate(reviewed(rests_on=one, lane=Lane.SAFETY), LATER).state is State.ESCALATED


@pytest.mark.parametrize(
    "evidence_class", [EvidenceClass.DEVELOPMENTAL, EvidenceClass.EXPLORATORY, EvidenceClass.HELP_SEEKING]
)
def test_what_is_developmental_exploratory_or_a_call_for_help_carries_no_escalation(
    evidence_class: EvidenceClass,
) -> None:
    now = replace(LATER, evidence=(EVIDENCE[0], replace(EVIDENCE[1], evidence_class=evidence_class)))
    refused(Guard.MORE_THAN_ONE_ITEM, lambda: life.escalate(reviewed(), now))


def test_what_was_withdrawn_since_carries_no_escalation() -> None:
    refused(Guard.MORE_THAN_ONE_ITEM, lambda: life.escalate(reviewed(), replace(LATER, evidence=EVIDENCE[:1])))


def test_nothing_moves_while_a_review_is_open() -> None:
    held = life.hold(reviewed(), HoldReason.REVIEW_OPEN, LATER)
    caught = refused(Guard.HELD, lambda: life.escalate(held, LATER))
    assert caught.metadata["allowed"] == "hold, release"


def test_a_concern_held_for_two_reasons_is_free_when_both_are_settled() -> None:
    twice = life.hold(
        life.hold(in_support(), HoldReason.REVIEW_OPEN, context()), HoldReason.PRACTICE_UNCLEAR, context()
    )
    once = life.release(twice, HoldReason.REVIEW_OPEN, context(3))
    assert once.state is State.HELD
    assert life.release(once, HoldReason.PRACTICE_UNCLEAR, context(3)).state is State.IN_SUPPORT


def test_a_concern_follows_the_newest_version_of_a_recommendation_that_ministers_have() -> None:
    """R85: facts are heard, never obeyed. Nothing but an escalated concern follows."""
    shared, sent, back = a_recommendation(1, stands=False), a_recommendation(2), a_recommendation(3, stands=False)
    for facts in ((shared, sent), (sent, shared), (sent, sent)):
        concern = recommended(escalated(), *facts)
        assert concern.state is State.RECOMMENDATION
        assert concern.progress.recommendation == sent.made
    assert recommended(concern, a_recommendation(8)) is concern, "words that come later move nothing"
    returned = recommended(escalated(), sent, back)
    assert (returned.state, returned.progress.recommendation) == (State.ESCALATED, None)
    assert recommended(concern, a_recommendation(9, stands=False, recommendation_id="another")) is concern
    for other in (in_support(), reviewed(), a_concern(Lane.DATA_GAP, state=State.ESCALATED)):
        assert recommended(other, sent) is other


def test_a_concern_on_hold_returns_to_what_was_recommended_meanwhile() -> None:
    held = recommended(life.hold(escalated(), HoldReason.SUSPENDED, LATER), a_recommendation())
    assert held.state is State.HELD
    assert life.release(held, HoldReason.SUSPENDED, LATER).state is State.RECOMMENDATION


def test_support_added_after_a_review_leads_back_to_support() -> None:
    back = followed(reviewed(), a_support(support_id="mentor", kind=SupportKind.MENTORING, discussed_on=LATER.today))
    assert (back.state, back.progress.notice, back.progress.action) == (State.IN_SUPPORT, None, None)
    assert not support_answered(back.progress)
    again = approached(back, read_approach(2), today=LATER.today)
    assert (again.state, again.progress.notice) == (State.IN_SUPPORT, None), "it needs a notice of its own"


def test_once_support_has_started_it_closes_with_the_safeguarders_view() -> None:
    refused(Guard.SAFEGUARDERS_VIEW, lambda: life.close(in_support(), Reason.IMPROVED, context(), NOW))
    viewed = viewed_as(in_support(), View.NONE_GIVEN)
    assert life.close(viewed, Reason.IMPROVED, context(), NOW).state is State.CLOSED


def test_praise_and_the_teams_duty_are_never_merged_into_a_concern_about_practice() -> None:
    practice = a_concern(concern_id="other")
    for praise_or_duty in (a_concern(Lane.EXCELLENCE), a_concern(Lane.DATA_GAP)):
        refused(Guard.SAME_PERSON_AND_KIND, partial(life.merge, praise_or_duty, practice, context(), NOW))
    somebody_else = replace(practice, safeguarder_id="another")
    refused(Guard.SAME_PERSON_AND_KIND, lambda: life.merge(a_concern(), somebody_else, context(), NOW))
    merged = life.merge(a_concern(), practice, context(), NOW)
    assert (merged.state, merged.progress.merged_into, merged.is_open) == (State.MERGED, "other", False)


def closed(at: datetime = NOW) -> Concern:
    viewed = viewed_as(answered(), View.NONE_GIVEN)
    return life.close(viewed, Reason.IMPROVED, context(), at)


def after(concern: Concern, **changes: Any) -> MoveContext:
    """A month later, with one more item of evidence."""
    came = NOW + timedelta(days=20)
    fields = {"received_on": came.date(), "recorded_at": came} | changes
    return context(30, evidence=(*EVIDENCE, an_item("new", came.date(), **fields)))


def test_a_closed_concern_is_opened_again_on_new_evidence_and_support_comes_first_again() -> None:
    again = life.reopen(closed(), "new", after(closed()))
    assert (again.state, again.progress.reopened_on, again.progress.supports) == (State.REOPENED, "new", ())
    assert again.ended_at is None


@pytest.mark.parametrize("evidence_id", ["one", "unknown"])
def test_a_closed_concern_is_not_opened_again_on_what_was_known(evidence_id: str) -> None:
    refused(Guard.NEW_EVIDENCE, lambda: life.reopen(closed(), evidence_id, after(closed())))


@pytest.mark.parametrize(
    "changes",
    [
        {"speaks": "S4.1"},
        {"recorded_at": NOW - timedelta(days=1)},
        {"evidence_class": EvidenceClass.DEVELOPMENTAL},
        {"countable_from": None},
    ],
    ids=["another standard", "recorded before it was closed", "adds to the picture only", "does not count yet"],
)
def test_a_closed_concern_is_not_opened_again_on_what_says_nothing_new(changes: dict[str, Any]) -> None:
    refused(Guard.NEW_EVIDENCE, lambda: life.reopen(closed(), "new", after(closed(), **changes)))


def test_only_the_latest_concern_on_a_matter_is_opened_again() -> None:
    refused(Guard.NEWEST_CONCERN, lambda: life.reopen(closed(), "new", replace(after(closed()), newest=False)))


@pytest.mark.parametrize("make", [acknowledged, in_support, with_action, reviewed, escalated])
def test_another_evaluation_touches_nothing_that_people_entered(make: Callable[[], Concern]) -> None:
    before: Concern = make()
    seen = EvaluationContext(before.evaluation_id, "another", TODAY, NOW)
    for now in (update(before, an_answer(rests_on=EVIDENCE[:1]), seen), propose_closing(before)):
        assert (now.state, now.owner, now.next_on, now.progress, now.reason) == (
            before.state,
            before.owner,
            before.next_on,
            before.progress,
            before.reason,
        )


def test_who_is_refused_hears_what_is_allowed_instead() -> None:
    caught = refused(Guard.STATE, lambda: life.escalate(a_concern(), context()))
    assert caught.metadata["allowed"] == "acknowledge, dismiss, close, hold, merge"
    assert "Allowed now: acknowledge" in caught.message

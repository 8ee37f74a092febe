"""A need, a view that others entered and a review of actions are reviewed like everything else (R92, record 2.5).

The kind that this closes: something that stands against a person can't be reviewed, or the review ends without effect
on it.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.plans import test_views_of_concerns as views
from tests.between.plans.test_reviews_of_concerns import Required
from tests.between.reviews.request import HEAD, MANAGER, PERSON, SAFEGUARDER, TEAM, Asking, Request
from tests.between.reviews.test_what_can_be_reviewed import asking
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id

Duty, Action, View, Need = duties.Duty, plans.Action, plans.View, plans.Need


def duty(made: Asking, kind: Any) -> duties.Duty | None:
    return made.duties().get(kind)


def test_a_review_of_a_talk_that_is_upheld_sets_its_outcomes_aside(suite_together: Together) -> None:
    """The concern's escalation rested on the outcome. The action is open again, and has time before another talk."""
    matter, made = suite_together.begun(Required), asking(suite_together)
    held = matter.hold(outcome=Action.STATE_NOT_MET)
    name = made.ask(held.name, grounds=[Request.GROUND_PROCESS]).name
    made.accept(name)
    made.assign(name, HEAD)
    made.decide(name, Request.DECISION_NOT_UPHELD, HEAD)
    assert (matter.action().state, matter.concern().course.review_outcome) == (
        Action.STATE_NOT_MET, moves.REVIEW_OUTCOME_NOT_MET,
    ), "it stands"  # fmt: skip
    matter.escalate()
    name = made.ask(held.name).name
    assert matter.concern().state == rules.Concern.STATE_ESCALATED, "a matter of safety waits for no review"
    correct = partial(matter.correct, held, Action.STATE_MET)
    assert refused(correct).reason == "UNDER_REVIEW"
    made.accept(name)
    made.assign(name, HEAD)
    made.decide(name, Request.DECISION_UPHELD, HEAD)
    action = matter.action()
    assert (action.state, action.outcome_words) == (Action.STATE_OPEN, "")
    listed = plans.ListActionReviewsRequest(parent=SAFEGUARDER)
    review = suite_together.plans.ListActionReviews(listed, **suite_together.as_(TEAM)).action_reviews[0]
    assert (review.actions[0].outcome, review.actions[0].extended_date) == (0, action.due_date)
    assert review.correction_reason == "It was another hearing."
    assert matter.concern().state == rules.Concern.STATE_REQUIRED_ACTION, "the escalation is undone"
    assert refused(matter.escalate).reason == "MOVE_NOT_ALLOWED", "no day of before counts"
    open_duty = duty(made, Duty.KIND_ACTION)
    assert open_duty is not None
    assert (open_duty.state, duty(made, Duty.KIND_REVIEW_ACTION)) == (Duty.STATE_RUNNING, None)


def test_an_upheld_review_of_a_view_asks_the_safeguarder_again(suite_together: Together) -> None:
    matter, made = views.Matter(suite_together), asking(suite_together)
    matter.view("GiveView", MANAGER, given=views.GIVEN, words="They told me on the telephone.")
    name = made.ask(matter.name).name
    again = partial(matter.view, "GiveView", MANAGER, given=views.GIVEN, words="Again.")
    assert refused(again).reason == "UNDER_REVIEW"
    made.accept(name)
    made.assign(name, HEAD)
    made.decide(name, Request.DECISION_UPHELD, HEAD)
    (view,) = matter.plan(PERSON).views
    assert (view.state, view.words, view.entered_by) == (View.STATE_ASKED, "", "")
    assert matter.duty() is not None, "it is awaited"
    assert refused(matter.close).metadata["guard"] == "safeguarders_view", "what others entered carries nothing"
    matter.view("GiveView", PERSON, given=views.GIVEN, words="I was at another hearing.")
    assert refused(partial(made.ask, matter.name)).reason == "VIEW_IS_YOURS"
    assert matter.close().state == rules.Concern.STATE_CLOSED


def test_what_the_team_owes_waits_for_no_review_of_a_view_of_it(suite_together: Together) -> None:
    """B5: only concerns about practice wait, so no other is named as if it did."""
    made = suite_together.begun(Asking, with_concern=False)
    gap = next(each for each in suite_together.concerns_of("sg-one") if each.lane == rules.LANE_DATA_GAP)
    view = f"{SAFEGUARDER}/views/{gap.name.rpartition('/')[2]}"
    plan_call(suite_together, "GiveView", MANAGER, name=view, given=views.GIVEN, words="They told me on the telephone.")
    assert list(made.ask(view).concerns) == []


def test_a_need_that_somebody_else_named_falls_with_the_actions_that_answer_it_alone(
    suite_together: Together,
) -> None:
    made = suite_together.begun(Asking, with_concern=False)
    plan = partial(plan_call, suite_together)
    item = suite_together.share(suite_together.record("sg-one", mappings=[a_mapping("S2.1")]))
    named: dict[str, Any] = {"parent": SAFEGUARDER, "standard": "S2", "words": "Reports are late."}
    need = plan("CreateNeed", MANAGER, evidence=[item.name], **named)
    own = plan("CreateNeed", PERSON, **named | {"words": "Shorter reports."})
    assert refused(partial(made.ask, own.name)).reason == "NEED_IS_YOURS"
    action = an_open_action(made, needs=[need.name])
    other = an_open_action(made, needs=[need.name, own.name], aim="Both are answered.")
    name = made.ask(need.name).name
    states = {each.about: each.state for each in all_duties(made)}
    assert states[action.name] == Duty.STATE_STANDING_STILL
    assert states[other.name] == Duty.STATE_RUNNING, "it answers something else, too"
    ending: dict[str, Any] = {"name": need.name, "etag": need.etag, "outcome": Need.STATE_MET, "because": "Done."}
    assert refused(partial(plan, "CloseNeed", MANAGER, **ending)).reason == "UNDER_REVIEW"
    made.accept(name)
    made.assign(name, HEAD)
    made.decide(name, Request.DECISION_UPHELD, HEAD)
    read = plans.GetDevelopmentPlanRequest(name=f"{SAFEGUARDER}/developmentPlan")
    found = suite_together.plans.GetDevelopmentPlan(read, **suite_together.as_(TEAM))
    after = {each.name: each for each in found.needs}[need.name]
    assert (after.state, after.because) == (Need.STATE_NO_ACTION, "It was another hearing.")
    stand = {each.name: each.state for each in found.actions}
    assert (stand[action.name], stand[other.name]) == (Action.STATE_WITHDRAWN, Action.STATE_OPEN)
    assert refused(partial(made.ask, need.name)).reason == "NEED_ENDED"


def plan_call(running: Together, method: str, person: str, **fields: Any) -> Any:
    request = getattr(plans, f"{method}Request")(request_id=a_request_id(), **fields)
    answer = getattr(running.plans, method)(request, **running.as_(person))
    running.settle()
    return answer


def all_duties(made: Asking) -> list[duties.Duty]:
    request = duties.ListDutiesRequest(parent=SAFEGUARDER)
    return list(made.running.duties.ListDuties(request, **made.running.as_(TEAM)).duties)


def an_open_action(made: Asking, **fields: Any) -> plans.Action:
    given: dict[str, Any] = {
        "kind": Action.KIND_CHANGE_PRACTICE,
        "purpose": Action.PURPOSE_IMPROVE,
        "standard": "S2",
        "aim": "Each report is in time.",
        "measure": "No report is late.",
        "owner": Action.OWNER_SAFEGUARDER,
        "due_date": to_date(made.running.today + timedelta(days=60)),
    }
    proposed = plan_call(made.running, "CreateAction", MANAGER, parent=SAFEGUARDER, again=True, **given | fields)
    agreed = plans.AnswerActionRequest.ANSWER_AGREED
    opened: plans.Action = plan_call(
        made.running, "AnswerAction", PERSON, name=proposed.name, answer=agreed, etag=proposed.etag
    )
    return opened

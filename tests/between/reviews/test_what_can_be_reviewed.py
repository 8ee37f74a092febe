"""A change of approach, a support and a recommendation are reviewed like everything else (R92, record 2.5).

The kind that this closes: something that stands against a person can't be reviewed, or the review ends without effect
on it.
"""

from functools import partial
from typing import Any

from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2 as duties

from tests.answers import refused
from tests.between.approach.matter import Matter
from tests.between.recommendations.build import Reappointment, State
from tests.between.reviews.request import HEAD, MANAGER, PERSON, TEAM, Asking, Request
from tests.between.together import Together

Change, Support, Duty = changes.ApproachChange, plans.Support, duties.Duty


def asking(running: Together) -> Asking:
    """Return what people do about reviews, of a person who is there already."""
    made = Asking.__new__(Asking)
    made.running = running
    return made


def upheld(made: Asking, target: str) -> None:
    name = made.ask(target).name
    made.accept(name)
    made.assign(name, HEAD)
    made.decide(name, Request.DECISION_UPHELD, HEAD)


def test_a_change_of_approach_and_a_support_are_put_right(suite_together: Together) -> None:
    matter, made = suite_together.begun(Matter), asking(suite_together)
    matter.require()
    change = matter.change()
    name = made.ask(change.name).name
    action = matter.duty(Duty.KIND_ACTION)
    assert action is not None
    assert action.state == Duty.STATE_STANDING_STILL, "what hangs on the change stands still"
    assert refused(partial(matter.end, Change.STATE_MET)).reason == "UNDER_REVIEW"
    assert refused(matter.serve).reason == "UNDER_REVIEW"
    made.accept(name)
    made.assign(name, HEAD)
    made.decide(name, Request.DECISION_UPHELD, HEAD)
    assert matter.plan().approach_changes[0].state == Change.STATE_SET_ASIDE
    assert matter.concern().state == rules.Concern.STATE_IN_SUPPORT, "no day since it was given counts"
    assert refused(partial(made.ask, change.name)).reason == "APPROACH_ENDED"

    given = matter.offered.name
    upheld(made, given)
    (support,) = matter.plan().supports
    assert (support.state, support.because) == (Support.STATE_NOT_DELIVERED, "It was another hearing.")
    assert matter.duty(Duty.KIND_DELIVER_SUPPORT) is not None, "the Team owes it again"
    assert refused(partial(made.ask, given)).reason == "SUPPORT_RUNS"


def test_a_recommendation_is_drafted_again_and_the_government_reviews_what_ministers_have(
    suite_together: Together,
) -> None:
    story, made = suite_together.begun(Reappointment), asking(suite_together)
    story.draft()
    story.does("Check")
    assert refused(partial(made.ask, story.name)).reason == "RECOMMENDATION_NOT_FOUND", "nobody sees a draft"
    story.does("Share")
    story.does("AddRepresentation", PERSON, nothing_more=True)
    name = made.ask(story.name).name
    for verb, who, fields in (
        ("Approve", HEAD, {}),
        ("Share", TEAM, {}),
        ("Submit", TEAM, {"with_open_reviews": True}),
    ):
        expected = "STEP_NOT_AVAILABLE" if verb == "Submit" else "UNDER_REVIEW"
        assert refused(partial(_does, story, verb, who, fields)).reason == expected, verb
    made.accept(name, TEAM)
    made.assign(name, "senior-manager")
    made.decide(name, Request.DECISION_UPHELD, "senior-manager")
    assert story.pack().recommendation.state == State.STATE_DRAFTED
    assert refused(partial(made.ask, story.name, MANAGER)).code == "PERMISSION_DENIED"
    for verb in ("Check", "Share"):
        story.does(verb)
    story.does("AddRepresentation", PERSON, nothing_more=True)
    story.does("Approve", HEAD)
    story.does("Submit")
    assert refused(partial(made.ask, story.name)).reason == "GOVERNMENT_REVIEWS"


def _does(story: Reappointment, verb: str, who: str, fields: dict[str, Any]) -> Any:
    return story.does(verb, who, **fields)

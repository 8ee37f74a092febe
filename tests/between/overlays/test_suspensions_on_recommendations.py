"""A suspension follows a recommendation that both sides saw, and so does its end (R86, R90, record 2.6 and 2.7).

The kind that this file closes: the Team recommends a suspension, the person reads and answers it, and what is recorded
then names neither. The recommendation waits for ever.
"""

from functools import partial
from typing import Any

from psmf.evidence.v1 import overlays_pb2 as pb
from psmf.evidence.v1 import recommendations_pb2 as recommendations

from tests.answers import refused
from tests.between.overlays.suspending import SAFEGUARDER, URGENT, Suspending
from tests.between.recommendations.build import Reappointment
from tests.between.together import Together

Made = recommendations.Recommendation
IN_ERROR, NO_LONGER = pb.Overlay.LIFT_REASON_IN_ERROR, pb.Overlay.LIFT_REASON_NO_LONGER_NEEDED


def named(story: Reappointment, **changes: Any) -> pb.SuspensionDecidedOn:
    fields: dict[str, Any] = {"recommendation": story.name, "pack_hash": story.pack().hash}
    return pb.SuspensionDecidedOn(**fields | changes)


def test_a_suspension_and_its_end_name_the_recommendation_and_the_pack_that_both_sides_saw(
    suite_together: Together,
) -> None:
    """More than ten seconds on a busy machine: two recommendations are made, with a suspension between them."""
    story = suite_together.begun(Reappointment, ends_in=700, kind=Made.PURPOSE_SUSPENSION)
    person = Suspending(suite_together)
    story.draft(Made.OUTCOME_RECOMMEND)
    for said, reason in (
        (pb.SuspensionDecidedOn(), "SAY_THE_RECOMMENDATION"),
        (named(story), "NOT_SUBMITTED"),
        (named(story, recommendation=f"{SAFEGUARDER}/recommendations/none"), "RECOMMENDATION_NOT_FOUND"),
    ):
        answer = refused(partial(person.suspend, decided_on=said))
        assert (answer.reason, answer.field.partition(".")[0]) == (reason, "decided_on")
    story.does("Withdraw", because="It is drafted again.")
    story.submitted(Made.OUTCOME_DO_NOT_RECOMMEND)
    assert refused(partial(person.suspend, decided_on=named(story, pack_hash="0" * 64))).reason == "OTHER_PACK"
    assert refused(partial(person.suspend, decided_on=named(story))).reason == "REASONS_MISSING"
    said = named(story, reasons="A complaint came since.")
    by_mistake = person.suspend(decided_on=said)
    assert (by_mistake.recommendation, by_mistake.pack_hash) == (story.name, story.pack().hash)
    decided = story.pack().recommendation
    assert (decided.state, decided.decided_as) == (Made.STATE_DECIDED, Made.OUTCOME_RECOMMEND)
    person.lift(by_mistake.name, reason=IN_ERROR)
    assert story.pack().recommendation.state == Made.STATE_SUBMITTED, "nothing was decided"

    urgent = person.suspend(decided_on=URGENT)
    assert not urgent.recommendation
    looked_at = person.review(urgent.name, said)
    assert (looked_at.recommendation, looked_at.without_recommendation) == (story.name, 0)
    story.kind = Made.PURPOSE_END_SUSPENSION
    story.submitted(Made.OUTCOME_RECOMMEND)
    lift = partial(person.lift, urgent.name, reason=NO_LONGER)
    assert refused(partial(lift, decided_on=said)).reason == "ALREADY_DECIDED"
    assert refused(partial(person.review, urgent.name, named(story))).reason == "RECOMMENDATION_DOES_NOT_FIT"
    assert refused(partial(lift, etag=urgent.etag)).reason == "ETAG_MISMATCH", "it was looked at since"
    lifted = lift(decided_on=named(story), etag=looked_at.etag)
    assert (lifted.lift_recommendation, lifted.lift_pack_hash) == (story.name, story.pack().hash)
    assert story.pack().recommendation.state == Made.STATE_DECIDED

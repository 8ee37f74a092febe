"""A recommendation about a membership is one matter in all services: read, answered, approved and decided (R85, R86).

The kind that this file closes: a recommendation that was a hash somebody typed on a concern. Nobody could read what it
rested on, the person was told of nothing, and Ministers' decision named no pack.
"""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import personal_file_pb2 as own
from psmf.evidence.v1 import readiness_pb2
from psmf.evidence.v1 import recommendations_pb2 as pb
from psmf.evidence.v1 import review_requests_pb2 as reviews

from tests.answers import refused
from tests.between.recommendations.build import (
    MANAGER,
    PERSON,
    RECORDER,
    SAFEGUARDER,
    SECOND,
    TEAM,
    Outcome,
    Reappointment,
    State,
    criteria,
)
from tests.between.together import Together
from tests.builders import a_request_id

ADDED = {"words": "One thing more."}


def waiting(story: Reappointment) -> list[Any]:
    request = own.ListWaitingForMeRequest(parent=SAFEGUARDER)
    found = story.running.personal_file.ListWaitingForMe(request, **story.running.as_(PERSON)).waiting
    return [each for each in found if each.due.kind == own.Due.KIND_REPRESENTATIONS]


def test_a_recommendation_goes_from_a_draft_to_the_decision_and_three_people_act(suite_together: Together) -> None:
    """Record 2.6: drafted, checked, shared, answered, approved by a second person, submitted, recorded by a third."""
    story = suite_together.begun(Reappointment)
    story.draft()
    for reader in (PERSON, MANAGER):
        assert refused(lambda reader=reader: story.pack(reader)).reason == "RECOMMENDATION_NOT_FOUND"  # type: ignore[misc]
        assert not story.readiness(reader).recommendations
    assert refused(lambda: story.pack(RECORDER)).reason == "RECOMMENDATION_NOT_FOUND"
    story.does("Check")
    shared = story.does("Share")
    assert story.pack(PERSON).hash == story.pack().hash == shared.pack_hash
    assert story.duties().keys() == {"SUBMIT_RECOMMENDATION", "REPRESENTATIONS"}
    (waits,) = waiting(story)
    assert waits.due.about == story.name
    assert "without your words" in waits.if_nothing
    assert refused(lambda: story.does("Approve", SECOND)).reason == "REPRESENTATIONS_RUN"
    story.does("AddRepresentation", PERSON, words="I asked for a mentor in May.", nothing_more=True)
    assert waiting(story) == []
    assert refused(lambda: story.does("Approve", TEAM, answers=["Yes."])).reason == "SECOND_PERSON"
    assert refused(lambda: story.does("Approve", SECOND)).reason == "ANSWER_EACH"
    story.does("Approve", SECOND, answers=["A mentor is promised."])
    story.does("Submit")
    assert story.duties() == {}
    assert story.pack(RECORDER).hash == shared.pack_hash
    assert refused(lambda: story.decide(pack_hash="0" * 64)).reason == "OTHER_PACK"
    decided = story.decide()
    assert len(decided.terms) == 2
    page = story.readiness(PERSON)
    assert (page.term_end_date, page.open, list(page.lines)) == (decided.terms[1].end_date, False, [])
    assert story.pack(PERSON).recommendation.state == State.STATE_DECIDED
    assert refused(story.decide).reason == "ALREADY_DECIDED"
    (action,) = story.plan().actions
    assert (action.basis, action.state) == (plans.Action.BASIS_SET, plans.Action.STATE_OPEN)
    assert action.proposed_by == plans.RAISER_PANEL_TEAM
    assert action.name in story.clocks_of_actions(), "a condition of Ministers has its day, as any action"
    (support,) = story.plan().supports
    assert support.supported == [action.name]
    assert story.told() == [
        (TEAM, "RECOMMENDATION_ANSWERED"),
        (PERSON, "READINESS_OPEN"),
        (PERSON, "RECOMMENDATION_DECIDED"),
        (PERSON, "RECOMMENDATION_SUBMITTED"),
        (PERSON, "RECOMMENDATION_TO_ANSWER"),
        (RECORDER, "DECISION_DUE"),
    ]


def test_the_papers_open_a_year_before_and_both_sides_see_the_same_page(suite_together: Together) -> None:
    story = suite_together.begun(Reappointment, ends_in=366)
    assert not story.readiness().open
    assert story.duties() == {}
    assert story.told() == []
    suite_together.days(1)
    page = story.readiness()
    assert page.open
    assert page.lines == story.readiness(PERSON).lines == story.readiness(MANAGER).lines
    assert {each.what for each in page.lines} == {
        readiness_pb2.ReadinessLine.WHAT_TRAINING_NOT_SHOWN,
        readiness_pb2.ReadinessLine.WHAT_SAMPLES_SHORT,
    }
    assert story.duties() == {"SHARE_RECOMMENDATION": story.ends_on - timedelta(days=150)}
    assert story.told() == [(PERSON, "READINESS_OPEN")]


def test_without_an_answer_it_goes_on_after_fourteen_days_and_late_words_are_kept(suite_together: Together) -> None:
    story = suite_together.begun(Reappointment)
    item = suite_together.share(suite_together.record("sg-one"))
    story.draft(Outcome.OUTCOME_MORE_TIME, **more_time(story, item.name))
    assert refused(lambda: story.does("Check")).reason == "REPLY_RUNS"
    suite_together.days(15)
    story.does("Check")
    story.does("Share")
    suite_together.days(14)
    assert refused(lambda: story.does("Approve", SECOND)).reason == "REPRESENTATIONS_RUN"
    suite_together.days(3)
    story.does("Approve", SECOND)
    assert story.does("AddRepresentation", PERSON, **ADDED).state == State.STATE_SHARED
    asked = suite_together.reviews.CreateReviewRequest(
        reviews.CreateReviewRequestRequest(
            parent=SAFEGUARDER,
            target=item.name,
            grounds=[reviews.ReviewRequest.GROUND_FACT_WRONG],
            words="It was another hearing.",
            request_id=a_request_id(),
        ),
        **suite_together.as_(PERSON),
    )
    story.does("Approve", SECOND, answers=["We read it."])
    answer = refused(lambda: story.does("Submit"))
    assert (answer.reason, answer.metadata["names"]) == ("UNDER_REVIEW", asked.name)
    assert readiness_pb2.ReadinessLine.WHAT_REVIEW_OPEN in {each.what for each in story.readiness(PERSON).lines}
    sent = story.does("Submit", with_open_reviews=True)
    assert list(sent.open_reviews) == [each.name for each in sent.reviews] == [asked.name]
    assert [(each.state, each.decision) for each in sent.reviews] == [(reviews.ReviewRequest.STATE_SUBMITTED, 0)]
    late = story.does("AddRepresentation", PERSON, **ADDED)
    assert [each.after_submission for each in late.representations] == [False, True]


def more_time(story: Reappointment, name: str) -> dict[str, Any]:
    until = story.ends_on - timedelta(days=30)
    wanted = ("TAKING_PART", "NO_INFORMED_VIEW", "LEGITIMATE_REASON", "TIME_WILL_DO")
    time = pb.MoreTime(what="Two reports.", where_from="From the reporter.")
    time.until_date.year, time.until_date.month, time.until_date.day = until.year, until.month, until.day
    return {"criteria": criteria(*wanted, names=(name,)), "more_time": time}

"""Ministers decide on continuing appointment: the recommendation is answered, and the membership stays as it is (R84).

The kind that this file closes: a decision that every service takes for another appointment, or that nobody can record.
"""

from typing import Any

from psmf.evidence.v1 import decisions_pb2 as pb
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import recommendations_pb2 as recommendations
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.recommendations.build import PERSON, RECORDER, SAFEGUARDER, Reappointment
from tests.between.recommendations.test_corrected_decisions import correct, decisions
from tests.between.together import Together

CONTINUING = register.RecordMinisterialDecisionRequest.KIND_CONTINUING
Made = recommendations.Recommendation


def follows_membership(running: Together) -> tuple[Any, ...]:
    """What scheduling made of the membership: sessions, and what is owed in the year."""
    team = running.as_("panel-team")
    proposed = scheduling.ListSupportSessionsRequest(parent=SAFEGUARDER, page_size=100)
    owed = scheduling.ListObligationsRequest(parent=SAFEGUARDER)
    sessions = running.sessions.ListSupportSessions(proposed, **team).support_sessions
    return list(sessions), list(running.obligations.ListObligations(owed, **team).obligations)


def test_a_decision_on_continuing_answers_the_recommendation_and_changes_no_membership(
    suite_together: Together,
) -> None:
    story = suite_together.begun(Reappointment, ends_in=700, kind=Made.PURPOSE_CONTINUING)
    story.submitted()
    before, known = follows_membership(suite_together), register_entry(story)
    said: dict[str, Any] = {"kind": CONTINUING, "effective_date": to_date(suite_together.today), "term_months": 0}
    assert refused(lambda: story.decide(**said | {"recommendation": ""}, recommended_by="panel-team")).reason == (
        "RECOMMENDATION_NEEDED"
    )
    after = story.decide(**said)
    assert (after.state, after.terms) == (known.state, known.terms)
    assert follows_membership(suite_together) == before
    assert story.pack(PERSON).recommendation.state == Made.STATE_DECIDED
    assert (RECORDER, "DECISION_DUE") in story.told()
    assert (PERSON, "RECOMMENDATION_DECIDED") in story.told()
    (action,) = story.plan().actions
    assert (action.basis, action.state) == (plans.Action.BASIS_SET, plans.Action.STATE_OPEN)
    (newest, _) = decisions(suite_together)
    assert (newest.record.kind, newest.record.decided_as) == (CONTINUING, Made.OUTCOME_WITH_CONDITIONS)
    assert newest.criteria_version == story.pack().recommendation.criteria_version > 0
    correct(suite_together, decided_as=Made.OUTCOME_RECOMMEND, reasons="Both are met already.")
    assert [each.state for each in story.plan().actions] == [plans.Action.STATE_WITHDRAWN]
    taken_back = correct(suite_together, not_made=True)
    assert not taken_back.HasField("record")
    assert taken_back.corrections[-1].state == pb.DecisionCorrection.STATE_CONFIRMED
    assert story.pack(PERSON).recommendation.state == Made.STATE_SUBMITTED
    assert (register_entry(story).terms, follows_membership(suite_together)) == (known.terms, before)


def register_entry(story: Reappointment) -> register.Safeguarder:
    request = register.GetSafeguarderRequest(name=SAFEGUARDER)
    found: register.Safeguarder = story.running.safeguarders.GetSafeguarder(request, **story.running.as_(RECORDER))
    return found

"""A decision of Ministers names a recommendation that stands, fits it and comes from another person (P21, R85, R86)."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from psmf.evidence.v1 import safeguarder_pb2 as pb
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.rules.v1 import rules_pb2

from tests.answers import refused
from tests.builders import an_applicant, an_appointment, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.waiting import until

NOT_TO_CONTINUE = moves.RECOMMENDATION_KIND_DO_NOT_RECOMMEND
_numbers = itertools.count(1)


@pytest.fixture
def member(evidence: Evidence) -> str:
    """A person who was appointed a year ago."""
    safeguarder_id = f"sg-member-{next(_numbers)}"
    evidence.people.CreateSafeguarder(an_applicant(safeguarder_id), **evidence.as_("panel-team"))
    evidence.people.RecordMinisterialDecision(an_appointment(safeguarder_id), **evidence.as_("recorder"))
    return safeguarder_id


def fact(member: str, concern: str) -> rules_events.ConcernFact:
    return rules_events.ConcernFact(concern_id=concern, safeguarder_id=member)


def publish(evidence: Evidence, member: str, *messages: Any) -> None:
    """Publish events of rules about a person, and wait until evidence has applied them."""
    marker = f"marker-{next(_numbers)}"
    mark = rules_events.ConcernMoved(
        concern=fact(member, marker), recommendation=NOT_TO_CONTINUE, recommended_by="panel-team"
    )
    evidence.rules.publish(member, *messages, mark)
    query = f"SELECT 1 FROM recommendation WHERE concern_id = '{marker}'"  # noqa: S608
    until(lambda: bool(read_rows(evidence.file, query)))


def recommended(
    evidence: Evidence, member: str, kind: Any = NOT_TO_CONTINUE, by: str = "panel-team", concern: str = ""
) -> str:
    """Have the Team recommend on a concern, and return the concern's name."""
    concern = concern or f"concern-{next(_numbers)}"
    made = rules_events.ConcernMoved(
        concern=fact(member, concern),
        move=moves.CONCERN_MOVE_RECOMMEND,
        to_state=rules_pb2.Concern.STATE_RECOMMENDATION,
        recommendation=kind,
        recommended_by=by,
    )
    publish(evidence, member, made)
    return f"safeguarders/{member}/concerns/{concern}"


def an_end(member: str, recommendation: str = "", **changes: Any) -> pb.RecordMinisterialDecisionRequest:
    fields: dict[str, Any] = {
        "on": days_ago(1),
        "kind": pb.RecordMinisterialDecisionRequest.KIND_ENDED,
        "end_reason": pb.END_REASON_REMOVED,
        "recommendation": recommendation,
    } | changes
    return an_appointment(member, **fields)


def refusal(evidence: Evidence, request: pb.RecordMinisterialDecisionRequest) -> tuple[str, str]:
    """Return reason and field of a refusal, after checking that the person still serves."""
    answer = refused(lambda: evidence.people.RecordMinisterialDecision(request, **evidence.as_("recorder")))
    entry = evidence.people.GetSafeguarder(pb.GetSafeguarderRequest(name=request.name), **evidence.as_("panel-team"))
    assert entry.state == pb.Safeguarder.STATE_APPOINTED
    return answer.reason, answer.field


def test_nobody_is_removed_without_a_recommendation(evidence: Evidence, member: str) -> None:
    """P21: END_REASON_REMOVED for a person without a concern is refused."""
    request = an_end(member, recommended_by="x")
    assert refusal(evidence, request) == ("RECOMMENDATION_NEEDED", "recommendation")


def test_a_removal_follows_the_teams_recommendation(evidence: Evidence, member: str) -> None:
    """P21: a removal that names a recommendation not to continue, made by another person, is recorded with it."""
    name = recommended(evidence, member)
    ended = evidence.people.RecordMinisterialDecision(an_end(member, name), **evidence.as_("recorder"))
    assert ended.state == pb.Safeguarder.STATE_ENDED
    query = f"SELECT body FROM ministerial_decision WHERE safeguarder_id = '{member}' ORDER BY version"  # noqa: S608
    (*_, (body,)) = read_rows(evidence.file, query)
    assert name.rpartition("/")[2] in body


@pytest.mark.parametrize("reason", ["REMOVED", "RESIGNED", "TERM_ENDED", "NOT_REAPPOINTED", "DISQUALIFIED", "DIED"])
@pytest.mark.parametrize("whose", ["nobody's", "another person's"])
def test_a_recommendation_that_is_named_exists(evidence: Evidence, member: str, reason: str, whose: str) -> None:
    """P21: every end that names a recommendation names one about this person."""
    concern = "no-such-concern"
    if whose == "another person's":
        concern = recommended(evidence, "sg-somebody-else").rpartition("/")[2]
    request = an_end(member, f"safeguarders/{member}/concerns/{concern}", end_reason=f"END_REASON_{reason}")
    if reason in ("TERM_ENDED", "NOT_REAPPOINTED"):
        entry = evidence.people.GetSafeguarder(
            pb.GetSafeguarderRequest(name=request.name), **evidence.as_("panel-team")
        )
        request.effective_date.CopyFrom(entry.terms[-1].end_date)
    assert refusal(evidence, request) == ("RECOMMENDATION_NOT_FOUND", "recommendation")


def test_the_recorder_did_not_make_the_recommendation(evidence: Evidence, member: str) -> None:
    """P21: the request may name somebody else, but rules know who recommended."""
    request = an_end(member, recommended(evidence, member, by="recorder"))
    assert refusal(evidence, request) == ("RECOMMENDER_CANNOT_RECORD", "recommendation")


def test_the_request_names_who_recommended(evidence: Evidence, member: str) -> None:
    """P21: `recommended_by` is the person who made the recommendation."""
    request = an_end(member, recommended(evidence, member), recommended_by="x")
    assert refusal(evidence, request) == ("RECOMMENDED_BY_ANOTHER", "recommended_by")


AFTERWARDS: dict[str, Callable[[rules_events.ConcernFact], Any]] = {
    "held": lambda one: rules_events.ConcernMoved(concern=one, move=moves.CONCERN_MOVE_HOLD),
    "merged": lambda one: rules_events.ConcernMoved(concern=one, move=moves.CONCERN_MOVE_MERGE),
    "closed": lambda one: rules_events.ConcernClosed(concern=one, reason=rules_pb2.CONCERN_REASON_DISCUSSED),
    "dismissed": lambda one: rules_events.ConcernDismissed(concern=one, reason=rules_pb2.CONCERN_REASON_EXPLAINED),
}


@pytest.mark.parametrize("step", AFTERWARDS)
def test_a_recommendation_that_no_longer_stands_carries_no_removal(evidence: Evidence, member: str, step: str) -> None:
    """P21: a step that leaves the recommendation takes it away. It comes back when a hold ends."""
    name = recommended(evidence, member)
    concern = name.rpartition("/")[2]
    publish(evidence, member, AFTERWARDS[step](fact(member, concern)))
    assert refusal(evidence, an_end(member, name)) == ("RECOMMENDATION_NOT_FOUND", "recommendation")
    if step == "held":
        recommended(evidence, member, concern=concern)  # the end of the hold says what stands
        ended = evidence.people.RecordMinisterialDecision(an_end(member, name), **evidence.as_("recorder"))
        assert ended.state == pb.Safeguarder.STATE_ENDED


def test_a_concern_closed_as_decided_still_carries_the_decision(evidence: Evidence, member: str) -> None:
    """P21: the Team may close the concern as decided before the recorder enters the decision."""
    name = recommended(evidence, member)
    closed = rules_events.ConcernClosed(
        concern=fact(member, name.rpartition("/")[2]), reason=rules_pb2.CONCERN_REASON_DECIDED
    )
    publish(evidence, member, closed)
    ended = evidence.people.RecordMinisterialDecision(an_end(member, name), **evidence.as_("recorder"))
    assert ended.state == pb.Safeguarder.STATE_ENDED

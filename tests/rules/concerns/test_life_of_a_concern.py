"""The moves that people make on a concern, over gRPC, on both databases (D5, D15.3-6; R76, R79-R81)."""

from datetime import timedelta
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as pb

from services.platform.calls.wire import to_date
from services.platform.clock import SystemClock
from tests.answers import answer_of
from tests.builders import a_request_id, days_ago
from tests.rules.conftest import Rules, a_fact, an_acknowledgement
from tests.waiting import until

TODAY = to_date(SystemClock().today())
FIELDS: dict[str, dict[str, Any]] = {
    "StartConcernSupport": {"supports": [moves.SUPPORT_KIND_MODULE], "discussed_date": TODAY},
    "AnswerConcernSupport": {
        "support": moves.SUPPORT_KIND_MODULE,
        "answer": moves.SUPPORT_ANSWER_ACCEPTED,
        "answer_date": TODAY,
    },
    "ServeConcernNotice": {"document": "notice-1", "serve_date": TODAY},
    "AcknowledgeConcernNotice": {},
    "RequireConcernAction": {"required_action": moves.REQUIRED_ACTION_COMPLETE_MODULE, "due_date": TODAY},
    "ReviewConcernActions": {
        "review_date": TODAY,
        "outcome": moves.REVIEW_OUTCOME_NOT_MET,
        "supports": moves.SUPPORTS_STANDING_COMPLETE,
    },
    "RecordConcernView": {"view": moves.SAFEGUARDER_VIEW_GIVEN, "document": "reply-3"},
    "AcknowledgeConcernInSession": {"session_date": TODAY},
    "RecommendConcern": {"recommendation": 1, "pack_hash": "a" * 64, "share_date": TODAY},
}


def do(rules: Rules, method: str, name: str, person: str = "manager-one", **fields: Any) -> pb.Concern:
    """Make a move."""
    kind = getattr(moves, f"{method}Request", None) or getattr(pb, f"{method}Request")
    request = kind(name=name, **({"request_id": a_request_id()} | fields))
    answer: pb.Concern = getattr(rules.concerns, method)(request, **rules.as_(person))
    return answer


def get(rules: Rules, name: str, person: str = "manager-one") -> pb.Concern:
    return rules.concerns.GetConcern(pb.GetConcernRequest(name=name), **rules.as_(person))


def a_raised_concern(rules: Rules, safeguarder_id: str) -> pb.Concern:
    rules.appoint(safeguarder_id)
    rules.record(safeguarder_id, a_fact(safeguarder_id, "leak"))
    return rules.raised(safeguarder_id, "confidentiality")


def in_support(rules: Rules, safeguarder_id: str) -> str:
    concern = a_raised_concern(rules, safeguarder_id)
    rules.concerns.AcknowledgeConcern(an_acknowledgement(concern), **rules.as_("manager-one"))
    follow(rules, concern.name, 1, plans.Support.STATE_OFFERED)
    return str(concern.name)


def follow(rules: Rules, name: str, version: int, state: plans.Support.State, **fields: Any) -> None:
    """Publish a version of a support of the concern, and wait until the concern follows it."""
    safeguarder_id, concern_id = name.split("/")[1::2]
    fact = evidence_events.SupportChanged(
        safeguarder_id=safeguarder_id,
        support_id=f"{concern_id[:24]}-module",
        version=version,
        kind=plans.Support.KIND_MODULE,
        state=state,
        concern_ids=[concern_id],
        discussed_date=TODAY,
        **fields,
    )
    steps = len(get(rules, name).steps)
    rules.evidence.publish(safeguarder_id, fact)
    until(lambda: len(get(rules, name).steps) > steps)


def change_approach(rules: Rules, name: str, version: int, **fields: Any) -> None:
    """Publish a version of a change to required action, and wait until the concern follows it."""
    safeguarder_id, concern_id = name.split("/")[1::2]
    action = evidence_events.RequiredPlanAction(
        action_id="module",
        kind=plans.Action.KIND_COMPLETE_MODULE,
        state=plans.Action.STATE_OPEN,
        due_date=to_date(SystemClock().today() + timedelta(days=40)),
    )
    fact = evidence_events.ApproachChanged(
        safeguarder_id=safeguarder_id,
        change_id=f"{concern_id[:24]}-change",
        version=version,
        concern_ids=[concern_id],
        to_approach=changes.ApproachChange.APPROACH_REQUIRED_ACTION,
        state=changes.ApproachChange.STATE_SERVED,
        serve_date=TODAY,
        actions=[action],
        **fields,
    )
    steps = len(get(rules, name).steps)
    rules.evidence.publish(safeguarder_id, fact)
    until(lambda: len(get(rules, name).steps) > steps)


def with_action(rules: Rules, safeguarder_id: str) -> str:
    """Take a concern as far as a required action, as the record has it, and return its name."""
    name = in_support(rules, safeguarder_id)
    accepted = plans.AnswerSupportRequest.ANSWER_ACCEPTED
    follow(rules, name, 2, plans.Support.STATE_ACCEPTED, answer=accepted, answer_date=TODAY)
    change_approach(rules, name, 1, stands_from_date=to_date(days_ago(-7)))
    change_approach(rules, name, 2, stands_from_date=TODAY, acknowledge_date=TODAY)
    until(lambda: get(rules, name).state == pb.Concern.STATE_REQUIRED_ACTION)
    return name


def guard_of(error: grpc.RpcError) -> tuple[str, str, str]:
    """Return the reason, the guard, and what is allowed instead."""
    answer = answer_of(error)
    return answer.reason, answer.metadata["guard"], answer.metadata["allowed"]


def test_support_comes_before_a_required_action_and_the_answer_says_what_is_missing(rules: Rules) -> None:
    name = in_support(rules, "sg-support")
    change_approach(rules, name, 1, stands_from_date=TODAY, acknowledge_date=TODAY)
    assert get(rules, name).state == pb.Concern.STATE_IN_SUPPORT, "the support waits for an answer"
    with pytest.raises(grpc.RpcError) as refused:
        do(rules, "ReopenConcern", name, evidence="sg-support-leak")
    assert refused.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    reason, guard, allowed = guard_of(refused.value)
    assert (reason, guard) == ("MOVE_NOT_ALLOWED", "state")
    assert "require_action" not in allowed, "the record keeps it"


def test_a_person_has_their_part_and_the_history_names_who_did_what(rules: Rules) -> None:
    name = with_action(rules, "sg-one")
    found = get(rules, name, "person-one")
    assert found.state == pb.Concern.STATE_REQUIRED_ACTION
    assert [(moves.ConcernMove.Name(step.move)[13:].lower(), step.person) for step in found.steps] == [
        ("acknowledge", "manager-one"),
        ("start_support", "calendar"),
        ("answer_support", "calendar"),
        ("serve_notice", "calendar"),
        ("acknowledge_notice", "calendar"),
        ("require_action", "calendar"),
    ]
    assert found.steps[2].word == "module accepted"
    assert found.course.supports[0].answer == moves.SUPPORT_ANSWER_ACCEPTED
    assert list(found.allowed_moves) == []
    with pytest.raises(grpc.RpcError) as refused:
        do(rules, "HoldConcern", name, "person-one", reason=moves.HOLD_REASON_PRACTICE_UNCLEAR)
    assert refused.value.code() == grpc.StatusCode.PERMISSION_DENIED


def test_who_may_read_it_sees_the_moves_that_are_theirs(rules: Rules) -> None:
    concern = a_raised_concern(rules, "sg-allowed")
    theirs = {moves.ConcernMove.Name(move) for move in get(rules, concern.name, "manager-one").allowed_moves}
    assert theirs == {f"CONCERN_MOVE_{word}" for word in ("ACKNOWLEDGE", "DISMISS", "CLOSE", "HOLD", "MERGE")}
    blocked = {move.move: move for move in get(rules, concern.name, "senior-manager").blocked_moves}
    assert blocked[moves.CONCERN_MOVE_ESCALATE].guard == "state"
    assert blocked[moves.CONCERN_MOVE_ESCALATE].sentence.endswith(".")
    assert moves.CONCERN_MOVE_ESCALATE not in [m.move for m in get(rules, concern.name, "manager-one").blocked_moves]


def test_a_list_holds_what_waits_for_somebody_by_a_day_and_in_a_state(rules: Rules) -> None:
    concern = a_raised_concern(rules, "sg-waits")
    told = "manager-one" if concern.lane == pb.LANE_SUPPORT_NEED else "senior-manager"
    day = concern.respond_by_date

    def listed(person: str, **filters: Any) -> bool:
        return concern.name in [each.name for each in rules.open_concerns("sg-waits", person, **filters)]

    assert listed(told, mine=True, due_by_date=day)
    assert not listed("panel-team", mine=True)
    assert not listed(told, mine=True, due_by_date=to_date(SystemClock().today() - timedelta(days=1)))
    assert listed("panel-team", states=[pb.Concern.STATE_RAISED, pb.Concern.STATE_HELD])
    assert not listed("panel-team", states=[pb.Concern.STATE_IN_SUPPORT])
    taken = rules.concerns.AcknowledgeConcern(an_acknowledgement(concern), **rules.as_("panel-team"))
    assert listed("panel-team", mine=True, due_by_date=taken.next_date)
    assert not listed(told, mine=True)


def test_a_concern_held_returns_to_where_it_stood(rules: Rules) -> None:
    name = in_support(rules, "sg-held")
    held = do(rules, "HoldConcern", name, reason=moves.HOLD_REASON_PRACTICE_UNCLEAR)
    assert held.state == pb.Concern.STATE_HELD
    assert list(held.course.held_for) == [moves.HOLD_REASON_PRACTICE_UNCLEAR]
    rules.record("sg-held", a_fact("sg-held", "second"))
    until(lambda: len(get(rules, name).explanation.counted) == 2)
    assert get(rules, name).state == pb.Concern.STATE_HELD
    free = do(rules, "ReleaseConcern", name, reason=moves.HOLD_REASON_PRACTICE_UNCLEAR)
    assert free.state == pb.Concern.STATE_IN_SUPPORT


def test_a_closed_concern_is_opened_again_on_new_evidence_only(rules: Rules) -> None:
    name = in_support(rules, "sg-again")
    with pytest.raises(grpc.RpcError) as refused:
        do(rules, "CloseConcern", name, reason=pb.CONCERN_REASON_IMPROVED)
    assert guard_of(refused.value)[1] == "safeguarders_view"
    safeguarder_id, concern_id = name.split("/")[1::2]
    given = evidence_events.ViewChanged(safeguarder_id=safeguarder_id, concern_id=concern_id, version=1)
    given.state = plans.View.STATE_GIVEN
    given.given_date.CopyFrom(TODAY)
    rules.evidence.publish(safeguarder_id, given)
    until(lambda: get(rules, name).course.view == moves.SAFEGUARDER_VIEW_GIVEN)
    do(rules, "CloseConcern", name, reason=pb.CONCERN_REASON_IMPROVED)
    with pytest.raises(grpc.RpcError) as refused:
        do(rules, "ReopenConcern", name, evidence="sg-again-leak")
    assert guard_of(refused.value)[1] == "new_evidence"


def test_a_move_tried_or_repeated_changes_nothing_more(rules: Rules) -> None:
    concern = a_raised_concern(rules, "sg-twice")
    hold: dict[str, Any] = {"reason": moves.HOLD_REASON_PRACTICE_UNCLEAR, "request_id": a_request_id()}
    tried = do(rules, "HoldConcern", concern.name, validate_only=True, reason=moves.HOLD_REASON_PRACTICE_UNCLEAR)
    assert tried.state == pb.Concern.STATE_HELD
    assert get(rules, concern.name).state == pb.Concern.STATE_RAISED
    first = do(rules, "HoldConcern", concern.name, **hold)
    assert do(rules, "HoldConcern", concern.name, **hold) == first
    assert len(get(rules, concern.name).steps) == 1
    with pytest.raises(grpc.RpcError) as refused:
        do(rules, "ReleaseConcern", concern.name, reason=moves.HOLD_REASON_PRACTICE_UNCLEAR, etag=concern.etag)
    assert refused.value.code() == grpc.StatusCode.ABORTED


@pytest.mark.parametrize(
    ("method", "person", "fields"),
    [
        ("EscalateConcern", "manager-one", {}),
        ("RecommendConcern", "manager-one", {"recommendation": 1, "pack_hash": "a" * 64, "share_date": TODAY}),
        ("AcknowledgeConcernNotice", "manager-one", {}),
    ],
)
def test_what_is_others_to_do_a_support_manager_may_not(
    rules: Rules, method: str, person: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        do(rules, method, "safeguarders/sg-held/concerns/any", person, **fields)
    assert refused.value.code() == grpc.StatusCode.PERMISSION_DENIED


def test_a_concern_of_another_person_is_not_found_as_one_to_merge_into(rules: Rules) -> None:
    one, other = a_raised_concern(rules, "sg-merge"), a_raised_concern(rules, "sg-other")
    with pytest.raises(grpc.RpcError) as refused:
        do(rules, "MergeConcern", one.name, into=other.name)
    assert refused.value.code() == grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize(
    ("method", "instead"),
    [
        ("StartConcernSupport", "OfferSupport"),
        ("AnswerConcernSupport", "AnswerSupport"),
        ("ServeConcernNotice", "ChangeApproach"),
        ("AcknowledgeConcernNotice", "AcknowledgeApproach"),
        ("RequireConcernAction", "ChangeApproach"),
        ("ReviewConcernActions", "HoldActionReview"),
        ("RecordConcernView", "GiveView"),
        ("AcknowledgeConcernInSession", "CreateSessionRecord"),
        ("RecommendConcern", "CreateRecommendation"),
    ],
)
def test_what_the_record_keeps_is_refused_with_the_method_to_call(rules: Rules, method: str, instead: str) -> None:
    theirs = method == "AcknowledgeConcernNotice"
    name = a_raised_concern(rules, "sg-one" if theirs else "sg-register").name
    person = "person-one" if theirs else "panel-team" if method == "RecommendConcern" else "manager-one"
    with pytest.raises(grpc.RpcError) as refused:
        do(rules, method, name, person, **FIELDS[method])
    assert refused.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    answer = answer_of(refused.value)
    assert answer.reason == "USE_THE_RECORD"
    others = {"CreateSessionRecord": "SessionRecordService", "CreateRecommendation": "RecommendationService"}
    service = others.get(instead, "DevelopmentPlanService")
    assert answer.metadata["method"] == f"psmf.evidence.v1.{service}/{instead}"


def test_a_concern_shows_each_support_as_the_register_has_it(rules: Rules) -> None:
    name = in_support(rules, "sg-shown")
    given: dict[str, Any] = {"answer": plans.AnswerSupportRequest.ANSWER_ACCEPTED, "answer_date": TODAY}
    follow(rules, name, 2, plans.Support.STATE_DELIVERED, first_promised_date=TODAY, delivered_date=TODAY, **given)
    (support,) = get(rules, name).course.supports
    assert (support.answer, support.given) == (moves.SUPPORT_ANSWER_ACCEPTED, moves.SUPPORT_GIVEN_DELIVERED)
    assert support.support == f"safeguarders/sg-shown/supports/{name.split('/')[3][:24]}-module"
    assert get(rules, name).steps[-1].word == "module delivered"


def test_a_rule_says_how_many_concerns_it_raised_in_twelve_months(rules: Rules) -> None:
    every = pb.ListConcernsRequest(parent="safeguarders/-", include_closed=True, page_size=500)
    raised = [one.rule for one in rules.concerns.ListConcerns(every, **rules.as_("panel-team")).concerns]
    listed = rules.rulebook.ListRules(pb.ListRulesRequest(full=True), **rules.as_("official")).rules
    for rule in listed:
        number = raised.count(rule.rule)
        assert (rule.times_raised, rule.raised_withheld) == ((0, True) if number < 5 else (number, False))

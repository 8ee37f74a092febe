"""Rules raise concerns, update them and propose closing; people acknowledge, dismiss and close them (D5)."""

from datetime import timedelta

import grpc
import pytest
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import evidence_pb2
from psmf.rules.v1 import rules_pb2 as pb

from services.platform.calls.wire import to_date, to_instant
from services.platform.clock import SystemClock
from tests.answers import answer_of
from tests.builders import days_ago
from tests.rules.conftest import Rules, a_fact, an_acknowledgement
from tests.waiting import until


def withdrawn(rules: Rules, safeguarder_id: str, evidence_id: str) -> None:
    fact = a_fact(safeguarder_id, evidence_id, version=2, state=evidence_pb2.ITEM_STATE_WITHDRAWN)
    fact.ClearField("countable_date")
    rules.evidence.publish(safeguarder_id, evidence_events.EvidenceItemWithdrawn(fact=fact))


def test_one_safety_item_reaches_a_person_at_once_with_why(rules: Rules) -> None:
    rules.appoint("sg-safety")
    rules.record("sg-safety", a_fact("sg-safety", "leak"))
    concern = rules.raised("sg-safety", "confidentiality")
    assert concern.lane == pb.LANE_SAFETY
    assert [item.evidence_id for item in concern.explanation.counted] == ["sg-safety-leak"]
    assert concern.explanation.clears_if.remove == ["sg-safety-leak"]
    assert concern.rulebook_hash == rules.rulebook.GetRulebook(pb.GetRulebookRequest(), **rules.as_("official")).hash


def test_evidence_counts_at_once_when_the_clock_of_its_service_is_ahead(rules: Rules) -> None:
    rules.appoint("sg-clock-ahead")
    ahead = to_instant(SystemClock().now() + timedelta(minutes=5))
    rules.record("sg-clock-ahead", a_fact("sg-clock-ahead", "leak", record_time=ahead))
    concern = rules.raised("sg-clock-ahead", "confidentiality")
    assert [item.evidence_id for item in concern.explanation.counted] == ["sg-clock-ahead-leak"]


def test_the_decision_record_is_kept_and_names_its_rulebook(rules: Rules) -> None:
    rules.appoint("sg-record")
    rules.record("sg-record", a_fact("sg-record", "item"))
    concern = rules.raised("sg-record", "confidentiality")
    kept = rules.concerns.GetEvaluation(pb.GetEvaluationRequest(name=concern.evaluation), **rules.as_("panel-team"))
    assert kept.engines_agree
    assert kept.rulebook_hash == concern.rulebook_hash
    assert b'"evidence_id":"sg-record-item"' in kept.record.replace(b" ", b"")


def test_evidence_withdrawn_proposes_closing_and_a_person_closes(rules: Rules) -> None:
    rules.appoint("sg-closing")
    rules.record("sg-closing", a_fact("sg-closing", "one"))
    concern = rules.raised("sg-closing", "confidentiality")
    early = pb.CloseConcernRequest(name=concern.name, reason=pb.CONCERN_REASON_NO_LONGER_APPLIES)
    with pytest.raises(grpc.RpcError) as refused:
        rules.concerns.CloseConcern(early, **rules.as_("manager-one"))
    assert refused.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    withdrawn(rules, "sg-closing", "one")
    until(lambda: rules.raised("sg-closing", "confidentiality").closing_proposed)
    closed = rules.concerns.CloseConcern(early, **rules.as_("manager-one"))
    assert closed.state == pb.Concern.STATE_CLOSED


def test_new_evidence_updates_a_concern_and_leaves_what_people_entered(rules: Rules) -> None:
    rules.appoint("sg-update")
    rules.record("sg-update", a_fact("sg-update", "first"))
    concern = rules.raised("sg-update", "confidentiality")
    rules.concerns.AcknowledgeConcern(an_acknowledgement(concern), **rules.as_("manager-one"))
    rules.record("sg-update", a_fact("sg-update", "second"))
    updated = until(lambda: _resting_on(rules, "sg-update", {"sg-update-first", "sg-update-second"}))
    assert updated.name == concern.name
    assert updated.state == pb.Concern.STATE_ACKNOWLEDGED
    assert updated.owner == "manager-one"


def _resting_on(rules: Rules, safeguarder_id: str, ids: set[str]) -> pb.Concern:
    concern = rules.raised(safeguarder_id, "confidentiality")
    found = {item.evidence_id for item in concern.explanation.counted}
    return concern if found == ids else None  # type: ignore[return-value]


def test_a_dismissed_matter_comes_back_on_new_evidence_only(rules: Rules) -> None:
    rules.appoint("sg-dismissed")
    rules.record("sg-dismissed", a_fact("sg-dismissed", "known"))
    concern = rules.raised("sg-dismissed", "confidentiality")
    dismiss = pb.DismissConcernRequest(name=concern.name, reason=pb.CONCERN_REASON_EXPLAINED)
    rules.concerns.DismissConcern(dismiss, **rules.as_("manager-one"))
    neutral = a_fact("sg-dismissed", "another", mappings=[])
    neutral.ClearField("countable_date")
    rules.record("sg-dismissed", neutral)
    rules.record("sg-dismissed", a_fact("sg-dismissed", "new"))
    again = rules.raised("sg-dismissed", "confidentiality")
    assert again.name != concern.name
    assert {item.evidence_id for item in again.explanation.counted} == {"sg-dismissed-known", "sg-dismissed-new"}


def test_a_stale_copy_is_refused_with_both_versions(rules: Rules) -> None:
    rules.appoint("sg-stale")
    rules.record("sg-stale", a_fact("sg-stale", "item"))
    concern = rules.raised("sg-stale", "confidentiality")
    rules.concerns.AcknowledgeConcern(an_acknowledgement(concern, etag=concern.etag), **rules.as_("manager-one"))
    with pytest.raises(grpc.RpcError) as refused:
        rules.concerns.AcknowledgeConcern(an_acknowledgement(concern, etag=concern.etag), **rules.as_("manager-one"))
    assert refused.value.code() == grpc.StatusCode.ABORTED


def test_a_history_is_evaluated_when_the_team_asks_for_everyone(rules: Rules) -> None:
    rules.appoint("sg-history")
    rules.record("sg-history", a_fact("sg-history", "old", history=True))
    rules.record("sg-marker", a_fact("sg-marker", "mark", history=True))
    asked = pb.EvaluateSafeguarderRequest(name="safeguarders/sg-history")
    until(lambda: _would_raise(rules, asked))
    assert not rules.open_concerns("sg-history")
    rules.concerns.EvaluateEveryone(pb.EvaluateEveryoneRequest(), **rules.as_("panel-team"))
    assert rules.raised("sg-history", "confidentiality")


def _would_raise(rules: Rules, request: pb.EvaluateSafeguarderRequest) -> bool:
    try:
        evaluation = rules.concerns.EvaluateSafeguarder(request, **rules.as_("panel-team"))
    except grpc.RpcError:
        return False
    return any(a.answer == pb.ANSWER_RAISED and a.rule == "confidentiality" for a in evaluation.answers)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [((101,), "TOO_MANY_AT_ONCE"), ((1,) * 101, "TOO_MANY_AT_ONCE"), ((0, 100), "TOO_MANY_AT_ONCE"),
     ((2**31 - 1,), "TOO_MANY_AT_ONCE"), ((-1, 2), "COUNT_NOT_VALID"), ((100,), ""), ((1, 0), "")],
)  # fmt: skip
def test_a_trial_evaluation_has_a_hundred_items_at_most_with_their_counts(
    rules: Rules, counts: tuple[int, ...], reason: str
) -> None:
    """A12: one entry that stood for 15,000 items kept the service busy long after its caller had left."""
    rules.appoint("sg-trial")
    item = {"kind": "feedback", "source": "reporter", "standard": "S4", "indicator": "S4.1", "polarity": "concern"}
    entries = [pb.HypotheticalItem(**item, count=count) for count in counts]
    request = pb.EvaluateSafeguarderRequest(name="safeguarders/sg-trial", with_items=entries)
    until(lambda: asked(rules, request) == reason)


def asked(rules: Rules, request: pb.EvaluateSafeguarderRequest) -> str:
    """Return the reason with which a trial evaluation is refused; empty if it is not."""
    try:
        rules.concerns.EvaluateSafeguarder(request, **rules.as_("panel-team"))
    except grpc.RpcError as error:
        return answer_of(error).reason
    return ""


def test_an_evaluation_as_at_an_earlier_day_sees_only_what_counted_then(rules: Rules) -> None:
    rules.appoint("sg-as-at", days=90)
    rules.record("sg-as-at", a_fact("sg-as-at", "item"))
    rules.raised("sg-as-at", "confidentiality")
    before = pb.EvaluateSafeguarderRequest(name="safeguarders/sg-as-at", as_of_date=to_date(days_ago(30)))
    assert not _would_raise(rules, before)


def test_a_person_sees_concerns_about_them_and_no_gap_of_the_teams(rules: Rules) -> None:
    rules.appoint("sg-one", days=400)
    rules.record("sg-one", a_fact("sg-one", "item"))
    rules.raised("sg-one", "coverage-source")
    rules.raised("sg-one", "confidentiality")
    mine = rules.open_concerns("sg-one", "person-one")
    assert {concern.lane for concern in mine} == {pb.LANE_SAFETY}
    with pytest.raises(grpc.RpcError) as refused:
        rules.concerns.AcknowledgeConcern(an_acknowledgement(mine[0]), **rules.as_("person-one"))
    assert refused.value.code() == grpc.StatusCode.PERMISSION_DENIED


def test_a_support_manager_lists_only_concerns_of_people_allocated_to_them(rules: Rules) -> None:
    rules.appoint("sg-listed")
    rules.record("sg-listed", a_fact("sg-listed", "item"))
    concern = rules.raised("sg-listed", "confidentiality")
    mine = {c.name for c in rules.open_concerns("-", "manager-one", page_size=500)}
    others = rules.open_concerns("-", "manager-two", page_size=500)
    assert concern.name in mine
    assert others == []


def test_the_end_of_a_membership_proposes_closing_what_is_open(rules: Rules) -> None:
    rules.appoint("sg-ended")
    rules.record("sg-ended", a_fact("sg-ended", "item"))
    rules.raised("sg-ended", "confidentiality")
    rules.evidence.publish(
        "sg-ended", evidence_events.SafeguarderEnded(safeguarder_id="sg-ended", end_date=to_date(days_ago(0)))
    )
    until(lambda: rules.raised("sg-ended", "confidentiality").closing_proposed)

"""No text of a recommendation names a child (P23). The kind: a new text without a screen."""

from functools import partial
from typing import Any

from psmf.evidence.v1 import decisions_pb2 as decisions
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import overlays_pb2 as overlays
from psmf.evidence.v1 import recommendations_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2 as register

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.test_who_says_it import NAMED, PERSON, TEAM
from tests.between.together import Together
from tests.builders import BASIS, a_request_id, days_ago

_PARENT = "safeguarders/sg-one"
_NAME, _AHEAD = f"{_PARENT}/recommendations/none", to_date(days_ago(-60))
_SECOND = "senior-manager"
_CRITERION: dict[str, Any] = {"what": pb.Criterion.WHAT_CONDUCT, "answer": pb.Criterion.ANSWER_YES}
_CONDITION: dict[str, Any] = {
    "words": "Meet each child.",
    "measure": "Each report says so.",
    "due_date": _AHEAD,
    "support": "A mentor.",
    "support_kind": plans.Support.KIND_MENTORING,
    "standard": "S2",
}
_MORE_TIME: dict[str, Any] = {"until_date": _AHEAD, "what": "Two reports.", "where_from": "The reporter."}
IN_A_TEXT: dict[str, tuple[str, dict[str, Any], str]] = {
    "evidence.Criterion.words": ("criteria", _CRITERION, "text.criteria[0].words"),
    "evidence.Condition.words": ("conditions", _CONDITION, "text.conditions[0].words"),
    "evidence.Condition.measure": ("conditions", _CONDITION, "text.conditions[0].measure"),
    "evidence.Condition.support": ("conditions", _CONDITION, "text.conditions[0].support"),
    "evidence.MoreTime.what": ("more_time", _MORE_TIME, "text.more_time.what"),
    "evidence.MoreTime.where_from": ("more_time", _MORE_TIME, "text.more_time.where_from"),
}
"""Each text in a draft: the part, the rest of it, and where it stands."""
BY_ITSELF: dict[str, tuple[str, str, dict[str, Any]]] = {
    "evidence.AddRepresentationRequest.words": (PERSON, "words", {"words": NAMED}),
    "evidence.ApproveRecommendationRequest.answers": (_SECOND, "answers[0]", {"answers": [NAMED]}),
    "evidence.WithdrawRecommendationRequest.because": (TEAM, "because", {"because": NAMED}),
}
OF_A_CORRECTION: dict[str, tuple[str, dict[str, Any]]] = {
    "evidence.CorrectMinisterialDecisionRequest.because": ("because", {"because": NAMED, "not_made": True}),
    "evidence.DecisionRecord.reasons": (
        "record.reasons",
        {"because": "The letter says so.", "record": decisions.DecisionRecord(reasons=NAMED)},
    ),
    "evidence.WithdrawDecisionCorrectionRequest.because": ("because", {"because": NAMED}),
}
ON_A_SUSPENSION: dict[str, dict[str, Any]] = {
    "SuspendSafeguarder": {
        "parent": _PARENT,
        "reason": overlays.Overlay.REASON_CONDUCT,
        "policy": "conduct-and-performance",
        "notice_date": to_date(days_ago(1)),
        "review_date": to_date(days_ago(-20)),
    },
    "ReviewSuspension": {"name": f"{_PARENT}/overlays/none", "review_date": to_date(days_ago(-20))},
    "LiftSuspension": {"name": f"{_PARENT}/overlays/none", "reason": overlays.Overlay.LIFT_REASON_NOT_UPHELD},
}
ON_WHAT = "evidence.SuspensionDecidedOn.reasons"
DECIDED = "evidence.RecordMinisterialDecisionRequest.reasons"


def test_no_text_of_a_recommendation_that_may_name_a_child_is_kept(suite_together: Together) -> None:
    """P23: the refusal says in which field it stands, and does not repeat it."""
    suite_together.appoint("sg-one")
    service = suite_together.recommendations
    for field, (part, rest, path) in IN_A_TEXT.items():
        _, message, name = field.split(".")
        said = getattr(pb, message)(**rest | {name: NAMED})
        text = pb.RecommendationText(outcome=pb.Recommendation.OUTCOME_RECOMMEND)
        filled: dict[str, Any] = {part: said if part == "more_time" else [said]}
        text.MergeFrom(pb.RecommendationText(**filled))
        request = pb.CreateRecommendationRequest(
            parent=_PARENT, kind=pb.Recommendation.PURPOSE_REAPPOINTMENT, text=text, request_id=a_request_id()
        )
        answer = refused(partial(service.CreateRecommendation, request, **suite_together.as_(TEAM)))
        assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", path), field
        assert "Jamie" not in answer.message
    for field, (person, path, fields) in BY_ITSELF.items():
        message = field.split(".")[1]
        request = getattr(pb, message)(name=_NAME, etag="1", request_id=a_request_id(), **fields)
        call = getattr(service, message.removesuffix("Request"))
        answer = refused(partial(call, request, **suite_together.as_(person)))
        assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", path), field


def test_no_reasons_of_a_decision_or_a_correction_that_may_name_a_child_are_kept(suite_together: Together) -> None:
    suite_together.appoint("sg-one")
    request = register.RecordMinisterialDecisionRequest(
        name=_PARENT,
        kind=register.RecordMinisterialDecisionRequest.KIND_ENDED,
        effective_date=to_date(suite_together.today),
        legal_basis=BASIS,
        end_reason=register.END_REASON_RESIGNED,
        reasons=NAMED,
        request_id=a_request_id(),
    )
    call = suite_together.safeguarders.RecordMinisterialDecision
    answer = refused(partial(call, request, **suite_together.as_("recorder")))
    assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", "reasons"), DECIDED
    for field, (path, fields) in OF_A_CORRECTION.items():
        message = "WithdrawDecisionCorrectionRequest" if "Withdraw" in field else "CorrectMinisterialDecisionRequest"
        asked = getattr(decisions, message)(name=f"{_PARENT}/decisions/2", etag="1", **fields)
        asked.request_id = a_request_id()
        call = getattr(suite_together.decisions, message.removesuffix("Request"))
        answer = refused(partial(call, asked, **suite_together.as_("recorder")))
        assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", path), field
    for method, fields in ON_A_SUSPENSION.items():
        said = overlays.SuspensionDecidedOn(reasons=NAMED)
        suspends = getattr(overlays, f"{method}Request")(request_id=a_request_id(), decided_on=said, **fields)
        call = getattr(suite_together.overlays, method)
        answer = refused(partial(call, suspends, **suite_together.as_("recorder")))
        assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", "decided_on.reasons"), (ON_WHAT, method)

"""No text of a development plan names a child (P23). The kind: a new text without a screen."""

from functools import partial
from typing import Any

from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.test_who_says_it import MANAGER, NAMED, PERSON, TEAM
from tests.between.together import Together
from tests.builders import a_request_id, days_ago

_PARENT = "safeguarders/sg-one"
_NEED, _ACTION, _SUPPORT = (f"{_PARENT}/{part}/none" for part in ("needs", "actions", "supports"))
_AHEAD = to_date(days_ago(-60))
_AN_ACTION: dict[str, Any] = {
    "parent": _PARENT,
    "kind": pb.Action.KIND_REFLECT,
    "purpose": pb.Action.PURPOSE_IMPROVE,
    "standard": "S1",
    "aim": "Speak with each agency.",
    "measure": "Each report names them.",
    "owner": pb.Action.OWNER_SAFEGUARDER,
    "due_date": _AHEAD,
}
_AN_OFFER: dict[str, Any] = {
    "parent": _PARENT,
    "kind": pb.Support.KIND_MODULE,
    "supported": [_NEED],
    "discussed_date": to_date(days_ago(1)),
}
_A_CHANGE: dict[str, Any] = {
    "parent": _PARENT,
    "concerns": [f"{_PARENT}/concerns/none"],
    "to_approach": changes.ApproachChange.APPROACH_REQUIRED_ACTION,
    "how": changes.ApproachChange.HOW_CONSOLE,
    "expectation": "Each report names them.",
    "because": "Two reports name nobody.",
}
_REVIEW, _HELD = f"{_PARENT}/actionReviews/none", to_date(days_ago(1))
_A_REVIEW: dict[str, Any] = {
    "actions": [pb.ActionReview.ReviewedAction(action=_ACTION, outcome=pb.Action.STATE_MET)],
    "follows": [pb.ActionReview.FOLLOWS_CLOSE],
    "words": "Each call is on file.",
    "held_date": _HELD,
}
_A_CORRECTION: dict[str, Any] = {"name": _REVIEW, "etag": "1", "because": "The log was read again.", **_A_REVIEW}
_NOT_AGREED, _ACCEPTED = pb.AnswerActionRequest.ANSWER_NOT_AGREED, pb.AnswerSupportRequest.ANSWER_ACCEPTED
IN_A_PLAN: dict[str, tuple[str, dict[str, Any]]] = {
    "evidence.UpdateDevelopmentPlanRequest.no_strength_because": (MANAGER, {"name": f"{_PARENT}/developmentPlan"}),
    "evidence.UpdateDevelopmentPlanRequest.not_final_because": (MANAGER, {"name": f"{_PARENT}/developmentPlan"}),
    "evidence.CreateStrengthRequest.words": (PERSON, {"parent": _PARENT, "standard": "S1"}),
    "evidence.CreateNeedRequest.words": (PERSON, {"parent": _PARENT, "standard": "S1"}),
    "evidence.CloseNeedRequest.because": (PERSON, {"name": _NEED, "etag": "1", "outcome": pb.Need.STATE_MET}),
    "evidence.CreateActionRequest.aim": (MANAGER, _AN_ACTION),
    "evidence.CreateActionRequest.measure": (MANAGER, _AN_ACTION),
    "evidence.CreateActionRequest.too_short_because": (MANAGER, _AN_ACTION),
    "evidence.CreateActionRequest.support_manager_words": (MANAGER, _AN_ACTION),
    "evidence.CreateActionRequest.safeguarder_words": (MANAGER, _AN_ACTION),
    "evidence.AnswerActionRequest.words": (PERSON, {"name": _ACTION, "etag": "1", "answer": _NOT_AGREED}),
    "evidence.SetActionRequest.because": (MANAGER, {"name": _ACTION, "etag": "1"}),
    "evidence.ChangeActionDateRequest.words": (MANAGER, {"name": _ACTION, "etag": "1", "due_date": _AHEAD}),
    "evidence.OfferCompletionRequest.words": (PERSON, {"name": _ACTION, "etag": "1"}),
    "evidence.CloseActionRequest.words": (
        MANAGER, {"name": _ACTION, "etag": "1", "outcome": pb.Action.STATE_MET},
    ),
    "evidence.HoldActionReviewRequest.words": (MANAGER, {"parent": _PARENT, **_A_REVIEW}),
    "evidence.HoldActionReviewRequest.safeguarder_words": (MANAGER, {"parent": _PARENT, **_A_REVIEW}),
    "evidence.CorrectActionReviewRequest.words": (MANAGER, _A_CORRECTION),
    "evidence.CorrectActionReviewRequest.safeguarder_words": (MANAGER, _A_CORRECTION),
    "evidence.CorrectActionReviewRequest.because": (MANAGER, _A_CORRECTION),
    "evidence.AnswerActionReviewRequest.words": (PERSON, {"name": _REVIEW, "etag": "1"}),
    "evidence.OfferSupportRequest.words": (TEAM, _AN_OFFER),
    "evidence.OfferSupportRequest.answer_words": (TEAM, _AN_OFFER),
    "evidence.AnswerSupportRequest.words": (PERSON, {"name": _SUPPORT, "etag": "1", "answer": _ACCEPTED}),
    "evidence.PromiseSupportRequest.because": (TEAM, {"name": _SUPPORT, "etag": "1", "promised_date": _AHEAD}),
    "evidence.RecordSupportRequest.because": (
        TEAM, {"name": _SUPPORT, "etag": "1", "outcome": pb.Support.STATE_UNAVAILABLE},
    ),
    "evidence.ConfirmSupportRequest.words": (
        PERSON, {"name": _SUPPORT, "etag": "1", "received": pb.Support.RECEIVED_NO},
    ),
    "evidence.GiveViewRequest.words": (
        PERSON, {"name": "safeguarders/sg-one/views/c1", "given": pb.GiveViewRequest.GIVEN_WORDS},
    ),
    "evidence.ChangeApproachRequest.expectation": (MANAGER, _A_CHANGE),
    "evidence.ChangeApproachRequest.because": (MANAGER, _A_CHANGE),
    "evidence.ChangeApproachRequest.skip_because": (MANAGER, _A_CHANGE),
    "evidence.EndApproachRequest.words": (
        MANAGER, {"name": f"{_PARENT}/approachChanges/none", "etag": "1", "outcome": changes.ApproachChange.STATE_MET},
    ),
}  # fmt: skip
"""Each text, who sends it, and the rest of the request."""


CARRIED = "evidence.CarriedNeed.because"
"""It stands in a list of its request, and is tried by itself."""


def test_no_reason_for_a_carried_need_that_may_name_a_child_is_kept(suite_together: Together) -> None:
    """P23: the field says which of the needs it is."""
    suite_together.appoint("sg-one")
    carried = [pb.UpdateDevelopmentPlanRequest.CarriedNeed(need=_NEED, because=NAMED)]
    request = pb.UpdateDevelopmentPlanRequest(
        name=f"{_PARENT}/developmentPlan", carried=carried, request_id=a_request_id()
    )
    call = suite_together.plans.UpdateDevelopmentPlan
    answer = refused(partial(call, request, **suite_together.as_(MANAGER)))
    assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", "carried[0].because"), CARRIED
    assert "Jamie" not in answer.message


def test_no_text_of_a_plan_that_may_name_a_child_is_kept(suite_together: Together) -> None:
    """P23: the refusal says in which field it stands, and does not repeat it."""
    suite_together.appoint("sg-one")
    for field, (person, rest) in IN_A_PLAN.items():
        _, message, path = field.split(".")
        request = getattr(pb if hasattr(pb, message) else changes, message)(
            request_id=a_request_id(), **rest | {path: NAMED}
        )
        call = getattr(suite_together.plans, message.removesuffix("Request"))
        answer = refused(partial(call, request, **suite_together.as_(person)))
        assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", path), field
        assert "Jamie" not in answer.message

"""A request for every method about recorded decisions, to try as every caller."""

from typing import Any

from psmf.evidence.v1 import decisions_pb2

DECISIONS = "/psmf.evidence.v1.DecisionService/"


def decision_requests(parent: str) -> dict[str, Any]:
    """Return a request for every method of DecisionService."""
    one: dict[str, Any] = {"name": f"{parent}/decisions/99", "etag": "1"}
    asked = [
        decisions_pb2.ListMinisterialDecisionsRequest(parent=parent),
        decisions_pb2.CorrectMinisterialDecisionRequest(**one, not_made=True, because="It was somebody else."),
        decisions_pb2.ConfirmDecisionCorrectionRequest(**one),
        decisions_pb2.WithdrawDecisionCorrectionRequest(**one, because="It is right."),
    ]
    return {DECISIONS + each.DESCRIPTOR.name.removesuffix("Request"): each for each in asked}

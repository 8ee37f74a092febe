"""Every word of a suspension, made by the public methods. One stays in force, and one ends with a membership."""

from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import overlays_pb2 as pb

from services.platform.calls.wire import to_date
from tests.builders import days_ago
from tests.operations.every_word_of_a_plan import Plan

RECORDER = "decision-recorder"
POLICIES = {
    pb.Overlay.REASON_CONDUCT: "conduct-and-performance",
    pb.Overlay.REASON_PERFORMANCE: "conduct-and-performance",
    pb.Overlay.REASON_PVG_CHECK: "checks",
    pb.Overlay.REASON_DISQUALIFICATION_CHECK: "checks",
}
LIFTED = [number for number in pb.Overlay.LiftReason.values() if number]


def make_every_word_of_a_suspension(office: Any, person: str, others: tuple[str, str]) -> None:
    """Suspend one person for each reason, and lift each on its first day. Two others stay suspended."""
    for number, (reason, policy) in enumerate(POLICIES.items()):
        suspended = _suspend(office, person, 0, reason=reason, policy=policy)
        review = pb.ReviewSuspensionRequest(name=suspended.name, review_date=to_date(days_ago(-20)))
        _does(office, "ReviewSuspension", review)
        lift = pb.LiftSuspensionRequest(name=suspended.name, reason=LIFTED[number % len(LIFTED)])
        _does(office, "LiftSuspension", lift)
    for other in others:
        _suspend(office, other, 5)
    # What one of them is asked for stands still.
    plan = Plan(office, others[0], office.manager_of(others[0]))
    plan.proposes(plan.manager, kind=plans.Action.KIND_REFLECT)


def _suspend(office: Any, person: str, days: int, **fields: Any) -> Any:
    """Suspend somebody since some days ago."""
    given: dict[str, Any] = {"reason": pb.Overlay.REASON_CONDUCT, "policy": "conduct-and-performance"}
    request = pb.SuspendSafeguarderRequest(
        parent=f"safeguarders/{person}",
        notice_date=to_date(days_ago(days + 1)),
        start_date=to_date(days_ago(days)),
        review_date=to_date(days_ago(days - 20)),
        **given | fields,
    )
    return _does(office, "SuspendSafeguarder", request)


def _does(office: Any, method: str, request: Any) -> Any:
    answer = office.does(RECORDER, getattr(office.client.overlays, method), request)
    office.answers.append(answer)
    return answer

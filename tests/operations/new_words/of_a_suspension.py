"""Every word of a suspension and of a leave that is asked for, made by the public methods.

One suspension stays in force, and one ends with a membership. Leave lies far ahead, so that it moves no other day.
"""

from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import overlays_pb2 as pb

from services.platform.calls.wire import to_date
from tests.builders import days_ago
from tests.operations.every_word_of_a_plan import Plan

RECORDER, TEAM = "decision-recorder", "panel-team"
POLICIES = {
    pb.Overlay.REASON_CONDUCT: "conduct-and-performance",
    pb.Overlay.REASON_PERFORMANCE: "conduct-and-performance",
    pb.Overlay.REASON_PVG_CHECK: "checks",
    pb.Overlay.REASON_DISQUALIFICATION_CHECK: "checks",
}
WITHOUT: list[Any] = [number for number in pb.Overlay.WithoutRecommendation.values() if number]
LIFTED: list[Any] = [number for number in pb.Overlay.LiftReason.values() if number]


def make_every_word_of_a_suspension(office: Any, person: str, others: tuple[str, str]) -> None:
    """Suspend one person for each reason, and lift each on its first day. Two others stay suspended."""
    for number, (reason, policy) in enumerate(POLICIES.items()):
        suspended = _suspend(office, person, 0, reason=reason, policy=policy)
        without = pb.SuspensionDecidedOn(without=WITHOUT[number % len(WITHOUT)])
        days: dict[str, Any] = {"review_date": to_date(days_ago(-20)), "decided_on": without}
        review = pb.ReviewSuspensionRequest(name=suspended.name, **days)
        _does(office, "ReviewSuspension", review)
        lift = pb.LiftSuspensionRequest(name=suspended.name, reason=LIFTED[number % len(LIFTED)])
        _does(office, "LiftSuspension", lift)
    for other in others:
        _suspend(office, other, 5)
    # What one of them is asked for stands still.
    plan = Plan(office, others[0], office.manager_of(others[0]))
    plan.proposes(plan.manager, kind=plans.Action.KIND_REFLECT)
    _ask_for_leave(office, person)


def _ask_for_leave(office: Any, person: str) -> None:
    """Ask for leave of each kind. One waits for its answer, one is declined, and two are agreed to and not taken."""
    kinds: list[Any] = [number for number in pb.Overlay.LeaveKind.values() if number]
    said = pb.AgreeLeaveRequest
    for number, kind in enumerate(kinds):
        first = to_date(days_ago(-400 - 10 * number))
        wanted = pb.RequestLeaveRequest(
            parent=f"safeguarders/{person}", kind=kind, start_date=first, end_date=first, read_back=True
        )
        asked = _does(office, "RequestLeave", wanted, TEAM)
        if number == 0:
            continue
        answer, because = (said.ANSWER_DECLINED, "Nobody else is there.") if number == 1 else (said.ANSWER_AGREED, "")
        request = said(name=asked.name, answer=answer, because=because)
        office.answers.append(request)
        _does(office, "AgreeLeave", request, TEAM)
        if number > 1:
            _does(office, "EndLeave", pb.EndLeaveRequest(name=asked.name, not_taken=True), TEAM)


def _suspend(office: Any, person: str, days: int, **fields: Any) -> Any:
    """Suspend somebody since some days ago."""
    given: dict[str, Any] = {"reason": pb.Overlay.REASON_CONDUCT, "policy": "conduct-and-performance"}
    request = pb.SuspendSafeguarderRequest(
        parent=f"safeguarders/{person}",
        notice_date=to_date(days_ago(days + 1)),
        start_date=to_date(days_ago(days)),
        review_date=to_date(days_ago(days - 20)),
        decided_on=pb.SuspensionDecidedOn(without=WITHOUT[0]),
        **given | fields,
    )
    return _does(office, "SuspendSafeguarder", request)


def _does(office: Any, method: str, request: Any, who: str = RECORDER) -> Any:
    answer = office.does(who, getattr(office.client.overlays, method), request)
    office.answers.append(answer)
    return answer

"""What people do in a life about reviews that a Safeguarder asks for, and what brings staff into their chain."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import grpc
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import review_requests_pb2 as pb
from psmf.evidence.v1 import session_records_pb2 as records
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import cover_pb2 as cover
from psmf.scheduling.v1 import scheduling_pb2 as schedule

from services.platform.calls.wire import to_date
from tests.between.sessions.build import a_shared_record
from tests.builders import a_mapping
from tests.lives.life import PEOPLE, Life
from tests.world import PEOPLE as EVERYBODY

Request = pb.ReviewRequest
SENIORS = ("senior-manager", "senior-two", "senior-head")
STAFF = (*SENIORS, "panel-team", "panel-second", "manager-one", "manager-two")
DIRECTORY = EVERYBODY | {
    "panel-second": {"role": "panel_team"},
    "senior-two": {"role": "senior_manager"},
    "senior-head": {"role": "senior_manager", "level": 3},
    "manager-two": EVERYBODY["manager-two"] | {"level": 2},
}
"""The people of a life. Only the head is above the second support manager."""
OPEN = (Request.STATE_SUBMITTED, Request.STATE_ACCEPTED, Request.STATE_ASSIGNED)
GROUNDS = (Request.GROUND_FACT_WRONG, Request.GROUND_PROCESS, Request.GROUND_OUT_OF_PROPORTION, Request.GROUND_OTHER)
WORDS = "It was another hearing."


def begin(life: Life) -> None:
    """Let each Safeguarder have a concern that rests on two items, and an action for it.

    One has a shared record too, and the other a matter of safety.
    """
    running = life.running
    for safeguarder in PEOPLE:
        for source in (items.EVIDENCE_SOURCE_REPORTER, items.EVIDENCE_SOURCE_PANEL_MEMBER):
            running.share(running.record(safeguarder, source=source, mappings=[a_mapping("S2.2")]))
    running.share(running.record("sg-two", evidence_class=items.EVIDENCE_CLASS_SAFETY, mappings=[a_mapping("S5.1")]))
    running.pass_time(timedelta(days=16))
    for safeguarder in PEOPLE:
        agree_on_an_action(life, safeguarder)
    if life.choices.random() < 0.5:
        # Their next session may be in that hour already, or their term over and no session left to hold.
        with suppress(grpc.RpcError, IndexError):
            a_shared_record(running, "sg-one", "manager-one")


def agree_on_an_action(life: Life, safeguarder: str) -> None:
    """Have both sides agree on an action, for one of the concerns if there are any."""
    person, manager, _ = PEOPLE[safeguarder]
    concerns = [each.name for each in life.running.concerns_of(safeguarder) if each.lane in (1, 2, 3)]
    what = plans.CreateActionRequest(
        parent=f"safeguarders/{safeguarder}",
        kind=plans.Action.KIND_CHANGE_PRACTICE,
        purpose=plans.Action.PURPOSE_IMPROVE,
        standard="S2",
        aim="Each child is met.",
        measure="Each report says when.",
        owner=plans.Action.OWNER_SAFEGUARDER,
        due_date=to_date(life.running.today + timedelta(days=life.choices.randint(28, 60))),
        concern=life.choices.choice(concerns) if concerns else "",
    )
    action = life.call(manager, "plans", "CreateAction", what)
    if action is not None:
        agreed = plans.AnswerActionRequest.ANSWER_AGREED
        answer = plans.AnswerActionRequest(name=action.name, answer=agreed, etag=action.etag)
        life.call(person, "plans", "AnswerAction", answer)


def requests_of(life: Life, safeguarder: str, person: str = "panel-team") -> list[pb.ReviewRequest]:
    """Return the review requests about somebody."""
    request = pb.ListReviewRequestsRequest(parent=f"safeguarders/{safeguarder}")
    return list(life.running.reviews.ListReviewRequests(request, **life.running.as_(person)).review_requests)


def records_of(life: Life, safeguarder: str) -> list[records.SessionRecord]:
    """Return the records of somebody's sessions."""
    request = records.ListSessionRecordsRequest(parent=f"safeguarders/{safeguarder}")
    found = life.running.session_records.ListSessionRecords(request, **life.running.as_("panel-team"))
    return list(found.session_records)


def ask(life: Life) -> None:
    """Ask for a review of something, as the Safeguarder or by a letter that the Team enters days later."""
    safeguarder, person, _ = life.someone()
    targets = [item.name for item in life.items_of(safeguarder) if item.HasField("shared_date")][-4:]
    targets += [concern.name for concern in life.running.concerns_of(safeguarder)]
    plan = life.plan_of(safeguarder)
    targets += [action.name for action in plan.actions] + [support.name for support in plan.supports]
    targets += [change.name for change in plan.approach_changes] + [view.name for view in plan.views]
    targets += [record.name for record in records_of(life, safeguarder)]
    by_letter = life.choices.random() < 0.4
    request = pb.CreateReviewRequestRequest(
        parent=f"safeguarders/{safeguarder}",
        target=life.choices.choice(targets),
        grounds=life.choices.sample(GROUNDS, life.choices.randint(1, 3)),
        words=WORDS,
    )
    if by_letter:
        request.made_date.CopyFrom(to_date(life.running.ago(life.choices.randint(0, 20))))
    life.call("panel-team" if by_letter else person, "reviews", "CreateReviewRequest", request)


def move(life: Life) -> None:
    """Go on with a request: mostly with what comes next, now and then with something that is not allowed."""
    known = [request for safeguarder in PEOPLE for request in requests_of(life, safeguarder)]
    chosen = [each for each in known if each.state in OPEN] if life.choices.random() < 0.9 else known
    if not chosen:
        return
    request, what = life.choices.choice(chosen), life.choices.random()
    safeguarder = request.name.split("/")[1]
    person = PEOPLE[safeguarder][0]
    named: dict[str, Any] = {"name": request.name, "etag": request.etag}
    if what < 0.05:
        life.call(person, "reviews", "WithdrawReviewRequest", pb.WithdrawReviewRequestRequest(**named))
    elif what < 0.12:
        said = pb.AddStatementRequest(**named, words=f"As we saw it, {life.requests}.")
        life.call(PEOPLE[safeguarder][1], "reviews", "AddStatement", said)
    else:
        step = {Request.STATE_SUBMITTED: _accept, Request.STATE_ACCEPTED: _assign, Request.STATE_ASSIGNED: _decide}
        by_the_way = life.choices.choice((_accept, _assign, _decide))
        (step.get(request.state, by_the_way) if what < 0.9 else by_the_way)(life, request, named)


def _accept(life: Life, request: pb.ReviewRequest, named: dict[str, Any]) -> None:
    answers = pb.AcceptReviewRequestRequest
    answer = answers.ANSWER_ACCEPTED if life.choices.random() < 0.8 else answers.ANSWER_NOT_ACCEPTED
    accepted = pb.AcceptReviewRequestRequest(**named, answer=answer, words="We looked.")
    life.call(life.choices.choice(("panel-team", *SENIORS)), "reviews", "AcceptReviewRequest", accepted)


def _assign(life: Life, request: pb.ReviewRequest, named: dict[str, Any]) -> None:
    reviewer = life.choices.choice((*SENIORS, *SENIORS, *STAFF))
    assigned = pb.AssignReviewRequestRequest(**named, reviewer=reviewer)
    life.call(life.choices.choice(("panel-team", *SENIORS)), "reviews", "AssignReviewRequest", assigned)


def _decide(life: Life, request: pb.ReviewRequest, named: dict[str, Any]) -> None:
    if life.choices.random() < 0.2:
        _assign(life, request, named)
        return
    decision = life.choices.choice((Request.DECISION_UPHELD, Request.DECISION_UPHELD, Request.DECISION_NOT_UPHELD))
    decided = pb.DecideReviewRequestRequest(**named, decision=decision, reasons=WORDS)
    if request.target_kind == Request.TARGET_KIND_SESSION_RECORD and decision == Request.DECISION_UPHELD:
        decided.decision = life.choices.choice((Request.DECISION_UPHELD, Request.DECISION_PARTLY))
        read = records.GetSessionRecordRequest(name=request.target)
        kept = life.running.session_records.GetSessionRecord(read, **life.running.as_("senior-head"))
        decided.record.CopyFrom(kept.content)
        decided.record.child_interest = f"Each child was met, {life.requests}."
    person = request.reviewer if life.choices.random() < 0.85 else life.choices.choice(SENIORS)
    life.call(person or "senior-head", "reviews", "DecideReviewRequest", decided)


def join_the_chain(life: Life) -> None:
    """Have somebody of the staff do something that brings them into the chain of a review, or take a link back."""
    safeguarder, _, _ = life.someone()
    who, what = life.choices.choice(STAFF[:-2]), life.choices.random()
    parent, concerns = f"safeguarders/{safeguarder}", life.running.concerns_of(safeguarder)
    if what < 0.35 and concerns:
        taken = rules.AcknowledgeConcernRequest(name=life.choices.choice(concerns).name)
        taken.next_date.CopyFrom(to_date(life.running.today + timedelta(days=5)))
        life.call(who, "concerns", "AcknowledgeConcern", taken)
    elif what < 0.6:
        manager = life.choices.choice(("manager-one", "manager-two"))
        given = schedule.CreateAllocationRequest(parent=parent, support_manager=manager, reason="workload")
        life.call(who, "allocations", "CreateAllocation", given)
    elif what < 0.8:
        delegated = cover.CreateDelegationRequest(
            parent=parent, delegate=life.choices.choice(STAFF), reason=cover.Delegation.REASON_ABSENCE
        )
        delegated.from_date.CopyFrom(to_date(life.running.today))
        delegated.to_date.CopyFrom(to_date(life.running.today + timedelta(days=life.choices.randint(0, 9))))
        life.call(who, "cover", "CreateDelegation", delegated)
    else:
        link = cover.DeclareLinkRequest(parent=parent, person=life.choices.choice(SENIORS[:2]))
        link.kind = cover.PersonLink.KIND_WORK
        life.call(who, "cover", "DeclareLink", link)

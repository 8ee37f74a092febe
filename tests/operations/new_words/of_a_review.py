"""Every word of a review that a Safeguarder asks for, made by the public methods. One request stays open."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as evidence
from psmf.evidence.v1 import recommendations_pb2 as recommendations
from psmf.evidence.v1 import review_requests_pb2 as pb
from psmf.evidence.v1 import session_records_pb2 as sessions
from psmf.rules.v1 import overrides_pb2 as overrides
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import scheduling_pb2 as scheduling
from sqlalchemy import Connection

from services.demo.waiting import wait_until_settled
from services.evidence.adapters.review_requests.files import review_file
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.handlers.review_requests.overdue import move_up_overdue
from services.platform.calls.identity import Directory
from services.platform.calls.wire import to_date
from services.platform.storage.database import execute
from tests.builders import a_mapping, days_ago
from tests.operations.every_word_of_a_plan import REPLIES, TEAM, WORDS, Doing, Plan
from tests.waiting import until

_SERVED = changes.ApproachChange.STATE_SERVED
Request = pb.ReviewRequest
Answer = pb.AcceptReviewRequestRequest
SENIOR, REVIEWER = "senior-manager-east", "senior-manager-north"
EVERY_GROUND: list[Any] = [number for number in Request.Ground.values() if number]


class _Requests:
    """The review requests of the person whose plan it is."""

    def __init__(self, office: Doing, plan: Plan) -> None:
        self._office, self.plan = office, plan

    def does(self, person: str, method: str, **fields: Any) -> Request:
        request = getattr(pb, f"{method}Request")(**fields)
        self._office.answers.append(request)
        done: Request = self._office.does(person, getattr(self._office.client.reviews, method), request)
        self.plan.reads_messages()
        return done

    def asks(self, target: str) -> Request:
        return self.does(
            self.plan.person, "CreateReviewRequest", parent=self.plan.parent, target=target, grounds=EVERY_GROUND,
            words=WORDS,
        )  # fmt: skip

    def moves(self, request: Request, method: str, person: str, **fields: Any) -> Request:
        return self.does(person, method, name=request.name, etag=request.etag, **fields)

    def decides(self, request: Request, decision: Any, **fields: Any) -> Request:
        request = self.moves(request, "AcceptReviewRequest", TEAM, answer=Answer.ANSWER_ACCEPTED)
        request = self.moves(request, "AssignReviewRequest", TEAM, reviewer=REVIEWER)
        request = self.moves(request, "AddStatement", TEAM, words=WORDS)
        return self.moves(request, "DecideReviewRequest", REVIEWER, decision=decision, reasons=WORDS, **fields)


def make_every_word_of_a_review(office: Any, plan: Plan, safeguarder_id: str) -> None:
    """Ask for a review of each kind of target, and end the requests in each way but one."""
    requests, neutral = _Requests(office, plan), [a_mapping("S4.1", evidence.POLARITY_NEUTRAL)]
    wrong, other = (office.records(safeguarder_id, mappings=neutral).name for _ in range(2))
    requests.decides(requests.asks(wrong), Request.DECISION_UPHELD)
    office.does(TEAM, office.client.evidence.GetEvidenceItem, evidence.GetEvidenceItemRequest(name=wrong))
    of_the_record, text = requests.asks(_record(office, plan).name), _another_text(office, plan)
    requests.decides(of_the_record, Request.DECISION_PARTLY, record=text)
    action = plan.answers(plan.proposes(plan.manager, kind=plans.Action.KIND_CHANGE_PRACTICE))
    not_accepted = {"answer": Answer.ANSWER_NOT_ACCEPTED, "words": WORDS}
    requests.moves(requests.asks(action.name), "AcceptReviewRequest", SENIOR, **not_accepted)
    plan.ends(next(each for each in plan.reads().actions if each.name == action.name), plans.Action.STATE_WITHDRAWN)
    requests.decides(requests.asks(_a_concern(office, plan, safeguarder_id)), Request.DECISION_UPHELD)
    taken_back = requests.asks(other)
    requests.moves(taken_back, "WithdrawReviewRequest", plan.person)
    requests.decides(requests.asks(other), Request.DECISION_NOT_UPHELD)
    for name in _of_the_plan(plan):
        requests.moves(requests.asks(name), "WithdrawReviewRequest", plan.person)
    requests.asks(office.records(safeguarder_id, mappings=neutral).name)


def ask_about_a_recommendation(office: Doing, person: str, known: recommendations.Recommendation) -> None:
    """Ask for a review of a recommendation that was shared, and take that back."""
    asked = pb.CreateReviewRequestRequest(parent=f"safeguarders/{person}", target=known.name, words=WORDS)
    asked.grounds.extend(EVERY_GROUND)
    request = office.does(f"person-{person}", office.client.reviews.CreateReviewRequest, asked)
    taken_back = pb.WithdrawReviewRequestRequest(name=request.name, etag=request.etag)
    office.does(f"person-{person}", office.client.reviews.WithdrawReviewRequest, taken_back)


def ask_about_absences(office: Doing, session: scheduling.SupportSession, starts_at: datetime) -> None:
    """Record that somebody missed a session and a training, set a rule aside for them, and have each asked about."""
    person, client = session.name.split("/")[1], office.client
    does, manager = office.does, session.support_manager
    does(manager, client.sessions.ConfirmSupportSession, scheduling.ConfirmSupportSessionRequest(name=session.name))
    listed = scheduling.ListObligationsRequest(parent=f"safeguarders/{person}")
    owed = does(TEAM, client.obligations.ListObligations, listed).obligations
    training = next(one for one in owed if one.kind == scheduling.Obligation.KIND_MANDATORY_TRAINING)
    missed = scheduling.RecordTrainingAttendanceRequest(name=training.name, event_date=to_date(days_ago(0)))
    missed.attendance = scheduling.ATTENDANCE_ABSENT_UNEXCUSED
    does(TEAM, client.obligations.RecordTrainingAttendance, missed)
    until(lambda: datetime.now(UTC) > starts_at)
    absent = scheduling.RecordSupportSessionAttendanceRequest(name=session.name)
    absent.team_present_answer, absent.attendance = scheduling.YES_NO_YES, scheduling.ATTENDANCE_ABSENT_UNEXCUSED
    does(manager, client.sessions.RecordSupportSessionAttendance, absent)
    aside = overrides.CreateRuleOverrideRequest(parent=f"safeguarders/{person}", rule="report-late", reason=WORDS)
    aside.end_date.CopyFrom(to_date(days_ago(-9)))
    override = does(SENIOR, client.rule_overrides.CreateRuleOverride, aside)
    wait_until_settled(client)
    for name in (f"{training.name}/attendance", f"{session.name}/attendance", override.name):
        asked = pb.CreateReviewRequestRequest(parent=f"safeguarders/{person}", target=name, words=WORDS)
        asked.grounds.extend(EVERY_GROUND)
        does(f"person-{person}", client.reviews.CreateReviewRequest, asked)


def a_review_waits_too_long(tx: Connection, people_file: Path, safeguarder_id: str) -> None:
    """Have the calendar move the request up that nobody has taken up, as if its day had passed weeks ago."""
    calendar = Actor("calendar", Side.PANEL_TEAM, datetime.now(UTC))
    files = review_file(tx, Directory(people_file), calendar, 10)
    waits = next(each for each in files.requests.of(safeguarder_id) if each.is_open)
    passed = days_ago(14).isoformat()
    execute(
        tx,
        "UPDATE review_request SET up_on = ?, body = json_set(body, '$.assign_due_on', ?) "
        "WHERE review_id = ? AND is_newest",
        (passed, passed, waits.review_id),
    )
    move_up_overdue(files, 10)


def _of_the_plan(plan: Plan) -> Iterator[str]:
    """Yield the name of a support that was declined, of the change of approach that applies, and of what was found."""
    offered = plan.does(
        plan.manager, "OfferSupport", parent=plan.parent, kind=plans.Support.KIND_INFORMATION,
        supported=[plan.concern], discussed_date=to_date(days_ago(0)), again=True,
    )  # fmt: skip
    plan.replies(offered, REPLIES.ANSWER_DECLINED)
    yield str(offered.name)
    yield next(str(each.name) for each in plan.reads().approach_changes if each.state == _SERVED)
    named = {"parent": plan.parent, "standard": "S4", "words": WORDS, "concern": plan.concern, "again": True}
    yield str(plan.does(plan.manager, "CreateNeed", **named).name)
    yield str(plan.does(TEAM, "ListActionReviews", parent=plan.parent).action_reviews[0].name)
    view = next(each for each in plan.reads().views if each.name.endswith(plan.concern.rpartition("/")[2]))
    asked = plan.does(plan.manager, "AskForView", name=view.name, etag=view.etag)
    given = plans.GiveViewRequest.GIVEN_WORDS
    yield str(plan.does(plan.manager, "GiveView", name=view.name, given=given, words=WORDS, etag=asked.etag).name)


def _record(office: Doing, plan: Plan) -> sessions.SessionRecord:
    listed = sessions.ListSessionRecordsRequest(parent=plan.parent)
    found = office.does(TEAM, office.client.session_records.ListSessionRecords, listed)
    record: sessions.SessionRecord = found.session_records[0]
    return record


def _another_text(office: Doing, plan: Plan) -> sessions.RecordContent:
    content = _record(office, plan).content
    content.child_interest += " Each of them said so."
    return content


def _a_concern(office: Any, plan: Plan, safeguarder_id: str) -> str:
    """Return the concern that an upheld complaint raises once the Safeguarder has replied to it."""
    complaint = office.records(
        safeguarder_id, kind=evidence.EVIDENCE_KIND_COMPLAINT, aspect=evidence.ASPECT_CONDUCT,
        mappings=[a_mapping("S6.2")], complaint_outcome=evidence.COMPLAINT_OUTCOME_UPHELD,
    )  # fmt: skip
    shared = evidence.ShareEvidenceItemRequest(name=complaint.name)
    office.does(TEAM, office.client.evidence.ShareEvidenceItem, shared)
    replied = evidence.AddReplyRequest(name=complaint.name, text=WORDS)
    office.does(plan.person, office.client.evidence.AddReply, replied)
    wait_until_settled(office.client)
    concern: rules.Concern = office.concern(safeguarder_id, "conduct-triage")
    wait_until_settled(office.client)
    return str(concern.name)

"""One invented person with everything that pages show, as the services would answer it, and the forms about them."""

from datetime import date
from typing import Any

from google.protobuf import descriptor_pool, message_factory
from psmf.evidence.v1 import (
    decisions_pb2,
    directory_pb2,
    drafts_pb2,
    evidence_pb2,
    recommendations_pb2,
    review_requests_pb2,
    safeguarder_pb2,
    session_records_pb2,
)
from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import concern_moves_pb2, kpis_pb2, revisions_pb2, rules_pb2, simulations_pb2
from psmf.scheduling.v1 import cover_pb2, emergency_access_pb2, scheduling_pb2

from services.console.forms import recording as recording_forms
from services.platform.calls.wire import to_date
from tests.console.fixtures import complaints, rule_changes, steps
from tests.console.fixtures.feedback import links
from tests.console.fixtures.kpis import figure, found, series
from tests.console.fixtures.my_file import DRAFT, EDITIONS, ME, REPLY, concerns, item, standing
from tests.console.fixtures.my_reading import YEAR, an_action
from tests.console.fixtures.people import entry
from tests.console.fixtures.plans.away import leave, listed, suspension
from tests.console.fixtures.plans.pages import HELD
from tests.console.fixtures.plans.pages import proposed as proposed_of_a_plan
from tests.console.fixtures.recording import SAID, choices, draft, similar
from tests.console.fixtures.reviewing import answers, decisions, recommendations, requests
from tests.console.fixtures.reviewing.accesses import access
from tests.console.fixtures.session_records import RECORD, a_record, disputed
from tests.console.fixtures.sessions import papers, with_agenda
from tests.console.fixtures.team import ANDREW, MORAG, delegation
from tests.console.sent.services import Services
from tests.console.test_rules_view import LATE

MANAGER, SENIOR, TEAM, OWN = "support-manager-east-1", "senior-manager-west", "panel-team", "person-sg-1"
RECORDER, EDITOR, APPROVER, LEAD = "decision-recorder", "policy-editor", "policy-approver", "data-lead"
PERSON, SESSION = "/people/sg-1", "/people/sg-1/sessions/s-2"
OPENED = f"{ME}/emergencyAccesses/x-1"
CONTENT = rule_changes.CONTENT
_DRAFT = drafts_pb2.Draft.KIND_EVIDENCE_ITEM


def _named() -> Any:
    """Return a plan in which every part is named as the addresses name it."""
    plan = answers.plan(actions=[an_action(name=f"{ME}/actions/a-1", etag="a1")])
    plan.needs.add(name=f"{ME}/needs/n-1", standard="S2", words="To ring on the day before.", state=1)
    plan.views.add(name=f"{ME}/views/c-1", etag="v1")
    plan.term = 1
    return plan


def no_overlay() -> Any:
    """Return that nobody is on leave or suspended."""
    return listed()


def everything(**instead: Any) -> "World":
    """Return services that know the person. `instead`: other answers, by the names of methods."""
    person = entry(support_manager=MANAGER)
    told = recording_forms.as_bytes(recording_forms.Answers(SAID))
    known: dict[str, Any] = {
        "GetSafeguarder": person,
        "BatchGetSafeguarders": safeguarder_pb2.BatchGetSafeguardersResponse(safeguarders=[person]),
        "ListSafeguarders": safeguarder_pb2.ListSafeguardersResponse(safeguarders=[person], total_size=1),
        "SearchSafeguarders": safeguarder_pb2.SearchSafeguardersResponse(
            found=[safeguarder_pb2.FoundSafeguarder(safeguarder=person)], total=1
        ),
        "ListColleagues": directory_pb2.ListColleaguesResponse(
            people=[
                directory_pb2.Person(person=one, display_name=name, region="east")
                for one, name in ((MANAGER, "Demo Morag Reid"), (ANDREW.id, ANDREW.name), (MORAG.id, MORAG.name))
            ]
        ),
        "BatchGetPeople": directory_pb2.BatchGetPeopleResponse(
            people=[directory_pb2.Person(person=MANAGER, display_name="Demo Morag Reid")]
        ),
        "GetMyStanding": standing(REPLY),
        "GetEvidenceItem": item(etag="1", received_date=to_date(date(2026, 11, 24))),
        "ListEvidenceItems": evidence_pb2.ListEvidenceItemsResponse(evidence_items=[item()]),
        "ListOverlays": listed(leave(), suspension()),
        "ListActionReviews": HELD.answer,
        "GetRecordingChoices": choices(),
        "FindSimilarEvidenceItems": evidence_pb2.FindSimilarEvidenceItemsResponse(similar=similar(1)),
        "GetDraft": lambda request: (
            DRAFT
            if request.name == DRAFT.name
            else draft(1, name=request.name, safeguarder=ME, kind=_DRAFT, answers=told, etag="1")
        ),
        "CreateFeedbackLink": links.link(1, token="abcd" * 8),
        "RevokeFeedbackLink": links.link(1),
        "ListDrafts": drafts_pb2.ListDraftsResponse(drafts=[draft(1, safeguarder=ME, kind=_DRAFT)]),
        "AddReply": item(),
        "ListStandardsEditions": EDITIONS.answer,
        "ListRules": rules_pb2.ListRulesResponse(rules=[LATE]),
        "GetConcern": steps.concern(state=steps.STATE.STATE_IN_SUPPORT, allowed_moves=[*steps.MOVE.values()]),
        "ListConcerns": concerns(
            steps.concern(), steps.concern(name=f"{ME}/concerns/c-3"), answers.invitation()
        ).answer,
        "GetDevelopmentPlan": _named(),
        "GetSupportSession": with_agenda(),
        "ListSupportSessions": scheduling_pb2.ListSupportSessionsResponse(support_sessions=[with_agenda()]),
        "GetSessionRecord": a_record(),
        "ListSessionRecords": session_records_pb2.ListSessionRecordsResponse(session_records=[disputed()]),
        "GetSessionPack": papers(
            named=session_records_pb2.SessionPack.Named(evidence_items=[item()], development_plan=_named())
        ),
        "ListObligations": YEAR.answer,
        "GetReviewRequest": requests.request(),
        "ListReviewRequests": review_requests_pb2.ListReviewRequestsResponse(review_requests=[requests.request()]),
        "ListReviewers": requests.REVIEWERS.answer,
        "GetReadiness": recommendations_pb2.Readiness(
            safeguarder=ME, recommendations=[recommendations.recommendation()]
        ),
        "GetRecommendationPack": recommendations.pack(),
        "ListMinisterialDecisions": decisions_pb2.ListMinisterialDecisionsResponse(decisions=[decisions.decision()]),
        "ListAlerts": notifications_pb2.ListAlertsResponse(),
        "ListDelegations": cover_pb2.ListDelegationsResponse(
            delegations=[delegation(1, support_manager=MANAGER, delegate=ANDREW.id)]
        ),
        "ListEmergencyAccesses": emergency_access_pb2.ListEmergencyAccessesResponse(
            emergency_accesses=[access(1, name=OPENED, opened_by=ANDREW.id)]
        ),
        "GetKpiReport": found(figure()),
        "GetKpiSeries": series(),
        "ListKpiReports": kpis_pb2.ListKpiReportsResponse(),
        "ListParameters": rules_pb2.ListParametersResponse(parameters=[rule_changes.the_number()]),
        "ChangeParameter": rule_changes.looked_at(),
        "GetSimulation": rule_changes.trial(),
        "GetRulebookRevision": rule_changes.revision(),
        "ListRulebookRevisions": revisions_pb2.ListRulebookRevisionsResponse(
            rulebook_revisions=[rule_changes.revision()]
        ),
        "CompareRulebookRevisions": rule_changes.differs(),
        "GetRulebookPlan": rule_changes.PLAN,
        "ListSimulations": simulations_pb2.ListSimulationsResponse(simulations=[rule_changes.run()]),
    }
    return World(**(known | instead))


class World(Services):
    """Services of which every method answers: what is not told is an empty message, with the name it was asked for.

    `fails`: how every write fails.
    """

    fails: Exception | None = None

    async def call(self, visit: Any, method: Any, request: Any, seconds: float) -> Any:
        """Answer a call."""
        if self.fails is not None and hasattr(request, "request_id") and request.request_id:
            raise self.fails
        service, _, name = method._method.decode().lstrip("/").partition("/")
        if name not in self.answers:
            asked = descriptor_pool.Default().FindServiceByName(service).methods_by_name[name]
            answer: Any = message_factory.GetMessageClass(asked.output_type)()
            if "name" in asked.output_type.fields_by_name:
                fields: Any = request
                parent = fields.parent if hasattr(fields, "parent") else "things"
                answer.name = fields.name if hasattr(fields, "name") else f"{parent}/things/x-1"
            self.answers[name] = answer
        return await super().call(visit, method, request, seconds)


PARTS = ("e-2", "c-1", "o-1", "S2", "child", "spoken")


def over() -> Any:
    """Return an emergency access that waits for its review."""
    one = access(1, name=OPENED, opened_by=ANDREW.id, state=emergency_access_pb2.EmergencyAccess.STATE_OVER)
    return emergency_access_pb2.ListEmergencyAccessesResponse(emergency_accesses=[one])


def complaint() -> Any:
    """Return a complaint without an outcome."""
    pb = evidence_pb2
    return item(etag="1", kind=pb.EVIDENCE_KIND_COMPLAINT, complaint_outcome=pb.COMPLAINT_OUTCOME_PENDING)


def complaint_at_stage_2() -> Any:
    """Return a complaint of which some steps are recorded, and whose answer is awaited."""
    return complaints.at_stage_2(name=item().name)


def matter(state: Any) -> Any:
    """Return a matter on which every step is possible."""
    course = concern_moves_pb2.ConcernCourse(held_for=[concern_moves_pb2.HOLD_REASON_PRACTICE_UNCLEAR])
    return steps.concern(state=state, allowed_moves=[*steps.MOVE.values()], course=course)


def owned() -> Any:
    """Return a matter as its subject reads it."""
    return concerns(steps.concern()).answer.concerns[0]


def proposed() -> Any:
    """Return a session of which the date is proposed."""
    return with_agenda(scheduling_pb2.SupportSession.STATE_PROPOSED)


def waiting_correction() -> Any:
    """Return a decision with a correction that waits for another person."""
    return decisions_pb2.ListMinisterialDecisionsResponse(decisions=[decisions.decision(decisions.correction())])


def approved(state: Any = rule_changes.State.STATE_APPROVED) -> Any:
    """Return a change that was approved."""
    return rule_changes.revision(state, approvals=[rule_changes.approval()])


def not_shared() -> Any:
    """Return an item that nobody has shared yet."""
    found = item(etag="1")
    found.ClearField("shared_date")
    return found


def accepted() -> Any:
    """Return a review that waits for a reviewer."""
    return requests.request(state=requests.REQUEST.STATE_ACCEPTED)


def proposed_action() -> Any:
    """Return a plan with an action that waits for the answer of the Safeguarder."""
    return answers.plan(actions=[proposed_of_a_plan()])


def final_papers() -> Any:
    """Return papers while the plan is final."""
    plan = _named()
    plan.in_force.state = plan.in_force.STATE_IN_FORCE
    return papers(named=session_records_pb2.SessionPack.Named(evidence_items=[item()], development_plan=plan))


def invitation() -> Any:
    """Return praise that waits for an answer to an invitation."""
    return answers.invitation()


def shared_record() -> Any:
    """Return the record of a session that waits for the answer of the Safeguarder."""
    return a_record(RECORD.STATE_SHARED)


def submitted() -> Any:
    """Return a recommendation that waits for what Ministers decide."""
    return recommendations.pack(state=recommendations.REC.STATE_SUBMITTED)

"""Every address of the console, in one list."""

from collections.abc import Set
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.console.failures import NotThere, WrongMethod
from services.console.frame import Frame
from services.console.pages import about, item_steps, matter_steps, matters, rules, sign_in, today
from services.console.pages.answers import own
from services.console.pages.decisions import recording
from services.console.pages.kpis import freezing, ledger
from services.console.pages.kpis import reading as reading_kpis
from services.console.pages.my_file import reading, reply, start, whole
from services.console.pages.my_file import session as my_session
from services.console.pages.people import file, listed
from services.console.pages.plan import pages as plans
from services.console.pages.recommendations import reading as recommendations
from services.console.pages.recommendations import steps as recommendation_steps
from services.console.pages.recording import check, drafts, questions
from services.console.pages.reviews import disagree
from services.console.pages.reviews import reading as reviews
from services.console.pages.reviews import steps as review_steps
from services.console.pages.rule_changes import numbers
from services.console.pages.rule_changes import reading as reading_changes
from services.console.pages.rule_changes import steps as steps_of_changes
from services.console.pages.sessions import reading as sessions
from services.console.pages.sessions import record as session_record
from services.console.pages.sessions import steps as session_steps
from services.console.pages.team import changing
from services.console.pages.team import reading as reading_team
from services.console.requests import Visit
from services.console.static_files import StaticFiles

STAFF = frozenset({"support_manager", "senior_manager", "panel_team"})
SAFEGUARDER = frozenset({"safeguarder"})
SEES_TO_SUPPORT = frozenset({"senior_manager", "panel_team"})
SEES_FIGURES = frozenset({"panel_team", "senior_manager", "official", "data_lead", "auditor"})
RECORDS = frozenset({"support_manager", "panel_team"})
"""Roles that record evidence about others."""
EDITOR, POLICY = frozenset({"policy_editor"}), frozenset({"policy_editor", "policy_approver"})
READS_CHANGES = POLICY | {"auditor"}
WRITES = frozenset({"support_manager"})
"""The role that writes records of sessions."""
SENIORS = frozenset({"senior_manager", "panel_team"})
RECORDERS = frozenset({"decision_recorder"})
DECISION = "/decisions/{safeguarder}/{recommendation}"
MY_RECOMMENDATION_STEP = "/my-file/recommendations/{recommendation}/{step}"
RECOMMENDATION_STEP = "/recommendations/{safeguarder}/{recommendation}/{step}"
ANSWER = "/my-file/{kind}/{part}/{step}"
STEP = "/people/{safeguarder}/matters/{concern}/{step}"
PLAN_STEP = "/plan/{kind}/{one}/{step}"
SESSION, MY_SESSION = "/people/{safeguarder}/sessions/{session}", "/my-file/sessions/{session}"


class Addresses:
    """Makes the routes of pages. A route has the name of its function, which leads back to it after signing in."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def get(self, path: str, page: rules.Shows, *, signed_in: bool = True, roles: Set[str] = frozenset()) -> Route:
        """Return the route of a page."""
        return self._route("GET", path, page, signed_in=signed_in, roles=roles)

    def post(self, path: str, page: rules.Shows, *, signed_in: bool = True, roles: Set[str] = frozenset()) -> Route:
        """Return the route that a form is sent to."""
        return self._route("POST", path, page, signed_in=signed_in, roles=roles)

    def form(self, path: str, asked: rules.Shows, sent: rules.Shows, *, roles: Set[str]) -> tuple[Route, Route]:
        """Return the routes of a form: it is asked for and sent to at one address."""
        return self.get(path, asked, roles=roles), self.post(path, sent, roles=roles)

    def _route(self, method: str, path: str, page: rules.Shows, *, signed_in: bool, roles: Set[str]) -> Route:
        endpoint = self._frame.show(path, partial(page, self._frame), signed_in=signed_in, roles=roles)
        return Route(path, endpoint, methods=[method], name=page.__name__)


def console_app(frame: Frame, static: StaticFiles) -> Starlette:
    """Return the app."""

    at = Addresses(frame)
    ways_in = [
        at.get("/sign-in/start", sign_in.start_sign_in, signed_in=False),
        at.get("/sign-in/back", sign_in.came_back, signed_in=False),
    ]
    if frame.demo:
        ways_in = [at.post("/sign-in", sign_in.signed_in, signed_in=False)]

    return Starlette(
        routes=[
            at.get("/", sign_in.start),
            at.get("/sign-in", sign_in.sign_in, signed_in=False),
            *ways_in,
            at.post("/sign-out", sign_in.sign_out, signed_in=False),
            *_of_the_day(at),
            *_of_recording(at),
            *_of_people(at),
            *_of_matters(at),
            *_of_sessions(at),
            *_of_a_safeguarder(at),
            *_of_figures(at),
            *_of_the_team(at),
            *_of_reviews_and_decisions(at),
            *_of_the_rules(at),
            *_about(at),
            Route("/static/{name}", partial(_file, frame, static), name="static"),
        ],
        exception_handlers={404: partial(_not_there, frame), 405: partial(_wrong_method, frame)},
    )


def _of_the_day(at: Addresses) -> list[Route]:
    """Return what waits for the Team and its managers."""
    return [
        at.get("/today", today.today, roles=STAFF),
        at.get("/today/{group}", today.today_group, roles=STAFF),
    ]


def _of_people(at: Addresses) -> list[Route]:
    """Return the pages about people, for those who work with them."""
    return [
        at.get("/people", listed.people, roles=STAFF),
        *at.form("/search", listed.search_people, listed.search_sent, roles=STAFF),
        at.get("/people/{safeguarder}", file.person, roles=STAFF | SAFEGUARDER),
        at.get("/people/{safeguarder}/evidence", file.person_evidence, roles=STAFF),
        at.get("/people/{safeguarder}/evidence/{item}", file.person_item, roles=STAFF),
        at.get("/people/{safeguarder}/matters", file.person_matters, roles=STAFF),
    ]


def _of_matters(at: Addresses) -> list[Route]:
    """Return the pages of a matter, and of the steps on it."""
    return [
        at.get("/people/{safeguarder}/matters/{concern}", matters.matter, roles=STAFF),
        *at.form(STEP, matter_steps.matter_step, matter_steps.matter_step_sent, roles=STAFF),
    ]


def _of_sessions(at: Addresses) -> list[Route]:
    """Return the pages of sessions and plans: the Team's, and those of the Safeguarder concerned."""
    return [
        at.get("/sessions", sessions.diary, roles=WRITES),
        at.get("/people/{safeguarder}/sessions", sessions.person_sessions, roles=STAFF),
        at.get(SESSION, sessions.person_session, roles=STAFF),
        at.get(f"{SESSION}/prepare", sessions.person_sheet, roles=STAFF),
        at.get(f"{SESSION}/calendar", sessions.person_calendar, roles=STAFF),
        *at.form(f"{SESSION}/record/attendance", session_steps.attendance, session_steps.attendance_sent, roles=STAFF),
        at.get(f"{SESSION}/record", session_record.person_record, roles=STAFF),
        *at.form(
            f"{SESSION}/record/{{part}}", session_record.record_part, session_record.record_part_sent, roles=WRITES
        ),
        *at.form(f"{SESSION}/share", session_record.person_share, session_record.person_share_sent, roles=WRITES),
        *at.form(f"{SESSION}/respond", session_record.person_respond, session_record.person_respond_sent, roles=WRITES),
        *at.form(
            f"{SESSION}/{{step}}",
            session_steps.person_session_step,
            session_steps.person_session_step_sent,
            roles=STAFF,
        ),
        at.get("/people/{safeguarder}/plan", plans.person_plan, roles=STAFF),
        *at.form(
            f"/people/{{safeguarder}}{PLAN_STEP}", plans.person_plan_step, plans.person_plan_step_sent, roles=STAFF
        ),
        *at.form(f"/my-file{PLAN_STEP}", my_session.my_plan_step, my_session.my_plan_step_sent, roles=SAFEGUARDER),
        at.get(MY_SESSION, my_session.my_session, roles=SAFEGUARDER),
        at.get(f"{MY_SESSION}/prepare", my_session.my_sheet, roles=SAFEGUARDER),
        at.get(f"{MY_SESSION}/calendar", my_session.my_calendar, roles=SAFEGUARDER),
        at.get(f"{MY_SESSION}/record", my_session.my_record, roles=SAFEGUARDER),
        *at.form(f"{MY_SESSION}/answer", session_record.my_answer, session_record.my_answer_sent, roles=SAFEGUARDER),
        *at.form(
            f"{MY_SESSION}/{{step}}", my_session.my_session_step, my_session.my_session_step_sent, roles=SAFEGUARDER
        ),
    ]


def _of_a_safeguarder(at: Addresses) -> list[Route]:
    """Return the pages that are a Safeguarder's own."""
    return [
        at.get("/my-file", start.my_file, roles=SAFEGUARDER),
        at.get("/my-file/evidence", reading.my_evidence, roles=SAFEGUARDER),
        at.get("/my-file/evidence/{item}", reply.my_item, roles=SAFEGUARDER),
        *at.form("/my-file/evidence/{item}/reply", reply.my_reply, reply.my_reply_sent, roles=SAFEGUARDER),
        at.get("/my-file/matters", reading.my_matters, roles=SAFEGUARDER),
        at.get("/my-file/matters/{concern}", reading.my_matter, roles=SAFEGUARDER),
        at.get("/my-file/sessions", reading.my_sessions, roles=SAFEGUARDER),
        at.get("/my-file/plan", reading.my_plan, roles=SAFEGUARDER),
        at.get("/my-file/readers", whole.my_readers, roles=SAFEGUARDER),
        at.get("/my-file/download", whole.my_download, roles=SAFEGUARDER),
        at.get("/my-file/download/{file}", whole.my_whole_file, roles=SAFEGUARDER),
        *_of_own_answers(at),
    ]


def _of_own_answers(at: Addresses) -> list[Route]:
    """Return the pages on which a Safeguarder answers, or disagrees. The last address fits others too."""
    return [
        at.get("/my-file/disagree", disagree.my_disagreement, roles=SAFEGUARDER),
        *at.form(
            "/my-file/disagree/{kind}/{part}",
            disagree.my_disagreement_with,
            disagree.my_disagreement_sent,
            roles=SAFEGUARDER,
        ),
        at.get("/my-file/recommendations", recommendations.my_readiness, roles=SAFEGUARDER),
        at.get("/my-file/recommendations/{recommendation}", recommendations.my_recommendation, roles=SAFEGUARDER),
        *at.form(
            MY_RECOMMENDATION_STEP,
            recommendation_steps.my_recommendation_step,
            recommendation_steps.my_recommendation_step_sent,
            roles=SAFEGUARDER,
        ),
        at.get("/my-file/reviews", reviews.my_reviews, roles=SAFEGUARDER),
        at.get("/my-file/reviews/{review}", reviews.my_review, roles=SAFEGUARDER),
        *at.form(
            "/my-file/reviews/{review}/{step}",
            review_steps.my_review_step,
            review_steps.my_review_step_sent,
            roles=SAFEGUARDER,
        ),
        *at.form(ANSWER, own.my_answer, own.my_answer_sent, roles=SAFEGUARDER),
    ]


def _of_reviews_and_decisions(at: Addresses) -> list[Route]:
    """Return the pages of reviews, recommendations and decisions for those who work on them."""
    return [*_of_reviews(at), *_of_recommendations(at), *_of_decisions(at)]


def _of_reviews(at: Addresses) -> list[Route]:
    """Return the pages of reviews for the staff."""
    return [
        at.get("/reviews", reviews.reviews, roles=STAFF),
        at.get("/reviews/{safeguarder}/{review}", reviews.review, roles=STAFF),
        *at.form(
            "/reviews/{safeguarder}/{review}/{step}",
            review_steps.review_step,
            review_steps.review_step_sent,
            roles=STAFF,
        ),
        at.get("/people/{safeguarder}/reviews", reviews.reviews_of, roles=STAFF),
    ]


def _of_recommendations(at: Addresses) -> list[Route]:
    """Return the pages of recommendations for the Team and its managers."""
    return [
        at.get("/recommendations", recommendations.recommendations, roles=SENIORS),
        at.get("/recommendations/{safeguarder}", recommendations.readiness, roles=STAFF),
        at.get("/recommendations/{safeguarder}/{recommendation}", recommendations.recommendation, roles=STAFF),
        *at.form(
            RECOMMENDATION_STEP,
            recommendation_steps.recommendation_step,
            recommendation_steps.recommendation_step_sent,
            roles=SENIORS,
        ),
    ]


def _of_decisions(at: Addresses) -> list[Route]:
    """Return the pages of those who record what Ministers decided."""
    return [
        *at.form("/decisions", recording.decisions, recording.decision_found, roles=RECORDERS),
        at.get(DECISION, recording.decision, roles=RECORDERS),
        *at.form(f"{DECISION}/record", recording.decision_record, recording.decision_recorded, roles=RECORDERS),
        *at.form(
            f"{DECISION}/records/{{decision}}/{{step}}",
            recording.decision_step,
            recording.decision_step_sent,
            roles=RECORDERS,
        ),
    ]


def _of_figures(at: Addresses) -> list[Route]:
    """Return the pages on key performance indicators. The ledger says who counts."""
    return [
        at.get("/kpis", reading_kpis.kpis, roles=SEES_FIGURES),
        at.get("/kpis/{period}", reading_kpis.kpis_of, roles=SEES_FIGURES),
        at.get("/kpis/{period}/figures.csv", reading_kpis.kpis_file, roles=SEES_FIGURES),
        *at.form("/kpis/{period}/freeze", freezing.kpi_freeze, freezing.kpi_freeze_sent, roles=reading_kpis.FREEZES),
        at.get("/kpis/{period}/{kpi}", reading_kpis.kpi, roles=SEES_FIGURES),
        at.get("/kpis/{period}/{kpi}/ledger", ledger.kpi_ledger, roles=reading_kpis.OPENS_LEDGER),
        at.get("/kpis/{period}/{kpi}/ledger.csv", ledger.kpi_ledger_file, roles=reading_kpis.OPENS_LEDGER),
    ]


def _of_recording(at: Addresses) -> list[Route]:
    """Return the pages on which evidence is recorded, and those of drafts."""
    of_all, begun = RECORDS | SAFEGUARDER, "/people/{safeguarder}/evidence/new"
    question, place = "/evidence/new/{draft}/{question}", "/evidence/new/{draft}"
    return [
        *at.form("/evidence/new", drafts.recording, drafts.recording_sent, roles=of_all),
        *at.form(begun, questions.recording_begun, questions.recording_begun_sent, roles=RECORDS),
        *at.form(f"{place}/who", drafts.recording_who, drafts.recording_who_sent, roles=RECORDS),
        *at.form(f"{place}/alike", check.recording_alike, check.recording_alike_sent, roles=of_all),
        *at.form(f"{place}/check", check.recording_check, check.recording_check_sent, roles=of_all),
        *at.form(question, questions.recording_question, questions.recording_question_sent, roles=of_all),
        *at.form(
            "/people/{safeguarder}/evidence/{item}/{step}",
            item_steps.item_step,
            item_steps.item_step_sent,
            roles=RECORDS,
        ),
        at.get("/drafts", drafts.drafts, roles=STAFF | SAFEGUARDER),
        *at.form("/drafts/{draft}/delete", drafts.draft_deletion, drafts.draft_deleted, roles=STAFF | SAFEGUARDER),
    ]


def _of_the_team(at: Addresses) -> list[Route]:
    """Return the pages on who supports whom, for those who see to it."""
    manager, person = "/team/managers/{manager}", "/team/people/{safeguarder}/manager"
    return [
        at.get("/team", reading_team.team, roles=SEES_TO_SUPPORT),
        at.get("/team/load", reading_team.team_load, roles=SEES_TO_SUPPORT),
        at.get(manager, reading_team.team_manager, roles=SEES_TO_SUPPORT),
        *at.form(f"{manager}/cover", changing.team_cover, changing.team_cover_sent, roles=SEES_TO_SUPPORT),
        *at.form(f"{manager}/end-cover", changing.team_end_cover, changing.team_end_cover_sent, roles=SEES_TO_SUPPORT),
        *at.form(person, changing.team_change, changing.team_change_sent, roles=SEES_TO_SUPPORT),
    ]


def _about(at: Addresses) -> list[Route]:
    """Return the pages about the suite itself."""
    return [
        at.get("/about", about.about, signed_in=False),
        at.get("/about/status", about.about_status),
        at.get("/about/{page}", about.about_page, signed_in=False),
    ]


def _of_the_rules(at: Addresses) -> list[Route]:
    """Return the pages of the rules, and those on which they are changed."""
    number, one = "/numbers/{parameter}/change", "/rule-changes/{revision}"
    return [
        at.get("/rules", rules.rules),
        at.get("/rules/{rule}", rules.rule),
        at.get("/rules/{rule}/at/{day}", rules.rule_at),
        *at.form(number, numbers.number_change, numbers.number_change_sent, roles=EDITOR),
        *at.form(f"{number}/{{trial}}", numbers.number_change_check, numbers.number_change_hand_in, roles=EDITOR),
        at.get("/rule-changes", reading_changes.rule_changes, roles=READS_CHANGES),
        at.get(one, reading_changes.rule_change, roles=READS_CHANGES),
        at.get(f"{one}/compare", reading_changes.rule_change_compared, roles=READS_CHANGES),
        at.get(f"{one}/examples", reading_changes.rule_change_examples, roles=READS_CHANGES),
        *at.form(f"{one}/what-if", reading_changes.rule_change_tried, reading_changes.rule_change_try, roles=POLICY),
        at.get(f"{one}/what-if/{{run}}", reading_changes.rule_change_run, roles=POLICY),
        *at.form(
            f"{one}/{{step}}", steps_of_changes.rule_change_step, steps_of_changes.rule_change_step_sent, roles=POLICY
        ),
    ]


async def _file(frame: Frame, static: StaticFiles, request: Request) -> Response:
    """Answer with a file. It needs no reader, so it counts against nobody's limit."""
    try:
        return frame.headed(await static.answer(request))
    except NotThere:
        return frame.headed(Response(status_code=404))


async def _not_there(frame: Frame, request: Request, _: Exception) -> Response:
    async def none(visit: Visit) -> Response:
        raise NotThere

    return await frame.show("(no page)", none, signed_in=False)(request)


async def _wrong_method(frame: Frame, request: Request, problem: Exception) -> Response:
    async def none(visit: Visit) -> Response:
        raise WrongMethod

    response = await frame.show("(no page)", none, signed_in=False)(request)
    if isinstance(problem, HTTPException) and problem.headers:
        response.headers["allow"] = problem.headers["Allow"]
    return response

"""Every address of the console, in one list."""

from collections.abc import Callable, Set
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


def console_app(frame: Frame, static: StaticFiles) -> Starlette:
    """Return the app."""

    def get(path: str, page: rules.Shows, *, signed_in: bool = True, roles: Set[str] = frozenset()) -> Route:
        endpoint = frame.show(path, partial(page, frame), signed_in=signed_in, roles=roles)
        return Route(path, endpoint, name=page.__name__)

    def post(path: str, page: rules.Shows, *, signed_in: bool = True, roles: Set[str] = frozenset()) -> Route:
        endpoint = frame.show(path, partial(page, frame), signed_in=signed_in, roles=roles)
        return Route(path, endpoint, methods=["POST"], name=page.__name__)

    ways_in = [
        get("/sign-in/start", sign_in.start_sign_in, signed_in=False),
        get("/sign-in/back", sign_in.came_back, signed_in=False),
    ]
    if frame.demo:
        ways_in = [post("/sign-in", sign_in.signed_in, signed_in=False)]

    return Starlette(
        routes=[
            get("/", sign_in.start),
            get("/sign-in", sign_in.sign_in, signed_in=False),
            *ways_in,
            post("/sign-out", sign_in.sign_out, signed_in=False),
            *_of_the_day(get),
            *_of_recording(get, post),
            *_of_people(get, post),
            *_of_matters(get, post),
            *_of_sessions(get, post),
            *_of_a_safeguarder(get, post),
            *_of_figures(get, post),
            *_of_the_team(get, post),
            *_of_reviews_and_decisions(get, post),
            *_of_the_rules(get, post),
            *_about(get),
            Route("/static/{name}", partial(_file, frame, static), name="static"),
        ],
        exception_handlers={404: partial(_not_there, frame), 405: partial(_wrong_method, frame)},
    )


def _of_the_day(get: Callable[..., Route]) -> list[Route]:
    """Return what waits for the Team and its managers."""
    return [
        get("/today", today.today, roles=STAFF),
        get("/today/{group}", today.today_group, roles=STAFF),
    ]


def _of_people(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages about people, for those who work with them."""
    return [
        get("/people", listed.people, roles=STAFF),
        get("/search", listed.search_people, roles=STAFF),
        post("/search", listed.search_sent, roles=STAFF),
        get("/people/{safeguarder}", file.person, roles=STAFF | SAFEGUARDER),
        get("/people/{safeguarder}/evidence", file.person_evidence, roles=STAFF),
        get("/people/{safeguarder}/evidence/{item}", file.person_item, roles=STAFF),
        get("/people/{safeguarder}/matters", file.person_matters, roles=STAFF),
    ]


def _of_matters(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages of a matter, and of the steps on it."""
    return [
        get("/people/{safeguarder}/matters/{concern}", matters.matter, roles=STAFF),
        get(STEP, matter_steps.matter_step, roles=STAFF),
        post(STEP, matter_steps.matter_step_sent, roles=STAFF),
    ]


def _of_sessions(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages of sessions and plans: the Team's, and those of the Safeguarder concerned."""
    return [
        get("/sessions", sessions.diary, roles=WRITES),
        get("/people/{safeguarder}/sessions", sessions.person_sessions, roles=STAFF),
        get(SESSION, sessions.person_session, roles=STAFF),
        get(f"{SESSION}/prepare", sessions.person_sheet, roles=STAFF),
        get(f"{SESSION}/calendar", sessions.person_calendar, roles=STAFF),
        get(f"{SESSION}/record/attendance", session_steps.attendance, roles=STAFF),
        post(f"{SESSION}/record/attendance", session_steps.attendance_sent, roles=STAFF),
        get(f"{SESSION}/record", session_record.person_record, roles=STAFF),
        get(f"{SESSION}/record/{{part}}", session_record.record_part, roles=WRITES),
        post(f"{SESSION}/record/{{part}}", session_record.record_part_sent, roles=WRITES),
        get(f"{SESSION}/share", session_record.person_share, roles=WRITES),
        post(f"{SESSION}/share", session_record.person_share_sent, roles=WRITES),
        get(f"{SESSION}/respond", session_record.person_respond, roles=WRITES),
        post(f"{SESSION}/respond", session_record.person_respond_sent, roles=WRITES),
        get(f"{SESSION}/{{step}}", session_steps.person_session_step, roles=STAFF),
        post(f"{SESSION}/{{step}}", session_steps.person_session_step_sent, roles=STAFF),
        get("/people/{safeguarder}/plan", plans.person_plan, roles=STAFF),
        get(f"/people/{{safeguarder}}{PLAN_STEP}", plans.person_plan_step, roles=STAFF),
        post(f"/people/{{safeguarder}}{PLAN_STEP}", plans.person_plan_step_sent, roles=STAFF),
        get(f"/my-file{PLAN_STEP}", my_session.my_plan_step, roles=SAFEGUARDER),
        post(f"/my-file{PLAN_STEP}", my_session.my_plan_step_sent, roles=SAFEGUARDER),
        get(MY_SESSION, my_session.my_session, roles=SAFEGUARDER),
        get(f"{MY_SESSION}/prepare", my_session.my_sheet, roles=SAFEGUARDER),
        get(f"{MY_SESSION}/calendar", my_session.my_calendar, roles=SAFEGUARDER),
        get(f"{MY_SESSION}/record", my_session.my_record, roles=SAFEGUARDER),
        get(f"{MY_SESSION}/answer", session_record.my_answer, roles=SAFEGUARDER),
        post(f"{MY_SESSION}/answer", session_record.my_answer_sent, roles=SAFEGUARDER),
        get(f"{MY_SESSION}/{{step}}", my_session.my_session_step, roles=SAFEGUARDER),
        post(f"{MY_SESSION}/{{step}}", my_session.my_session_step_sent, roles=SAFEGUARDER),
    ]


def _of_a_safeguarder(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages that are a Safeguarder's own."""
    return [
        get("/my-file", start.my_file, roles=SAFEGUARDER),
        get("/my-file/evidence", reading.my_evidence, roles=SAFEGUARDER),
        get("/my-file/evidence/{item}", reply.my_item, roles=SAFEGUARDER),
        get("/my-file/evidence/{item}/reply", reply.my_reply, roles=SAFEGUARDER),
        post("/my-file/evidence/{item}/reply", reply.my_reply_sent, roles=SAFEGUARDER),
        get("/my-file/matters", reading.my_matters, roles=SAFEGUARDER),
        get("/my-file/matters/{concern}", reading.my_matter, roles=SAFEGUARDER),
        get("/my-file/sessions", reading.my_sessions, roles=SAFEGUARDER),
        get("/my-file/plan", reading.my_plan, roles=SAFEGUARDER),
        get("/my-file/readers", whole.my_readers, roles=SAFEGUARDER),
        get("/my-file/download", whole.my_download, roles=SAFEGUARDER),
        get("/my-file/download/{file}", whole.my_whole_file, roles=SAFEGUARDER),
        *_of_own_answers(get, post),
    ]


def _of_own_answers(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages on which a Safeguarder answers, or disagrees. The last address fits others too."""
    return [
        get("/my-file/disagree", disagree.my_disagreement, roles=SAFEGUARDER),
        get("/my-file/disagree/{kind}/{part}", disagree.my_disagreement_with, roles=SAFEGUARDER),
        post("/my-file/disagree/{kind}/{part}", disagree.my_disagreement_sent, roles=SAFEGUARDER),
        get("/my-file/recommendations", recommendations.my_readiness, roles=SAFEGUARDER),
        get("/my-file/recommendations/{recommendation}", recommendations.my_recommendation, roles=SAFEGUARDER),
        get(MY_RECOMMENDATION_STEP, recommendation_steps.my_recommendation_step, roles=SAFEGUARDER),
        post(MY_RECOMMENDATION_STEP, recommendation_steps.my_recommendation_step_sent, roles=SAFEGUARDER),
        get("/my-file/reviews", reviews.my_reviews, roles=SAFEGUARDER),
        get("/my-file/reviews/{review}", reviews.my_review, roles=SAFEGUARDER),
        get("/my-file/reviews/{review}/{step}", review_steps.my_review_step, roles=SAFEGUARDER),
        post("/my-file/reviews/{review}/{step}", review_steps.my_review_step_sent, roles=SAFEGUARDER),
        get(ANSWER, own.my_answer, roles=SAFEGUARDER),
        post(ANSWER, own.my_answer_sent, roles=SAFEGUARDER),
    ]


def _of_reviews_and_decisions(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages of reviews, recommendations and decisions for those who work on them."""
    return [*_of_reviews(get, post), *_of_recommendations(get, post), *_of_decisions(get, post)]


def _of_reviews(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages of reviews for the staff."""
    return [
        get("/reviews", reviews.reviews, roles=STAFF),
        get("/reviews/{safeguarder}/{review}", reviews.review, roles=STAFF),
        get("/reviews/{safeguarder}/{review}/{step}", review_steps.review_step, roles=STAFF),
        post("/reviews/{safeguarder}/{review}/{step}", review_steps.review_step_sent, roles=STAFF),
        get("/people/{safeguarder}/reviews", reviews.reviews_of, roles=STAFF),
    ]


def _of_recommendations(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages of recommendations for the Team and its managers."""
    return [
        get("/recommendations", recommendations.recommendations, roles=SENIORS),
        get("/recommendations/{safeguarder}", recommendations.readiness, roles=STAFF),
        get("/recommendations/{safeguarder}/{recommendation}", recommendations.recommendation, roles=STAFF),
        get(RECOMMENDATION_STEP, recommendation_steps.recommendation_step, roles=SENIORS),
        post(RECOMMENDATION_STEP, recommendation_steps.recommendation_step_sent, roles=SENIORS),
    ]


def _of_decisions(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages of those who record what Ministers decided."""
    return [
        get("/decisions", recording.decisions, roles=RECORDERS),
        post("/decisions", recording.decision_found, roles=RECORDERS),
        get(DECISION, recording.decision, roles=RECORDERS),
        get(f"{DECISION}/record", recording.decision_record, roles=RECORDERS),
        post(f"{DECISION}/record", recording.decision_recorded, roles=RECORDERS),
        get(f"{DECISION}/records/{{decision}}/{{step}}", recording.decision_step, roles=RECORDERS),
        post(f"{DECISION}/records/{{decision}}/{{step}}", recording.decision_step_sent, roles=RECORDERS),
    ]


def _of_figures(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages on key performance indicators. The ledger says who counts."""
    return [
        get("/kpis", reading_kpis.kpis, roles=SEES_FIGURES),
        get("/kpis/{period}", reading_kpis.kpis_of, roles=SEES_FIGURES),
        get("/kpis/{period}/figures.csv", reading_kpis.kpis_file, roles=SEES_FIGURES),
        get("/kpis/{period}/freeze", freezing.kpi_freeze, roles=reading_kpis.FREEZES),
        post("/kpis/{period}/freeze", freezing.kpi_freeze_sent, roles=reading_kpis.FREEZES),
        get("/kpis/{period}/{kpi}", reading_kpis.kpi, roles=SEES_FIGURES),
        get("/kpis/{period}/{kpi}/ledger", ledger.kpi_ledger, roles=reading_kpis.OPENS_LEDGER),
        get("/kpis/{period}/{kpi}/ledger.csv", ledger.kpi_ledger_file, roles=reading_kpis.OPENS_LEDGER),
    ]


def _of_recording(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages on which evidence is recorded, and those of drafts."""
    of_all, begun = RECORDS | SAFEGUARDER, "/people/{safeguarder}/evidence/new"
    question, place = "/evidence/new/{draft}/{question}", "/evidence/new/{draft}"
    return [
        get("/evidence/new", drafts.recording, roles=of_all),
        post("/evidence/new", drafts.recording_sent, roles=of_all),
        get(begun, questions.recording_begun, roles=RECORDS),
        post(begun, questions.recording_begun_sent, roles=RECORDS),
        get(f"{place}/who", drafts.recording_who, roles=RECORDS),
        post(f"{place}/who", drafts.recording_who_sent, roles=RECORDS),
        get(f"{place}/alike", check.recording_alike, roles=of_all),
        post(f"{place}/alike", check.recording_alike_sent, roles=of_all),
        get(f"{place}/check", check.recording_check, roles=of_all),
        post(f"{place}/check", check.recording_check_sent, roles=of_all),
        get(question, questions.recording_question, roles=of_all),
        post(question, questions.recording_question_sent, roles=of_all),
        get("/people/{safeguarder}/evidence/{item}/{step}", item_steps.item_step, roles=RECORDS),
        post("/people/{safeguarder}/evidence/{item}/{step}", item_steps.item_step_sent, roles=RECORDS),
        get("/drafts", drafts.drafts, roles=STAFF | SAFEGUARDER),
        get("/drafts/{draft}/delete", drafts.draft_deletion, roles=STAFF | SAFEGUARDER),
        post("/drafts/{draft}/delete", drafts.draft_deleted, roles=STAFF | SAFEGUARDER),
    ]


def _of_the_team(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages on who supports whom, for those who see to it."""
    manager, person = "/team/managers/{manager}", "/team/people/{safeguarder}/manager"
    return [
        get("/team", reading_team.team, roles=SEES_TO_SUPPORT),
        get("/team/load", reading_team.team_load, roles=SEES_TO_SUPPORT),
        get(manager, reading_team.team_manager, roles=SEES_TO_SUPPORT),
        get(f"{manager}/cover", changing.team_cover, roles=SEES_TO_SUPPORT),
        post(f"{manager}/cover", changing.team_cover_sent, roles=SEES_TO_SUPPORT),
        get(f"{manager}/end-cover", changing.team_end_cover, roles=SEES_TO_SUPPORT),
        post(f"{manager}/end-cover", changing.team_end_cover_sent, roles=SEES_TO_SUPPORT),
        get(person, changing.team_change, roles=SEES_TO_SUPPORT),
        post(person, changing.team_change_sent, roles=SEES_TO_SUPPORT),
    ]


def _about(get: Callable[..., Route]) -> list[Route]:
    """Return the pages about the suite itself."""
    return [
        get("/about", about.about, signed_in=False),
        get("/about/status", about.about_status),
        get("/about/{page}", about.about_page, signed_in=False),
    ]


def _of_the_rules(get: Callable[..., Route], post: Callable[..., Route]) -> list[Route]:
    """Return the pages of the rules, and those on which they are changed."""
    number, one = "/numbers/{parameter}/change", "/rule-changes/{revision}"
    return [
        get("/rules", rules.rules),
        get("/rules/{rule}", rules.rule),
        get("/rules/{rule}/at/{day}", rules.rule_at),
        get(number, numbers.number_change, roles=EDITOR),
        post(number, numbers.number_change_sent, roles=EDITOR),
        get(f"{number}/{{trial}}", numbers.number_change_check, roles=EDITOR),
        post(f"{number}/{{trial}}", numbers.number_change_hand_in, roles=EDITOR),
        get("/rule-changes", reading_changes.rule_changes, roles=READS_CHANGES),
        get(one, reading_changes.rule_change, roles=READS_CHANGES),
        get(f"{one}/compare", reading_changes.rule_change_compared, roles=READS_CHANGES),
        get(f"{one}/examples", reading_changes.rule_change_examples, roles=READS_CHANGES),
        get(f"{one}/what-if", reading_changes.rule_change_tried, roles=POLICY),
        post(f"{one}/what-if", reading_changes.rule_change_try, roles=POLICY),
        get(f"{one}/what-if/{{run}}", reading_changes.rule_change_run, roles=POLICY),
        get(f"{one}/{{step}}", steps_of_changes.rule_change_step, roles=POLICY),
        post(f"{one}/{{step}}", steps_of_changes.rule_change_step_sent, roles=POLICY),
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

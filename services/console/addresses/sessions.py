"""The addresses of sessions and plans: the Team's, and those of the Safeguarder concerned."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import SAFEGUARDER, STAFF, WRITES
from services.console.pages.my_file import session as my_session
from services.console.pages.plan import pages as plans
from services.console.pages.sessions import reading as sessions
from services.console.pages.sessions import record as session_record
from services.console.pages.sessions import steps as session_steps

PLAN_FORM, PLAN_STEP = "/plan/{step}", "/plan/{kind}/{one}/{step}"
SESSION, MY_SESSION = "/people/{safeguarder}/sessions/{session}", "/my-file/sessions/{session}"


def of_sessions(at: Addresses) -> list[Route]:
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
        *_of_plans(at),
        at.get(MY_SESSION, my_session.my_session, roles=SAFEGUARDER),
        at.get(f"{MY_SESSION}/prepare", my_session.my_sheet, roles=SAFEGUARDER),
        at.get(f"{MY_SESSION}/calendar", my_session.my_calendar, roles=SAFEGUARDER),
        at.get(f"{MY_SESSION}/record", my_session.my_record, roles=SAFEGUARDER),
        *at.form(f"{MY_SESSION}/answer", session_record.my_answer, session_record.my_answer_sent, roles=SAFEGUARDER),
        *at.form(
            f"{MY_SESSION}/{{step}}", my_session.my_session_step, my_session.my_session_step_sent, roles=SAFEGUARDER
        ),
    ]


def _of_plans(at: Addresses) -> list[Route]:
    """Return the pages of a development plan, and of the steps on it."""
    return [
        at.get("/people/{safeguarder}/plan", plans.person_plan, roles=STAFF),
        *at.form(
            f"/people/{{safeguarder}}{PLAN_STEP}", plans.person_plan_step, plans.person_plan_step_sent, roles=STAFF
        ),
        *at.form(
            f"/people/{{safeguarder}}{PLAN_FORM}", plans.person_plan_form, plans.person_plan_form_sent, roles=STAFF
        ),
        *at.form(f"/my-file{PLAN_FORM}", my_session.my_plan_form, my_session.my_plan_form_sent, roles=SAFEGUARDER),
        *at.form(f"/my-file{PLAN_STEP}", my_session.my_plan_step, my_session.my_plan_step_sent, roles=SAFEGUARDER),
    ]

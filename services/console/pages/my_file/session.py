"""One session and the plan of the reader's own: the pages and steps that the Team has too."""

from starlette.responses import Response

from services.console.frame import Frame
from services.console.pages.plan import pages as plans
from services.console.pages.sessions import reading, record, steps
from services.console.requests import Visit


async def my_session(frame: Frame, visit: Visit) -> Response:
    """Show one session, and what the reader can do about it."""
    return await reading.shown(frame, visit)


async def my_sheet(frame: Frame, visit: Visit) -> Response:
    """Show the papers of a session, as the support manager reads them."""
    return await reading.person_sheet(frame, visit)


async def my_calendar(frame: Frame, visit: Visit) -> Response:
    """Answer with the calendar file of a session."""
    return await reading.person_calendar(frame, visit)


async def my_session_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on a session."""
    return await steps.person_session_step(frame, visit)


async def my_session_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step on a session."""
    return await steps.person_session_step_sent(frame, visit)


async def my_record(frame: Frame, visit: Visit) -> Response:
    """Show the record of a session that was shared with the reader."""
    return await record.person_record(frame, visit)


async def my_plan_form(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on the reader's whole plan."""
    return await plans.person_plan_form(frame, visit)


async def my_plan_form_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step on the reader's whole plan."""
    return await plans.sent(frame, visit)


async def my_plan_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on a part of the reader's plan."""
    return await plans.person_plan_step(frame, visit)


async def my_plan_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step on a part of the reader's plan."""
    return await plans.sent(frame, visit)

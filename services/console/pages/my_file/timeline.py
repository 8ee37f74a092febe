"""What happened with the reader, from all services."""

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.frame import Frame
from services.console.pages.my_file.start import own_record
from services.console.pages.people.file import limits_in
from services.console.pages.people.timeline import happened
from services.console.requests import Visit
from services.console.views.people import timeline


async def my_timeline(frame: Frame, visit: Visit) -> Response:
    """Show a page of what happened, with the names of those who did it."""
    record, limits = own_record(visit), limits_in(visit, timeline.LIMITS)
    answers = await happened(frame, visit, record, limits)
    names = await part(frame.gateway.called(visit, timeline.people_in(answers)))
    view = timeline.build_own(answers, names, visit.signed_in.person, limits, visit.now)
    return frame.rendering.page(visit, "timeline/own", view)

"""Freezing the figures of a quarter, which the Team does for the review meeting."""

from uuid import uuid4

from starlette.responses import Response

from services.console.failures import NotDone, NotThere
from services.console.forms.answers import Sent, sent_in
from services.console.frame import Frame
from services.console.pages.kpis.reading import asked_period
from services.console.requests import Visit
from services.console.views.kpis import freezing as views
from services.console.views.kpis.periods import Period
from services.console.views.kpis.report import frozen_in
from services.console.words import words


async def kpi_freeze(frame: Frame, visit: Visit) -> Response:
    """Show what freezing does, before it is done."""
    return await _shown(frame, visit, _quarter(visit), Sent(str(uuid4()), ""), 200)


async def kpi_freeze_sent(frame: Frame, visit: Visit) -> Response:
    """Freeze the figures. If somebody was quicker, or the quarter still runs, say so."""
    period = _quarter(visit)
    try:
        await frame.gateway.freeze(visit, period.report, sent_in(visit.form))
    except NotDone:
        return await _shown(frame, visit, period, Sent(str(uuid4()), ""), 409, words("kpis")["freeze_refused"])
    return frame.done(visit, period.href, views.FROZEN, period.label)


async def _shown(frame: Frame, visit: Visit, period: Period, sent: Sent, status: int, notice: str = "") -> Response:
    is_frozen = frozen_in(await frame.gateway.frozen_packs(visit), period) is not None
    view = views.build(period, visit.today, sent, is_frozen=is_frozen, notice=notice)
    return frame.rendering.page(visit, "layout/form", view, status)


def _quarter(visit: Visit) -> Period:
    found = asked_period(visit)
    if not found.is_quarter:
        raise NotThere
    return found

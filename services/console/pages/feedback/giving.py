"""The pages on which somebody gives feedback by a link, and looks up what became of it."""

from starlette.responses import RedirectResponse, Response

from services.client.words import word_of
from services.console.failures import LinkOver, NotDone, TooMany
from services.console.forms.answers import MISSING
from services.console.forms.feedback import giving as forms
from services.console.forms.feedback.giving import BACK, CHANGE, CHECK, DO, NEXT, SEND, SKIP, START, TO, Said
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.signin.by_link import ByLink, address_of, new_secret
from services.console.views.feedback import giving as views
from services.platform.calls.wire import from_instant

OVER = "FEEDBACK_SESSION_OVER"


async def feedback_opened(frame: Frame, visit: Visit) -> Response:
    """Exchange the token in the address for a cookie, and go on, so that the token leaves the address."""
    address = _address(frame, visit)
    if frame.link_limits.has_guessed(address, visit.now):
        raise TooMany
    secret = new_secret()
    try:
        found = await frame.gateway.exchange_link(visit, visit.request.path_params["token"], secret)
    except NotDone:
        frame.link_limits.count_unknown(address, visit.now)
        return _closed(frame, visit)
    response = RedirectResponse(views.HERE, 303)
    until = int(from_instant(found.expire_time).timestamp())
    frame.keep_link(response, ByLink(word_of(found, "giver"), until, secret), visit.now)
    return response


async def feedback(frame: Frame, visit: Visit) -> Response:
    """Show the page on which nothing is asked yet, or the receipt once something was sent."""
    held = frame.held_link(visit)
    if held is None:
        return _closed(frame, visit)
    if held.code:
        return _shown(frame, visit, views.build_receipt(held.giver, held.code))
    said = Said(held.giver)
    return _shown(frame, visit, views.build_start(said, forms.as_field(frame.keys, said)))


async def feedback_sent(frame: Frame, visit: Visit) -> Response:
    """Take an answer and show the next question, or send all of them."""
    held, form = frame.held_link(visit), visit.form
    if held is None:
        raise LinkOver
    if held.code:
        return _shown(frame, visit, views.build_receipt(held.giver, held.code, sent_before=True))
    said, at, pressed = forms.in_field(frame.keys, form, held.giver), form.get(forms.AT, START), form.get(DO, "")
    if form.get(CHANGE, "") in said.questions:
        return _asked(frame, visit, said, form[CHANGE], CHECK)
    if at == CHECK and pressed == SEND and said.answers:
        return await _sent(frame, visit, held, said)
    if at not in said.questions:
        return _at(frame, visit, said, said.before(at) if pressed == BACK else said.after(at) if at == START else at)
    return _answered(frame, visit, said, at, pressed)


async def feedback_stage(frame: Frame, visit: Visit) -> Response:
    """Ask for a code."""
    return _shown(frame, visit, views.build_stage(""))


async def feedback_stage_sent(frame: Frame, visit: Visit) -> Response:
    """Show how far something has come. The code stands in no address."""
    typed, address = visit.form.get(views.CODE, "").strip()[:60], _address(frame, visit)
    if not typed:
        return _shown(frame, visit, views.build_stage("", MISSING), 422)
    if frame.link_limits.has_guessed(address, visit.now):
        raise TooMany
    try:
        found = await frame.gateway.feedback_stage(visit, typed)
    except NotDone:
        frame.link_limits.count_unknown(address, visit.now)
        return _shown(frame, visit, views.build_stage(typed, "unknown"), 422)
    return _shown(frame, visit, views.build_found(found))


def _answered(frame: Frame, visit: Visit, said: Said, at: str, pressed: str) -> Response:
    """Take the answer to a question, whatever button was pressed, and go where the button leads."""
    to = visit.form.get(TO, "")
    typed, fault = forms.read(said, at, visit.form)
    if pressed == SKIP:
        typed = ""
    elif fault and (pressed == NEXT or fault != MISSING):
        view = views.build_question(said, at, forms.as_field(frame.keys, said), typed, fault, to)
        return _shown(frame, visit, view, 422)
    after = said.with_answer(at, typed)
    if to == CHECK:
        return _at(frame, visit, after, CHECK)
    return _at(frame, visit, after, after.before(at) if pressed == BACK else after.after(at))


async def _sent(frame: Frame, visit: Visit, held: ByLink, said: Said) -> Response:
    try:
        receipt = await frame.gateway.send_feedback(visit, held.session, said.to_send, said.of_giver)
    except NotDone as problem:
        if problem.refusal.reason == OVER:
            raise LinkOver from None
        raise
    before = receipt.sent_before
    view = views.build_receipt(held.giver, receipt.code, is_unsafe=said.is_unsafe, sent_before=before)
    response = _shown(frame, visit, view)
    # The next person at this browser finds the code, which names nobody, and none of the answers.
    frame.keep_link(response, ByLink(held.giver, held.until, code=receipt.code), visit.now)
    response.headers["clear-site-data"] = '"cache"'
    return response


def _at(frame: Frame, visit: Visit, said: Said, at: str) -> Response:
    if at in said.questions:
        return _asked(frame, visit, said, at)
    sealed = forms.as_field(frame.keys, said)
    if at == CHECK:
        return _shown(frame, visit, views.build_check(said, sealed))
    return _shown(frame, visit, views.build_start(said, sealed))


def _asked(frame: Frame, visit: Visit, said: Said, name: str, to: str = "") -> Response:
    sealed, typed = forms.as_field(frame.keys, said), said.answers.get(name, "")
    return _shown(frame, visit, views.build_question(said, name, sealed, typed, to=to))


def _closed(frame: Frame, visit: Visit) -> Response:
    return _shown(frame, visit, views.build_closed(frame.site.contact), 404)


def _shown(frame: Frame, visit: Visit, view: views.GivingView, status: int = 200) -> Response:
    return frame.rendering.page(visit, "feedback/page", view, status)


def _address(frame: Frame, visit: Visit) -> str:
    request = visit.request
    peer = request.client.host if request.client else ""
    return address_of(peer, request.headers.get("x-forwarded-for", ""), frame.site.proxies)

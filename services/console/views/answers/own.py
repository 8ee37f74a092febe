"""What waits for a Safeguarder's answer, in words, with the form that takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import enum_of, id_under, word_of
from services.console.days import long_day, named_day
from services.console.forms.asked import Answers
from services.console.views.asked import Asking, FormPage, Quoted, Shown, form_view, not_open
from services.console.views.days_left import days_left
from services.console.views.form import FormView, titled
from services.console.views.heading import Heading, Link
from services.console.views.my_file.matters import OVER
from services.console.views.parts import Away, Found
from services.console.words import words
from services.platform.calls.wire import from_date, to_word

FOLDER = "answers"
NO_VIEW = ("excellence", "data_gap")
"""Lanes about which nobody is asked how they see it."""
PLACES = {"support": "supports", "received": "supports", "approach": "approach-changes"}
STEPS = {"support": "answer", "received": "received", "approach": "read", "view": "view", "invitation": "invitation"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the services answered. `record`: a support, a change of approach, or a matter."""

    record: Any
    plan: Found[Any] | Away
    concerns: Found[Any] | Away | None


@dataclass(frozen=True, slots=True)
class _About:
    """What is asked: what it is called, sentences, words of others, and whether an answer is open."""

    title: str
    lines: tuple[str, ...]
    quoted: tuple[Quoted, ...]
    etag: str
    otherwise: str
    """How it stands, if no answer is open; empty if one is."""


def build(asking: Asking, asked: Asked, request_id: str, today: date) -> FormPage:
    """Return the page."""
    said, step = words(FOLDER), asking.form.step
    about = _ABOUT[step](asked, today)
    form = None if about.otherwise else _form(_begun(asking, asked), asked, about, request_id)
    title = f"{said['h1'][step]} - {words('my_file')['section']}"
    back = Link(words("my_file")["back"], "/my-file")
    return FormPage(
        heading=Heading(said["h1"][step], titled(title, form) if form else title, "my_file", back),
        about=about.title,
        lines=about.lines,
        quoted=about.quoted,
        form=form,
        none=() if form else not_open(asking, FOLDER, about.otherwise),
    )


def href_of(step: str, name: str) -> str:
    """Return the address of the page on which something of the reader's is answered."""
    return f"/my-file/{PLACES.get(step, 'matters')}/{id_under(name)}/{STEPS[step]}"


def _form(asking: Asking, asked: Asked, about: _About, request_id: str) -> FormView:
    said, step = words(FOLDER), asking.form.step
    choices = {asks.name: tuple(said["choices"][step].items()) for asks in asking.form.asks if step in said["choices"]}
    shown = Shown(FOLDER, href_of(step, asked.record.name), about.etag, choices)
    return form_view(asking, shown, request_id)


def _begun(asking: Asking, asked: Asked) -> Asking:
    """Return the form of a view with the words that were given before: new ones take their place."""
    view = _view_of(asked) if asking.form.step == "view" and not asking.sent.request_id else None
    if view is None or view.entered_by:
        return asking
    return Asking(asking.form, Answers({"words": view.words}), asking.sent)


def _support(asked: Asked, today: date) -> _About:
    said, one = words(FOLDER), asked.record
    state = word_of(one, "state")
    is_open = state in ("offered", "none_given") or bool(one.answer_entered_by)
    lines = (*_of_support(asked), *_until(one, "answer_due_date", "support", today))
    return _About(_kind(one), lines, tuple(_offered(one)), one.etag, "" if is_open else said["support_stands"][state])


def _received(asked: Asked, today: date) -> _About:
    said, one = words(FOLDER), asked.record
    given = from_date(one, "delivered_date")
    when = (said.say("given_on", day=long_day(given).text),) if given else ()
    is_open = word_of(one, "state") == "delivered"
    lines = (*_of_support(asked), *when, *_until(one, "received_due_date", "received", today))
    return _About(_kind(one), lines, tuple(_offered(one)), one.etag, "" if is_open else said["received_not"])


def _of_support(asked: Asked) -> Iterator[str]:
    said, one = words(FOLDER), asked.record
    spoken = from_date(one, "discussed_date")
    if spoken:
        yield said.say("spoken_of", day=long_day(spoken).text)
    for name in one.supported:
        what = _sentence_of(name, asked)
        if what:
            yield said.say("it_is_for", what=what)
    promised = from_date(one, "promised_date")
    if promised:
        yield said.say("promised", day=long_day(promised).text)


def _offered(one: Any) -> Iterator[Quoted]:
    said = words(FOLDER)
    if one.words:
        yield Quoted(said["offered_words"], one.words)
    if one.answer_words and one.answer_entered_by:
        yield Quoted(said["entered_words"], one.answer_words)


def _kind(one: Any) -> str:
    return str(words("my_file")["support_kinds"].get(word_of(one, "kind"), ""))


def _approach(asked: Asked, today: date) -> _About:
    said, one = words(FOLDER), asked.record
    read_on, state = from_date(one, "acknowledge_date"), word_of(one, "state")
    otherwise = said.say("read_already", day=long_day(read_on).text) if read_on else ""
    if not otherwise and state != "served":
        otherwise = said["approach_ended"]
    lines = (*_of_approach(asked, today), *_until(one, "acknowledge_due_date", "approach", today))
    quoted = [Quoted(said["expected"], one.expectation), Quoted(said["because"], one.because)]
    if one.skip_because:
        quoted.append(Quoted(said["skipped"], one.skip_because))
    title = said["approaches"][word_of(one, "to_approach")]
    return _About(title, lines, tuple(each for each in quoted if each.words), one.etag, otherwise)


def _of_approach(asked: Asked, today: date) -> Iterator[str]:
    said, one = words(FOLDER), asked.record
    served = from_date(one, "serve_date")
    if served:
        yield said.say("served_on", day=long_day(served).text)
    for name in one.concerns:
        what = _sentence_of(name, asked)
        if what:
            yield said.say("it_is_about", what=what)
    actions = asked.plan.answer.actions if isinstance(asked.plan, Found) else ()
    for action in actions:
        due = from_date(action, "due_date")
        if action.name in one.actions and due:
            yield said.say("required", what=action.aim, day=named_day(due, today).text)


def _view(asked: Asked, today: date) -> _About:
    said, one, view = words(FOLDER), asked.record, _view_of(asked)
    is_over = word_of(one, "state") in OVER or word_of(one, "lane") in NO_VIEW
    until = tuple(_until(view, "answer_due_date", "view", today)) if view else ()
    quoted = (Quoted(said["entered_words"], view.words),) if view and view.words and view.entered_by else ()
    otherwise = said["view_over"] if is_over else said["plan_away"] if isinstance(asked.plan, Away) else ""
    return _About("", (one.explanation.because, *until), quoted, view.etag if view else "", otherwise)


def _invitation(asked: Asked, today: date) -> _About:
    one = asked.record
    moves = enum_of(one, "allowed_moves")
    is_open = "answer_invitation" in (to_word(moves, move) for move in one.allowed_moves)
    return _About("", (one.explanation.because,), (), one.etag, "" if is_open else words(FOLDER)["invitation_not"])


def _view_of(asked: Asked) -> Any:
    """Return the view of the matter, or None if nobody has asked for one and none was given."""
    views = asked.plan.answer.views if isinstance(asked.plan, Found) else ()
    return next((view for view in views if view.concern == asked.record.name), None)


def _until(one: Any, field: str, step: str, today: date) -> Iterator[str]:
    """Yield until when there is time, and what happens if there is no answer."""
    said, due = words(FOLDER), from_date(one, field)
    if due is None:
        return
    if due < today:
        yield said["until_over"]
        return
    left = days_left(due, today)
    yield said.say("until", day=f"{named_day(due, today).text}{f', {left}' if left else ''}")
    yield said["if_nothing"][step]


def _sentence_of(name: str, asked: Asked) -> str:
    """Return what something is about: the sentence of a matter, or the words of a need or an action."""
    plan = asked.plan.answer if isinstance(asked.plan, Found) else None
    concerns = asked.concerns.answer.concerns if isinstance(asked.concerns, Found) else ()
    found = {one.name: one.explanation.because for one in concerns}
    if plan is not None:
        found |= {one.name: one.words for one in plan.needs} | {one.name: one.aim for one in plan.actions}
    return str(found.get(name, ""))


_ABOUT = {
    "support": _support,
    "received": _received,
    "approach": _approach,
    "view": _view,
    "invitation": _invitation,
}

"""The forms of sessions: confirm, move, cancel, who was there, and something of the Safeguarder's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from services.calendar_days import london_today
from services.console.days import NBSP, clock_time, named_day
from services.console.forms.answers import Sent
from services.console.forms.sessions import CHOICES, OTHER, OWN_REASONS, TIME, Typed
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Notice,
    Question,
    choice_question,
    day_question,
    line_question,
    sent_with,
    titled,
    words_question,
)
from services.console.views.heading import Heading, Link
from services.console.views.parts import Found
from services.console.views.people.frame import Banner
from services.console.views.sessions.entries import Line
from services.console.views.sessions.reader import Reader
from services.console.views.sessions.sheet import when_of
from services.console.words import words
from services.refusals import Refusal

ABOUT = {
    "start_time": "day",
    "reason": "reason",
    "mode": "mode",
    "attendance": "came",
    "words": "words",
    "cancelled_by": "cancelled_by",
}
"""The question that a refusal about a field of the request belongs to."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page of a form about a session."""

    heading: Heading
    person: Banner
    when: str
    form: FormView
    lead: tuple[str, ...] = ()
    about: tuple[Line, ...] = ()
    """What the form is about, as the papers say it."""


class About(Protocol):
    """A session, who reads of it, and when."""

    @property
    def session(self) -> Any:
        """Return the session."""
        ...

    @property
    def reader(self) -> Reader:
        """Return who reads."""
        ...

    @property
    def today(self) -> date:
        """Return the day."""
        ...


@dataclass(frozen=True, slots=True)
class SessionAt:
    """A session as somebody reads of it on a day."""

    session: Any
    reader: Reader
    today: date


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A form as it was opened, or as it was sent and comes back."""

    step: str
    typed: Typed
    sent: Sent
    refusal: Refusal | None = None
    times: tuple[datetime, ...] = ()
    """Times that are suggested for a session that is to move."""


def build(session: Any, asked: AskedForm, reader: Reader, today: date) -> FormPage:
    """Return the form of a step on a session."""
    step, name = asked.step, session.name
    title = reader.say(f"step_{step}")
    address = reader.href(name, f"record/{step}" if step == "attendance" else step)
    form = FormView(
        address=address,
        questions=tuple(_questions(asked, reader, today)),
        buttons=(Button(title),),
        hidden=sent_with(asked.sent.request_id, asked.sent.etag),
        effect=reader.say(f"effect_{step}"),
    )
    back = Link(words("sessions")["back_session"], reader.href(name))
    return page_of(title, form, back, SessionAt(session, reader, today))


def page_of(title: str, form: FormView, back: Link, about: About, tab: str = "") -> FormPage:
    """Return the page of a form. `tab`: the title of the browser's tab, where `title` holds somebody's words."""
    return FormPage(
        heading=about.reader.heading(title, back, titled(tab or title, form)),
        person=about.reader.banner,
        when=when_of(about.session.start_time, Found(about.session), about.today),
        form=form,
    )


def why_not(refusal: Refusal | None, blocked: str) -> Notice:
    """Return why a step on a session is not possible, for the page of the session as it is now."""
    said = words("sessions")
    known = said["refused"].get(refusal.reason, "") if refusal is not None else ""
    return Notice(said["refused"]["heading"], (blocked or known or said["refused"]["any"], said["not_recorded"]))


def is_mendable(refusal: Refusal) -> bool:
    """Return whether another answer to the form could be taken."""
    return refusal.reason in words("sessions")["wrong"]


def sentence(code: str, **put_in: str) -> str:
    """Return what is wrong with an answer, in our own words; empty if nothing is."""
    wrong = words("sessions")["wrong"]
    return str(wrong.get(code, wrong["any"])).format(**put_in) if code else ""


def _times(asked: AskedForm, today: date) -> Iterator[Choice]:
    """Yield the times that are suggested, and that none of them suits."""
    said, chosen = words("sessions"), asked.typed.chosen.get(TIME, "")
    for start in asked.times:
        value = str(int(start.timestamp()))
        text = f"{named_day(london_today(start), today).text},{NBSP}{clock_time(start)}"
        yield Choice(value, text, is_chosen=value == chosen)
    yield Choice(OTHER, said["time_other"], is_chosen=chosen == OTHER)


def _questions(asked: AskedForm, reader: Reader, today: date) -> Iterator[Question]:
    typed, step, said = asked.typed, asked.step, words("sessions")
    if step == "own-item":
        yield words_question("words", said["ask_item"], typed.words, said["hint_item"], _error(asked, "words"))
    if step == "move":
        if asked.times:
            times = tuple(_times(asked, today))
            yield choice_question(TIME, said["ask_time"], times, said["hint_time"], _error(asked, TIME))
        yield day_question("day", reader.say("ask_day"), typed.day, reader.say("hint_day"), _error(asked, "day"))
        yield line_question("at", reader.say("ask_at"), typed.at, reader.say("hint_at"), _error(asked, "at"), width=5)
    for name in CHOICES.get(step, ()):
        if reader.is_own and name == "asked_by":
            continue
        hint = reader.say(f"hint_{name}") if f"hint_{name}" in words("sessions") else ""
        yield choice_question(
            name, reader.say(f"ask_{name}"), _choices(step, name, typed, reader), hint, _error(asked, name)
        )


def _choices(step: str, name: str, typed: Typed, reader: Reader) -> Iterator[Choice]:
    said = words("sessions")[f"choices_{name}"]
    offered = ("none", *OWN_REASONS) if reader.is_own and name == "reason" else CHOICES[step][name]
    for value in offered:
        yield Choice(value, said[value].format(name=reader.name), is_chosen=typed.chosen.get(name) == value)


def _error(asked: AskedForm, name: str) -> str:
    code = asked.typed.faults.get(name, "")
    if asked.refusal is not None:
        about = ABOUT.get(asked.refusal.field, "day")
        if (TIME if about == "day" and asked.times and asked.typed.is_suggested else about) == name:
            code = asked.refusal.reason
    return sentence(f"{code}_{name}" if f"{code}_{name}" in words("sessions")["wrong"] else code)

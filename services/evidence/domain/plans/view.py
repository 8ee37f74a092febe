"""The Safeguarder's view of a concern, in their own words (record 1.4).

A concern has one view, and every version of it is kept. The Safeguarder may give it unasked, and add to it while the
concern is open. Others may enter what the Safeguarder said. The Safeguarder's own words take their place. Silence is
never a view: after a question and its time it is shown as none.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.plans.sides import Actor, PlanNumbers
from services.evidence.domain.standing import GivenTime, Standing, Timed
from services.refusals import invalid, precondition


class ViewState(StrEnum):
    """Where a view stands."""

    ASKED = "asked"
    GIVEN = "given"
    NONE_GIVEN = "none_given"
    ENDED = "ended"
    """The concern ended before the Safeguarder gave it."""


@dataclass(frozen=True, slots=True)
class View:
    """One version of the view of one concern."""

    concern_id: str
    safeguarder_id: str
    created_at: datetime
    recorded_at: datetime
    version: int = 1
    state: ViewState = ViewState.ASKED
    words: str = ""
    given_on: date | None = None
    entered_by: str = ""
    """Who entered the words; empty if the Safeguarder gave them, and while there are none."""
    asked_by: str = ""
    asked_on: date | None = None
    answer_due_on: date | None = None
    """The last day to answer, while a view is awaited, before any time away."""
    taken_back: bool = False
    """What was entered for the Safeguarder stands no longer, because a review of it was upheld."""

    @property
    def part_id(self) -> str:
        """Its id, which is that of the concern."""
        return self.concern_id

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def is_awaited(self) -> bool:
        """True while the Safeguarder is asked for it."""
        return self.state is ViewState.ASKED

    @property
    def time_to_answer(self) -> GivenTime | None:
        """The Safeguarder's time to give it, while it is awaited."""
        if self.answer_due_on is None or self.asked_on is None:
            return None
        first_on = self.asked_on + timedelta(days=1)
        return GivenTime(self.safeguarder_id, self.concern_id, Timed.GIVE_VIEW, first_on, self.answer_due_on)


def ask(known: View | None, concern: tuple[str, str], actor: Actor, numbers: PlanNumbers) -> View:
    """Return a view that the Safeguarder is asked for. Words they gave before stay. A second question changes nothing.

    `concern`: the ids of the Safeguarder and of the concern.
    """
    if known is not None and known.is_awaited:
        return known
    due_on = add_working_days(WorkingCalendar.OFFICE, actor.today, numbers.view_answer_working_days)
    asked = {"asked_by": actor.person, "asked_on": actor.today, "answer_due_on": due_on}
    return _next(known, concern, actor, state=ViewState.ASKED, **asked)


def give(known: View | None, concern: tuple[str, str], words: str, actor: Actor) -> View:
    """Return a view with the Safeguarder's words: their own, or as somebody else enters them.

    Raises:
        Refusal: FIELD_MISSING without words; VIEW_GIVEN_ALREADY if somebody else enters words after the Safeguarder's
            own.
    """
    if not words:
        raise invalid("FIELD_MISSING", "words is needed: write the view in the Safeguarder's words.", "words")
    entered_by = "" if actor.is_safeguarder else actor.person
    if known is not None and known.state is ViewState.GIVEN:
        if (known.words, known.entered_by) == (words, entered_by):
            return known
        if entered_by and not known.entered_by:
            message = "The Safeguarder gave their view themselves. Ask them again if you need to know more."
            raise precondition("VIEW_GIVEN_ALREADY", message, "name")
    given = {"words": words, "given_on": actor.today, "entered_by": entered_by, "answer_due_on": None}
    given |= {"taken_back": False}
    return _next(known, concern, actor, state=ViewState.GIVEN, **given)


def give_none(known: View | None, answering: Standing | None, actor: Actor) -> View:
    """Return a view that the Safeguarder was asked for and gave none. Words they gave before the question stay.

    `answering`: how their time to give it stands.

    Raises:
        Refusal: NOT_YOURS_TO_ENTER for the Safeguarder themselves; VIEW_TIME_RUNS unless they were asked, and their
            time to answer is over.
    """
    if actor.is_safeguarder:
        message = "Only staff record that no view was given. You need not give one: leave the question as it is."
        raise precondition("NOT_YOURS_TO_ENTER", message, "given")
    if known is not None and known.state is ViewState.NONE_GIVEN:
        return known
    if known is None or not known.is_awaited or answering is None or not answering.is_over(actor.today):
        until = f" They have until {answering.due_on.isoformat()}, or longer if they are away." if answering else ""
        message = f"Ask the Safeguarder for their view first, and give them time to answer.{until}"
        raise precondition("VIEW_TIME_RUNS", message, "given")
    none = {"state": ViewState.NONE_GIVEN, "answer_due_on": None, "taken_back": False}
    return replace(known, version=known.version + 1, recorded_at=actor.now, **none)  # type: ignore[arg-type]


def check_reviewable(known: View) -> None:
    """Refuse VIEW_IS_YOURS for a view that the Safeguarder gave, or can still give: nobody has to look at it."""
    if known.state is ViewState.NONE_GIVEN or (known.state is ViewState.GIVEN and known.entered_by):
        return
    message = "These are your own words, or they are still awaited. You can give your view, and add to it, yourself."
    raise precondition("VIEW_IS_YOURS", message, "target", state=known.state)


def take_back(known: View, actor: Actor, numbers: PlanNumbers | None) -> View:
    """Return a view without what others entered, because a review of it was upheld. The Safeguarder is asked again.

    Unchanged if the Safeguarder has given their own words since. `numbers`: None if nobody waits for a view any more,
    because the concern has ended.
    """
    if known.state not in (ViewState.NONE_GIVEN, ViewState.GIVEN) or (known.words and not known.entered_by):
        return known
    blank = {"words": "", "given_on": None, "entered_by": "", "taken_back": True}
    concern = (known.safeguarder_id, known.concern_id)
    if numbers is None:
        return _next(known, concern, actor, state=ViewState.ENDED, **blank)
    due_on = add_working_days(WorkingCalendar.OFFICE, actor.today, numbers.view_answer_working_days)
    asked = {"asked_by": actor.person, "asked_on": actor.today, "answer_due_on": due_on}
    return _next(known, concern, actor, state=ViewState.ASKED, **blank, **asked)


def end(known: View, now: datetime) -> View:
    """Return a view of a concern that has ended. Nobody waits for it any more; what was given stays."""
    if not known.is_awaited:
        return known
    ended = {"state": ViewState.ENDED, "answer_due_on": None}
    return replace(known, version=known.version + 1, recorded_at=now, **ended)  # type: ignore[arg-type]


def _next(known: View | None, concern: tuple[str, str], actor: Actor, **changes: object) -> View:
    if known is None:
        safeguarder_id, concern_id = concern
        return View(concern_id, safeguarder_id, actor.now, actor.now, **changes)  # type: ignore[arg-type]
    return replace(known, version=known.version + 1, recorded_at=actor.now, **changes)  # type: ignore[arg-type]

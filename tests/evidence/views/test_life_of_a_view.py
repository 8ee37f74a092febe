"""How a Safeguarder's view of a concern is asked for, given, and shown as none (record 1.4)."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.plans import view as life
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.plans.view import View, ViewState
from services.evidence.domain.standing import Standing, standing_of
from services.evidence.wire.plans.events import view_event
from services.platform.calls.wire import from_date
from services.refusals import Refusal
from tests.evidence.plans.build import MANAGER, NUMBERS, PERSON, TEAM, TODAY, later, refused

CONCERN = ("sg-one", "c1")
OWN = "I had no notice of the second hearing."


def asked(known: View | None = None, by: Actor = MANAGER) -> View:
    return life.ask(known, CONCERN, by, NUMBERS)


def given_by(actor: Actor, known: View | None = None, words: str = OWN) -> View:
    return life.give(known, CONCERN, words, actor)


def answering(view: View) -> Standing | None:
    return standing_of(view.time_to_answer, (), None, TODAY) if view.time_to_answer else None


def none_given(view: View | None, by: Actor) -> View:
    return life.give_none(view, answering(view) if view else None, by)


def test_a_safeguarder_who_is_asked_has_ten_working_days() -> None:
    view = asked()
    due_on = add_working_days(WorkingCalendar.OFFICE, TODAY, 10)
    assert (view.state, view.asked_by, view.asked_on, view.answer_due_on) == (
        ViewState.ASKED,
        "manager-one",
        TODAY,
        due_on,
    )
    assert asked(view, later(TEAM, days=3)) is view, "a second question gives no more time and takes none"


def test_a_view_may_be_given_unasked_and_added_to() -> None:
    first = given_by(PERSON)
    assert (first.state, first.words, first.entered_by, first.given_on) == (ViewState.GIVEN, OWN, "", TODAY)
    assert given_by(PERSON, first) is first
    more = given_by(later(PERSON, days=2), first, "And I spoke with the school.")
    assert (more.version, more.words, more.given_on) == (2, "And I spoke with the school.", TODAY + timedelta(days=2))


def test_what_somebody_enters_for_the_safeguarder_names_them_and_the_safeguarders_own_words_take_its_place() -> None:
    entered = given_by(MANAGER, asked(), "She told me on the telephone that she had no notice.")
    assert entered.entered_by == "manager-one"
    own = given_by(PERSON, entered)
    assert (own.words, own.entered_by) == (OWN, "")
    assert refused(lambda: given_by(MANAGER, own, "Otherwise.")) == "VIEW_GIVEN_ALREADY"
    assert given_by(MANAGER, asked(own), "She told me more.").words == "She told me more.", "once they are asked again"


def test_a_view_needs_words() -> None:
    assert refused(lambda: given_by(PERSON, words="")) == "FIELD_MISSING"


def test_silence_is_shown_as_none_only_after_a_question_and_its_time() -> None:
    assert refused(lambda: none_given(None, MANAGER)) == "VIEW_TIME_RUNS"
    view = asked()
    last = later(MANAGER, days=(view.answer_due_on - TODAY).days) if view.answer_due_on else MANAGER
    assert refused(lambda: none_given(view, last)) == "VIEW_TIME_RUNS"
    silent = none_given(view, later(last, days=1))
    assert (silent.state, silent.words) == (ViewState.NONE_GIVEN, "")
    assert none_given(silent, later(last, days=2)) is silent
    assert refused(lambda: none_given(view, later(PERSON, days=60))) == "NOT_YOURS_TO_ENTER"
    assert given_by(PERSON, silent).state is ViewState.GIVEN, "their word is welcome later too"


def test_words_given_before_stay_when_a_later_question_is_not_answered() -> None:
    again = asked(given_by(PERSON), later(MANAGER, days=30))
    assert (again.state, again.words) == (ViewState.ASKED, OWN)
    silent = none_given(again, later(MANAGER, days=90))
    assert (silent.state, silent.words, silent.given_on) == (ViewState.NONE_GIVEN, OWN, TODAY)


def test_nobody_waits_for_a_view_once_the_concern_has_ended() -> None:
    ended = life.end(asked(), PERSON.now)
    assert (ended.state, ended.answer_due_on) == (ViewState.ENDED, None)
    view = given_by(PERSON)
    assert life.end(view, PERSON.now) is view, "what was given stays"
    assert asked(ended).state is ViewState.ASKED, "the concern may be opened again"


def test_an_event_says_that_a_view_is_awaited_and_until_when_and_has_no_words() -> None:
    view = asked(given_by(PERSON), later(MANAGER, days=1))
    event = view_event(view)
    assert from_date(event, "answer_due_date") == view.answer_due_on
    assert OWN.encode() not in event.SerializeToString()


MOVES: dict[str, Callable[[View | None, int], View]] = {
    "ask": lambda view, day: asked(view, later(MANAGER, days=day)),
    "give": lambda view, day: given_by(later(PERSON, days=day), view, f"On day {day}."),
    "enter": lambda view, day: given_by(later(MANAGER, days=day), view, f"Said on day {day}."),
    "none": lambda view, day: none_given(view, later(MANAGER, days=day)),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 30)), max_size=12))
def test_no_view_is_ever_none_without_a_question_and_its_time(steps: list[tuple[str, int]]) -> None:
    """`silence_is_never_agreement`: words come from somebody who gave them, and none only after the time was over."""
    view: View | None = None
    day = 0
    for move, days in steps:
        day += days
        before = view
        try:
            view = MOVES[move](view, day)
        except Refusal:
            continue
        assert view.version == (1 if before is None else before.version + (view is not before))
        if view.state is ViewState.NONE_GIVEN and view is not before:
            assert before is not None
            assert before.is_awaited
            assert before.answer_due_on is not None
            assert before.answer_due_on < TODAY + timedelta(days=day)
        if view.state is ViewState.GIVEN:
            assert view.words
            assert bool(view.entered_by) == view.words.startswith("Said")


def test_only_what_others_entered_is_looked_at_and_an_upheld_review_asks_again() -> None:
    """Record 2.5: nobody looks at the Safeguarder's own words, and nothing is taken from them."""
    for own in (asked(), given_by(PERSON)):
        assert refused(lambda known=own: life.check_reviewable(known)) == "VIEW_IS_YOURS"  # type: ignore[misc]
        assert life.take_back(own, TEAM, NUMBERS) is own
    entered = given_by(MANAGER)
    none = none_given(asked(), later(MANAGER, days=30))
    for known in (entered, none):
        life.check_reviewable(known)
        again = life.take_back(known, later(TEAM, days=40), NUMBERS)
        assert (again.state, again.words, again.entered_by, again.given_on) == (ViewState.ASKED, "", "", None)
        assert again.asked_on == TODAY + timedelta(days=40), "with a time to answer of its own"
        assert view_event(again).taken_back
        assert life.take_back(again, TEAM, NUMBERS) is again, "once is enough"
        assert not view_event(given_by(PERSON, again)).taken_back
    over = life.take_back(entered, TEAM, None)
    assert (over.state, over.words) == (ViewState.ENDED, ""), "the concern has ended, so nobody waits"

"""What was agreed before it is entered here is reported: its days hold, and no step against anybody rests on it (0.13).

The kind that this file closes: an earlier day that one side types makes time pass for the other side.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.evidence.domain.approach import life as approach
from services.evidence.domain.approach.change import Approach, How, Reported, Wanted
from services.evidence.domain.approach.matter import Matter
from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.plans import life_of_a_support, life_of_an_action
from services.evidence.domain.plans.action import Action, ActionState, Basis, ReportedOpening
from services.evidence.domain.plans.outcome import makes_evidence
from services.evidence.domain.plans.plan import TimedAction
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.plans.support import Offer, ReportedAnswer, Support, SupportAnswer, Supported, SupportKind
from services.evidence.domain.standing import standing_of
from services.evidence.wire.plans.events import action_event, support_event
from services.platform.calls.wire import to_date
from tests.evidence.plans.build import (
    MANAGER,
    NUMBERS,
    PERSON,
    TODAY,
    a_proposal,
    accepted,
    in_time,
    later,
    opened,
    refused,
)

ACCEPTED, DECLINED, NONE_GIVEN = SupportAnswer


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def an_action(ago: int = 100, due_in: int = -3, by: Actor = MANAGER, **changes: Any) -> Action:
    """Return an action that was set some days ago, entered now. It was due on the last working day before today."""
    said = {"support_manager_words": "Two were late.", "safeguarder_words": "I was away in June."}
    opening = ReportedOpening(day(ago), changes.pop("basis", Basis.SET), **changes.pop("said", said))
    proposal = a_proposal(due_in, concern="c1", **changes)
    return life_of_an_action.report(("sg-one", "a1"), proposal, opening, by, NUMBERS)


def a_support(ago: int = 80, answer: SupportAnswer = ACCEPTED, words: str = "", **changes: Any) -> Support:
    """Return a support that was answered some days ago, entered now."""
    fields: dict[str, Any] = {
        "kind": SupportKind.MENTORING,
        "supported": Supported(actions=("a1",), concerns=("c1",)),
        "words": "A mentor for three months.",
        "discussed_on": day(85),
        "promised_on": day(30),
    }
    said = ReportedAnswer(answer, day(ago), words)
    return life_of_a_support.report(("sg-one", "u1"), Offer(**fields | changes), said, MANAGER, NUMBERS)


def test_a_reported_action_is_open_since_the_day_reported_and_awaits_nobody() -> None:
    action = an_action()
    assert (action.state, action.basis, action.opened_on) == (ActionState.OPEN, Basis.SET, day(100))
    assert (action.answer_due_on, action.time_to_answer) == (None, None)
    assert (action.time.first_on, action.time.last_on) == (day(100), day(3))
    assert standing_of(action.time, (), None, TODAY).is_over(TODAY)
    event = action_event(action)
    assert (event.reported, event.open_date, event.due_days[0].set_date) == (True, *[to_date(day(100))] * 2)
    assert not action_event(opened()).reported


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"by": PERSON}, "NOT_YOURS_TO_REPORT"),
        ({"ago": 0}, "DATE_OUT_OF_ORDER"),
        ({"ago": -1}, "DATE_OUT_OF_ORDER"),
        ({"due_in": -101}, "DATE_OUT_OF_ORDER"),
        ({"due_in": 300}, "DATE_TOO_FAR"),
        ({"replaces": "a0"}, "UNKNOWN_VALUE"),
        ({"said": {"support_manager_words": "Two were late."}}, "FIELD_MISSING"),
        ({"said": {"safeguarder_words": "I was away."}}, "FIELD_MISSING"),
        ({"basis": Basis.PARTLY, "said": {}}, "FIELD_MISSING"),
    ],
)
def test_what_cannot_be_reported_of_an_action(changes: dict[str, Any], reason: str) -> None:
    """R78: each side's words are never blank where they did not simply agree."""
    assert refused(lambda: an_action(**changes)) == reason


def test_what_was_agreed_needs_no_words() -> None:
    assert an_action(basis=Basis.AGREED, said={}).basis is Basis.AGREED


@pytest.mark.parametrize("outcome", ["met", "partly_met", "not_met", "not_possible"])
def test_the_outcome_of_a_reported_action_is_no_evidence(outcome: str) -> None:
    ended = replace(an_action(), state=ActionState(outcome))
    assert not makes_evidence(ended)
    assert makes_evidence(replace(opened(), state=ActionState(outcome)))


def test_a_reported_support_is_owed_since_the_day_promised() -> None:
    support = a_support()
    assert (support.state, support.promised_on, support.is_late(TODAY)) == ("accepted", day(30), True)
    assert support.answer_entered_by == MANAGER.person
    assert support_event(support).reported
    assert a_support(promised_on=None).promised_on is not None
    assert not support_event(accepted()).reported


def test_the_safeguarders_own_word_takes_the_place_of_a_reported_answer() -> None:
    own = life_of_a_support.answer(
        a_support(), DECLINED, "I never agreed.", life_of_a_support.Asked(), later(PERSON, days=1), NUMBERS
    )
    assert (own.answer, own.reported, own.answer_entered_by) == (DECLINED, False, "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ago": 0}, "DATE_OUT_OF_ORDER"),
        ({"ago": 86}, "DATE_OUT_OF_ORDER"),
        ({"promised_on": day(81)}, "DATE_OUT_OF_ORDER"),
        ({"promised_on": day(-300)}, "DATE_TOO_FAR"),
        ({"answer": DECLINED}, "FIELD_MISSING"),
        ({"answer": NONE_GIVEN, "words": "Nothing."}, "UNKNOWN_VALUE"),
    ],
)
def test_what_cannot_be_reported_of_a_support(changes: dict[str, Any], reason: str) -> None:
    """Silence is never reported: it takes two questions that are recorded here."""
    assert refused(lambda: a_support(**changes)) == reason


def serve(support: Support, action: Action | None = None, reported: Reported | None = None) -> object:
    concern = KnownConcern("c1", "sg-one", is_open=True, lane="support_need")
    known = approach.Known(
        (Matter(concern, (support,)),), (), [TimedAction(action, in_time(action), None)] if action else (), day(90)
    )
    wanted = Wanted(
        ("c1",),
        Approach.REQUIRED_ACTION,
        "Every report is filed by its due day.",
        "Three were late.",
        How.AT_SESSION,
        skip_because="We gave the advice twice.",
        discussed_on=day(90),
        actions=("a1",) if action else (),
        reported=reported,
    )
    return approach.serve(("ch1", "sg-one"), wanted, known, MANAGER, NUMBERS)


OF_BEFORE, OF_NOW = a_support(), replace(accepted(), offer=a_support().offer)


def test_no_change_that_is_served_now_rests_on_what_was_reported() -> None:
    assert refused(lambda: serve(OF_BEFORE)) == "SUPPORT_FIRST"
    assert serve(OF_NOW)
    assert refused(lambda: serve(OF_NOW, an_action(due_in=200))) == "ONLY_REPORTED"


def test_a_change_that_is_reported_too_may_name_it() -> None:
    """No escalation rests on such a change anyway."""
    assert serve(OF_BEFORE, an_action(), Reported(day(90), day(88)))

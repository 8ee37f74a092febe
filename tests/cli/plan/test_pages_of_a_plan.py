"""The pages of a development plan that both sides read (R23, R54, R73, R76, R78).

Silence is never shown as agreement, what the Team owes is shown as the Team's, and both sides' words are whole.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.scheduling.v1 import duties_pb2

from services.cli.duty.commands import _shown_by
from services.cli.plan.shown import OWED, action_stands, action_text, owed, plan_text, support_stands, support_text
from services.client.lines import UNLIMITED
from services.platform.calls.wire import to_word
from tests.cli.plan.a_plan import (
    ACTION,
    CONCERN,
    ITEM,
    NAMES,
    NEED,
    PROPOSED,
    RECORD,
    SUPPORT,
    action,
    day,
    duty,
    need,
    plan,
    strength,
    support,
)

ANSWER, STATE, DUTY = pb.AnswerActionRequest, pb.Action, duties_pb2.Duty
AGREES = re.compile(r"\bagreed\b|\bagrees\b|confirm|\baccepted\b", re.IGNORECASE)
NOTHING_IS = "Nothing is taken as agreed."


def words(text: str) -> str:
    return " ".join(text.split())


def test_one_page_has_the_whole_plan_and_who_is_awaited() -> None:
    assert plan_text(plan(), [duty()], NAMES, UNLIMITED).splitlines() == [
        "Development plan · Demo Effie Lochend (sg-02218697)",
        "",
        "Waiting",
        "  5a77d030  An answer to an offered support, from Demo Effie Lochend, by 17 December 2026.",
        "",
        "Strengths",
        "  57e46700  S2 Relationships · named by the support manager",
        "            Each child knows when she comes again.",
        "            Rests on 49b6794c",
        "",
        "Needs",
        "  eeed0000  S2 Relationships · planned · named by the support manager",
        "            Reporters are told late.",
        "            Rests on Late reports (report-late S4)  c0ffee00",
        "",
        "Actions",
        "  a40f1200  change practice · S2.2 Tells others in time · Demo Effie Lochend",
        "            Reporters know of each visit.",
        "            Open. Both sides agreed. Due 29 January 2027.",
        "",
        "Supports",
        "  5a77d030  mentoring · for a40f1200",
        "            Six talks with a mentor.",
        "            Offered. Demo Effie Lochend can answer until 17 December 2026.",
        "",
        "Demo Effie Lochend and the support manager see the same page.",
    ]


def test_a_plan_with_nothing_in_it_says_so_without_a_judgement() -> None:
    said = plan_text(pb.DevelopmentPlan(name=plan().name), [], NAMES, UNLIMITED)
    assert [line for line in said.splitlines() if line][1:-1] == [
        "Waiting        for nobody.",
        "Strengths      none named yet.",
        "Needs          none named yet.",
        "Actions        none yet.",
        "Supports       none offered yet.",
    ]


def test_duties_that_are_not_known_are_not_shown_as_none() -> None:
    """Else nobody would seem to be awaited while scheduling is away."""
    said = plan_text(plan(), None, NAMES, UNLIMITED)
    assert "Scheduling does not answer, so it is not known now who has to do what." in said
    assert "for nobody" not in said


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (PROPOSED | {"answer_due_date": day(1, 8)},
         "Proposed by the support manager. Demo Effie Lochend can answer until 8 January 2027."),
        (PROPOSED | {"answer_due_date": day(1, 8), "proposed_by": pb.RAISER_SAFEGUARDER},
         "Proposed by Demo Effie Lochend. The support manager can answer until 8 January 2027."),
        (PROPOSED, "Proposed by the support manager. No answer yet. Nothing is taken as agreed."),
        (PROPOSED | {"answer": ANSWER.ANSWER_NOT_AGREED},
         "Proposed by the support manager. Demo Effie Lochend does not agree. It is not open."),
        ({}, "Open. Both sides agreed."),
        ({"basis": STATE.BASIS_PARTLY}, "Open. Demo Effie Lochend agreed in part."),
        ({"basis": STATE.BASIS_PARTLY, "proposed_by": pb.RAISER_SAFEGUARDER},
         "Open. The support manager agreed in part."),
        ({"basis": STATE.BASIS_SET}, "Open. The support manager set it."),
        ({"basis": STATE.BASIS_SET, "asked_date": day(1, 4)},
         "Open. The support manager set it. Demo Effie Lochend was asked on 4 January 2027 and gave no words."),
        ({"state": STATE.STATE_COMPLETION_OFFERED},
         "Demo Effie Lochend says that it is done. The support manager looks at it."),
        ({"state": STATE.STATE_COMPLETION_OFFERED, "owner": STATE.OWNER_PANEL_TEAM},
         "The Team says that it is done. The support manager looks at it."),
        ({"state": STATE.STATE_COMPLETION_OFFERED, "owner": STATE.OWNER_SUPPORT_MANAGER},
         "The support manager says that it is done. The Team looks at it."),
        ({"state": STATE.STATE_MET}, "Met."),
        ({"state": STATE.STATE_PARTLY_MET}, "Met in part."),
        ({"state": STATE.STATE_NOT_MET}, "Not met."),
        ({"state": STATE.STATE_NOT_POSSIBLE}, "It could not be done. It counts against nobody."),
        ({"state": STATE.STATE_REPLACED, "replaced_by": ACTION}, "Another action took its place: a40f1200."),
        ({"state": STATE.STATE_WITHDRAWN}, "Withdrawn."),
    ],
)  # fmt: skip
def test_an_action_says_where_it_stands(changed: dict[str, Any], says: str) -> None:
    assert action_stands(action(**changed), NAMES) == says


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "Offered. Demo Effie Lochend can answer until 17 December 2026."),
        ({"state": pb.Support.STATE_ACCEPTED, "promised_date": day(2, 1)},
         "Accepted. The Team promises it by 1 February 2027."),
        ({"state": pb.Support.STATE_ACCEPTED, "promised_date": day(2, 1), "late": True},
         "Accepted. The Team promises it by 1 February 2027. It is late."),
        ({"state": pb.Support.STATE_DECLINED}, "Demo Effie Lochend declined it."),
        ({"state": pb.Support.STATE_NONE_GIVEN},
         "Demo Effie Lochend was asked, and asked again, and gave no answer. Nothing is taken as agreed."),
        ({"state": pb.Support.STATE_UNAVAILABLE}, "The Team cannot provide it. It counts against nobody."),
        ({"state": pb.Support.STATE_NOT_DELIVERED, "late": True},
         "It was not given. The Team still owes it. It is late."),
        ({"state": pb.Support.STATE_NOT_DELIVERED, "received": pb.Support.RECEIVED_NO},
         "Demo Effie Lochend says that they did not receive it. The Team still owes it."),
        ({"state": pb.Support.STATE_DELIVERED, "delivered_date": day(1, 20)}, "Given on 20 January 2027."),
    ],
)  # fmt: skip
def test_a_support_says_where_it_stands(changed: dict[str, Any], says: str) -> None:
    assert support_stands(support(**changed), NAMES) == says


@given(
    state=st.sampled_from(STATE.State.values()),
    basis=st.sampled_from([STATE.BASIS_UNSPECIFIED, STATE.BASIS_SET]),
    raiser=st.sampled_from(pb.Raiser.values()),
    answered=st.booleans(),
)
def test_without_an_answer_no_action_reads_as_agreed(state: Any, basis: Any, raiser: Any, answered: bool) -> None:
    """R78: whatever the service sends. An action that was set, or on which the other side disagrees, is not agreed."""
    shown = action(
        state=state,
        basis=basis,
        proposed_by=raiser,
        answer=ANSWER.ANSWER_NOT_AGREED if answered else ANSWER.ANSWER_UNSPECIFIED,
        asked_date=day(1, 4),
    )
    assert not AGREES.search(action_stands(shown, NAMES).replace(NOTHING_IS, ""))
    assert not AGREES.search(action_text(plan(), shown, NAMES, UNLIMITED).replace(NOTHING_IS, ""))


@pytest.mark.parametrize("state", [pb.Support.STATE_OFFERED, pb.Support.STATE_NONE_GIVEN, pb.Support.STATE_UNAVAILABLE])
def test_without_an_answer_no_support_reads_as_accepted_or_declined(state: Any) -> None:
    shown = support_text(support(state=state), NAMES, UNLIMITED).replace(NOTHING_IS, "")
    assert not re.search("accepted|declined", shown, re.IGNORECASE)


def test_an_action_stands_in_both_sides_words_with_its_days_and_supports() -> None:
    days = [
        pb.DueDay(date=day(1, 29), reason=pb.DueDay.REASON_FIRST),
        pb.DueDay(
            date=day(2, 26),
            set_date=day(1, 20),
            set_by="sm-1",
            reason=pb.DueDay.REASON_EXTENDED,
            words="The module starts later.",
        ),
    ]
    shown = action(
        basis=STATE.BASIS_SET,
        due_days=days,
        due_date=day(3, 5),
        stands_still=True,
        concern=CONCERN,
        too_short_because="The module is next week.",
        support_manager_words="Two Reporters were not told.",
        safeguarder_words="I rang one of them.",
        completion_words="I ring each of them now.",
        completion_evidence=[ITEM],
        outcome_words="Each call is on file.",
    )
    late = support(state=pb.Support.STATE_ACCEPTED, promised_date=day(1, 11), late=True)
    other = support(name=f"{SUPPORT}-other", supported=[f"{ACTION}-other"])
    whole = plan(actions=[shown], supports=[late, other])
    assert action_text(whole, shown, NAMES, UNLIMITED).splitlines() == [
        "Action a40f1200 · Demo Effie Lochend (sg-02218697)",
        "What           change practice, to improve · S2.2 Tells others in time",
        "Aim            Reporters know of each visit.",
        "Measure        A note of each call is on file.",
        "Whose          Demo Effie Lochend",
        "Answers        need: Reporters are told late.  eeed0000",
        "               Late reports (report-late S4)  c0ffee00",
        "Stands         Open. The support manager set it.",
        "Due            5 March 2027. No time passes for it.",
        "Days before    29 January 2027, moved on 20 January 2027 by sm-1: The module starts later.",
        "Short because  The module is next week.",
        "Manager        Two Reporters were not told.",
        "Safeguarder    I rang one of them.",
        "Said done      I ring each of them now.",
        "               Shown by 49b6794c",
        "Outcome        Each call is on file.",
        "Support        mentoring: Accepted. The Team promises it by 11 January 2027. It is late.  5a77d030",
    ]


def test_a_support_for_a_need_or_a_concern_is_shown_with_the_action_that_answers_it() -> None:
    for answered in (NEED, CONCERN):
        whole = plan(supports=[support(supported=[answered])])
        assert "mentoring: Offered." in action_text(whole, action(concern=CONCERN), NAMES, UNLIMITED)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {"state": pb.Support.STATE_ACCEPTED, "answer_entered_by": "sm-1", "answer_words": "Yes, she said."},
            "Entered for Demo Effie Lochend by sm-1. Safeguarder Yes, she said.",
        ),
        (
            {"state": pb.Support.STATE_DELIVERED, "received": pb.Support.RECEIVED_YES, "received_words": "Very good."},
            "Received Demo Effie Lochend received it. Very good.",
        ),
        (
            {"state": pb.Support.STATE_NOT_DELIVERED, "received": pb.Support.RECEIVED_NO, "received_words": "Nobody."},
            "Received Demo Effie Lochend did not receive it. Nobody.",
        ),
        (
            {"state": pb.Support.STATE_DELIVERED, "received_due_date": day(2, 3)},
            "Demo Effie Lochend can say until 3 February 2027 that they did not receive it.",
        ),
        ({"state": pb.Support.STATE_UNAVAILABLE, "because": "No mentor is free."}, "Because No mentor is free."),
        ({}, "Offered on 3 December 2026 by sm-1, spoken of on 3 December 2026"),
        ({}, "For action: Reporters know of each visit. a40f1200"),
    ],
)
def test_a_support_says_what_the_safeguarder_said_and_who_entered_it(changed: dict[str, Any], says: str) -> None:
    assert says in words(support_text(support(**changed), NAMES, UNLIMITED))


def test_who_owes_what_is_said_in_a_sentence() -> None:
    late = duty(kind=DUTY.KIND_DELIVER_SUPPORT, owed_by=DUTY.OWED_BY_PANEL_TEAM, overdue=True)
    said = "a support that was accepted, from the Team, by 17 December 2026. That day has passed."
    assert owed(late, "Demo Effie Lochend") == said


@pytest.mark.parametrize("reason", [number for number in DUTY.StandstillReason.values() if number])
@pytest.mark.parametrize("kind", [number for number in DUTY.Kind.values() if number])
def test_a_duty_that_stands_still_says_why_and_never_that_its_day_has_passed(kind: Any, reason: Any) -> None:
    """D15.3: no time passes while the Team is late, or while the Safeguarder is away."""
    still = duty(kind=kind, state=DUTY.STATE_STANDING_STILL, standstill_reasons=[reason], overdue=True)
    said = owed(still, "Demo Effie Lochend")
    assert re.search("No time passes, because (the (Team|Safeguarder) is|a review was asked for)", said)
    assert "has passed." not in said


def test_every_kind_of_duty_has_its_words_and_a_command_that_shows_it() -> None:
    for number in DUTY.Kind.values():
        if number:
            assert to_word(DUTY.Kind, number) in OWED
    shown = {kind: _shown_by(duty(kind=kind, about=about)) for kind, about in (
        (DUTY.KIND_SHARE_RECORD, RECORD),
        (DUTY.KIND_ANSWER_RECORD, RECORD),
        (DUTY.KIND_ACTION, ACTION),
        (DUTY.KIND_DELIVER_SUPPORT, SUPPORT),
    )}  # fmt: skip
    assert list(shown.values()) == [
        "psmf session pack 1a2b3c4d",  # a record that is still to be shared may not have been begun
        "psmf session record 1a2b3c4d",
        "psmf action show sg-02218697/a40f1200",
        "psmf support show sg-02218697/5a77d030",
    ]


sentences = st.lists(
    st.text(st.characters(categories=("Ll", "Lu", "Nd")), min_size=1, max_size=20), min_size=1, max_size=40
).map(" ".join)


@given(said=sentences, width=st.integers(60, 120))
def test_no_page_is_wider_than_the_terminal_or_loses_a_word(said: str, width: int) -> None:
    """At any width, both sides' words are whole."""
    one = action(
        aim=said, measure=said, safeguarder_words=said, support_manager_words=said, completion_words=said,
        outcome_words=said, too_short_because=said, state=STATE.STATE_MET,
    )  # fmt: skip
    given_it = support(
        words=said, answer_words=said, because=said, received=pb.Support.RECEIVED_YES, received_words=said
    )
    whole = plan(strengths=[strength(words=said)], needs=[need(words=said, because=said)], actions=[one])
    pages: list[Callable[[int], str]] = [
        lambda across: plan_text(whole, [duty()], NAMES, across),
        lambda across: action_text(whole, one, NAMES, across),
        lambda across: support_text(given_it, NAMES, across),
    ]
    for page in pages:
        text = page(width)
        assert max(map(len, text.splitlines())) <= width
        assert text.split() == page(UNLIMITED).split()

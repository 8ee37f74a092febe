"""The same need, action or support is in a plan once, however often and by whom it is entered (P17).

The kind that this file closes: one action entered twice and not met is two that were not met, and the Team owes one
support twice.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.evidence.domain.plans import life_of_a_support, life_of_an_action, on_file
from services.evidence.domain.plans.action import ActionState, Basis, ReportedOpening
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.plans.support import (
    Offer,
    ReportedAnswer,
    SupportAnswer,
    Supported,
    SupportKind,
    SupportState,
)
from services.refusals import Refusal
from tests.evidence.plans.build import (
    MANAGER,
    NUMBERS,
    PERSON,
    TEAM,
    TODAY,
    a_need,
    a_proposal,
    accepted,
    offered,
    opened,
    proposed,
    refused,
)

OTHER_WORDS: dict[str, Any] = {"aim": "Ring each agency.", "measure": "A note of each call."}


def reason_of(check: Callable[[], None]) -> str:
    """Return the reason for which a part is refused, or empty for one that is not."""
    try:
        check()
    except Refusal as problem:
        return problem.reason
    return ""


@pytest.mark.parametrize(
    ("entered", "by", "same"),
    [
        ({}, MANAGER, True),
        ({}, TEAM, True),
        ({"words": " to speak with EACH  agency", "evidence": ("e2",)}, TEAM, True),
        ({"words": "Agencies are not asked."}, TEAM, True),
        ({"words": "Agencies are not asked.", "evidence": ("e2",)}, TEAM, False),
        ({"words": "Agencies are not asked.", "evidence": (), "concern": "c1"}, TEAM, False),
        ({"standard": "S4"}, MANAGER, False),
        ({"evidence": ()}, PERSON, False),
    ],
)
def test_a_need_is_the_same_by_its_standard_and_its_words_or_items(
    entered: dict[str, Any], by: Any, same: bool
) -> None:
    need = replace(a_need(by, **entered), need_id="n2")
    assert reason_of(lambda: on_file.check_need(need, [a_need(concern="c1")])) == ("NEED_ON_FILE" if same else "")


def test_what_the_safeguarder_names_themselves_twice_is_one_need() -> None:
    own = a_need(PERSON, evidence=())
    assert refused(lambda: on_file.check_need(own, [own])) == "NEED_ON_FILE"


@pytest.mark.parametrize(
    ("entered", "known", "same"),
    [
        ({}, opened(), True),
        ({}, proposed(), True),
        ({"days": 61}, opened(), True),
        (OTHER_WORDS, opened(), True),
        ({"indicator": "S2.2"} | OTHER_WORDS, opened(), True),
        ({"days": 61} | OTHER_WORDS, opened(), False),
        ({"owner": Side.SUPPORT_MANAGER}, opened(), False),
        ({"standard": "S4"}, opened(), False),
        ({"replaces": "a1"}, opened(), False),
        ({"days": 61}, replace(opened(), state=ActionState.NOT_MET), False),
        (OTHER_WORDS, replace(opened(), state=ActionState.NOT_MET), True),
        ({}, replace(opened(), state=ActionState.WITHDRAWN), False),
        ({}, replace(opened(), state=ActionState.REPLACED), False),
    ],
)
def test_an_action_is_the_same_by_what_is_to_be_done_and_its_day_or_words(
    entered: dict[str, Any], known: Any, same: bool
) -> None:
    action = replace(proposed(**entered), action_id="a2")
    assert reason_of(lambda: on_file.check_action(action, [known])) == ("ACTION_ON_FILE" if same else "")


def test_an_action_that_is_reported_after_it_was_agreed_here_is_the_same() -> None:
    opening = ReportedOpening(TODAY - timedelta(days=5), Basis.AGREED)
    again = life_of_an_action.report(("sg-one", "a2"), a_proposal(**OTHER_WORDS), opening, TEAM, NUMBERS)
    assert refused(lambda: on_file.check_action(again, [opened()])) == "ACTION_ON_FILE"


@pytest.mark.parametrize(
    ("entered", "known", "same"),
    [
        ({}, offered(), True),
        ({"words": "Talks with Demo mentors."}, offered(), True),
        ({"discussed_on": TODAY - timedelta(days=1)}, offered(), True),
        ({"discussed_on": TODAY - timedelta(days=1), "words": ""}, accepted(), True),
        ({"discussed_on": TODAY - timedelta(days=1), "words": "A second mentor."}, accepted(), False),
        ({"supported": Supported(needs=("n1",), actions=("a1",))}, offered(), True),
        ({"supported": Supported(actions=("a2",))}, offered(), False),
        ({"kind": SupportKind.MODULE}, offered(), False),
        ({}, replace(accepted(), state=SupportState.DELIVERED), True),
        ({"discussed_on": TODAY - timedelta(days=1)}, replace(accepted(), state=SupportState.DELIVERED), False),
    ],
)
def test_a_support_is_the_same_by_what_it_is_for_and_the_day_or_while_it_waits(
    entered: dict[str, Any], known: Any, same: bool
) -> None:
    support = replace(offered(**entered), support_id="u2")
    assert reason_of(lambda: on_file.check_support(support, [known])) == ("SUPPORT_ON_FILE" if same else "")


def test_a_support_that_is_reported_after_it_was_offered_here_is_the_same() -> None:
    day = TODAY - timedelta(days=3)
    given = Offer(SupportKind.MENTORING, Supported(actions=("a1",)), "", day)
    said = ReportedAnswer(SupportAnswer.ACCEPTED, day)
    again = life_of_a_support.report(("sg-one", "u2"), given, said, TEAM, NUMBERS)
    assert refused(lambda: on_file.check_support(again, [offered(discussed_on=TODAY)])) == "SUPPORT_ON_FILE"

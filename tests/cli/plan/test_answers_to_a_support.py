"""Which answers `psmf support show` names to the one who reads it."""

from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb

from services.cli.support.hints import answers_to

STATE = pb.Support
BOTH = ["accepted", "declined"]


@pytest.mark.parametrize(
    ("state", "entered_by", "answers"),
    [
        (STATE.STATE_OFFERED, "", BOTH),
        (STATE.STATE_NONE_GIVEN, "sm-1", BOTH),
        (STATE.STATE_ACCEPTED, "sm-1", ["declined"]),
        (STATE.STATE_NOT_DELIVERED, "sm-1", ["declined"]),
        (STATE.STATE_DECLINED, "sm-1", ["accepted"]),
        (STATE.STATE_DELIVERED, "sm-1", []),
        (STATE.STATE_UNAVAILABLE, "sm-1", []),
        (STATE.STATE_ACCEPTED, "", []),
        (STATE.STATE_NOT_DELIVERED, "", []),
        (STATE.STATE_DECLINED, "", []),
    ],
)
def test_the_safeguarder_is_told_of_every_answer_that_they_may_give(
    state: Any, entered_by: str, answers: list[str]
) -> None:
    shown = pb.Support(state=state, answer_entered_by=entered_by)
    assert [answer for answer, _ in answers_to(shown, own=True)] == answers
    assert answers_to(shown, own=False) == []

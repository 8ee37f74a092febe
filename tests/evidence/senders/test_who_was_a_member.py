"""A partner is told three times in a day that somebody was no member, at whichever door it asks (P20)."""

from collections.abc import Callable, Sequence
from functools import partial

import grpc
import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from tests.answers import answer_of, refused
from tests.builders import a_request_id, an_item_request, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.senders.test_one_answer_to_partners import an_item_about
from tests.evidence.steps import appoint

APPOINTED = 437
"""How many days ago each person of this file was appointed."""
REFUSALS_A_DAY = 3
DAYS = 1024


@pytest.fixture
def person(evidence: Evidence) -> str:
    """A member about whom nobody has asked yet."""
    return a_member(evidence)


def a_member(evidence: Evidence) -> str:
    person = f"sg-{a_request_id()[:8]}"
    appoint(evidence, person, on=days_ago(APPOINTED))
    return person


Ask = Callable[[Evidence, str, int, str, bool], str]
"""Asks by one item whether a person was a member a number of days ago. The answer is a reason; empty if it is taken."""


def alone(evidence: Evidence, person: str, days: int, as_: str, only_check: bool) -> str:
    request = an_item_about(person, days)
    request.validate_only = only_check
    return reason_of(lambda: evidence.items.CreateEvidenceItem(request, **evidence.as_(as_)))


def in_a_batch(evidence: Evidence, person: str, days: int, as_: str, only_check: bool) -> str:
    return batch(evidence, [(person, days)], as_, only_check)


def in_a_file(evidence: Evidence, person: str, days: int, as_: str, only_check: bool) -> str:
    (reason,) = file(evidence, person, [days], as_, only_check)
    return reason


def batch(evidence: Evidence, about: Sequence[tuple[str, int]], as_: str = "partner", only_check: bool = False) -> str:
    parts = [an_item_about(*each) for each in about]
    for part in parts:
        part.request_id = ""
    request = pb.BatchCreateEvidenceItemsRequest(requests=parts, request_id=a_request_id(), validate_only=only_check)
    return reason_of(lambda: evidence.items.BatchCreateEvidenceItems(request, **evidence.as_(as_)))


def file(
    evidence: Evidence, person: str, days: Sequence[int], as_: str = "partner", only_check: bool = False
) -> list[str]:
    rows = [pb.ImportRow(row=number, request=an_item_about(person, day)) for number, day in enumerate(days, 1)]
    part = pb.ImportEvidenceItemsRequest(rows=rows, validate_only=only_check)
    return [row.reason for row in evidence.items.ImportEvidenceItems(iter([part]), **evidence.as_(as_)).results]


def reason_of(call: Callable[[], object]) -> str:
    try:
        call()
    except grpc.RpcError as problem:
        return answer_of(problem).reason
    return ""


DOORS = pytest.mark.parametrize("ask", [alone, in_a_batch, in_a_file])


@DOORS
def test_a_check_says_the_same_of_every_day(evidence: Evidence, person: str, ask: Ask) -> None:
    """P20: what is not recorded tells a partner nothing, about a member, an earlier day and nobody."""
    asked = [(person, 20), (person, APPOINTED), (person, APPOINTED + 1), (person, DAYS), ("sg-nobody", 20)]
    assert {ask(evidence, *each, "partner", True) for each in asked} == {""}
    assert ask(evidence, person, APPOINTED + 1, "panel-team", True) == "DATE_BEFORE_APPOINTMENT"


@DOORS
@pytest.mark.parametrize("only_check", [True, False])
def test_halving_does_not_find_the_day(evidence: Evidence, person: str, ask: Ask, only_check: bool) -> None:
    """P20: ten answers would tell one day of 1,024."""
    member, none = 0, DAYS
    for _ in range(10):
        middle = (member + none) // 2
        answer = ask(evidence, person, middle, "partner", only_check)
        if answer == "TOO_MANY_CHECKS":
            break
        member, none = (middle, none) if answer == "" else (member, middle)
    assert (member, none) != (APPOINTED, APPOINTED + 1)


@DOORS
def test_after_three_refusals_a_member_and_nobody_have_one_answer(evidence: Evidence, person: str, ask: Ask) -> None:
    """P20: whichever door told them, the day before and the day of the appointment look alike at each."""
    told = [ask(evidence, person, APPOINTED + 1 + number, "partner", False) for number in range(REFUSALS_A_DAY)]
    assert told == ["NOT_APPOINTED"] * REFUSALS_A_DAY
    for other in (alone, in_a_batch, in_a_file):
        answers = {other(evidence, person, days, "partner", False) for days in (APPOINTED + 1, APPOINTED, 20)}
        assert answers == {"TOO_MANY_CHECKS"}


def test_the_limit_is_for_one_sender_and_one_person(evidence: Evidence, person: str) -> None:
    """P20: another partner's items, the Team's items and items about others are taken."""
    file(evidence, person, range(APPOINTED + 5, APPOINTED, -1))
    assert alone(evidence, person, 20, "partner", False) == "TOO_MANY_CHECKS"
    assert alone(evidence, person, 20, "panel-team", False) == ""
    assert alone(evidence, a_member(evidence), 20, "partner", False) == ""
    assert alone(evidence, person, APPOINTED + 1, "other-partner", False) != "TOO_MANY_CHECKS"


def test_the_first_row_that_is_taken_is_not_the_day(evidence: Evidence, person: str) -> None:
    """P20: a file of days in their order stops to answer before the day comes."""
    reasons = file(evidence, person, range(APPOINTED + 13, APPOINTED - 7, -1))
    assert reasons == ["NOT_APPOINTED"] * REFUSALS_A_DAY + ["TOO_MANY_CHECKS"] * (20 - REFUSALS_A_DAY)


def test_items_about_days_of_the_membership_are_taken_however_many_they_are(evidence: Evidence, person: str) -> None:
    """P20: what is recorded leaves a trace. A mistake in between holds nothing up."""
    days = [*range(1, 20), APPOINTED + 1, *range(20, 40), APPOINTED + 2]
    reasons = file(evidence, person, days)
    assert [day for day, reason in zip(days, reasons, strict=True) if reason] == [APPOINTED + 1, APPOINTED + 2]


@pytest.mark.parametrize("first", [True, False])
def test_a_batch_does_not_say_which_item_is_about_nobody(evidence: Evidence, first: bool) -> None:
    """P20: an item about nobody beside it would tell of any day of a person, for nothing."""
    answers = set()
    for days in (APPOINTED + 2, APPOINTED + 1, APPOINTED, APPOINTED - 1):
        parts = [an_item_about(a_member(evidence), days), an_item_about(f"sg-{a_request_id()[:8]}", 20)]
        for part in parts:
            part.request_id = ""
        request = pb.BatchCreateEvidenceItemsRequest(
            requests=parts if first else parts[::-1], request_id=a_request_id()
        )
        answer = refused(partial(evidence.items.BatchCreateEvidenceItems, request, **evidence.as_("partner")))
        answers.add((answer.code, answer.reason, answer.field, answer.message, str(answer.metadata)))
    ((code, reason, field, *_),) = answers
    assert (code, reason, field) == ("FAILED_PRECONDITION", "NOT_APPOINTED", "requests")


@pytest.mark.parametrize("days", [APPOINTED, APPOINTED + 1])
def test_each_person_of_a_refused_batch_is_asked_about(evidence: Evidence, person: str, days: int) -> None:
    """P20: if only those at fault were counted, the limit itself would tell. What comes after looks alike too."""
    answers = [batch(evidence, [(person, days), (f"sg-{a_request_id()[:8]}", 20)]) for _ in range(REFUSALS_A_DAY + 1)]
    assert answers == ["NOT_APPOINTED"] * REFUSALS_A_DAY + ["TOO_MANY_CHECKS"]
    assert alone(evidence, person, 20, "partner", False) == "TOO_MANY_CHECKS"


def test_staff_are_told_which_item_of_a_batch_is_at_fault(evidence: Evidence, person: str) -> None:
    """P20: they may read the register."""
    parts = [an_item_request(person, mappings=None), an_item_about(person, APPOINTED + 1)]
    for part in parts:
        part.request_id = ""
    request = pb.BatchCreateEvidenceItemsRequest(requests=parts, request_id=a_request_id())
    answer = refused(partial(evidence.items.BatchCreateEvidenceItems, request, **evidence.as_("panel-team")))
    assert (answer.reason, answer.field) == ("DATE_BEFORE_APPOINTMENT", "requests[1].evidence_item.happened_date")
    days = (APPOINTED + 1, 20, APPOINTED + 2, APPOINTED + 3, APPOINTED + 4)
    reasons = file(evidence, person, days, as_="panel-team")
    assert reasons == ["DATE_BEFORE_APPOINTMENT", "", *["DATE_BEFORE_APPOINTMENT"] * 3]


@DOORS
def test_each_answer_is_in_the_audit_log_and_nothing_else_is_kept(evidence: Evidence, person: str, ask: Ask) -> None:
    """P20: who asked, about whom, and that no answer was given any more."""
    for number in range(REFUSALS_A_DAY + 1):
        ask(evidence, person, APPOINTED + 1 + number, "partner", False)
    query = f"SELECT method, person FROM audit WHERE subject = '{person}' AND role = 'partner_system'"  # noqa: S608
    rows = [(method.partition(" ")[2], caller) for method, caller in read_rows(evidence.file, query)]
    assert rows.count(("(no member)", "partner")) == REFUSALS_A_DAY
    assert rows.count(("(no member refused)", "partner")) == 1
    stored = f"SELECT COUNT(*) FROM evidence_item WHERE safeguarder_id = '{person}'"  # noqa: S608
    assert read_rows(evidence.file, stored)[0][0] == 0

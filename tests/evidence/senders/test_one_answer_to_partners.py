"""A partner learns nothing about who is a member of the Panel, and since when (P20, P22)."""

from collections.abc import Callable
from functools import partial
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2

from services.platform.calls.wire import to_date
from tests.answers import answer_of, refused
from tests.builders import a_mapping, a_request_id, an_applicant, an_appointment, an_item_request, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint

END = {
    "kind": safeguarder_pb2.RecordMinisterialDecisionRequest.KIND_ENDED,
    "end_reason": safeguarder_pb2.END_REASON_RESIGNED,
}
NOBODY: dict[str, tuple[str, int]] = {
    "an id that nobody has": ("sg-nobody", 22),
    "an applicant": ("sg-applicant", 22),
    "the day before the appointment": ("sg-member", 366),
    "years before the appointment": ("sg-member", 3000),
    "the day after the membership ended": ("sg-former", 99),
    "long after the membership ended": ("sg-former", 1),
    "the day after a term that ran out": ("sg-lapsed", 1500 - 3 * 366),
}
"""Whom and how many days ago an item is about: nobody who was a member that day."""


People = dict[str, str]
"""Ids of people about whom nobody has asked yet, by the names that they have above."""


@pytest.fixture
def people(evidence: Evidence) -> People:
    made = {name: f"{name}-{a_request_id()[:8]}" for name in ("sg-applicant", "sg-member", "sg-former", "sg-lapsed")}
    evidence.people.CreateSafeguarder(an_applicant(made["sg-applicant"]), **evidence.as_("panel-team"))
    for name, days in (("sg-member", 365), ("sg-former", 365), ("sg-lapsed", 1500)):
        appoint(evidence, made[name], on=days_ago(days))
    end = an_appointment(made["sg-former"], on=days_ago(100), **END)
    evidence.people.RecordMinisterialDecision(end, **evidence.as_("recorder"))
    return made | {"sg-nobody": "sg-nobody"}


def an_item_about(person: str, days: int) -> pb.CreateEvidenceItemRequest:
    day = to_date(days_ago(days))
    return an_item_request(person, mappings=None, happened_date=day, received_date=day)


def by_call(evidence: Evidence, request: pb.CreateEvidenceItemRequest, person: str) -> tuple[Any, ...]:
    answer = refused(lambda: evidence.items.CreateEvidenceItem(request, **evidence.as_(person)))
    return answer.code, answer.reason, answer.field, answer.message, answer.metadata


def by_batch(evidence: Evidence, request: pb.CreateEvidenceItemRequest, person: str) -> tuple[Any, ...]:
    part = pb.CreateEvidenceItemRequest()
    part.CopyFrom(request)
    part.request_id = ""
    batch = pb.BatchCreateEvidenceItemsRequest(requests=[part], request_id=a_request_id())
    answer = refused(lambda: evidence.items.BatchCreateEvidenceItems(batch, **evidence.as_(person)))
    return answer.code, answer.reason, answer.field, answer.message, answer.metadata


def by_file(evidence: Evidence, request: pb.CreateEvidenceItemRequest, person: str) -> tuple[Any, ...]:
    part = pb.ImportEvidenceItemsRequest(rows=[pb.ImportRow(row=1, request=request)])
    (row,) = evidence.items.ImportEvidenceItems(iter([part]), **evidence.as_(person)).results
    return row.evidence_item, row.reason, row.field, row.message


@pytest.mark.parametrize("door", [by_call, by_batch, by_file])
def test_a_partner_has_the_same_words_for_everybody_who_was_no_member(
    evidence: Evidence, people: People, door: Callable[..., tuple[Any, ...]]
) -> None:
    """P20: an unknown id, an applicant, a day before the appointment and one after the end are one answer."""
    about = [(people[name], days) for name, days in NOBODY.values()]
    first, *others = [door(evidence, an_item_about(*nobody), "partner") for nobody in about]
    assert "NOT_APPOINTED" in first
    assert all(other == first for other in others)


@pytest.mark.parametrize("person", ["panel-team", "partner"])
@pytest.mark.parametrize("days", [99, 50, 1])
def test_evidence_that_happened_after_the_membership_ended_is_refused(
    evidence: Evidence, people: People, person: str, days: int
) -> None:
    """P22: NOT_APPOINTED, from every sender."""
    answer = by_call(evidence, an_item_about(people["sg-former"], days), person)
    assert answer[:3] == ("FAILED_PRECONDITION", "NOT_APPOINTED", "parent")


@pytest.mark.parametrize("person", ["panel-team", "partner"])
@pytest.mark.parametrize("days", [100, 200, 365])
def test_evidence_from_the_time_of_a_membership_is_taken_after_its_end(
    evidence: Evidence, people: People, person: str, days: int
) -> None:
    """P22: the first and the last day of a membership belong to it."""
    taken = evidence.items.CreateEvidenceItem(an_item_about(people["sg-former"], days), **evidence.as_(person))
    assert taken.state == pb.ITEM_STATE_CURRENT


FAULTS: dict[str, dict[str, Any]] = {
    "a day to come": {"happened_date": to_date(days_ago(-5)), "received_date": to_date(days_ago(-5))},
    "a source of another body": {"source": pb.EVIDENCE_SOURCE_CHILD},
    "a mapping": {"mappings": [a_mapping("S4.1")]},
    "no case reference": {"case_reference": "Mr Smith"},
}
"""What makes a batch fail whatever else is in it."""


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("first", [True, False])
def test_a_batch_that_fails_anyway_tells_nothing_about_a_membership(
    evidence: Evidence, people: People, fault: str, first: bool
) -> None:
    """P20: nothing of it is recorded, so it would be a check without a limit and without a trace."""
    answers = set()
    for name, days in [*NOBODY.values(), ("sg-member", 20)]:
        person = people[name]
        spoilt = an_item_request(person, **{"mappings": None} | FAULTS[fault])
        parts = [an_item_about(person, days), spoilt]
        for part in parts:
            part.request_id = ""
        batch = pb.BatchCreateEvidenceItemsRequest(requests=parts[::-1] if first else parts, request_id=a_request_id())
        answer = refused(partial(evidence.items.BatchCreateEvidenceItems, batch, **evidence.as_("partner")))
        answers.add((answer.code, answer.reason, answer.field, answer.message))
    ((_, reason, field, _),) = answers
    assert reason != "NOT_APPOINTED"
    assert field.startswith("requests[0]" if first else "requests[1]")


@pytest.mark.parametrize("fault", FAULTS)
def test_an_item_with_another_fault_tells_nothing_about_a_membership(
    evidence: Evidence, people: People, fault: str
) -> None:
    """P20: alone and in a file, the other fault is the answer for everybody."""
    changes = {"mappings": None} | FAULTS[fault]
    for door in (by_call, by_file):
        answers = set()
        for name, days in [*NOBODY.values(), ("sg-member", 20)]:
            dates = {"happened_date": to_date(days_ago(days)), "received_date": to_date(days_ago(days))}
            answers.add(str(door(evidence, an_item_request(people[name], **dates | changes), "partner")))
        assert len(answers) == 1
        assert "NOT_APPOINTED" not in answers.pop()


def test_a_report_that_somebody_else_has_sent_tells_nothing_about_a_membership(
    evidence: Evidence, people: People
) -> None:
    """P20: the answer that it is on file otherwise is the same for every day on which it is said to have happened."""
    report = {
        "kind": pb.EVIDENCE_KIND_SCRA_TIMELINESS,
        "source": pb.EVIDENCE_SOURCE_SCRA,
        "case_reference": "case-ff66aa77",
        "mappings": None,
    }
    due = to_date(days_ago(30))
    on_file = an_item_request(
        people["sg-member"], **report, timeliness=pb.Timeliness(due_date=due, filed_date=to_date(days_ago(29)))
    )
    evidence.items.CreateEvidenceItem(on_file, **evidence.as_("panel-team"))
    answers = set()
    for days in (366, 400, 30):
        sent = an_item_request(
            people["sg-member"],
            **report,
            timeliness=pb.Timeliness(due_date=due, filed_date=to_date(days_ago(27))),
            happened_date=to_date(days_ago(days)),
        )
        answers.add(str(by_call(evidence, sent, "partner")))
    assert len(answers) == 1
    assert "ON_FILE_OTHERWISE" in answers.pop()


CHECKS_A_DAY = 10


@pytest.fixture
def probed(evidence: Evidence) -> str:
    """A member about whom nobody has asked yet."""
    person = f"sg-{a_request_id()[:8]}"
    appoint(evidence, person)
    return person


def check(evidence: Evidence, person: str, days: int, as_: str = "partner") -> str:
    """Have an item checked only. Return the reason of the refusal; empty if it would be taken."""
    request = an_item_about(person, days)
    request.validate_only = True
    try:
        evidence.items.CreateEvidenceItem(request, **evidence.as_(as_))
    except grpc.RpcError as problem:
        return answer_of(problem).reason
    return ""


def test_a_partner_that_tries_dates_is_stopped_and_audited(evidence: Evidence, probed: str) -> None:
    """P20: 14 checks with different dates do not tell the day of the appointment."""
    answers = [check(evidence, probed, 366 - number) for number in range(14)]
    assert answers[CHECKS_A_DAY:] == ["TOO_MANY_CHECKS"] * 4
    query = f"SELECT method, person FROM audit WHERE subject = '{probed}' AND role = 'partner_system'"  # noqa: S608
    rows = read_rows(evidence.file, query)
    assert rows.count(("CreateEvidenceItem (check)", "partner")) == CHECKS_A_DAY
    assert ("CreateEvidenceItem (check refused)", "partner") in rows


def test_an_item_that_is_recorded_is_never_held_up_by_checks(evidence: Evidence, probed: str) -> None:
    """P20: what a partner sends is taken, however much it checked before."""
    for _ in range(CHECKS_A_DAY + 1):
        check(evidence, probed, 22)
    assert check(evidence, probed, 22) == "TOO_MANY_CHECKS"
    assert check(evidence, probed, 22, "other-partner") != "TOO_MANY_CHECKS"
    assert check(evidence, probed, 22, "panel-team") == ""
    assert evidence.items.CreateEvidenceItem(an_item_about(probed, 22), **evidence.as_("partner")).receipt


def test_rows_of_a_file_are_checked_as_often_as_single_items(evidence: Evidence, probed: str) -> None:
    """P20: a file of dates to be checked is no way round the limit."""
    rows = [pb.ImportRow(row=number, request=an_item_about(probed, 370 - number)) for number in range(14)]
    part = pb.ImportEvidenceItemsRequest(rows=rows, validate_only=True)
    results = evidence.items.ImportEvidenceItems(iter([part]), **evidence.as_("partner")).results
    assert [row.reason for row in results[CHECKS_A_DAY:]] == ["TOO_MANY_CHECKS"] * 4
    assert "TOO_MANY_CHECKS" not in [row.reason for row in results[:CHECKS_A_DAY]]

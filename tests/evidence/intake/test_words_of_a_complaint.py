"""The words of a complaint do not count as something else, whatever was decided about it (P7).

A complaint that was not upheld would come back as feedback, by the hand of one person. Neither a correction nor a new
item brings it back. Another statement in the same words stays possible, with a second person.
"""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import answer_of, refused
from tests.builders import a_request_id, an_item, an_item_request, days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.intake.doors import by_file
from tests.evidence.steps import kept
from tests.waiting import until
from tests.world import PEOPLE

WORDS = (f"Came late to hearing {number}, and left the child waiting." for number in range(1000))
OWN_DAYS = iter(range(20, 350))
LOCAL = pb.EVIDENCE_SOURCE_LOCAL_AUTHORITY
NOT_UPHELD = pb.COMPLAINT_OUTCOME_NOT_UPHELD
ON_FILE, SECOND = "COMPLAINT_ON_FILE", "SECOND_PERSON_NEEDED"


@pytest.fixture
def words() -> str:
    """Return words that no other test uses."""
    return next(WORDS)


def a_statement(words: str, again: bool = False, **changes: Any) -> pb.CreateEvidenceItemRequest:
    """Return feedback from a Reporter about a day of its own."""
    fields: dict[str, Any] = {
        "source": pb.EVIDENCE_SOURCE_REPORTER, "summary": words, "mappings": None,
        "happened_date": to_date(days_ago(next(OWN_DAYS))), "received_date": to_date(days_ago(10)),
    }  # fmt: skip
    request = an_item_request("sg-one", **fields | changes)
    request.again = again
    return request


def a_complaint(
    evidence: Evidence, words: str, person: str = "panel-team", outcome: Any = NOT_UPHELD, **changes: Any
) -> str:
    """Record a complaint and decide it. Return its name."""
    request = a_statement(words, True, kind=pb.EVIDENCE_KIND_COMPLAINT, **changes)
    name = str(evidence.items.CreateEvidenceItem(request, **evidence.as_(person)).name)
    if outcome:
        decide = pb.DecideComplaintRequest(name=name, outcome=outcome)
        evidence.items.DecideComplaint(decide, **evidence.as_("panel-team"))
    return name


def at_a_call(evidence: Evidence, request: pb.CreateEvidenceItemRequest, person: str) -> str:
    """Return the reason of the refusal, or nothing."""
    return _reason(lambda: evidence.items.CreateEvidenceItem(request, **evidence.as_(person)))


def in_a_batch(evidence: Evidence, request: pb.CreateEvidenceItemRequest, person: str) -> str:
    """Return the reason of the refusal, or nothing."""
    batch = pb.BatchCreateEvidenceItemsRequest(requests=[request], request_id=a_request_id())
    return _reason(lambda: evidence.items.BatchCreateEvidenceItems(batch, **evidence.as_(person)))


def in_a_file(evidence: Evidence, request: pb.CreateEvidenceItemRequest, person: str) -> str:
    """Return the reason of the refusal, or nothing."""
    parts: Iterator[Any] = iter([pb.ImportEvidenceItemsRequest(rows=[pb.ImportRow(row=1, request=request)])])
    (row,) = evidence.items.ImportEvidenceItems(parts, **evidence.as_(person)).results
    return str(row.reason)


def _reason(call: Any) -> str:
    try:
        call()
    except grpc.RpcError as problem:
        return answer_of(problem).reason
    return ""


DOORS = {"a single call": at_a_call, "a batch": in_a_batch, "a file": in_a_file}
doors = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


@doors
@pytest.mark.parametrize("person", ["panel-team", "partner"])
def test_words_of_a_complaint_do_not_come_back_as_feedback(
    evidence: Evidence, door: Any, person: str, words: str
) -> None:
    """P7: by the same sender, at every door. Nothing is recorded."""
    a_complaint(evidence, words, person)
    before = kept(evidence)["evidence_item"]
    assert door(evidence, a_statement(words), person) == ON_FILE
    assert door(evidence, a_statement(f"  {words.upper()}!"), person) == ON_FILE, "the same words, written otherwise"
    assert kept(evidence)["evidence_item"] == before


def test_the_answer_names_the_complaint_and_the_way_on(evidence: Evidence, words: str) -> None:
    name = a_complaint(evidence, words)
    answer = refused(lambda: evidence.items.CreateEvidenceItem(a_statement(words), **evidence.as_("panel-team")))
    assert (answer.code, answer.field) == ("ABORTED", "evidence_item.summary")
    assert answer.metadata["on_file"] == name
    assert "`again`" in answer.message


@doors
def test_another_statement_in_the_same_words_takes_another_person(evidence: Evidence, door: Any, words: str) -> None:
    """P7: `again` says that it is another statement. Who recorded or decided the complaint cannot say so."""
    a_complaint(evidence, words, "partner", outcome=0)
    assert door(evidence, a_statement(words, again=True), "partner") == SECOND, "recorded it"
    assert door(evidence, a_statement(words, again=True), "panel-team") == "", "did neither"
    decided = f"{words} Twice."
    a_complaint(evidence, decided, "partner")
    assert door(evidence, a_statement(decided, again=True), "panel-team") == SECOND, "decided it"


def test_another_system_of_the_same_body_is_no_second_person(evidence: Evidence, words: str) -> None:
    """P7: all systems of a body are one sender."""
    evidence.world.write_people(PEOPLE | {"partner-again": PEOPLE["partner"]})
    a_complaint(evidence, words, "partner", outcome=0)
    request = a_statement(words)
    until(lambda: at_a_call(evidence, request, "partner-again") == ON_FILE)
    assert at_a_call(evidence, a_statement(words, again=True), "partner-again") == SECOND
    assert at_a_call(evidence, a_statement(words, source=LOCAL), "other-partner") == "", "another body learns nothing"


def test_another_account_of_the_same_person_is_no_second_person(evidence: Evidence, words: str) -> None:
    """A7: who decided the complaint has two accounts."""
    of_one = {who: {"role": "panel_team", "person_id": "one"} for who in ("panel-team", "panel-again")}
    evidence.world.write_people(PEOPLE | of_one)
    a_complaint(evidence, words, "panel-team")
    until(lambda: at_a_call(evidence, a_statement(words), "panel-again") == ON_FILE)
    assert at_a_call(evidence, a_statement(words, again=True), "panel-again") == SECOND
    evidence.world.write_people(PEOPLE)


@pytest.mark.parametrize("outcome", [0, pb.COMPLAINT_OUTCOME_UPHELD, pb.COMPLAINT_OUTCOME_RESOLVED])
def test_whatever_was_decided_the_words_count_once(evidence: Evidence, outcome: Any, words: str) -> None:
    """P7: an upheld complaint counts already, and one that is not decided yet waits for that."""
    a_complaint(evidence, words, outcome=outcome)
    assert at_a_call(evidence, a_statement(words), "panel-team") == ON_FILE


@pytest.mark.parametrize("kind", [pb.EVIDENCE_KIND_OBSERVATION, pb.EVIDENCE_KIND_COMMENDATION])
def test_no_other_kind_brings_the_words_back(evidence: Evidence, kind: Any, words: str) -> None:
    """P7: whatever stands on words alone, from whatever source."""
    a_complaint(evidence, words)
    request = a_statement(words, kind=kind, source=pb.EVIDENCE_SOURCE_SHERIFF)
    assert at_a_call(evidence, request, "panel-team") == ON_FILE


def test_a_complaint_that_was_entered_wrongly_comes_back_as_what_it_is(evidence: Evidence, words: str) -> None:
    """P7: the refusal of another kind advises to withdraw and record a new one. That holds until it is decided."""
    reason = pb.CORRECTION_REASON_ENTERED_WRONGLY
    for outcome, expected in ((0, ""), (NOT_UPHELD, ON_FILE)):
        said = f"{words} {outcome}"
        name = a_complaint(evidence, said, outcome=outcome)
        evidence.items.WithdrawEvidenceItem(
            pb.WithdrawEvidenceItemRequest(name=name, reason=reason), **evidence.as_("panel-team")
        )
        assert at_a_call(evidence, a_statement(said), "panel-team") == expected


def test_a_correction_does_not_take_the_words_either(evidence: Evidence, words: str) -> None:
    """P7: feedback in other words is recorded, and then corrected into those of the complaint."""
    a_complaint(evidence, words)
    feedback = evidence.items.CreateEvidenceItem(a_statement(f"{words} Or not."), **evidence.as_("panel-team"))
    new = an_item(
        summary=words, source=feedback.source, happened_date=feedback.happened_date,
        received_date=feedback.received_date, mappings=None,
    )  # fmt: skip
    correction = pb.CorrectEvidenceItemRequest(
        name=feedback.name, evidence_item=new, reason=pb.CORRECTION_REASON_ENTERED_WRONGLY
    )
    answer = refused(lambda: evidence.items.CorrectEvidenceItem(correction, **evidence.as_("panel-team")))
    assert answer.reason == ON_FILE


def test_a_matter_of_safety_waits_for_no_second_person(evidence: Evidence, words: str) -> None:
    """P7, R39: the person who has it says `again`, and it goes to a named person at once."""
    a_complaint(evidence, words)
    safety: dict[str, Any] = {"evidence_class": pb.EVIDENCE_CLASS_SAFETY}
    assert at_a_call(evidence, a_statement(words, **safety), "panel-team") == ON_FILE
    assert at_a_call(evidence, a_statement(words, again=True, **safety), "panel-team") == ""


def test_a_partner_is_told_of_no_complaint_that_somebody_else_sent(evidence: Evidence, words: str) -> None:
    """P7: what the Team has on file is not for a partner to learn. Other words, or none, are no complaint's."""
    a_complaint(evidence, words)
    assert at_a_call(evidence, a_statement(words), "partner") == ""
    assert at_a_call(evidence, a_statement(f"{words} And more."), "panel-team") == ""
    assert at_a_call(evidence, a_statement("", again=True), "panel-team") == ""


def test_a_form_of_words_is_the_same_matter_on_the_same_day_only(evidence: Evidence) -> None:
    """P7: systems and people write some texts again and again. Nothing of another day is lost for that."""
    for number, few in enumerate(("On the telephone.", "Was rude.")):
        day = to_date(days_ago(355 + number))
        a_complaint(evidence, few, happened_date=day)
        assert at_a_call(evidence, a_statement(few, happened_date=day), "panel-team") == ON_FILE
        assert at_a_call(evidence, a_statement(few), "panel-team") == ""


def test_a_file_with_the_complaint_and_its_words_as_feedback(evidence: Evidence, words: str) -> None:
    """P7: within one file too. The complaint is taken."""
    complaint = a_statement(words, kind=pb.EVIDENCE_KIND_COMPLAINT)
    assert by_file(evidence, complaint)[0][1] == pb.DELIVERY_NEW
    rows = [a_statement(f"{words} 2", kind=pb.EVIDENCE_KIND_COMPLAINT), a_statement(f"{words} 2")]
    parts = iter([pb.ImportEvidenceItemsRequest(rows=[pb.ImportRow(row=1, request=r) for r in rows])])
    answer = evidence.items.ImportEvidenceItems(parts, **evidence.as_("panel-team"))
    assert [row.reason for row in answer.results] == ["", ON_FILE]

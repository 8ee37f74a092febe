"""A partner finds the id of a Safeguarder by the panel number that it holds, and learns nothing else (doors D18)."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import safeguarder_pb2 as pb

from services.evidence.server.safeguarders import LOOK_UPS_A_DAY
from tests.answers import refused
from tests.builders import a_request_id, an_applicant, an_appointment, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint

END: dict[str, Any] = {
    "kind": pb.RecordMinisterialDecisionRequest.KIND_ENDED,
    "end_reason": pb.END_REASON_RESIGNED,
}
STANDING = ("applicant", "member", "former")
NOBODY = ["SP-9999", "SP-100", "sg-member", "Demo Person", "%", "' OR 1=1 --", "SP-1001 ", "\u00e9", "x" * 500]
"""Numbers that nobody has, and texts that are no numbers. (SP-1001 is taken back in the test below.)"""


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    for number, standing in enumerate(STANDING, 1001):
        entry = an_applicant(f"sg-{standing}", panel_number="" if standing == "former" else f"SP-{number}")
        evidence.people.CreateSafeguarder(entry, **evidence.as_("panel-team"))
    for standing in ("member", "former"):
        evidence.people.RecordMinisterialDecision(an_appointment(f"sg-{standing}"), **evidence.as_("recorder"))
    end = an_appointment("sg-former", on=days_ago(100), **END)
    evidence.people.RecordMinisterialDecision(end, **evidence.as_("recorder"))
    set_number(evidence, "sg-former", "SP-1003")


def set_number(evidence: Evidence, person: str, number: str) -> pb.Safeguarder:
    request = pb.SetPanelNumberRequest(name=f"safeguarders/{person}", panel_number=number, request_id=a_request_id())
    entry: pb.Safeguarder = evidence.people.SetPanelNumber(request, **evidence.as_("panel-team"))
    return entry


def look_up(evidence: Evidence, number: str, person: str = "partner") -> pb.LookUpSafeguarderResponse:
    request = pb.LookUpSafeguarderRequest(panel_number=number)
    found: pb.LookUpSafeguarderResponse = evidence.people.LookUpSafeguarder(request, **evidence.as_(person))
    return found


@pytest.mark.parametrize("person", ["partner", "panel-team"])
@pytest.mark.parametrize(("number", "standing"), [(f"SP-{n}", one) for n, one in enumerate(STANDING, 1001)])
def test_the_id_and_nothing_else_whatever_the_person_s_standing(
    evidence: Evidence, number: str, standing: str, person: str
) -> None:
    """doors D18: partners hold a number and could not find the id by which evidence names a person."""
    answer = look_up(evidence, number, person)
    assert answer == pb.LookUpSafeguarderResponse(safeguarder=f"safeguarders/sg-{standing}")
    assert [field.name for field, _ in answer.ListFields()] == ["safeguarder"]


@pytest.mark.parametrize("written", ["sp-1002", " SP-1002", "Sp-1002 "])
def test_small_letters_and_spaces_around_do_not_matter(evidence: Evidence, written: str) -> None:
    assert look_up(evidence, written).safeguarder == "safeguarders/sg-member"


def test_every_number_that_nobody_has_is_one_answer(evidence: Evidence) -> None:
    """doors D18: a partner can't tell one unknown number from another, nor a text that is no number."""
    set_number(evidence, "sg-applicant", "SP-1001-A")
    answers = [refused(lambda number=number: look_up(evidence, number)) for number in NOBODY]  # type: ignore[misc]
    assert {(answer.code, answer.reason, answer.field) for answer in answers} == {
        ("NOT_FOUND", "PANEL_NUMBER_NOT_KNOWN", "panel_number")
    }
    assert len({(answer.message, str(answer.metadata)) for answer in answers}) == 1
    set_number(evidence, "sg-applicant", "SP-1001")


REFUSED: dict[str, tuple[Callable[[Evidence], Any], str]] = {
    "a number that somebody has": (lambda e: set_number(e, "sg-former", "sp-1002"), "PANEL_NUMBER_TAKEN"),
    "a new entry with such a number": (
        lambda e: e.people.CreateSafeguarder(an_applicant("sg-new", panel_number="SP-1002"), **e.as_("panel-team")),
        "PANEL_NUMBER_TAKEN",
    ),
    "a name": (lambda e: set_number(e, "sg-former", "Demo Person"), "PANEL_NUMBER_NOT_VALID"),
    "a long text": (lambda e: set_number(e, "sg-former", "9" * 41), "PANEL_NUMBER_NOT_VALID"),
    "a person who is not there": (lambda e: set_number(e, "sg-nobody", "SP-7"), "SAFEGUARDER_NOT_FOUND"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_number_is_one_person_s(evidence: Evidence, what: str) -> None:
    act, reason = REFUSED[what]
    assert refused(lambda: act(evidence)).reason == reason


@pytest.mark.parametrize("person", ["person-one", "senior-manager", "official", "operator"])
def test_nobody_else_looks_numbers_up(evidence: Evidence, person: str) -> None:
    answers = [refused(lambda n=n: look_up(evidence, n, person)) for n in ("SP-1002", "SP-9999")]  # type: ignore[misc]
    assert {answer.code for answer in answers} == {"PERMISSION_DENIED"}
    assert len({answer.message for answer in answers}) == 1


def test_a_support_manager_looks_a_number_up_to_open_a_file_in_an_emergency(evidence: Evidence) -> None:
    """X38: the answer is an id and nothing else."""
    appoint(evidence, "sg-looked-up")
    set_number(evidence, "sg-looked-up", "LU/1")
    assert look_up(evidence, "LU/1", "manager-one") == look_up(evidence, "LU/1")


def test_a_person_keeps_the_id_when_the_number_changes(evidence: Evidence) -> None:
    appoint(evidence, "sg-renumbered")
    assert set_number(evidence, "sg-renumbered", "OLD/1").panel_number == "OLD/1"
    assert set_number(evidence, "sg-renumbered", "NEW/1").panel_number == "NEW/1"
    assert look_up(evidence, "new/1").safeguarder == "safeguarders/sg-renumbered"
    assert refused(lambda: look_up(evidence, "OLD/1")).reason == "PANEL_NUMBER_NOT_KNOWN"


def test_nobody_tries_numbers_until_one_fits(evidence: Evidence) -> None:
    """doors D18: look-ups of a system are audited and limited, found or not."""
    for number in range(LOOK_UPS_A_DAY):
        if number % 2:
            look_up(evidence, "SP-1002", "other-partner")
        else:
            with pytest.raises(grpc.RpcError):
                look_up(evidence, f"SP-{number}", "other-partner")
    answers = [refused(lambda n=n: look_up(evidence, n, "other-partner")) for n in ("SP-1002", "SP-3")]  # type: ignore[misc]
    assert {(answer.code, answer.reason) for answer in answers} == {("FAILED_PRECONDITION", "TOO_MANY_LOOK_UPS")}
    assert look_up(evidence, "SP-1002").safeguarder, "another system is not affected"
    audited = read_rows(evidence.file, "SELECT subject FROM audit WHERE person = 'other-partner'")
    assert len(audited) > LOOK_UPS_A_DAY
    assert not [row for row in audited if "SP-" in str(row)], "no number is in the log"

"""The directory of people and the search of the register, as each caller sees them (requirements X8, X32)."""

import json
from typing import Any

import pytest
from psmf.evidence.v1 import directory_pb2 as pb
from psmf.evidence.v1 import directory_pb2_grpc
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.scheduling.v1 import cover_pb2, events_pb2

from tests.answers import refused
from tests.builders import an_applicant
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint
from tests.waiting import until
from tests.world import PEOPLE

NAMED = PEOPLE | {
    "manager-one": PEOPLE["manager-one"] | {"display_name": "Demo Morag Reid"},
    "reviewer": {"role": "report_reviewer", "display_name": "Demo Andrew Keir"},
    "manager-too": {"role": "support_manager", "subject": "sg-two", "display_name": "Demo Two Hats"},
}


class Doors:
    """The directory and the register, asked as somebody."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.directory = directory_pb2_grpc.DirectoryServiceStub(evidence.channel)

    def me(self, person: str) -> Any:
        return self.directory.GetMe(pb.GetMeRequest(), **self.evidence.as_(person))

    def people(self, person: str, *people: str) -> dict[str, str]:
        request = pb.BatchGetPeopleRequest(people=people)
        answer = self.directory.BatchGetPeople(request, **self.evidence.as_(person))
        return {each.person: each.safeguarder or each.display_name for each in answer.people}

    def found(self, person: str, query: str) -> list[str]:
        request = register.SearchSafeguardersRequest(query=query)
        answer = self.evidence.people.SearchSafeguarders(request, **self.evidence.as_(person))
        return [each.safeguarder.name for each in answer.found]

    def entries(self, person: str, *names: str) -> list[str]:
        request = register.BatchGetSafeguardersRequest(names=names)
        answer = self.evidence.people.BatchGetSafeguarders(request, **self.evidence.as_(person))
        return [entry.name for entry in answer.safeguarders]


@pytest.fixture(scope="module")
def doors(evidence: Evidence) -> Doors:
    evidence.world.write_people(NAMED)
    for one in ("sg-one", "sg-two"):
        appoint(evidence, one)
    found = Doors(evidence)
    until(lambda: found.me("manager-one").display_name == "Demo Morag Reid")
    return found


def test_everybody_learns_who_they_are(doors: Doors) -> None:
    one = doors.me("person-one")
    assert (one.person, one.role, one.safeguarder) == ("person-one", "safeguarder", "safeguarders/sg-one")
    assert one.display_name
    assert doors.me("manager-one").region == "east"
    assert doors.me("official").role == "official"
    assert doors.me("manager-too").safeguarder == "safeguarders/sg-two"


def test_an_id_in_a_history_has_a_name_but_tells_nobody_who_is_a_safeguarder(doors: Doors) -> None:
    asked = ("person-two", "manager-one", "nobody", "person-one", "manager-one")
    assert doors.people("panel-team", *asked) == {
        "person-two": "safeguarders/sg-two",
        "manager-one": "Demo Morag Reid",
        "person-one": "safeguarders/sg-one",
    }
    assert list(doors.people("manager-one", *asked)) == ["manager-one", "person-one"]
    assert list(doors.people("person-one", *asked)) == ["manager-one", "person-one"]
    assert list(doors.people("editor", *asked)) == ["manager-one"]


def test_colleagues_are_those_to_whom_work_can_be_given(doors: Doors) -> None:
    def listed(role: str = "") -> list[str]:
        request = pb.ListColleaguesRequest(role=role)
        answer = doors.directory.ListColleagues(request, **doors.evidence.as_("panel-team"))
        return [each.person for each in answer.people]

    assert listed("support_manager") == ["manager-two", "manager-one", "manager-too"]
    assert set(listed()) == {"panel-team", "senior-manager", *listed("support_manager"), "reviewer"}
    assert refused(lambda: listed("operator")).reason == "NOT_A_COLLEAGUE"


def test_search_and_entries_hold_those_whom_the_register_shows(doors: Doors) -> None:
    both = ("safeguarders/sg-two", "safeguarders/sg-one")
    for person, seen in (
        ("panel-team", set(both)),
        ("senior-manager", set(both)),
        ("manager-one", {"safeguarders/sg-one"}),
        ("manager-two", set()),
        ("person-two", {"safeguarders/sg-two"}),
    ):
        assert set(doors.found(person, "sg-")) & set(both) == seen, person
        assert doors.entries(person, *both, "safeguarders/nobody") == [name for name in both if name in seen], person


def test_a_declared_link_keeps_somebody_out_of_both(doors: Doors) -> None:
    stands = cover_pb2.PersonLink.STATE_IN_FORCE
    event = events_pb2.LinkChanged(
        safeguarder_id="sg-one",
        link_id="l1",
        version=1,
        person="senior-manager",
        state=stands,
    )
    doors.evidence.scheduling.publish("sg-one", event)
    until(lambda: "safeguarders/sg-one" not in doors.found("senior-manager", "sg-"))
    assert doors.entries("senior-manager", "safeguarders/sg-one") == []
    assert doors.people("senior-manager", "person-one") == {}


def test_twenty_are_shown_and_the_number_of_all_is_said(doors: Doors) -> None:
    for number in range(21):
        entered = an_applicant(f"many-{number:02}", display_name=f"Demo Many {number:02}")
        doors.evidence.people.CreateSafeguarder(entered, **doors.evidence.as_("panel-team"))
    request = register.SearchSafeguardersRequest(query="many")
    answer = doors.evidence.people.SearchSafeguarders(request, **doors.evidence.as_("panel-team"))
    assert (len(answer.found), answer.total) == (20, 21)


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda doors: doors.found("panel-team", "  "), "FIELD_MISSING"),
        (lambda doors: doors.found("panel-team", "x" * 81), "TEXT_TOO_LONG"),
        (lambda doors: doors.entries("panel-team", *(f"safeguarders/s{n}" for n in range(101))), "TOO_MANY_AT_ONCE"),
        (lambda doors: doors.entries("panel-team", "people/one"), "NAME_NOT_VALID"),
        (lambda doors: doors.people("panel-team", *map(str, range(101))), "TOO_MANY_AT_ONCE"),
    ],
)
def test_bad_requests_get_a_clear_answer(doors: Doors, ask: Any, reason: str) -> None:
    answer = refused(lambda: ask(doors))
    assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", reason)


def test_what_somebody_searched_for_is_in_no_log(doors: Doors, capfd: pytest.CaptureFixture[str]) -> None:
    doors.found("panel-team", "Demo Canarysearched")
    said = capfd.readouterr()
    assert "canarysearched" not in json.dumps([said.out, said.err]).casefold()

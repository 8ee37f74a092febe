"""Lists of the register: by name, by support manager and by the end of the term (requirements X8, X32)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import safeguarder_pb2 as pb
from psmf.scheduling.v1 import cover_pb2, events_pb2

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.builders import an_applicant
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint
from tests.waiting import until
from tests.world import PEOPLE

ONE, TWO, APPLICANT = "safeguarders/sg-one", "safeguarders/sg-two", "safeguarders/zz-applicant"


class Lists:
    """The register, listed as somebody."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def page(self, person: str = "panel-team", **asked: Any) -> pb.ListSafeguardersResponse:
        request = pb.ListSafeguardersRequest(**asked)
        answer: pb.ListSafeguardersResponse = self.evidence.people.ListSafeguarders(
            request, **self.evidence.as_(person)
        )
        return answer

    def names(self, person: str = "panel-team", **asked: Any) -> list[str]:
        answer = self.page(person, **asked)
        counts = asked.keys() & {"by_name", "term_ends_before_date"}
        assert answer.total_size == (len(answer.safeguarders) if counts else 0)
        return [entry.name for entry in answer.safeguarders]

    def walked(self, **asked: Any) -> Iterator[str]:
        token, more = "", True
        while more:
            answer = self.page(page_size=1, page_token=token, **asked)
            yield from (entry.name for entry in answer.safeguarders)
            token = answer.next_page_token
            more = bool(token)

    def one(self) -> pb.Safeguarder:
        request = pb.GetSafeguarderRequest(name=ONE)
        found: pb.Safeguarder = self.evidence.people.GetSafeguarder(request, **self.evidence.as_("panel-team"))
        return found


@pytest.fixture(scope="module")
def lists(evidence: Evidence) -> Lists:
    named = {"manager-one": PEOPLE["manager-one"] | {"display_name": "Demo Morag Reid"}}
    evidence.world.write_people(PEOPLE | named)
    for one in ("sg-one", "sg-two"):
        appoint(evidence, one)
    entered = an_applicant("zz-applicant", display_name="demo Aaron First")
    evidence.people.CreateSafeguarder(entered, **evidence.as_("panel-team"))
    found = Lists(evidence)
    until(lambda: found.one().support_manager_name == "Demo Morag Reid")
    return found


def test_an_entry_says_who_supports_the_person_now(lists: Lists) -> None:
    assert (lists.one().support_manager, lists.one().support_manager_name) == ("manager-one", "Demo Morag Reid")
    (entry,) = lists.page("manager-one").safeguarders
    assert entry.support_manager == "manager-one"
    assert next(e for e in lists.page().safeguarders if e.name == APPLICANT).support_manager == ""


def test_people_are_listed_by_their_support_manager(lists: Lists) -> None:
    assert lists.names(support_manager="manager-one") == [ONE]
    assert lists.names("senior-manager", support_manager="manager-one") == [ONE]
    assert lists.names("person-two", support_manager="manager-one") == []
    assert lists.names(support_manager="nobody") == []


def test_by_name_capitals_make_no_difference_and_pages_hold_everybody_once(lists: Lists) -> None:
    found = lists.names(by_name=True)
    assert found[0] == APPLICANT
    assert list(lists.walked(by_name=True)) == found
    assert list(lists.walked()) == sorted(found) == lists.names()
    token = lists.page(page_size=1, by_name=True).next_page_token
    assert refused(lambda: lists.page(page_token=token)).reason == "PAGE_TOKEN_NOT_VALID"


def test_people_are_listed_whose_last_term_ends_before_a_day_and_is_not_over(lists: Lists) -> None:
    ends = from_date(lists.one().terms[-1], "end_date")
    assert ends is not None
    assert ONE not in lists.names(term_ends_before_date=to_date(ends))
    after = lists.names(term_ends_before_date=to_date(ends + timedelta(days=1)))
    assert ONE in after
    assert APPLICANT not in after
    assert lists.names(term_ends_before_date=to_date(date(2000, 1, 1))) == []


def test_somebody_whom_a_declared_link_keeps_out_is_shown_as_nobodys_manager(lists: Lists) -> None:
    stands = cover_pb2.PersonLink.STATE_IN_FORCE
    event = events_pb2.LinkChanged(safeguarder_id="sg-one", link_id="l1", version=1, person="manager-one", state=stands)
    lists.evidence.scheduling.publish("sg-one", event)
    until(lambda: lists.one().support_manager == "")
    assert lists.names(support_manager="manager-one") == []

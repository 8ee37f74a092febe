"""The pages of the Team: who may open them, and what a form does when it is sent, or sent twice."""

from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import directory_pb2, safeguarder_pb2

from services.console.failures import MaybeDone, NotDone, ServiceAway
from services.platform.calls.wire import to_date
from services.refusals import Refusal, invalid, precondition
from tests.console.fixtures.team import ANDREW, LINKED, MORAG, TODAY, delegation, waiting
from tests.console.site import Site, site
from tests.console.team.test_views import DAYS

SENIOR = "senior-manager-west"
PATHS = (
    "/team", "/team/load", "/team/nobodys", "/team/managers/manager-m", "/team/managers/manager-m/cover",
    "/team/managers/manager-m/end-cover", "/team/people/sg-1/manager",
)  # fmt: skip
COVER = "/team/managers/manager-m/cover"
ANSWER = DAYS | {"delegate": ANDREW.id, "reason": "absence", "request_id": "r-1"}


class Office:
    """The services, as far as these pages ask them. `refuses`: what is refused, by the record's name."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.refuses: dict[str, Exception] = {}

    async def support_managers(self, _: Any) -> Any:
        named = [
            directory_pb2.Person(person=one.id, display_name=one.name, region=one.region) for one in (ANDREW, MORAG)
        ]
        return directory_pb2.ListColleaguesResponse(people=named)

    async def whole_register(self, _: Any) -> list[Any]:
        term, appointed = safeguarder_pb2.Term(end_date=to_date(TODAY)), safeguarder_pb2.Safeguarder.STATE_APPOINTED
        return [
            safeguarder_pb2.Safeguarder(
                name=f"safeguarders/sg-{n}", display_name=f"Demo Ailsa {n}", state=appointed, terms=[term],
                support_manager=MORAG.id,
            )
            for n in (1, 2, 3)
        ]  # fmt: skip

    async def delegations(self, _: Any) -> list[Any]:
        return [delegation(1), delegation(2)]

    async def open_matters(self, _: Any) -> list[Any]:
        return [waiting(1, TODAY)]

    async def untold(self, _: Any) -> frozenset[str]:
        return frozenset()

    async def rules(self, _: Any) -> Any:
        raise ServiceAway("rules")

    async def delegate(self, _: Any, person: str, answer: Any, request_id: str) -> None:
        self._act(person, answer["delegate"], request_id)

    async def end_delegation(self, _: Any, name: str, request_id: str) -> None:
        self._act(name, request_id)

    async def allocate(self, _: Any, person: str, manager: str, reason: str, request_id: str) -> None:
        self._act(person, manager, reason, request_id)

    def _act(self, record: str, *more: str) -> None:
        if record in self.refuses:
            raise self.refuses[record]
        self.asked.append((record, *more))


@pytest.fixture
def open_site(tmp_path: Path) -> Site:
    return site(tmp_path)


@pytest.fixture
def office(open_site: Site) -> Office:
    """The services in place of the gateway's calls, and a senior manager who is signed in."""
    found = Office()
    for name in ("support_managers", "whole_register", "delegations", "delegate", "end_delegation", "allocate"):
        setattr(open_site.gateway, name, getattr(found, name))
    open_site.sign_in(SENIOR)
    return found


def send(open_site: Site, path: str, form: dict[str, str]) -> Any:
    return open_site.post(path, form | {"form_mark": open_site.mark(path, path)})


def refused(reason: str, make: Any = precondition) -> NotDone:
    problem: Refusal = make(reason, "Text for a program.", "delegate")
    return NotDone(problem)


def test_the_pages_of_the_team_are_the_same_as_none_to_everybody_else(open_site: Site) -> None:
    for person in ("support-manager-east-1", "official", "person-sg-1", "auditor"):
        open_site.cookie = ""
        open_site.sign_in(person)
        none = open_site.get("/nothing")
        for path in PATHS:
            answer = open_site.get(path)
            assert (answer.status, answer.body) == (404, none.body), (person, path)
            assert open_site.post(path, {}).status in (403, 405), (person, path)


def test_somebody_who_is_not_there_has_no_page(open_site: Site, office: Office) -> None:
    assert open_site.get("/team").status == 200
    assert open_site.get("/team/managers/nobody").status == 404
    assert open_site.get("/team/people/sg-9/manager").status == 404
    assert office.asked == []


def test_cover_is_arranged_person_by_person_and_sent_again_asks_for_the_same(open_site: Site, office: Office) -> None:
    answer = send(open_site, COVER, ANSWER)
    assert (answer.status, answer.header("location")) == (303, "/team/managers/manager-m")
    first = list(office.asked)
    assert [record for record, *_ in first] == ["safeguarders/sg-1", "safeguarders/sg-2", "safeguarders/sg-3"]
    assert len({request_id for *_, request_id in first}) == 3
    assert "Cover for Demo Morag Reid is arranged." in open_site.get("/team/managers/manager-m").text
    send(open_site, COVER, ANSWER)
    assert office.asked[3:] == first


def test_a_service_that_falls_silent_half_way_loses_nothing(open_site: Site, office: Office) -> None:
    office.refuses["safeguarders/sg-2"] = MaybeDone("scheduling")
    answer = send(open_site, COVER, ANSWER)
    assert answer.status == 503
    assert 'name="delegate" value="manager-a"' in answer.text
    assert 'name="request_id" value="r-1"' in answer.text, "the same form goes on where this one stopped"


def test_who_can_not_be_covered_is_named_and_the_others_are_covered(open_site: Site, office: Office) -> None:
    office.refuses["safeguarders/sg-1"] = NotDone(LINKED)
    office.refuses["safeguarders/sg-3"] = refused("ALREADY_DELEGATED")
    answer = send(open_site, COVER, ANSWER)
    assert answer.status == 409
    assert "1 of 3 people is covered. Not covered:" in answer.text
    assert "the same person acts for them already on some of these days" in answer.text
    assert "Demo Ailsa 1: a link with the person who would act is declared" in answer.text
    assert [record for record, *_ in office.asked] == ["safeguarders/sg-2"]


@pytest.mark.parametrize(("reason", "make"), [("DAY_PAST", invalid), ("DELEGATE_AWAY", precondition)])
def test_an_answer_that_nobody_can_be_covered_with_comes_back_filled(
    open_site: Site, office: Office, reason: str, make: Any
) -> None:
    office.refuses |= dict.fromkeys(("safeguarders/sg-1", "safeguarders/sg-2"), refused(reason, make))
    answer = send(open_site, COVER, ANSWER)
    assert answer.status == 422
    assert 'value="manager-a" checked' in answer.text
    assert office.asked == []


def test_a_form_with_an_answer_missing_changes_nothing(open_site: Site, office: Office) -> None:
    answer = send(open_site, COVER, {"delegate": ANDREW.id})
    assert (answer.status, office.asked) == (422, [])
    assert "Enter the first day" in answer.text


def test_cover_ends_for_everybody_whom_one_decision_covered(open_site: Site, office: Office) -> None:
    path = "/team/managers/manager-m/end-cover"
    office.refuses["safeguarders/sg-2/delegations/d-2"] = refused("DELEGATION_OVER")
    answer = send(open_site, path, {"cover": "safeguarders/sg-1/delegations/d-1", "request_id": "r-1"})
    assert answer.status == 303
    assert [record for record, _ in office.asked] == ["safeguarders/sg-1/delegations/d-1"]
    assert send(open_site, path, {"cover": "d-7"}).status == 422


def test_somebody_is_given_another_support_manager(open_site: Site, office: Office) -> None:
    path = "/team/people/sg-1/manager"
    form = {"manager": ANDREW.id, "reason": "requested", "request_id": "r-1"}
    assert send(open_site, path, form).header("location") == "/team/managers/manager-a"
    assert office.asked == [("safeguarders/sg-1", "manager-a", "requested", "r-1")]
    office.refuses["safeguarders/sg-1"] = refused("ALREADY_ALLOCATED")
    answer = send(open_site, path, form)
    assert answer.status == 409
    assert "They are the support manager already." in answer.text


def test_the_status_of_the_parts_is_for_people_who_are_signed_in(open_site: Site) -> None:
    assert open_site.get("/about/status").header("location").startswith("/sign-in")
    open_site.sign_in("official")
    answer = open_site.get("/about/status")
    assert answer.status == 200
    assert "4 parts don't answer." in answer.text.replace("&#39;", "'")

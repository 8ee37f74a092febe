"""Opening a file in an emergency, closing it and reviewing that, as forms of the console (X38)."""

from collections.abc import Iterator
from typing import Any

import pytest
from psmf.evidence.v1 import directory_pb2, safeguarder_pb2
from psmf.scheduling.v1 import emergency_access_pb2 as pb

from services.console.failures import NotDone, NotThere
from services.refusals import precondition
from tests.console.fixtures.reviewing.accesses import (
    AS_LEAD,
    AS_OWNER,
    FILLED,
    LEAD,
    OVER,
    OWNER,
    STATE,
    access,
    opening,
    page,
    reviewed,
)
from tests.console.sent.services import Services, at, hidden, one_desk
from tests.console.site import Site

LIST, OPEN = "/emergency-accesses", "/emergency-accesses/open"
MANAGER, DATA_LEAD = "support-manager-east-1", "data-lead"
STEP = f"{LIST}/sg-1/e-1"


class Office(Services):
    """The services with one emergency access, and one panel number that somebody has."""

    def __init__(self, **fields: Any) -> None:
        self.one = access(1, opened_by=MANAGER, **fields)
        super().__init__(
            BatchGetPeople=directory_pb2.BatchGetPeopleResponse(),
            BatchGetSafeguarders=safeguarder_pb2.BatchGetSafeguardersResponse(),
            SearchSafeguarders=safeguarder_pb2.SearchSafeguardersResponse(),
            LookUpSafeguarder=self.looked_up,
            ListEmergencyAccesses=lambda _: pb.ListEmergencyAccessesResponse(emergency_accesses=[self.one]),
            OpenEmergencyAccess=lambda _: self.one,
            CloseEmergencyAccess=self.closed,
            ReviewEmergencyAccess=self.reviewed,
        )

    def looked_up(self, request: Any) -> Any:
        """Return whose number it is."""
        if request.panel_number != "1234":
            raise NotThere
        return safeguarder_pb2.LookUpSafeguarderResponse(safeguarder="safeguarders/sg-1")

    def closed(self, request: Any) -> Any:
        """Close it, once."""
        if self.one.state != STATE.STATE_OPEN:
            raise NotDone(precondition("ACCESS_OVER", "It is over.", "name"))
        self.one.state, self.one.close_time.seconds = STATE.STATE_CLOSED, self.one.open_time.seconds + 60
        return self.one

    def reviewed(self, request: Any) -> Any:
        """Take a review."""
        self.one.outcome, self.one.review_reasons = request.outcome, request.reasons
        return self.one


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A console whose pages are compiled once for all tests here."""
    with one_desk(tmp_path_factory.mktemp("emergency"), Services()) as found:
        yield found


def test_a_file_is_opened_by_its_panel_number_and_the_list_says_until_when_it_is_read(console: Site) -> None:
    office = Office()
    served = at(console, MANAGER, office)
    answer = served.post(OPEN, hidden(served.get(OPEN), OPEN) | FILLED)
    assert (answer.status, answer.header("location")) == (303, LIST)
    (request,) = office.written
    assert (request.parent, request.kind, request.reason) == ("safeguarders/sg-1", 1, FILLED["reason"])
    shown = served.get(LIST).text
    assert "You can read the file of sg-1 until 12:00." in shown
    assert 'href="/people/sg-1"' in shown


def test_the_id_that_the_list_shows_names_a_file_too(console: Site) -> None:
    office = Office()
    served = at(console, MANAGER, office)
    assert served.post(OPEN, hidden(served.get(OPEN), OPEN) | FILLED | {"whose": "sg-1a2b3c4d"}).status == 303
    assert office.written[0].parent == "safeguarders/sg-1a2b3c4d"


def closed_to_them(request: Any) -> Any:
    """Refuse to open a file to somebody whom a declared link keeps out."""
    raise NotThere


def test_a_number_of_nobody_and_a_file_that_stays_closed_look_the_same(console: Site) -> None:
    """Otherwise somebody could find out by trying whom a link keeps them from."""
    office = Office()
    served = at(console, MANAGER, office)
    form = hidden(served.get(OPEN), OPEN) | FILLED
    nobody = served.post(OPEN, form | {"whose": "of nobody"})
    office.answers["OpenEmergencyAccess"] = closed_to_them
    kept_out = served.post(OPEN, form)
    assert (nobody.status, kept_out.status) == (422, 422)
    assert nobody.text.replace("of nobody", FILLED["whose"]) == kept_out.text
    assert "There is nobody with this number or id whose file you can open." in kept_out.text
    assert FILLED["reason"] in kept_out.text


def test_a_file_that_is_theirs_anyway_is_not_opened_and_another_number_can_be_typed() -> None:
    for reason, says in (
        ("FILE_OPEN_TO_YOU", "You can read this file already. There is nothing to open"),
        ("ACCESS_OPEN_ALREADY", "You have opened this file already. It isn't made longer: open it again once"),
    ):
        form = opening(FILLED, precondition(reason, "For programs.", "parent", until="2026-11-30T12:00:00+00:00")).form
        assert form is not None
        assert [(error.href, error.text.startswith(says)) for error in form.errors] == [("#whose", True)]


def test_who_opened_a_file_closes_it_from_its_row_once(console: Site) -> None:
    office = Office()
    served = at(console, MANAGER, office)
    assert f'href="{STEP}/close"' in served.get(LIST).text
    form = hidden(served.get(f"{STEP}/close"), f"{STEP}/close")
    assert [served.post(f"{STEP}/close", form).status for _ in range(2)] == [303, 303]
    assert len(office.written) == 1
    shown = served.get(LIST).text
    assert "It is closed. Within seconds it no longer lets anybody read the file." in shown
    assert f'href="{STEP}/close"' not in shown
    over = served.get(f"{STEP}/close")
    assert (over.status, "It is over. There is nothing to close." in over.text) == (409, True)


def test_the_data_lead_reviews_what_is_over_and_the_row_shows_it(console: Site) -> None:
    office = Office(**OVER)
    served = at(console, DATA_LEAD, office)
    asked = served.get(f"{STEP}/review")
    assert "psmf audit list sg-1 --by support-manager-east-1" in asked.text
    sent = hidden(asked, f"{STEP}/review") | {"outcome": "not_justified", "reasons": "The manager was at work."}
    assert served.post(f"{STEP}/review", sent).status == 303
    (request,) = office.written
    assert request.outcome == pb.EmergencyAccess.OUTCOME_NOT_JUSTIFIED
    shown = served.get(LIST).text
    assert "Your review is recorded. Support manager east 1 is told that it was reviewed." in shown
    assert "found it not justified: The manager was at work." in shown


def test_a_review_that_came_too_late_says_so_and_loses_no_word(console: Site) -> None:
    office = Office(**OVER)
    served = at(console, DATA_LEAD, office)
    sent = hidden(served.get(f"{STEP}/review"), f"{STEP}/review") | {"outcome": "justified", "reasons": "It was right."}

    def taken(request: Any) -> Any:
        office.one.outcome = pb.EmergencyAccess.OUTCOME_JUSTIFIED
        raise NotDone(precondition("ACCESS_REVIEWED", "It was reviewed before.", "name"))

    office.answers["ReviewEmergencyAccess"] = taken
    answer = served.post(f"{STEP}/review", sent)
    assert (answer.status, "It was reviewed before, and a review is final." in answer.text) == (409, True)
    assert "It was right." in answer.text


@pytest.mark.parametrize(("person", "step"), [("support-manager-west-1", "close"), (MANAGER, "review")])
def test_a_step_that_is_never_the_readers_is_as_if_it_were_not_there(console: Site, person: str, step: str) -> None:
    office = Office()
    served = at(console, person, office)
    answer = served.get(f"{STEP}/{step}")
    assert (answer.status, answer.text) == (404, served.get(f"{LIST}/sg-1/e-9/{step}").text)


def steps_of(*given: Any, **reader: Any) -> tuple[list[str], list[str]]:
    (row,) = page(*given, **reader).rows
    return [step.text for step in row.possible], [step.says for step in row.blocked]


def test_each_reader_is_offered_the_steps_that_are_theirs_and_reads_why_a_review_waits() -> None:
    wait = "The file is still open, and more may be read. Close it first, or wait for its end."
    assert steps_of(access(1), **AS_OWNER) == (["Read the file", "Close it"], [])
    assert steps_of(access(1, **OVER), **AS_OWNER) == ([], [])
    assert steps_of(access(1), **AS_LEAD) == (["Close it"], [wait])
    assert steps_of(access(1, **OVER), **AS_LEAD) == (["Review it"], [])
    assert steps_of(reviewed(1, STATE.OUTCOME_JUSTIFIED), **AS_LEAD) == ([], [])
    own = steps_of(access(1, opened_by=LEAD, **OVER), **AS_LEAD)
    assert own == ([], ["You opened this file yourself. Somebody else who answers for the data reviews it."])
    assert steps_of(access(1)) == ([], []), "the Team and senior managers read"


def test_only_a_support_manager_who_finds_nobody_is_led_from_the_search_to_the_form(console: Site) -> None:
    for person, is_led in ((MANAGER, True), ("panel-team", False)):
        served = at(console, person, Office())
        found = served.post("/search", hidden(served.get("/search"), "/search") | {"text": "Ailsa"})
        assert (found.status, f'href="{OPEN}"' in found.text) == (200, is_led), person


def test_only_a_support_manager_is_led_from_the_list_to_the_form() -> None:
    opens = {role: page(reader=OWNER, role=role).opens for role in ("support_manager", "data_lead", "panel_team")}
    assert [role for role, link in opens.items() if link] == ["support_manager"]

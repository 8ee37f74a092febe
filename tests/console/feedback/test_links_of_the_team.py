"""The Team makes feedback links on pages. Their addresses are shown once, and nobody else has these pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import feedback_links_pb2 as pb

from services.console.calls.gateway import Gateway
from services.console.failures import NotDone
from services.refusals import invalid, precondition
from tests.console.fixtures.feedback import links as fixtures
from tests.console.site import OPEN, Site, site

TOKEN = "abcd" * 8
FORM, LIST, BACK = "/people/sg-1/feedback-link", "/feedback-links", "/feedback-links/l1/take-back"
TYPED = {
    "giver": "child", "happened_date-day": "16", "happened_date-month": "11", "happened_date-year": "2026",
    "case_reference": "case-4f2a",
}  # fmt: skip


class HeldGateway(Gateway):
    """The gateway, with evidence in a test's hands. `fails`: what the next write answers."""

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}
        self.revoked: list[str] = []
        self.fails: Exception | None = None

    async def close(self) -> None:
        """Close nothing."""

    async def names_of(self, visit: Any, names: Any) -> dict[str, str]:
        """Name the one person who is there."""
        return {name: fixtures.NAME for name in names if name == "safeguarders/sg-1"}

    async def feedback_links(self, visit: Any, page: str) -> Any:
        """Return two links."""
        return pb.ListFeedbackLinksResponse(feedback_links=[fixtures.link(1), fixtures.sent(2)])

    async def make_link(self, visit: Any, person: str, answer: Any, request_id: str) -> Any:
        """Make a link. A repeat has no token."""
        if self.fails is not None:
            raise self.fails
        again = request_id in self.made
        self.made[request_id] = (person, dict(answer))
        return fixtures.link(token="" if again else TOKEN)

    async def revoke_link(self, visit: Any, link: str, request_id: str) -> Any:
        """Take a link back."""
        if self.fails is not None:
            raise self.fails
        self.revoked.append(link)
        return fixtures.link(1)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One console for all tests here: to compile its templates takes longer than any of them."""
    served = site(tmp_path_factory.mktemp("console"))
    OPEN.remove(served)
    served.app = served.console.app(HELD)
    served.sign_in("panel-team")
    yield served
    served.close()


HELD = HeldGateway()


def hidden(page: str) -> dict[str, str]:
    whole = page.rpartition('<form class="psmf_form"')[2]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', whole))


def test_a_link_is_made_and_its_address_is_shown_once(desk: Site) -> None:
    HELD.fails = None
    form = hidden(desk.get(FORM).text)
    made, again = desk.post(FORM, form | TYPED), desk.post(FORM, form | TYPED)
    assert (made.h1, f"http://127.0.0.1:7200/feedback/{TOKEN}" in made.text) == ("The link is ready", True)
    assert made.header("cache-control") == "no-store"
    assert (TOKEN in again.text, "shown only once" in again.text) == (False, True)
    ((person, answer),) = HELD.made.values()
    assert 'name="instead" value="l0"' in again.text
    assert (person, answer["giver"], answer["case_reference"]) == ("safeguarders/sg-1", "child", "case-4f2a")
    assert TOKEN not in desk.cookie


def test_a_link_whose_address_is_lost_is_taken_back_and_another_made_with_the_same_answers(desk: Site) -> None:
    """A double press shows the answer to the second, and the address stood in the first."""
    HELD.fails = None
    HELD.made.clear()
    HELD.revoked.clear()
    form = hidden(desk.get(FORM).text)
    desk.post(FORM, form | TYPED)
    other = hidden(desk.post(FORM, form | TYPED).text)
    made = desk.post(FORM, other)
    assert (TOKEN in made.text, HELD.revoked) == (True, ["l0"])
    first, second = HELD.made.values()
    assert first == second
    HELD.fails = NotDone(precondition("FEEDBACK_SENT", "No.", "name"))
    sent = desk.post(FORM, other)
    HELD.fails = None
    HELD.revoked.clear()
    assert (sent.status, "withdraw the item" in sent.text) == (409, True)


@pytest.mark.parametrize(
    ("typed", "refusal", "says"),
    [
        ({"giver": ""}, None, "Choose who gives the feedback"),
        ({"happened_date-day": "31"}, None, "Enter a real day"),
        ({}, precondition("NOT_APPOINTED", "No.", "happened_date"), "They were not a member of the Panel on that day."),
        ({}, invalid("CASE_REFERENCE_NOT_OPAQUE", "No.", "case_reference"), "A reference starts with case-"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(
    desk: Site, typed: dict[str, str], refusal: Any, says: str
) -> None:
    HELD.fails = NotDone(refusal) if refusal else None
    answer = desk.post(FORM, hidden(desk.get(FORM).text) | TYPED | typed)
    HELD.fails = None
    assert (answer.status, answer.text.count(says)) == (422, 2)
    assert 'value="case-4f2a"' in answer.text


def test_links_are_listed_with_what_came_by_them_and_taken_back(desk: Site) -> None:
    listed = desk.get(LIST).text
    assert "0131 496 0000" in listed
    assert "/people/sg-1/evidence/e-1" in listed
    assert BACK in listed
    form = hidden(desk.get(BACK).text)
    done = desk.post(BACK, form)
    assert (done.status, done.header("location"), HELD.revoked) == (303, LIST, ["l1"])
    assert "The link can&#39;t be used any more." in desk.get(LIST).text
    HELD.fails = NotDone(precondition("FEEDBACK_SENT", "No.", "name"))
    refused = desk.post(BACK, form)
    HELD.fails = None
    assert (refused.status, "withdraw the item" in refused.text) == (409, True)


def test_nobody_but_the_team_has_these_pages(tmp_path: Path) -> None:
    served = site(tmp_path)
    for person in ("support-manager-east-1", "senior-manager-west", "person-sg-1", "official"):
        served.cookie = ""
        served.sign_in(person)
        none = served.get("/nothing")
        for path in (FORM, LIST, BACK):
            answer = served.get(path)
            assert (answer.status, answer.body) == (404, none.body), path

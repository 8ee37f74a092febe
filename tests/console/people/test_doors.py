"""Who reaches pages about people: those who work with them, and nobody else by any address."""

from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import safeguarder_pb2
from structlog.testing import capture_logs

from services.console.calls.gateway import Gateway
from services.console.failures import NotThere
from services.console.requests import Visit
from tests.console.fixtures.my_file import standing
from tests.console.fixtures.people import entry
from tests.console.site import Site, site

PAGES = ("/people", "/people/sg-1", "/people/sg-1/evidence", "/people/sg-1/evidence/e-1", "/people/sg-1/matters")
STAFF = ("support-manager-east-1", "senior-manager-west", "panel-team")


@pytest.fixture
def open_site(tmp_path: Path) -> Site:
    return site(tmp_path)


def test_pages_about_people_are_there_for_those_who_work_with_them(open_site: Site) -> None:
    for person in STAFF:
        open_site.cookie = ""
        open_site.sign_in(person)
        assert {open_site.get(path).status for path in PAGES} == {503}, "no service answers"
        assert open_site.get("/search").status == 200


def test_to_everybody_else_they_are_the_same_as_none(open_site: Site) -> None:
    for person in ("official", "policy-editor", "person-sg-2"):
        open_site.cookie = ""
        open_site.sign_in(person)
        none = open_site.get("/nothing")
        for path in (*PAGES, "/search"):
            answer = open_site.get(path)
            assert (answer.status, answer.body) == (404, none.body), (person, path)


class Register:
    """A register that shows nobody, but finds one person by their name."""

    def __init__(self) -> None:
        self.looked_for: list[str] = []

    async def nothing(self, *asked: Any, **more: Any) -> Any:
        """Show nothing, as a service does about people whom the reader may not see."""
        raise NotThere

    entry = sessions_of = year_of = raised = standing = items = item = standards = nothing

    async def found(self, visit: Visit, text: str) -> Any:
        """Find somebody."""
        self.looked_for.append(text)
        match = safeguarder_pb2.FoundSafeguarder
        found = [match(match=match.MATCH_EXACT, safeguarder=entry())] if text == "Demo Effie Lochend" else []
        return safeguarder_pb2.SearchSafeguardersResponse(found=found, total=len(found))


@pytest.fixture
def of_register(open_site: Site, monkeypatch: pytest.MonkeyPatch) -> Register:
    register = Register()
    for name in ("entry", "sessions_of", "year_of", "raised", "standing", "items", "item", "standards", "found"):
        monkeypatch.setattr(open_site.gateway, name, getattr(register, name))
    open_site.sign_in(STAFF[0])
    return register


def test_somebody_whom_the_reader_may_not_see_is_the_same_as_nobody(open_site: Site, of_register: Register) -> None:
    none = open_site.get("/nothing")
    for path in PAGES[1:]:
        answer = open_site.get(path)
        assert (answer.status, answer.body) == (404, none.body), path


def test_a_name_is_looked_for_without_standing_in_an_address_or_a_log(open_site: Site, of_register: Register) -> None:
    with capture_logs() as logged:
        found = open_site.post(
            "/search", {"form_mark": open_site.mark("/search", "/search"), "text": "Demo Effie Lochend"}
        )
    assert (found.status, of_register.looked_for) == (200, ["Demo Effie Lochend"])
    assert '<a class="ds_task-list__task-link" href="/people/sg-1">' in found.text
    assert "Lochend" not in str(logged) + str(found.headers)
    assert "Lochend" not in found.text.partition("</title>")[0]


def test_nobody_found_says_so_and_no_text_is_asked_for_again(open_site: Site, of_register: Register) -> None:
    mark = open_site.mark("/search", "/search")
    assert "Nobody you may see has this name." in open_site.post("/search", {"form_mark": mark, "text": "x"}).text
    empty = open_site.post("/search", {"form_mark": mark, "text": " "})
    assert (empty.status, "Type a name or a number" in empty.text) == (422, True)
    assert of_register.looked_for == ["x"]


class Unknown(grpc.RpcError):
    """The answer of a service that has not heard of somebody."""

    def code(self) -> grpc.StatusCode:
        """Return the code."""
        return grpc.StatusCode.NOT_FOUND


def test_an_applicant_of_whom_only_the_register_knows_has_a_page(
    open_site: Site, of_register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def known(*asked: Any) -> Any:
        return entry(terms=[], support_manager="")

    async def stands(*asked: Any) -> Any:
        return standing(standards=[])

    async def unheard(*asked: Any) -> Any:
        raise Unknown

    for name in ("sessions_of", "year_of", "raised"):
        monkeypatch.setattr(open_site.gateway, name, getattr(Gateway, name).__get__(open_site.gateway))
    monkeypatch.setattr(open_site.gateway, "entry", known)
    monkeypatch.setattr(open_site.gateway, "standing", stands)
    monkeypatch.setattr(open_site.gateway, "_call", unheard)
    shown = open_site.get("/people/sg-1")
    assert shown.status == 200
    assert "not appointed · no session planned" in shown.text

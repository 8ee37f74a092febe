"""Who reaches a Safeguarder's own pages: they themselves, and nobody else by any address."""

from pathlib import Path

import pytest

from tests.console.site import Site, site

OWN = (
    "/my-file", "/my-file/timeline", "/my-file/evidence", "/my-file/evidence/e-1", "/my-file/evidence/e-1/reply",
    "/my-file/matters", "/my-file/matters/c-1",
    "/my-file/sessions", "/my-file/sessions/s-1", "/my-file/sessions/s-1/prepare", "/my-file/sessions/s-1/calendar",
    "/my-file/sessions/s-1/confirm", "/my-file/sessions/s-1/move", "/my-file/plan",
    "/my-file/readers", "/my-file/download", "/my-file/download/my-file.html",
)  # fmt: skip
WITHOUT_A_SERVICE = ("/my-file/timeline", "/my-file/readers", "/my-file/download")
"""Own pages that stand while no service answers."""


@pytest.fixture
def open_site(tmp_path: Path) -> Site:
    return site(tmp_path)


def test_own_pages_of_a_safeguarder_are_the_same_as_none_to_everybody_else(open_site: Site) -> None:
    for person in ("support-manager-east-1", "senior-manager-west", "panel-team", "official"):
        open_site.cookie = ""
        open_site.sign_in(person)
        none = open_site.get("/nothing")
        for path in OWN:
            answer = open_site.get(path)
            assert (answer.status, answer.body) == (404, none.body), path


def test_a_safeguarder_reaches_their_own_pages_and_no_page_of_another_one(open_site: Site) -> None:
    open_site.sign_in("person-sg-1")
    assert open_site.get("/").header("location") == "/my-file"
    for path in OWN:
        assert open_site.get(path).status == (200 if path in WITHOUT_A_SERVICE else 503), path
    own, other, none = (open_site.get(path) for path in ("/people/sg-1", "/people/sg-2", "/nothing"))
    assert (own.status, own.header("location")) == (303, "/my-file")
    assert (other.status, other.body) == (404, none.body)


def test_nothing_but_the_two_files_can_be_taken_away(open_site: Site) -> None:
    open_site.sign_in("person-sg-1")
    assert open_site.get("/my-file/download/settings.py").status == 404

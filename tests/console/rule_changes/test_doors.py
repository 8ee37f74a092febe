"""Who reaches the pages on which the rules are changed. For everybody else they are the same as no page."""

from pathlib import Path

import pytest

from tests.console.fixtures.rule_changes import CONTENT
from tests.console.site import Site, site

NUMBER, CHANGE = "/numbers/late_reports_line/change", f"/rule-changes/{CONTENT}"
EDITING = (NUMBER, f"{NUMBER}/0a1b")
POLICY = (f"{CHANGE}/what-if", f"{CHANGE}/what-if/0a1b", f"{CHANGE}/approve", f"{CHANGE}/back", f"{CHANGE}/publish")
READING = ("/rule-changes", CHANGE, f"{CHANGE}/compare", f"{CHANGE}/examples")
REACHED = {
    "policy-editor": (*EDITING, *POLICY, *READING),
    "policy-approver": (*POLICY, *READING),
    "auditor": READING,
    "support-manager-east-1": (),
    "senior-manager-west": (),
    "panel-team": (),
    "official": (),
    "person-sg-1": (),
}


@pytest.fixture
def open_site(tmp_path: Path) -> Site:
    return site(tmp_path)


def test_each_role_reaches_its_own_pages_and_the_others_are_the_same_as_none(open_site: Site) -> None:
    """Takes more than ten seconds on a busy machine, because eight people ask for twelve pages each."""
    for person, reached in REACHED.items():
        open_site.cookie = ""
        open_site.sign_in(person)
        none = open_site.get("/nothing")
        for path in (*EDITING, *POLICY, *READING):
            answer = open_site.get(path)
            if path in reached:
                assert answer.status == 503, f"{person} reaches {path}, which asks a service"
            else:
                assert (answer.status, answer.body) == (404, none.body), f"{person} {path}"
        assert ("Changes of rules" in none.text) is bool(reached), f"{person} is led only to what they reach"


def test_an_address_that_names_no_change_and_a_step_that_is_none_are_not_there(open_site: Site) -> None:
    open_site.sign_in("policy-approver")
    for path in ("/rule-changes/short", f"{CHANGE}/delete", f"/rule-changes/{CONTENT.upper()}"):
        assert open_site.get(path).status == 404, path

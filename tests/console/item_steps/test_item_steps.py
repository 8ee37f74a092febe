"""The steps on an item of evidence: who makes which, what a form asks, and what comes back when it can't be made."""

from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2

from services.console.calls.gateway import Gateway
from services.console.failures import NotDone, NotThere
from services.console.forms import item_steps as forms
from services.console.requests import Visit
from services.console.views import item_step as views
from services.platform.calls.wire import to_date
from services.refusals import Refusal
from tests.console.fixtures.item_steps import EARLY, PATH, SHARED, STALE, TICKED, item, page, shared
from tests.console.fixtures.recording import TODAY, editions
from tests.console.recording.test_pages import hidden
from tests.console.site import Answer, Site, site

TEAM, MANAGER = "panel_team", "support_manager"
SPEAKS = [evidence_pb2.Mapping(standard="S4", indicator="S4.1", polarity=evidence_pb2.POLARITY_CONCERN)]


@pytest.mark.parametrize(
    ("fields", "role", "possible"),
    [
        ({}, TEAM, ("read", "share", "stage", "outcome", "correct", "withdraw")),
        ({}, MANAGER, ("read", "share")),
        ({}, "senior_manager", ()),
        ({"shared_date": to_date(TODAY)}, MANAGER, ("read",)),
        (
            {"complaint_outcome": evidence_pb2.COMPLAINT_OUTCOME_UPHELD},
            TEAM,
            ("read", "share", "stage", "correct", "withdraw"),
        ),
        ({"kind": evidence_pb2.EVIDENCE_KIND_FEEDBACK}, TEAM, ("read", "share", "correct", "withdraw")),
        ({"kind": evidence_pb2.EVIDENCE_KIND_ACTION_OUTCOME}, TEAM, ("share", "withdraw")),
        ({"state": evidence_pb2.ITEM_STATE_HELD}, TEAM, ("withdraw",)),
        ({"state": evidence_pb2.ITEM_STATE_WITHDRAWN}, TEAM, ()),
    ],
)
def test_a_step_is_offered_to_those_who_make_it_and_while_the_item_allows_it(
    fields: dict[str, Any], role: str, possible: tuple[str, ...]
) -> None:
    assert views.possible_steps(item(**fields), role) == possible


def test_sharing_says_until_when_they_can_reply() -> None:
    assert "has until 14\u00a0December 2026 to reply" in page("share", shared=shared()).form.effect
    assert page("share").form.effect.endswith("from now on, and can reply.")


def test_an_item_is_read_in_two_pages_which_standards_and_then_what_of_each() -> None:
    first = page("read", item=item(mappings=SPEAKS))
    ticked = [choice.value for one in first.form.questions for choice in one.choices if choice.is_chosen]
    assert (first.heading.h1, ticked, first.form.buttons[0].text) == (
        "Read it against the standards again", ["S4.1"], "Continue",
    )  # fmt: skip
    second = page("read", TICKED, item=item(mappings=SPEAKS))
    assert [one.text for one in second.form.questions] == [
        "S2.1 Keeps others informed in time", "S4.2 Keeps others informed in time",
    ]  # fmt: skip
    assert {one.name: one.value for one in second.form.hidden}["standards"] == "S2.1,S4.2"
    said = forms.read("read", {"standards": "S2.1,S4.2", "readings-S2-1": "praise", "readings-S4-2": "concern"})
    assert said == forms.StepTyped({"readings": "S2.1:praise,S4.2:concern"}, {}, ("S2.1", "S4.2"))


def test_what_is_missing_is_said_at_its_question() -> None:
    assert [one.text for one in page("read", {}).form.errors] == ["Tick at least one"]
    assert [one.text for one in page("outcome", {}).form.errors] == ["Choose how it ended"]
    wrong = page("correct", {"received-day": "7", "received-month": "11", "received-year": "2026"})
    assert [one.text for one in wrong.form.errors] == ["Enter the day on which it happened", "Choose why"]
    early = page("correct", refusal=EARLY)
    assert [one.href for one in early.form.errors] == ["#happened-day"]


def test_a_correction_begins_with_what_is_on_file() -> None:
    view = page("correct", item=item(case_reference="case-4f2a"))
    happened, received, case, summary, _ = view.form.questions
    assert [box.value for box in happened.boxes] == ["23", "11", "2026"]
    assert [box.value for box in received.boxes] == ["24", "11", "2026"]
    assert (case.value, summary.value) == ("case-4f2a", "Nobody rang them before the hearing.")


def test_a_message_says_what_was_done_and_leads_to_the_next_step() -> None:
    read = views.told("read", item(mappings=SPEAKS), MANAGER, "Demo Ailsa", PATH)
    assert read is not None
    assert (read.says, read.on and read.on.href) == ("It is read against the standards.", f"{PATH}/share")
    done = views.told("share", shared(), MANAGER, "Demo Ailsa", PATH)
    assert done is not None
    assert done.says == "Demo Ailsa can see it now, and has until 14\u00a0December 2026 to reply."
    last = views.told("share", item(mappings=SPEAKS, shared_date=to_date(TODAY)), TEAM, "Demo Ailsa", PATH)
    assert last is not None
    assert (last.says, last.on and last.on.href) == ("Demo Ailsa can see it now.", f"{PATH}/outcome")
    assert views.told("reply_sent", item(), MANAGER, "Demo Ailsa", PATH) is None


class Told(Gateway):
    """Services with one item, which change it or refuse as they are told."""

    def __init__(self) -> None:
        self.item_now = item()
        self.refuses: Refusal | None = None
        self.made: list[tuple[str, str, dict[str, str]]] = []

    async def close(self) -> None:
        """Close nothing."""

    async def item(self, visit: Visit, name: str) -> Any:
        """Return the item, if it is the one."""
        if name != self.item_now.name:
            raise NotThere
        return self.item_now

    async def names_of(self, visit: Visit, names: Any) -> dict[str, str]:
        """Return the name."""
        return {"safeguarders/sg-1": "Demo Ailsa Braeside"}

    async def standards(self, visit: Visit) -> Any:
        """Return the standards."""
        return editions().answer

    async def change_item(self, visit: Visit, item: Any, step: str, sent: Any, said: Any) -> Any:
        """Make the step, or fail."""
        if self.refuses is not None:
            raise NotDone(self.refuses)
        if not sent.request_id:
            return shared()
        self.made.append((step, sent.etag, dict(said)))
        return item


class Desk:
    """Somebody of the Team at an item."""

    def __init__(self, folder: Path, person: str = "panel-team") -> None:
        self.served: Site = site(folder)
        self.told = Told()
        self.served.loop.run_until_complete(self.served.gateway.close())
        self.served.gateway = self.told
        self.served.app = self.served.console.app(self.told)
        self.served.sign_in(person)

    def send(self, step: str, /, **typed: str) -> Answer:
        """Open the form of a step, and send it."""
        path = f"{PATH}/{step}"
        return self.served.post(path, hidden(self.served.get(path), path) | typed)


def test_a_step_is_made_on_the_copy_that_was_read_and_leads_back_to_the_item(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    answer = desk.send("outcome", outcome="upheld")
    assert (answer.status, answer.header("location")) == (303, PATH)
    assert desk.told.made == [("outcome", "1", {"outcome": "upheld"})]
    assert desk.send("read", **TICKED).status == 200
    assert len(desk.told.made) == 1, "the second page is still to come"


def test_what_somebody_changed_meanwhile_comes_back_with_the_answer_and_the_new_copy(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    path = f"{PATH}/withdraw"
    form = hidden(desk.served.get(path), path)
    desk.told.refuses, desk.told.item_now = STALE, item(etag="2")
    answer = desk.served.post(path, form | {"reason": "duplicate"})
    assert answer.status == 409
    assert "It has changed since you opened it" in answer.text
    assert 'value="duplicate" checked' in answer.text
    assert hidden(answer, path)["etag"] == "2"
    desk.told.refuses = SHARED
    answer = desk.served.post(f"{PATH}/share", form | hidden(desk.served.get(f"{PATH}/share"), f"{PATH}/share"))
    assert (answer.status, "It is shared already." in answer.text) == (409, True)


def test_a_step_that_is_not_the_readers_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "support-manager-east-1")
    none = desk.served.get("/nothing")
    for path in (
        f"{PATH}/outcome",
        f"{PATH}/withdraw",
        f"{PATH}/correct",
        f"{PATH}/other",
        "/people/sg-1/evidence/e-2/share",
    ):
        answer = desk.served.get(path)
        assert (answer.status, answer.body) == (404, none.body), path
    assert desk.served.get(f"{PATH}/share").status == 200
    for person in ("senior-manager-west", "person-sg-1", "official"):
        desk.served.cookie = ""
        desk.served.sign_in(person)
        assert desk.served.get(f"{PATH}/share").status == 404

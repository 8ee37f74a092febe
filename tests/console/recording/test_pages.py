"""The pages on which evidence is recorded, on services that answer as they are told."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2, safeguarder_pb2

from services.console.calls.gateway import Gateway
from services.console.failures import NotDone, NotThere
from services.console.forms import recording as forms
from services.console.requests import Visit
from services.refusals import Refusal, conflict, precondition
from tests.console.fixtures.recording import EARLY, SAID, choices, draft, editions, similar
from tests.console.site import Answer, Site, site

ME, PERSON = "support-manager-east-1", "safeguarders/sg-1"


class Told(Gateway):
    """Services that keep one draft, and record as they are told."""

    def __init__(self) -> None:
        self.kept: Any = None
        self.alike: list[Any] = []
        self.findings: list[str] = []
        self.refuses: Refusal | None = None
        self.recorded: list[tuple[str, str, str]] = []

    async def close(self) -> None:
        """Close nothing."""

    async def draft(self, visit: Visit, name: str) -> Any:
        """Return the draft."""
        if self.kept is None or name != self.kept.name:
            raise NotThere
        return self.kept

    async def begin_recording_draft(self, visit: Visit, person: str, step: str, answers: bytes, request_id: str) -> Any:
        """Keep the draft."""
        self.kept = draft(1, safeguarder=person, step=step, answers=answers, etag="1")
        return self.kept

    async def change_draft(self, visit: Visit, draft: Any, answers: bytes, etag: str, step: str = "") -> Any:
        """Keep other answers."""
        if etag != self.kept.etag:
            raise NotDone(conflict("ETAG_MISMATCH", "Changed.", "etag"))
        self.kept.answers, self.kept.step, self.kept.etag = answers, step, str(int(etag) + 1)
        return self.kept

    async def delete_draft(self, visit: Visit, name: str, request_id: str = "") -> None:
        """Delete the draft."""
        if self.kept is None:
            raise NotThere
        self.kept = None

    async def my_drafts(self, visit: Visit) -> list[Any]:
        """Return the draft, if there is one."""
        return [self.kept] if self.kept is not None else []

    async def names_of(self, visit: Visit, names: Any) -> dict[str, str]:
        """Return the name of the one person whom the reader may see."""
        return {PERSON: "Demo Ailsa Braeside"}

    async def found(self, visit: Visit, text: str) -> Any:
        """Find nobody."""
        return safeguarder_pb2.SearchSafeguardersResponse()

    async def recording_choices(self, visit: Visit, person: str) -> Any:
        """Return what the reader may record."""
        return choices(own=visit.signed_in.role == "safeguarder")

    async def standards(self, visit: Visit) -> Any:
        """Return the standards."""
        return editions().answer

    async def similar_items(self, visit: Visit, person: str, answers: Any) -> Any:
        """Return what is alike."""
        return evidence_pb2.FindSimilarEvidenceItemsResponse(similar=self.alike)

    async def record_item(self, visit: Visit, person: str, answers: Any, request_id: str, *, reads: bool) -> Any:
        """Record an item once, or only look at it."""
        if self.refuses is not None:
            raise NotDone(self.refuses)
        item = evidence_pb2.EvidenceItem(name=f"{person}/evidenceItems/e-1", state=evidence_pb2.ITEM_STATE_CURRENT)
        if request_id:
            self.recorded.append((person, request_id, answers.get("summary")))
            item.state = evidence_pb2.ITEM_STATE_HELD if self.findings else item.state
        item.findings.extend(evidence_pb2.Finding(sign="name", words=one) for one in self.findings)
        return item


class Desk:
    """Somebody who records. `said`: what the draft holds."""

    def __init__(self, folder: Path, person: str) -> None:
        self.served: Site = site(folder)
        self.told = Told()
        self.served.loop.run_until_complete(self.served.gateway.close())
        self.served.gateway = self.told
        self.served.app = self.served.console.app(self.told)
        self.served.sign_in(person)

    def begun(self, **said: str) -> None:
        """Keep a draft with some answers."""
        self.told.kept = draft(1, answers=forms.as_bytes(forms.Answers(said)), etag="1")

    @property
    def said(self) -> Any:
        """Return what the draft holds."""
        return forms.read_draft(self.told.kept.answers).said

    def send(self, path: str, **typed: str) -> Answer:
        """Open a page, and send its form with what was typed."""
        return self.served.post(path, hidden(self.served.get(path), path) | typed)


def hidden(answer: Answer, path: str) -> dict[str, str]:
    """Return the hidden fields of the form on a page."""
    form = answer.text.partition(f'action="{path}"')[2].partition("</form>")[0]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, ME)


NEW = "/evidence/new/d-1"


def without(*names: str) -> dict[str, str]:
    return {name: text for name, text in SAID.items() if name not in names}


def test_a_first_answer_begins_a_draft_and_every_other_one_is_added_to_it(desk: Desk) -> None:
    answer = desk.send("/people/sg-1/evidence/new", source="reporter")
    assert (answer.status, answer.header("location")) == (303, f"{NEW}/kind")
    assert desk.send(f"{NEW}/kind", kind="feedback").header("location") == f"{NEW}/about"
    assert desk.send(f"{NEW}/about", setting="panel", aspect="conduct").header("location") == f"{NEW}/happened"
    assert desk.said == {"source": "reporter", "kind": "feedback", "setting": "panel", "aspect": "conduct"}
    assert desk.told.kept.step == "happened"


def test_an_answer_that_is_missing_comes_back_and_keeps_nothing(desk: Desk) -> None:
    answer = desk.send("/people/sg-1/evidence/new")
    assert (answer.status, desk.told.kept) == (422, None)
    assert "Choose who it comes from" in answer.text


def test_what_the_service_would_refuse_is_said_at_the_question(desk: Desk) -> None:
    desk.begun(source="child", kind="complaint", setting="panel", aspect="practice")
    desk.told.refuses = EARLY
    day = {"happened-day": "4", "happened-month": "May", "happened-year": "2021"}
    answer = desk.send(f"{NEW}/happened", **day)
    assert answer.status == 422
    assert "The appointment began then" in answer.text
    assert 'value="May"' in answer.text
    assert "happened" not in desk.said


def test_words_that_may_name_a_child_come_back_once(desk: Desk) -> None:
    desk.begun(**without("summary", "alike", "standards", "readings", "safety"))
    desk.told.findings = ["Isla McKay"]
    answer = desk.send(f"{NEW}/words", summary="Isla McKay was not heard.")
    assert (answer.status, "summary" in desk.said) == (422, False)
    assert "Isla McKay was not heard.</textarea>" in answer.text
    sent = {"summary": "Isla McKay was not heard.", "no_child-1": "yes"}
    assert desk.send(f"{NEW}/words", **sent).header("location") == f"{NEW}/standards"


def test_what_is_kept_for_later_is_not_looked_at_and_nothing_typed_is_lost(desk: Desk) -> None:
    desk.begun(**without("summary", "alike", "standards", "readings", "safety"))
    desk.told.findings = ["Isla McKay"]
    answer = desk.send(f"{NEW}/words", summary="Isla McKay was not heard.", do="later")
    assert (answer.status, answer.header("location")) == (303, "/drafts")
    assert desk.said["summary"] == "Isla McKay was not heard."
    assert "Your answers are kept." in desk.served.get("/drafts").text


def test_something_alike_is_asked_about_only_if_there_is_something(desk: Desk) -> None:
    before = without("summary", "alike", "standards", "readings", "safety")
    desk.begun(**before)
    assert desk.send(f"{NEW}/words", summary="Nobody rang.").header("location") == f"{NEW}/standards"
    assert desk.said["alike"] == "none"
    desk.begun(**before)
    desk.told.alike = similar(1)
    assert desk.send(f"{NEW}/words", summary="Nobody rang.").header("location") == f"{NEW}/alike"
    assert "The carer rang about the hearing." in desk.served.get(f"{NEW}/alike").text
    assert desk.send(f"{NEW}/alike", do="same").header("location") == "/drafts"
    assert desk.told.kept is not None
    assert desk.send(f"{NEW}/alike", do="another").header("location") == f"{NEW}/standards"
    assert desk.said["alike"] == "another"


def test_a_draft_is_recorded_once_however_often_the_button_is_pressed(desk: Desk) -> None:
    desk.begun(**SAID)
    form = hidden(desk.served.get(f"{NEW}/check"), f"{NEW}/check")
    answers = [desk.served.post(f"{NEW}/check", form) for _ in range(2)]
    assert {(one.status, one.header("location")) for one in answers} == {(303, "/people/sg-1/evidence/e-1")}
    assert set(desk.told.recorded) == {(PERSON, "d-1", SAID["summary"])}
    assert desk.told.kept is None


def test_what_came_on_file_meanwhile_is_asked_about_before_it_is_recorded(desk: Desk) -> None:
    desk.begun(**SAID)
    form = hidden(desk.served.get(f"{NEW}/check"), f"{NEW}/check")
    desk.told.refuses, desk.told.alike = (
        conflict("SAME_DAY_ON_FILE", "On file.", "evidence_item.happened_date"),
        similar(1),
    )
    answer = desk.served.post(f"{NEW}/check", form)
    assert answer.header("location") == f"{NEW}/alike?since=yes"
    assert "Nothing was recorded. Look at it, then go on." in desk.served.get(f"{NEW}/alike?since=yes").text


def test_what_is_refused_at_the_end_is_said_and_nothing_is_lost(desk: Desk) -> None:
    desk.begun(**SAID)
    form = hidden(desk.served.get(f"{NEW}/check"), f"{NEW}/check")
    desk.told.refuses = precondition("NOT_APPOINTED", "Not a member.", "parent")
    answer = desk.served.post(f"{NEW}/check", form)
    assert answer.status == 409
    assert "Enter a day on which they were a Safeguarder" in html.unescape(answer.text)
    assert desk.said == SAID


def test_a_held_item_leads_to_a_page_that_can_be_seen(desk: Desk) -> None:
    desk.begun(**SAID)
    desk.told.findings = ["Isla McKay"]
    page = desk.served.get(f"{NEW}/check")
    assert "This may name a child: “Isla McKay”." in page.text
    answer = desk.served.post(f"{NEW}/check", hidden(page, f"{NEW}/check"))
    assert answer.header("location") == "/drafts"
    assert "It is recorded. Somebody of the Panel Team reads it" in desk.served.get("/drafts").text


def test_two_windows_do_not_overwrite_each_other_unseen_and_going_back_is_no_other_window(desk: Desk) -> None:
    desk.begun(source="child")
    path = f"{NEW}/kind"
    first, second = (hidden(desk.served.get(path), path) for _ in range(2))
    assert desk.served.post(path, first | {"kind": "complaint"}).status == 303
    stale = desk.served.post(path, second | {"kind": "feedback"})
    assert (stale.status, desk.said["kind"]) == (409, "complaint")
    assert "You changed this answer in another window" in stale.text
    assert desk.served.post(path, hidden(stale, path) | {"kind": "feedback"}).status == 303
    assert desk.served.post(path, first | {"kind": "complaint"}).status == 409
    desk.begun(source="child")
    assert [desk.served.post(path, first | {"kind": one}).status for one in ("complaint", "feedback")] == [303, 303]


def test_a_draft_is_deleted_after_a_question(desk: Desk) -> None:
    desk.begun(**SAID)
    assert "Evidence about Demo Ailsa Braeside" in desk.served.get("/drafts").text
    assert desk.send("/drafts/d-1/delete").header("location") == "/drafts"
    assert desk.told.kept is None


def test_whom_it_is_about_can_still_be_changed_and_no_answer_is_asked_again(desk: Desk) -> None:
    desk.begun(**SAID)
    answer = desk.send(f"{NEW}/who", person="sg-2")
    assert (answer.status, answer.header("location")) == (303, f"{NEW}/check")
    assert (desk.told.kept is None) or desk.told.kept.safeguarder == "safeguarders/sg-2"


def test_another_name_looks_for_another_person_although_one_was_chosen(desk: Desk) -> None:
    desk.begun(**SAID)
    answer = desk.served.post(f"{NEW}/who", hidden(desk.served.get(f"{NEW}/who"), f"{NEW}/who") | {"name": " "})
    assert (answer.status, "Type a name or a panel number" in answer.text) == (422, True)
    chosen = {"person": "sg-1", "name": "Braeside", "searched": "Braeside"}
    form = hidden(desk.served.get("/evidence/new"), "/evidence/new")
    assert desk.served.post("/evidence/new", form | chosen).header("location") == "/people/sg-1/evidence/new"
    found = desk.served.post("/evidence/new", form | chosen | {"name": "Lochend"})
    assert (found.status, "Nobody whom you may see has this name." in found.text) == (200, True)


def test_nobody_but_those_who_record_finds_these_pages(tmp_path: Path) -> None:
    opened = site(tmp_path)
    for person in ("senior-manager-west", "official", "policy-editor"):
        opened.cookie = ""
        opened.sign_in(person)
        none = opened.get("/nothing")
        for path in ("/evidence/new", "/people/sg-1/evidence/new", f"{NEW}/kind", f"{NEW}/check", f"{NEW}/alike"):
            answer = opened.get(path)
            assert (answer.status, answer.body) == (404, none.body), path


def test_a_safeguarder_records_about_themselves_and_is_asked_what_is_theirs(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "person-sg-1")
    none = desk.served.get("/nothing")
    assert desk.served.get("/people/sg-1/evidence/new").body == none.body
    answer = desk.send("/evidence/new", kind="self_assessment")
    assert (answer.header("location"), desk.told.kept.safeguarder) == (f"{NEW}/about", PERSON)
    assert desk.said == {"source": "self", "kind": "self_assessment"}
    for path in (f"{NEW}/standards", f"{NEW}/from", f"{NEW}/who", f"{NEW}/safety"):
        assert desk.served.get(path).status == 404

"""Answers and reviews as pages are asked for and sent, on services that answer as they are told."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import (
    decisions_pb2,
    evidence_pb2,
    recommendations_pb2,
    review_requests_pb2,
    session_records_pb2,
)
from psmf.scheduling.v1 import duties_pb2

from services.console.calls.gateway import Gateway
from services.console.failures import MaybeDone, NotDone, NotThere
from services.refusals import conflict, precondition
from tests.console.fixtures.my_file import EDITIONS, ME, concern, concerns, item, meetings, standing
from tests.console.fixtures.reviewing import answers as own
from tests.console.fixtures.reviewing import decisions as decided
from tests.console.fixtures.reviewing import recommendations as recommended
from tests.console.fixtures.reviewing import requests as made
from tests.console.fixtures.reviewing.requests import NAMES, PEOPLE, REVIEWERS, SENIOR, SUBMITTED
from tests.console.site import OPEN, Answer, Site, site

SUPPORT, REVIEW = "/my-file/supports/u-1/answer", "/reviews/sg-1/r-1"
OWN = (
    SUPPORT, "/my-file/supports/u-1/received", "/my-file/approach-changes/h-1/read", "/my-file/matters/c-1/view",
    "/my-file/matters/c-2/invitation", "/my-file/disagree", "/my-file/disagree/evidence/e-1", "/my-file/reviews",
    "/my-file/reviews/r-1", "/my-file/reviews/r-1/withdraw", "/my-file/recommendations",
    "/my-file/recommendations/m-1", "/my-file/recommendations/m-1/say",
)  # fmt: skip
STAFF = (
    "/reviews", REVIEW, f"{REVIEW}/decide", "/people/sg-1/reviews", "/recommendations", "/recommendations/sg-1",
    "/recommendations/sg-1/m-1", "/recommendations/sg-1/m-1/approve",
)  # fmt: skip
RECORDERS = (
    "/decisions", "/decisions/sg-1/m-1", "/decisions/sg-1/m-1/record", "/decisions/sg-1/m-1/records/2/correct",
)  # fmt: skip


class Told(Gateway):
    """Services that keep what they are sent, and fail at the next write as they are told."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str, dict[str, Any]]] = []
        self.fails: Exception | None = None
        self.request = made.request()
        self.refuses_reviewers = False
        self.pack = recommended.pack()
        self.recorded: list[Any] = []

    async def matter(self, visit: Any, name: str) -> Any:
        """Return the matter of a name."""
        return own.invitation() if name.endswith("c-2") else concern()

    async def matter_as_at(self, visit: Any, name: str, day: Any) -> Any:
        """Return nothing: no history is kept."""

    async def record_decision(self, visit: Any, pack: Any, said: Any, sent: Any) -> Any:
        """Keep what was recorded."""
        self.recorded.append((pack.hash, said))

    async def close(self) -> None:
        """Close nothing."""

    def _take(self, what: str, name: str, sent: Any, answers: Any) -> None:
        self.sent.append((what, name, sent.request_id, dict(answers.given)))
        if self.fails is not None:
            raise self.fails


def _reads(**found: Any) -> None:
    for name, value in found.items():

        async def read(self: Told, *given: Any, held: Any = value, **more: Any) -> Any:
            return held(self) if callable(held) else held

        setattr(Told, name, read)


def _writes(*names: str) -> None:
    for name in names:

        async def write(self: Told, visit: Any, about: str, sent: Any, answers: Any, what: str = name) -> Any:
            self._take(what, about, sent, answers)
            return self.request

        setattr(Told, name, write)


def _reviewers(kept: Told) -> Any:
    if kept.refuses_reviewers:
        raise NotThere
    return REVIEWERS.answer


_reads(
    items=evidence_pb2.ListEvidenceItemsResponse(evidence_items=[item()]), item=item(), plan_of=own.plan(),
    raised=concerns(concern(), own.invitation()).answer, standards=EDITIONS.answer,
    standing=standing(), sessions_of=meetings().answer, names_of=dict(NAMES.answer), called=dict(PEOPLE.answer),
    records_of=session_records_pb2.ListSessionRecordsResponse(), reviewers=_reviewers,
    review_request=lambda kept: kept.request, duties=duties_pb2.ListDutiesResponse(), entry=decided.ENTRY,
    readiness=recommendations_pb2.Readiness(safeguarder=ME), recommendation=lambda kept: kept.pack,
    decisions_of=decisions_pb2.ListMinisterialDecisionsResponse(decisions=[decided.decision()]),
    review_requests=lambda kept: review_requests_pb2.ListReviewRequestsResponse(review_requests=[kept.request]),
)  # fmt: skip
_writes(
    "answer_support", "confirm_support", "acknowledge_approach", "give_view", "answer_invitation", "ask_for_review",
    "withdraw_review", "accept_review", "assign_review", "state_in_review", "decide_review", "approve_recommendation",
    "say_to_recommendation", "correct_decision",
)  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A console whose pages are compiled once for all tests here."""
    found = site(tmp_path_factory.mktemp("reviews"))
    OPEN.remove(found)
    found.loop.run_until_complete(found.gateway.close())
    yield found
    found.close()


@pytest.fixture
def kept(served: Site) -> Told:
    served.gateway = Told()
    served.app = served.console.app(served.gateway)
    served.cookie = ""
    return served.gateway


def fields(answer: Answer, address: str) -> dict[str, str]:
    """Return the hidden fields of the form on a page."""
    form = answer.text.partition(f'action="{address}"')[2].partition("</form>")[0]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


def test_an_answer_leads_back_to_my_file_which_says_once_what_was_done(served: Site, kept: Told) -> None:
    served.sign_in("person-sg-1")
    form = fields(served.get(SUPPORT), SUPPORT)
    answer = served.post(SUPPORT, form | {"answer": "accepted", "words": "Gladly."})
    assert (answer.status, answer.header("location")) == (303, "/my-file")
    ((what, name, _, given),) = kept.sent
    assert (what, name, given) == (
        "answer_support", f"{ME}/supports/u-1", {"answer": "accepted", "words": "Gladly."},
    )  # fmt: skip
    assert "Your answer is sent." in served.get("/my-file").text
    assert "Your answer is sent." not in served.get("/my-file").text


def test_what_was_typed_comes_back_with_what_is_wrong_and_nothing_is_sent(served: Site, kept: Told) -> None:
    served.sign_in("person-sg-1")
    wrong = served.post(SUPPORT, fields(served.get(SUPPORT), SUPPORT) | {"words": "Gladly."})
    assert (wrong.status, kept.sent) == (422, [])
    assert "Gladly." in wrong.text
    assert "<title>Error: " in wrong.text


def test_an_answer_from_an_older_copy_comes_back_filled_and_is_sent_from_the_new_one(served: Site, kept: Told) -> None:
    served.sign_in("person-sg-1")
    kept.fails = NotDone(conflict("ETAG_MISMATCH", "It has changed.", "etag"))
    first = fields(served.get(SUPPORT), SUPPORT)
    stale = served.post(SUPPORT, first | {"answer": "accepted", "words": "Gladly."})
    assert stale.status == 409
    assert "It has changed since you opened it" in stale.text
    assert "Gladly." in stale.text
    kept.fails = None
    second = fields(stale, SUPPORT)
    assert second["request_id"] != first["request_id"]
    assert served.post(SUPPORT, second | {"answer": "accepted", "words": "Gladly."}).status == 303


def test_pressed_twice_or_sent_again_it_is_the_same_answer(served: Site, kept: Told) -> None:
    served.sign_in("person-sg-1")
    form = fields(served.get(SUPPORT), SUPPORT) | {"answer": "accepted"}
    kept.fails = MaybeDone("evidence")
    away = served.post(SUPPORT, form)
    assert away.status == 503
    kept.fails = None
    assert served.post(SUPPORT, fields(away, SUPPORT)).status == 303
    assert kept.sent[0] == kept.sent[1]


def test_a_safeguarder_disagrees_and_lands_on_the_page_of_their_review(served: Site, kept: Told) -> None:
    served.sign_in("person-sg-1")
    address = "/my-file/disagree/evidence/e-1"
    missing = served.post(address, fields(served.get(address), address) | {"words": "I was elsewhere."})
    assert missing.status == 422
    form = fields(missing, address) | {"words": "I was elsewhere.", "grounds-1": "fact_wrong"}
    answer = served.post(address, form)
    assert answer.header("location") == "/my-file/reviews/r-1"
    assert kept.sent[-1][1] == f"{ME}/evidenceItems/e-1"
    assert "Dates that depend on it stand still from today." in served.get("/my-file/reviews/r-1").text


def test_what_is_looked_at_already_says_so(served: Site, kept: Told) -> None:
    served.sign_in("person-sg-1")
    address = "/my-file/disagree/evidence/e-1"
    kept.fails = NotDone(precondition("REVIEW_OPEN", "A review of this is open already.", "target"))
    sent = fields(served.get(address), address) | {"words": "It was another <day>.", "grounds-1": "fact_wrong"}
    refused = served.post(address, sent)
    assert refused.status == 409
    assert "A review of this is open already." in refused.text
    assert "What you wrote" in refused.text
    assert "It was another &lt;day&gt;." in refused.text, "the page has no form, and what was typed is not lost"


def test_a_senior_manager_decides_and_the_page_says_what_was_done(served: Site, kept: Told) -> None:
    served.sign_in(SENIOR)
    address = f"{REVIEW}/decide"
    answer = served.post(
        address, fields(served.get(address), address) | {"decision": "upheld", "reasons": "It was another hearing."}
    )
    assert (answer.status, answer.header("location")) == (303, REVIEW)
    assert kept.sent[0][3] == {"decision": "upheld", "reasons": "It was another hearing."}
    assert "It is decided. Demo Effie Lochend is told" in served.get(REVIEW).text


def test_a_step_that_is_not_possible_shows_the_request_with_the_reason(served: Site, kept: Told) -> None:
    served.sign_in(SENIOR)
    kept.request = made.request(**SUBMITTED)
    answer = served.get(f"{REVIEW}/assign")
    assert answer.status == 409
    assert "Accept it first." in answer.text


def test_who_may_not_read_who_could_decide_reads_the_request_all_the_same(served: Site, kept: Told) -> None:
    kept.refuses_reviewers = True
    served.sign_in("support-manager-east-1")
    assert served.get(REVIEW).status == 200
    assert served.get(f"{REVIEW}/decide").status == 404


def test_each_page_is_there_for_those_whose_it_is_and_asks_five_things_at_most(served: Site, kept: Told) -> None:
    served.sign_in("person-sg-1")
    assert {path: served.get(path).status for path in OWN} == dict.fromkeys(OWN, 200)
    served.cookie = ""
    served.sign_in(SENIOR)
    assert {path: served.get(path).status for path in STAFF} == dict.fromkeys(STAFF, 200)
    served.cookie = ""
    kept.pack = recommended.pack(state=recommended.REC.STATE_SUBMITTED)
    served.sign_in("decision-recorder")
    assert {path: served.get(path).status for path in RECORDERS} == dict.fromkeys(RECORDERS, 200)


def test_a_decision_is_found_by_its_reference_and_recorded_with_the_whole_hash(served: Site, kept: Told) -> None:
    kept.pack = recommended.pack(state=recommended.REC.STATE_SUBMITTED)
    served.sign_in("decision-recorder")
    form = fields(served.get("/decisions"), "/decisions")
    assert served.post("/decisions", form | {"reference": "//elsewhere.invalid/x"}).status == 422
    found = served.post("/decisions", form | {"reference": "sg-1/m-1"})
    assert found.header("location") == "/decisions/sg-1/m-1"
    address = "/decisions/sg-1/m-1/record"
    page = served.get(address)
    assert recommended.HASH[-8:] not in page.text.replace(" ", "")
    typed = {
        "decided_as": "recommend", "effective_date-day": "3", "effective_date-month": "April",
        "effective_date-year": "2027", "term_months": "24", "basis": "SSI 2012/54; reg 7(2); as amended",
        "hash": "00000000",
    }  # fmt: skip
    wrong = served.post(address, fields(page, address) | typed)
    assert (wrong.status, kept.recorded) == (422, [])
    right = served.post(address, fields(wrong, address) | typed | {"hash": recommended.HASH[-8:].upper()})
    assert right.header("location") == "/decisions/sg-1/m-1"
    (held, said) = kept.recorded[0]
    assert (held, said.months, said.kind) == (recommended.HASH, 24, "reappointed")


def test_a_second_person_answers_everything_that_was_said(served: Site, kept: Told) -> None:
    served.sign_in(SENIOR)
    address = "/recommendations/sg-1/m-1/approve"
    form = fields(served.get(address), address)
    assert served.post(address, form).status == 422
    assert served.post(address, form | {"answer_1": "A mentor begins in May."}).status == 303
    assert kept.sent[0][3] == {"answer_1": "A mentor begins in May."}


def test_what_is_not_on_the_readers_file_cannot_be_disagreed_with(served: Site, kept: Told) -> None:
    served.sign_in("person-sg-1")
    for path in ("/my-file/disagree/actions/a-9", "/my-file/disagree/supports/u-9", "/my-file/supports/u-9/answer"):
        assert served.get(path).status == 404, path


def test_of_a_matter_of_which_nothing_is_kept_from_then_the_page_says_so(served: Site, kept: Told) -> None:
    kept.request = made.request(target=f"{ME}/concerns/c-1", target_kind=made.REQUEST.TARGET_KIND_CONCERN)
    served.sign_in(SENIOR)
    answer = served.get(REVIEW)
    assert answer.status == 200
    assert "How it stood can't be shown on this page." in html.unescape(answer.text)


def test_to_everybody_else_there_is_no_such_page(tmp_path: Path) -> None:
    plain = site(tmp_path)
    for person in ("support-manager-east-1", "senior-manager-west", "panel-team", "official"):
        plain.cookie = ""
        plain.sign_in(person)
        none = plain.get("/nothing")
        for path in OWN:
            answer = plain.get(path)
            assert (answer.status, answer.body) == (404, none.body), (person, path)
    for person in ("person-sg-1", "official"):
        plain.cookie = ""
        plain.sign_in(person)
        none = plain.get("/nothing")
        for path in (*STAFF, *RECORDERS):
            assert plain.get(path).body == none.body, (person, path)
    plain.cookie = ""
    plain.sign_in("person-sg-1")
    none = plain.get("/nothing")
    for path in ("/my-file/supports/u-1/nothing", "/my-file/nothing/u-1/answer", "/my-file/disagree/nothing/e-1"):
        assert plain.get(path).body == none.body, path

"""Somebody gives feedback by a link: nothing typed is lost, nobody is named, and no secret is where it can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import feedback_links_pb2 as pb
from psmf.evidence.v1 import feedback_stage_pb2
from structlog.testing import capture_logs

import services.console
from services.console.calls.gateway import Gateway
from services.console.failures import MaybeDone, NotDone
from services.console.forms.feedback.giving import NEEDED, OF_GIVER, QUESTIONS
from services.console.signin.by_link import LinkLimits, address_of
from services.console.words import words
from services.evidence.adapters.feedback.questions import feedback_forms
from services.platform.calls.wire import to_date, to_instant
from services.refusals import not_found
from tests.console.site import MONDAY, OPEN, Answer, Site, site

TOKEN, CODE = "abcd" * 8, "K7M4-2XQ9-TB"
LOST = not_found("FEEDBACK_LINK_NOT_USABLE", "No.", "token")
UNKNOWN = not_found("FEEDBACK_CODE_NOT_FOUND", "No.", "code")
OVER = not_found("FEEDBACK_SESSION_OVER", "No.", "session")
WORDS = "You came twice, a canary."


@dataclass
class Desk:
    """What the service has: for whom the link is, and what was sent. `fails`: what it answers next."""

    giver: Any = pb.FEEDBACK_GIVER_CHILD
    sent: list[Any] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    fails: Exception | None = None


class HeldGateway(Gateway):
    """The gateway, with evidence in a test's hands."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def close(self) -> None:
        """Close nothing."""

    async def exchange_link(self, visit: Any, token: str, session: str) -> Any:
        """Exchange the one token that is good."""
        if token != TOKEN or self.desk.sent:
            raise NotDone(LOST)
        self.desk.sessions.append(session)
        ends = visit.now + timedelta(hours=2)
        return pb.FeedbackSession(giver=self.desk.giver, expire_time=to_instant(ends))

    async def send_feedback(self, visit: Any, session: str, answers: Any, of_giver: Any) -> Any:
        """Take what is sent, once."""
        if self.desk.fails is not None:
            raise self.desk.fails
        before = bool(self.desk.sent)
        self.desk.sent.append((session, list(answers), dict(of_giver)))
        return pb.FeedbackReceipt(code=CODE, sent_before=before)

    async def feedback_stage(self, visit: Any, code: str) -> Any:
        """Return the stage of the one code that is known."""
        if code != CODE:
            raise NotDone(UNKNOWN)
        stage = feedback_stage_pb2.FeedbackStage.STAGE_TALKED_ABOUT
        return feedback_stage_pb2.FeedbackStage(stage=stage, send_date=to_date(visit.today))


GATEWAY = HeldGateway(Desk())


@dataclass
class Giver:
    """Somebody at a browser. `page`: what they see."""

    site: Site
    desk: Desk
    page: Answer

    def press(self, button: str = "next", **typed: str) -> str:
        """Fill in the form on the page and press a button. Return what is asked next."""
        whole = self.page.text.rpartition("<form")[2]
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', whole))
        pressed = {"change": typed.pop("change")} if "change" in typed else {"do": button}
        self.site.clock.instant += timedelta(seconds=3)
        self.page = self.site.post("/feedback", hidden | typed | pressed)
        return self.h1

    @property
    def h1(self) -> str:
        return re.sub(r"<[^>]+>", "", re.findall(r"<h1[^>]*>(.*?)</h1>", self.page.text)[0])


@pytest.fixture(scope="module")
def one_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One console for all tests here: to compile its templates takes longer than any of them."""
    served = site(tmp_path_factory.mktemp("console"))
    OPEN.remove(served)
    served.app = served.console.app(GATEWAY)
    yield served
    served.close()


@pytest.fixture
def served(one_site: Site) -> Site:
    """The console with a new browser, an hour later, so that no limit is in the way."""
    one_site.cookie, one_site.clock.instant = "", one_site.clock.instant + timedelta(hours=3)
    GATEWAY.desk = Desk()
    return one_site


@pytest.fixture
def child(served: Site) -> Giver:
    return at_the_start(served)


def at_the_start(served: Site, giver: Any = pb.FEEDBACK_GIVER_CHILD) -> Giver:
    desk = Desk(giver)
    GATEWAY.desk = desk
    opened = served.get(f"/feedback/{TOKEN}")
    assert (opened.status, opened.header("location")) == (303, "/feedback")
    return Giver(served, desk, served.get("/feedback"))


def answer_all(child: Giver) -> None:
    child.press()
    for name, typed in (("listened", "a_bit"), ("explained", "yes"), ("spoke_for_me", "dont_know"), ("good", WORDS)):
        child.press(**{name: typed})
    for _ in ("not_good", "helped", "wish"):
        child.press("skip")
    child.press(safe="yes")


def test_a_child_answers_what_they_like_and_gets_a_code(child: Giver) -> None:
    assert child.h1 == "How was it?"
    answer_all(child)
    assert child.h1 == "Is this right?"
    assert WORDS in child.page.text
    assert child.press("send") == "Thank you. We have it."
    assert CODE in child.page.text
    ((session, answers, of_giver),) = child.desk.sent
    assert session == child.desk.sessions[0]
    assert answers == [
        ("listened", "a_bit", ""), ("explained", "yes", ""), ("spoke_for_me", "dont_know", ""),
        ("good", "", WORDS), ("safe", "yes", ""),
    ]  # fmt: skip
    assert of_giver == {}


def test_going_back_and_changing_an_answer_loses_nothing(child: Giver) -> None:
    answer_all(child)
    assert child.press(change="good") == "Was anything good?"
    assert WORDS in child.page.text
    assert child.press(good="You listened well.") == "Is this right?"
    assert "You listened well." in child.page.text
    assert child.press("back") == "Do you feel safe?"
    assert 'value="yes" checked' in child.page.text
    assert child.press("back") == "Is there something you want to happen?"
    assert child.press("back", wish="A letter, please.") == "Did somebody help you with this?"
    assert child.press("skip") == "Is there something you want to happen?"
    assert "A letter, please." in child.page.text


def test_a_question_without_an_answer_and_words_that_are_too_long_are_said_at_their_place(child: Giver) -> None:
    child.press()
    child.press()
    assert (child.page.status, "Answer the question, or press Skip" in child.page.text) == (422, True)
    for _ in range(3):
        child.press("skip")
    child.press(good="so " * 300)
    assert (child.page.status, "Write a shorter answer" in child.page.text) == (422, True)
    assert "so so so" in child.page.text


def test_a_child_who_does_not_feel_safe_reads_at_once_whom_to_ring(child: Giver) -> None:
    answer_all(child)
    child.press(change="safe")
    child.press(safe="no")
    assert "0800 1111" in child.page.text
    child.press("send")
    assert "0800 1111" in child.page.text


def test_pressed_again_or_opened_again_it_shows_the_same_code_and_none_of_the_answers(child: Giver) -> None:
    answer_all(child)
    before = child.page
    child.press("send")
    assert child.page.header("clear-site-data") == '"cache"'
    child.page = before
    child.press("send")
    again = child.site.get("/feedback")
    assert [CODE in page.text for page in (child.page, again)] == [True, True]
    assert [WORDS in page.text for page in (child.page, again)] == [False, False]
    assert len(child.desk.sent) == 1


def test_when_the_service_does_not_answer_or_the_time_is_over_every_word_is_still_on_the_page(child: Giver) -> None:
    answer_all(child)
    checked = child.page
    for problem, status in ((MaybeDone("evidence"), 503), (NotDone(OVER), 401)):
        child.page, child.desk.fails = checked, problem
        whole = checked.text.rpartition("<form")[2]
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', whole))
        child.press("send")
        assert child.page.status == status
        assert hidden["said"] in child.page.text
    child.desk.fails = None
    child.site.clock.instant += timedelta(hours=3)
    child.page = checked
    child.press("send")
    assert (child.page.status, child.h1) == (401, "Please open your link again")
    child.site.get(f"/feedback/{TOKEN}")
    child.page = checked
    assert child.press("send") == "Thank you. We have it."


@pytest.mark.parametrize("path", ["/feedback", f"/feedback/{'x' * 32}", "/feedback/short"])
def test_a_link_that_is_wrong_or_missing_has_one_page(served: Site, path: str) -> None:
    answer, other = served.get(path), served.get(f"/feedback/{'y' * 32}")
    assert (answer.status, answer.body) == (404, other.body)
    assert "psmf-demo-feedback" not in served.jar


def test_the_token_the_session_the_code_and_the_words_are_in_no_address_and_no_log(served: Site) -> None:
    with capture_logs() as logs:
        child = at_the_start(served)
        answer_all(child)
        child.press("send")
    secrets = (TOKEN, child.desk.sessions[0], CODE, "canary")
    assert [each for each in secrets if each in str(logs)] == []
    assert [each for each in secrets[:2] if each in child.page.text] == []
    assert child.page.header("referrer-policy") == "no-referrer"
    assert [each for each in secrets if each in child.site.cookie] == []


def test_somebody_who_is_signed_in_at_the_same_browser_is_named_on_no_page(served: Site) -> None:
    child = at_the_start(served)
    child.site.sign_in("panel-team")
    page = child.site.get("/feedback")
    assert "Lyle" not in page.text
    assert "<nav" not in page.text
    child.page = page
    assert child.press() == "Did they listen to you?"


def test_a_form_from_elsewhere_and_answers_that_were_changed_are_not_taken(child: Giver) -> None:
    child.press()
    forged = child.site.post("/feedback", {"at": "listened", "listened": "yes", "do": "next"})
    assert forged.status == 403
    whole = child.page.text.rpartition("<form")[2]
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', whole))
    changed = child.site.post("/feedback", hidden | {"said": f"{hidden['said']}x", "listened": "no", "do": "next"})
    assert changed.status == 200


def test_a_form_that_is_made_by_hand_is_never_a_fault_of_ours(child: Giver) -> None:
    child.press()
    whole = child.page.text.rpartition("<form")[2]
    sent = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', whole)) | {"listened": "yes", "do": "next"}
    for name in ("said", "at", "to", "do", "listened", "change", "good"):
        for odd in ("", "check", "start", "back", "x" * 9000, "\x00", "{0}", "consent", "contact"):
            child.site.clock.instant += timedelta(seconds=3)
            assert child.site.post("/feedback", sent | {name: odd}).status in (200, 422), (name, odd)
    assert child.desk.sent == []


def test_a_stage_is_looked_up_without_a_link_and_the_code_stands_in_no_address(served: Site) -> None:
    mark = served.mark("/feedback/stage", "/feedback/stage")
    found = served.post("/feedback/stage", {"form_mark": mark, "code": CODE})
    assert found.header("cache-control") == "no-store", "a tablet may go on to the next child"
    assert (found.status, "It was talked about." in found.text) == (200, True)
    wrong = served.post("/feedback/stage", {"form_mark": mark, "code": "wrong"})
    assert (wrong.status, "Look at each letter again" in wrong.text) == (422, True)
    served.clock.instant += timedelta(seconds=1)
    assert served.post("/feedback/stage", {"form_mark": mark, "code": ""}).status == 422


def test_ten_wrong_tokens_or_codes_of_a_network_are_the_most_in_an_hour(served: Site) -> None:
    statuses = []
    for _ in range(11):
        served.clock.instant += timedelta(seconds=1)
        statuses.append(served.get(f"/feedback/{'z' * 32}").status)
    assert statuses == [404] * 10 + [429]
    served.clock.instant += timedelta(hours=1)
    assert served.get(f"/feedback/{TOKEN}").status == 303


def test_limits_are_thirty_a_minute_for_a_link_and_five_a_second_for_all() -> None:
    limits = LinkLimits()
    seconds = [MONDAY.replace(second=0) + timedelta(seconds=second) for second in range(31)]
    assert [limits.is_over("one", now) for now in seconds] == [False] * 30 + [True]
    assert not limits.is_over("other", seconds[-1])
    later = MONDAY + timedelta(minutes=5)
    assert [limits.is_over("", later) for _ in range(6)] == [False] * 5 + [True]
    for _ in range(10):
        limits.count_unknown("192.0.2.7", later)
    assert limits.has_guessed("192.0.2.200", later)
    assert not limits.has_guessed("192.0.3.7", later)
    assert not limits.has_guessed("2001:db8::1", later)


@pytest.mark.parametrize(
    ("forwarded", "hops", "address"),
    [
        ("198.51.100.7", 0, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
        ("203.0.113.9, 198.51.100.7", 1, "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7", 2, "203.0.113.9"),
        ("198.51.100.7", 2, "10.0.0.1"),
    ],
)
def test_where_a_request_came_from_is_what_our_own_proxies_say(forwarded: str, hops: int, address: str) -> None:
    assert address_of("10.0.0.1", forwarded, hops) == address


def test_the_pages_ask_what_the_file_of_feedback_knows_and_nothing_else() -> None:
    known = {
        str(giver): {name: tuple(question.choices) for name, question in form.questions.items()}
        for giver, form in feedback_forms().items()
    }
    asked = {
        giver: {name: choices for name, choices in questions.items() if name not in OF_GIVER}
        for giver, questions in QUESTIONS.items()
    }
    assert asked == known
    assert {(giver, "who") for giver, form in feedback_forms().items() if not form.source} == {
        (str(giver), name) for giver, name in NEEDED
    }
    said = words("feedback")["ask"]
    assert {giver: set(said[giver]) for giver in QUESTIONS} == {giver: set(each) for giver, each in QUESTIONS.items()}


def test_the_words_for_a_child_are_short_and_plain() -> None:
    said = words("feedback")
    asked = " ".join(said["ask"]["child"].values())
    assert not re.search(r"feedback|complaint|Practice Standard|Panel", asked)
    longest = max(len(sentence.split()) for sentence in re.split(r"[.?]", asked))
    assert longest <= 9


def test_the_console_calls_as_itself_in_one_place_and_three_methods_only() -> None:
    """The one exception to the rule that a page asks with its reader's own token."""
    folder = Path(services.console.__file__).parent
    naming = {str(file.relative_to(folder)) for file in folder.rglob("*.py") if "ServiceToken" in file.read_text()}
    assert naming == {"compose.py", "calls/feedback/desk.py"}
    code = (folder / "calls" / "feedback" / "desk.py").read_text()
    assert re.findall(r"self\._as_desk\(visit, self\._given\.(\w+)", code) == [
        "ExchangeFeedbackLink",
        "SendFeedback",
        "GetFeedbackStage",
    ]

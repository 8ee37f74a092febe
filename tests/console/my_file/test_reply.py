"""A reply is checked, kept on the way, sent once, and never lost: pages on an item and drafts that a test holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import drafts_pb2, evidence_pb2

from services.console.calls.gateway import Gateway
from services.console.failures import MaybeDone, NotDone, ServiceAway
from services.console.forms.drafts import KeptWords, as_bytes, read
from services.console.views.my_file import reply as views
from services.platform.calls.wire import to_date
from services.refusals import Refusal, conflict, invalid, precondition
from tests.console.fixtures.my_file import DRAFT, EDITIONS, TODAY, item, reply_check, reply_form
from tests.console.site import OPEN, Answer, Site, site

PAGE, ITEM = "/my-file/evidence/e-1/reply", "/my-file/evidence/e-1"
WORDS = "I told the office.\nThe telephone was off."


@dataclass
class Kept:
    """What evidence keeps: an item, and at most one draft of a reply to it. `fails`: what the next write answers."""

    item: Any = field(default_factory=item)
    draft: Any = None
    sent: list[tuple[str, str]] = field(default_factory=list)
    fails: dict[str, Exception] = field(default_factory=dict)


class HeldGateway(Gateway):
    """The gateway, with evidence in a test's hands."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept

    async def close(self) -> None:
        """Close nothing."""

    async def standards(self, visit: Any) -> Any:
        """Return the edition of the fixtures."""
        return EDITIONS.answer

    async def item(self, visit: Any, name: str) -> Any:
        """Return the item."""
        return self.kept.item

    async def reply(self, visit: Any, name: str, text: str, request_id: str, *, check_only: bool = False) -> Any:
        """Take a reply, or say how the item would be."""
        self._fail("check" if check_only else "reply")
        replied = evidence_pb2.EvidenceItem()
        replied.CopyFrom(self.kept.item)
        replied.reply.CopyFrom(evidence_pb2.Reply(text=text, reply_date=to_date(TODAY), held="Kirsty" in text))
        replied.adverse_date.CopyFrom(to_date(TODAY))
        if not check_only:
            self.kept.sent.append((text, request_id))
            self.kept.item = replied
        return replied

    async def reply_draft(self, visit: Any, person: str, item: str) -> Any:
        """Return the draft without its words."""
        self._fail("drafts")
        return self.kept.draft

    async def draft(self, visit: Any, name: str) -> Any:
        """Return the draft."""
        return self.kept.draft

    async def begin_reply_draft(self, visit: Any, person: str, item: str, answers: bytes) -> Any:
        """Keep a new draft."""
        self._fail("keep")
        self.kept.draft = drafts_pb2.Draft()
        self.kept.draft.CopyFrom(DRAFT)
        self.kept.draft.answers = answers
        return self.kept.draft

    async def change_draft(self, visit: Any, draft: Any, answers: bytes, etag: str, step: str = "") -> Any:
        """Keep other words, if they come from the draft as it is."""
        self._fail("keep")
        if etag != draft.etag:
            raise NotDone(conflict("STALE_COPY", "It was changed.", "etag"))
        draft.answers, draft.etag = answers, str(int(etag) + 1)
        return draft

    async def delete_draft(self, visit: Any, name: str, request_id: str = "") -> None:
        """Delete the draft."""
        self._fail("delete")
        self.kept.draft = None

    def _fail(self, what: str) -> None:
        if what in self.kept.fails:
            raise self.kept.fails[what]


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A Safeguarder who is signed in. Pages are compiled once for all tests here."""
    served = site(tmp_path_factory.mktemp("reply"))
    OPEN.remove(served)  # it stays open for the next test
    served.sign_in("person-sg-1")
    served.loop.run_until_complete(served.gateway.close())
    served.gateway = HeldGateway(Kept())
    served.app = served.console.app(served.gateway)
    yield served
    served.close()


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def reader(signed_in: Site, kept: Kept) -> Iterator[Site]:
    """A Safeguarder who is signed in, before what a test keeps."""
    assert isinstance(signed_in.gateway, HeldGateway)
    signed_in.gateway.kept, cookie = kept, signed_in.cookie
    signed_in.clock.instant += timedelta(minutes=1)  # nobody asks for more than 120 pages in one
    yield signed_in
    signed_in.cookie = cookie


def pressed(reader: Site, button: str, text: str = WORDS, request_id: str = "r-1", etag: str = "") -> Answer:
    form = {"form_mark": reader.mark(PAGE, PAGE), "reply": text, "do": button, "request_id": request_id, "etag": etag}
    cookie = reader.cookie
    answer = reader.post(PAGE, form)
    reader.cookie = cookie  # the message after a form is in a second cookie
    return answer


def test_a_reply_is_shown_once_more_and_kept_before_it_is_sent(reader: Site, kept: Kept) -> None:
    assert "You can reply until Monday 7" in reader.get(PAGE).text
    check = pressed(reader, "check")
    assert check.h1 == "Check your reply before you send it"
    assert "With your reply, the item can count from 1\u00a0December 2026." in check.text
    assert kept.sent == []
    assert read(kept.draft.answers).text == WORDS


def test_a_sent_reply_stays_with_the_item_and_its_draft_is_gone(reader: Site, kept: Kept) -> None:
    pressed(reader, "check")
    sent = pressed(reader, "send")
    assert (sent.status, sent.header("location")) == (303, ITEM)
    assert (kept.sent, kept.draft) == ([(WORDS, "r-1")], None)


def test_what_is_kept_for_later_is_found_again(reader: Site, kept: Kept) -> None:
    assert pressed(reader, "later").header("location") == ITEM
    page = reader.get(ITEM).text
    assert "Go on with your reply" in page
    assert "It is kept until 15\u00a0December 2026. Only you can read it." in page
    assert WORDS in reader.get(PAGE).text


def test_somebody_who_goes_back_and_changes_their_words_keeps_the_new_ones(reader: Site, kept: Kept) -> None:
    """The form that they go back to was made before there was a draft. It is the same form, and no other window."""
    pressed(reader, "check", "First words.")
    assert pressed(reader, "check", "Second words.").status == 200
    assert read(kept.draft.answers).text == "Second words."


def test_words_of_another_window_are_never_overwritten_unseen(reader: Site, kept: Kept) -> None:
    pressed(reader, "check", "Of this window.", "r-1")
    answer = pressed(reader, "check", "Of the other window.", "r-2")
    assert answer.status == 409
    assert "You changed this reply in another window" in answer.text
    assert "Of the other window." in answer.text
    assert read(kept.draft.answers).text == "Of this window."
    assert pressed(reader, "check", "Of the other window.", "r-2", kept.draft.etag).status == 200


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  \n", "Write your reply before you go on"),
        ("x" * 4001, "Your reply must be 4,000 characters or fewer. It has 4,001"),
    ],
)
@pytest.mark.parametrize("button", ["check", "send", "later"])
def test_a_wrong_answer_comes_back_with_what_was_typed(
    reader: Site, kept: Kept, text: str, says: str, button: str
) -> None:
    answer = pressed(reader, button, text)
    assert (answer.status, answer.text.count(says)) == (422, 2)
    assert text.strip() in answer.text
    assert "<title>Error: " in answer.text
    assert (kept.sent, kept.draft) == ([], None)


def test_signs_that_cannot_be_kept_are_said_at_the_field(reader: Site, kept: Kept) -> None:
    kept.fails["check"] = NotDone(invalid("TEXT_NOT_PLAIN", "text holds control characters.", "text"))
    answer = pressed(reader, "check")
    assert answer.status == 422
    assert "paste it as plain text" in answer.text


def test_what_may_name_a_child_is_said_before_it_is_sent(reader: Site, kept: Kept) -> None:
    assert "This may name a child." in pressed(reader, "check", "I spoke with Kirsty.").text
    assert "This may name a child." not in pressed(reader, "check").text


@pytest.mark.parametrize("refusal", [precondition("ALREADY_REPLIED", "It has a reply."), conflict("OTHER", "No.")])
def test_a_reply_that_is_not_possible_any_more_leaves_the_words_on_the_page(
    reader: Site, kept: Kept, refusal: Refusal
) -> None:
    kept.fails["reply"] = NotDone(refusal)
    answer = pressed(reader, "send")
    assert answer.status == 409
    assert "The telephone was off." in answer.text


@pytest.mark.parametrize("button", ["send", "later"])
def test_while_the_service_is_away_the_words_stay_and_can_be_sent_again(reader: Site, kept: Kept, button: str) -> None:
    kept.fails |= {"reply": MaybeDone("evidence"), "keep": MaybeDone("evidence")}
    answer = pressed(reader, button)
    assert answer.status == 503
    assert "The telephone was off." in answer.text
    kept.fails.clear()
    assert pressed(reader, button).status == 303


@pytest.mark.parametrize("what", ["drafts", "keep"])
def test_a_reply_needs_no_draft(reader: Site, kept: Kept, what: str) -> None:
    mark = reader.mark(PAGE, PAGE)
    kept.fails[what] = ServiceAway("evidence")
    form = {"form_mark": mark, "reply": WORDS, "request_id": "r-1", "etag": ""}
    check = reader.post(PAGE, form | {"do": "check"})
    assert check.status == 200
    assert "are not kept as a draft" in check.text
    assert reader.post(PAGE, form | {"do": "send"}).status == 303
    assert kept.sent == [(WORDS, "r-1")]


def test_somebody_with_too_many_drafts_can_send_all_the_same(reader: Site, kept: Kept) -> None:
    kept.fails["keep"] = NotDone(precondition("TOO_MANY_DRAFTS", "You have 50 drafts."))
    later = pressed(reader, "later")
    assert later.status == 409
    assert "could not be saved as a draft" in later.text
    assert WORDS in later.text
    assert pressed(reader, "check").status == 200


def test_the_form_of_an_item_that_takes_no_reply_leads_to_the_item(reader: Site, kept: Kept) -> None:
    kept.item = item(shared_date=None)
    answer = reader.get(PAGE)
    assert (answer.status, answer.header("location")) == (303, ITEM)


def test_after_a_reply_the_page_says_once_what_it_did(reader: Site, kept: Kept) -> None:
    sent = pressed(reader, "send")
    message = next(value.partition(";")[0] for name, value in sent.headers if "-message=" in value)
    page = reader.get(ITEM, cookie=f"{reader.cookie}; {message}")
    assert "Your reply is sent and stays with the item." in page.text
    assert any("-message=" in value and "Max-Age=0" in value for _, value in page.headers)
    assert "Your reply is sent" not in reader.get(ITEM).text


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: reply_form().until, "If you don't, the item can count from 8\u00a0December 2026, without your words."),
        (lambda: reply_form(reply_stands_still=True).until, "Your time to reply stands still for now."),
        (lambda: reply_form(reply_due_date=to_date(TODAY.replace(year=2025))).until, "Your time to reply is over."),
        (lambda: reply_check(draft=None).kept, "Your words are on this page, and are not kept as a draft."),
        (lambda: reply_check(adverse_date=None).form.effect, "Your reply doesn't make the item count."),
    ],
)
def test_the_pages_say_how_a_reply_stands(made: Callable[[], str], says: str) -> None:
    assert says in made()


def test_a_held_reply_says_who_looks_at_it_first() -> None:
    told = views.told("reply_sent", item(reply=evidence_pb2.Reply(held=True)), None)
    assert told is not None
    assert "Somebody of the Panel Team reads it before anybody else" in told.says
    assert views.told("", item(), None) is None


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (as_bytes(KeptWords("Wörter\n", "r-1")), KeptWords("Wörter\n", "r-1")),
        (b"plain words", KeptWords("plain words")),
        (b'["a list"]', KeptWords('["a list"]')),
        (b"\xff", KeptWords("\ufffd")),
    ],
)
def test_what_a_draft_holds_is_read_again_whatever_wrote_it(answers: bytes, found: KeptWords) -> None:
    assert read(answers) == found

"""The pages of steps on a matter, on services that answer as they are told: sent once, refused, stale, away."""

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import safeguarder_pb2
from psmf.rules.v1 import rules_pb2

from services.console.calls.gateway import Gateway
from services.console.failures import MaybeDone, NotDone, NotThere
from services.console.requests import Visit
from services.refusals import precondition
from tests.console.fixtures.steps import ME, MOVE, NAMES, PEOPLE, RULES, STALE, STATE, TAKEN_ON, TOO_FAR, concern
from tests.console.site import Answer, Site, site

MATTER = "/people/sg-1/matters/c-1"
DAY = {"next_date-day": "4", "next_date-month": "12", "next_date-year": "2026"}


class Told(Gateway):
    """Services that answer with one matter, and fail at the next step as they are told."""

    matter_now = concern()
    fails: Exception | None = None

    def __init__(self) -> None:
        self.moves: list[Any] = []

    async def close(self) -> None:
        """Close nothing."""

    async def matter(self, visit: Visit, name: str) -> Any:
        """Return the matter, if it is the one."""
        if name != self.matter_now.name:
            raise NotThere
        return self.matter_now

    async def rules(self, visit: Visit, on: Any = None, *, full: bool = False) -> Any:
        """Return the rules."""
        return RULES.answer

    async def rules_lately(self, visit: Visit) -> Any:
        """Return the rules."""
        return RULES.answer

    async def items_named(self, visit: Visit, person: str, ids: Sequence[str]) -> Mapping[str, Any]:
        """Return no items."""
        return {}

    async def matters(self, visit: Visit) -> Any:
        """Return what waits: this matter and another."""
        other = concern(name="safeguarders/sg-2/concerns/c-2")
        return rules_pb2.ListConcernsResponse(concerns=[self.matter_now, other])

    async def raised(self, visit: Visit, person: str, *, ended: bool = False) -> Any:
        """Return what is open about one person: this matter alone."""
        return rules_pb2.ListConcernsResponse(concerns=[self.matter_now])

    async def names_of(self, visit: Visit, names: Any) -> dict[str, str]:
        """Return what the register calls people."""
        return {name: NAMES.answer[name] for name in names}

    async def entry(self, visit: Visit, name: str) -> Any:
        """Return the entry of a person."""
        return safeguarder_pb2.Safeguarder(name=name, display_name=NAMES.answer[name])

    async def called(self, visit: Visit, people: Any) -> dict[str, str]:
        """Return names of staff."""
        return dict(PEOPLE.answer)

    async def move(self, visit: Visit, name: str, move: str, sent: Any, answer: Mapping[str, Any]) -> Any:
        """Keep what was sent, and fail if told to."""
        self.moves.append((name, move, sent, dict(answer)))
        if self.fails is not None:
            raise self.fails

    record = move


class Desk:
    """A manager at a desk."""

    def __init__(self, folder: Path) -> None:
        self.served: Site = site(folder)
        self.told = Told()
        self.served.loop.run_until_complete(self.served.gateway.close())
        self.served.gateway = self.told
        self.served.app = self.served.console.app(self.told)
        self.served.sign_in(ME)

    def open(self, step: str, came_from: str = "week") -> Answer:
        """Open the form of a step."""
        return self.served.get(f"{MATTER}/{step}?from={came_from}")

    def send(self, opened: Answer, step: str, **typed: str) -> Answer:
        """Send a form with the fields that it has and what was typed."""
        return self.served.post(f"{MATTER}/{step}", fields(opened, step) | typed)


def fields(answer: Answer, step: str) -> dict[str, str]:
    """Return the hidden fields of the form on a page."""
    form = answer.text.partition(f'action="{MATTER}/{step}"')[2].partition("</form>")[0]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_step_leads_back_to_its_matter_which_says_once_what_was_done(desk: Desk) -> None:
    answer = desk.send(desk.open("acknowledge"), "acknowledge", **DAY)
    assert (answer.status, answer.header("location")) == (303, f"{MATTER}?from=week")
    cookie = next(value for name, value in answer.headers if name == "set-cookie" and "message" in value)
    assert "HttpOnly" in cookie
    assert "Demo" not in cookie
    (name, move, sent, typed) = desk.told.moves[0]
    assert (name, move, sent.etag, str(typed["next_date"])) == (concern().name, "acknowledge", "7", "2026-12-04")
    message = cookie.partition(";")[0]
    shown = desk.served.get(f"{MATTER}?from=week", cookie=f"{session(desk)}; {message}")
    assert "You have taken it on." in shown.text
    assert "Next: Demo Effie Lochend, Reports filed late" in html.unescape(shown.text)
    assert any("message" in value and "Max-Age=0" in value for name, value in shown.headers if name == "set-cookie")
    assert "You have taken it on." not in desk.served.get(f"{MATTER}/close", cookie=f"{session(desk)}; {message}").text
    assert "You have taken it on." not in desk.served.get(MATTER, cookie=session(desk)).text


def session(desk: Desk) -> str:
    """Return the cookie of the session, without the one of a message."""
    cookie = desk.served.cookie
    if "message" in cookie:
        desk.served.cookie = ""
        desk.served.sign_in(ME)
    return desk.served.cookie


def test_a_wrong_day_comes_back_as_it_was_typed_and_nothing_is_sent(desk: Desk) -> None:
    wrong = desk.send(desk.open("acknowledge"), "acknowledge", **(DAY | {"next_date-day": "41"}))
    assert wrong.status == 422
    assert 'value="41"' in wrong.text
    assert "<title>Error: " in wrong.text
    assert desk.told.moves == []


def test_a_day_that_the_service_refuses_is_wrong_in_our_words(desk: Desk) -> None:
    desk.told.fails = NotDone(TOO_FAR)
    answer = desk.send(desk.open("acknowledge"), "acknowledge", **DAY)
    assert answer.status == 422
    assert "Enter a day no later than" in answer.text
    assert "next_date must be" not in answer.text


def test_a_stale_form_comes_back_filled_and_can_be_sent_from_the_copy_of_now(desk: Desk) -> None:
    opened = desk.open("close")
    desk.told.matter_now = concern(etag="8", state=STATE.STATE_ACKNOWLEDGED, steps=[TAKEN_ON])
    desk.told.fails = NotDone(STALE)
    answer = desk.send(opened, "close", reason="improved")
    assert answer.status == 409
    assert "Demo Fiona Ross changed this" in answer.text
    assert re.search(r'value="improved" checked', answer.text)
    desk.told.fails = None
    assert desk.send(answer, "close", reason="improved").status == 303
    assert [sent.etag for _, _, sent, _ in desk.told.moves] == ["7", "8"]
    assert len({sent.request_id for _, _, sent, _ in desk.told.moves}) == 2


def test_a_step_that_a_guard_blocks_shows_the_matter_as_it_is_now_with_the_sentence(desk: Desk) -> None:
    opened = desk.open("close")
    sentence = "Record the Safeguarder's view first."
    blocked = rules_pb2.BlockedMove(move=MOVE.CONCERN_MOVE_CLOSE, guard="safeguarders_view", sentence=sentence)
    desk.told.matter_now = concern(allowed_moves=[MOVE.CONCERN_MOVE_HOLD], blocked_moves=[blocked])
    desk.told.fails = NotDone(precondition("MOVE_NOT_ALLOWED", "…", "name", guard="safeguarders_view"))
    for answer in (desk.send(opened, "close", reason="improved"), desk.open("close")):
        assert (answer.status, answer.h1) == (409, "Reports filed late")
        notice = html.unescape(answer.text).partition('class="psmf_notice"')[2].partition("</div>")[0]
        assert sentence in notice
        assert "Nothing was recorded." in notice
        assert f'href="{MATTER}/hold?from=week"' in answer.text


def test_a_service_away_while_writing_is_asked_again_with_the_same_request_id(desk: Desk) -> None:
    desk.told.fails = MaybeDone("rules")
    answer = desk.send(desk.open("acknowledge"), "acknowledge", **DAY)
    assert (answer.status, answer.h1) == (503, "We can't say whether it was recorded")
    desk.told.fails = None
    assert desk.send(answer, "acknowledge").status == 303, "what was typed is among the fields that are kept"
    first, second = desk.told.moves
    assert first == second


@pytest.mark.parametrize("step", ["nothing", "review-actions", "escalate", "invite_to_share"])
def test_a_step_that_is_not_the_readers_is_not_there(desk: Desk, step: str) -> None:
    desk.told.matter_now = concern(allowed_moves=[MOVE.CONCERN_MOVE_CLOSE])
    answer = desk.open(step)
    assert (answer.status, answer.body) == (404, desk.served.get("/nothing").body)


def test_a_matter_that_is_not_the_readers_has_no_steps(desk: Desk) -> None:
    assert desk.served.get("/people/sg-1/matters/c-9/close").status == 404


def test_where_one_came_from_is_one_of_our_groups_or_nothing(desk: Desk) -> None:
    for given in ("//elsewhere.invalid", "https://elsewhere.invalid", "%0d%0aset-cookie:a", "everything", "\\\\x"):
        text = desk.served.get(f"{MATTER}?from={given}").text
        assert "elsewhere" not in text
        assert f'href="{MATTER}/close"' in text
    answer = desk.send(desk.open("escalate"), "escalate", **{"from": "//elsewhere.invalid"})
    assert answer.header("location") == MATTER


def test_where_there_is_nothing_to_choose_from_the_page_says_so(desk: Desk) -> None:
    answer = desk.open("merge")
    assert answer.status == 200
    assert "no other open matter of this kind" in answer.text
    assert f'action="{MATTER}/merge"' not in answer.text


def test_how_long_one_stays_signed_in_stands_at_the_foot_of_a_form(desk: Desk) -> None:
    assert "You stay signed in until 10:02. Each page that you open adds an hour." in desk.open("close").text

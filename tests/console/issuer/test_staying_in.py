"""How long somebody stays signed in, how their token is renewed, and how it ends."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from structlog.testing import capture_logs

from services.console.failures import ServiceAway
from services.console.signin.issuer import PAUSE
from services.console.signin.session_cookie import LONGEST, WHOLE, Session
from tests.console.issuer.__main__ import SECRET
from tests.console.issuer.running import MANAGER, Door, door, is_in, session_of, way_in
from tests.console.site import URL
from tests.console.test_frame import site_again


def test_signing_in_makes_a_new_session_and_the_old_one_is_not_taken_over(one: Door) -> None:
    """Somebody who puts their own cookie into a browser does not share the session that begins there."""
    one.comes_back("official")
    planted = session_of(one)
    one.comes_back(MANAGER)
    assert session_of(one).id != planted.id
    assert session_of(one).refresh != planted.refresh


def test_a_token_is_renewed_before_it_ends_and_the_cookie_holds_what_the_next_one_is_given_for(one: Door) -> None:
    one.comes_back(MANAGER)
    before, token = session_of(one), way_in(one).token(session_of(one).id)
    one.later(timedelta(minutes=13))
    assert is_in(one)
    assert session_of(one).refresh == before.refresh
    one.later(timedelta(minutes=1, seconds=30))
    assert is_in(one)
    assert session_of(one).refresh != before.refresh
    assert way_in(one).token(session_of(one).id) != token
    assert token not in one.site.cookie


def test_an_older_cookie_does_not_spend_a_refresh_token_twice(one: Door) -> None:
    """A page that was asked for before the token was renewed brings the cookie of then."""
    one.comes_back(MANAGER)
    old = one.site.cookie
    one.later(timedelta(minutes=14, seconds=30))
    is_in(one)
    one.later(timedelta(minutes=14, seconds=30))
    one.site.cookie = old
    assert is_in(one)


def test_requests_at_once_share_one_renewal(one: Door) -> None:
    one.comes_back(MANAGER)
    session = session_of(one)
    one.later(timedelta(minutes=14, seconds=30))
    one.tell()

    async def at_once() -> list[Session]:
        return await asyncio.gather(*(way_in(one).fresh(session) for _ in range(20)))

    found = one.site.loop.run_until_complete(at_once())
    assert len({one.refresh for one in found}) == 1
    assert one.tell() == ["token"]


def test_a_reader_who_goes_away_does_not_lose_the_renewal(one: Door) -> None:
    one.comes_back(MANAGER)
    session = session_of(one)
    one.later(timedelta(minutes=14, seconds=30))

    async def gone() -> Session:
        waits = asyncio.ensure_future(way_in(one).fresh(session))
        await asyncio.sleep(0)
        waits.cancel()
        return await way_in(one).fresh(session)

    one.tell()
    assert one.site.loop.run_until_complete(gone()).refresh != session.refresh
    assert one.tell() == ["token"]


def test_another_copy_of_the_console_takes_the_session_over(at: Door) -> None:
    """Nothing is kept in a copy that the other one needs: it asks the issuer for a token of its own."""
    at.comes_back(MANAGER)
    first = session_of(at)
    at.site = site_again(at.site)
    assert is_in(at)
    assert session_of(at).refresh != first.refresh


def test_a_session_that_the_issuer_has_ended_ends_with_the_next_token(one: Door) -> None:
    one.comes_back(MANAGER)
    one.tell(forget=True)
    assert is_in(one)
    one.later(timedelta(minutes=14, seconds=30))
    assert not is_in(one)
    assert "psmf-demo" not in one.site.jar


def test_an_issuer_of_which_nothing_is_known_is_not_asked_by_everybody_who_waits(
    at: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = door(at.issuer, tmp_path, "http://localhost:1")
    asked = []

    async def away(_: str) -> dict[str, str]:
        asked.append(1)
        raise ServiceAway("issuer")

    monkeypatch.setattr(way_in(alone)._issuer, "_read", away)
    assert [alone.site.get("/sign-in/start").status for _ in range(5)] == [503] * 5
    assert len(asked) == 1
    alone.site.clock.instant += timedelta(seconds=PAUSE)
    alone.site.get("/sign-in/start")
    assert len(asked) == 2


def test_a_role_that_was_taken_away_is_gone_with_the_next_page(at: Door) -> None:
    at.comes_back(MANAGER)
    people = json.loads((at.site.folder / "people.json").read_text())
    (at.site.folder / "people.json").write_text(json.dumps(people | {MANAGER: {"role": "official"}}))
    at.site = site_again(at.site)
    assert at.site.get("/rules").header("location") == "/sign-in?next=rules"


def test_nobody_is_signed_out_while_the_consoles_secret_at_the_issuer_is_changed(at: Door, tmp_path: Path) -> None:
    """As docs/operations.md says: both count, the console starts again with the new one, and the old one ends."""
    at.comes_back(MANAGER)
    at.tell(secrets=[SECRET, "the next one"])
    (tmp_path / "next").write_text("the next one\n")
    at.site = site_again(at.site, issuer_client_secret_file=tmp_path / "next")
    at.tell(secrets=["the next one"])
    at.later(timedelta(minutes=16))
    assert is_in(at)
    at.tell()
    at.later(timedelta(minutes=16))
    with capture_logs() as lines:
        assert not is_in(at)
    assert ("issuer_unusable", "client") in [(line["event"], line.get("reason")) for line in lines]


def test_a_token_of_somebody_else_ends_the_session(one: Door) -> None:
    one.comes_back(MANAGER)
    one.later(timedelta(minutes=14, seconds=30))
    one.tell(access={"sub": "panel-team"})
    assert not is_in(one)


def test_without_a_refresh_token_a_session_lasts_as_long_as_its_token(one: Door) -> None:
    one.tell(leave_out=["refresh_token"])
    one.comes_back(MANAGER)
    assert is_in(one)
    one.later(timedelta(minutes=16))
    assert not is_in(one)


def test_nobody_stays_signed_in_longer_than_ten_hours(at: Door) -> None:
    at.comes_back(MANAGER)
    begun = at.site.clock.instant
    while at.site.clock.instant - begun <= WHOLE:
        assert is_in(at)
        at.later(timedelta(minutes=50))
    assert not is_in(at)


def test_while_the_issuer_is_away_pages_say_so_and_nobody_is_signed_out(at: Door) -> None:
    at.comes_back(MANAGER)
    at.tell(status=503)
    at.later(timedelta(minutes=14, seconds=30))
    assert is_in(at), "the token is still good"
    at.later(timedelta(minutes=1))
    answer = at.site.get("/")
    assert (answer.status, answer.header("retry-after")) == (503, "30")
    assert "The service that signs people in didn&#39;t answer at 09:17" in answer.text
    at.tell()
    assert is_in(at)


def test_while_the_issuer_is_away_nobody_signs_in_and_the_page_says_why(at: Door, tmp_path: Path) -> None:
    at.tell(status=503)
    assert at.comes_back(MANAGER).status == 503
    at.tell(back={"error": "temporarily_unavailable", "code": None})
    assert at.comes_back(MANAGER).status == 503
    alone = door(at.issuer, tmp_path, "http://localhost:1")
    assert alone.site.get("/sign-in").status == 200
    assert alone.site.get("/sign-in/start").status == 503
    assert alone.site.get("/about").status == 200


def test_a_long_session_is_cut_in_two_and_a_half_opens_nothing(one: Door) -> None:
    one.tell(refresh_size=3500)
    one.comes_back(MANAGER)
    assert [len(value) <= LONGEST for value in one.site.jar.values()] == [True, True]
    assert is_in(one)
    whole = dict(one.site.jar)
    for half, value in whole.items():
        one.site.jar = {half: value}
        assert not is_in(one)
    one.site.jar = whole | {"psmf-demo-2": "old"}
    assert not is_in(one)
    one.tell()
    one.comes_back(MANAGER)
    one.site.jar |= {"psmf-demo-2": "old"}
    assert is_in(one), "a second half that is left over does no harm"


def test_a_session_that_fits_no_browser_signs_nobody_in(one: Door) -> None:
    one.tell(refresh_size=9000)
    assert one.comes_back(MANAGER).status == 500
    assert not is_in(one)


def test_somebody_who_signs_out_is_signed_out_at_the_issuer_too(one: Door) -> None:
    one.comes_back(MANAGER)
    stolen = one.site.cookie
    one.tell()
    answer = one.site.post("/sign-out", {"form_mark": one.site.mark("/about", "/sign-out")})
    address = answer.header("location")
    assert (answer.status, address.partition("?")[0]) == (303, f"{one.issuer.url}/end")
    said = parse_qs(urlsplit(address).query)
    assert said == {"client_id": ["console"], "post_logout_redirect_uri": [f"{URL}/sign-in"]}
    assert one.issuer.url in answer.header("content-security-policy")
    assert one.tell() == ["revoke"]
    one.site.cookie = stolen
    assert not is_in(one)


@pytest.mark.parametrize(("page", "leads_to"), [("/", "/today"), ("/rules", "/sign-in?next=rules")])
def test_a_page_that_was_asked_for_before_signs_nobody_in_again(
    one: Door, page: str, leads_to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody signs out in one tab while another one waits for its page. That page is no fault of ours either."""
    one.comes_back(MANAGER)
    fresh = way_in(one).fresh

    async def and_signs_out(session: Session) -> Session:
        found = await fresh(session)
        await way_in(one).end(found)
        return found

    monkeypatch.setattr(way_in(one), "fresh", and_signs_out)
    answer = one.site.get(page)
    assert (answer.status, answer.header("location")) == (303, leads_to)
    assert answer.header("set-cookie") == ""


def test_somebody_who_signs_out_while_the_issuer_is_away_is_told(at: Door, tmp_path: Path) -> None:
    at.comes_back(MANAGER)
    at.site = site_again(at.site)
    mark = at.site.mark("/about", "/sign-out")
    way_in(at)._issuer.client = type(way_in(at)._issuer.client)("http://localhost:1", "console", "", "openid", URL)
    answer = at.site.post("/sign-out", {"form_mark": mark})
    assert (answer.status, answer.h1) == (200, "You are signed out here")
    assert "psmf-demo" not in at.site.jar


def test_a_demo_has_no_address_of_the_issuer_and_a_real_console_has_no_buttons(one: Door) -> None:
    assert one.site.post("/sign-in", {"form_mark": "", "person": MANAGER}).status in (403, 405)
    assert "<button" not in one.site.get("/sign-in").text


def test_nothing_of_a_person_or_of_an_attempt_is_logged(one: Door) -> None:
    with capture_logs() as logged:
        back = one.comes_back(MANAGER, "rules")
        one.comes_back("a-stranger")
        one.comes_back(MANAGER, state="canary-word")
    text = json.dumps(logged)
    assert back.status == 303
    assert [line["route"] for line in logged if line["event"] == "shown"][:2] == ["/sign-in/start", "/sign-in/back"]
    assert [word for word in (MANAGER, "a-stranger", "canary", "code=", "eyJ") if word in text] == []

"""Signing in by OpenID Connect, at a real issuer: who comes in, and who does not."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey
from structlog.testing import capture_logs

from services.console.signin import handshake
from services.console.signin.session_cookie import SessionKeys
from services.platform.calls.identity import Directory, Tokens
from tests.console.issuer.running import MANAGER, Door, Running, door, is_in, refused, session_of, way_in
from tests.console.site import URL


def test_somebody_signs_in_at_the_issuer_and_reads_the_page_that_was_asked_for(one: Door) -> None:
    first = one.site.get("/rules/report-late")
    assert (first.status, first.header("location")) == (303, "/sign-in?next=rule/report-late")
    page = one.site.get(first.header("location"))
    assert 'href="/sign-in/start?next=rule%2Freport-late"' in page.text
    back = one.comes_back(MANAGER, "rule/report-late")
    assert (back.status, back.header("location")) == (303, "/rules/report-late")
    assert list(one.site.jar) == ["psmf-demo"], "what was brought back counts once"
    assert is_in(one)
    assert "support manager" in one.site.get("/about").text


def test_over_tls_every_cookie_is_for_this_site_alone(issuer: Running, tmp_path: Path) -> None:
    at = door(issuer, tmp_path, public_url=URL.replace("http", "https"))
    left = at.site.get("/sign-in/start").header("set-cookie")
    assert left.startswith("__Host-psmf-sign-in=")
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Secure", "Max-Age=600"} <= set(left.split("; "))
    assert parse_qs(urlsplit(at.begins()).query)["redirect_uri"][0].startswith("https://")


def test_only_a_code_is_asked_for_and_no_secret_stands_in_the_address(one: Door) -> None:
    asked = parse_qs(urlsplit(one.begins("today")).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{URL}/sign-in/back"]
    assert set(asked) == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method",
    }  # fmt: skip


@pytest.mark.parametrize("alg", ["RS256", "ES256"])
def test_a_token_is_the_same_person_to_the_console_and_to_a_service(one: Door, issuer: Running, alg: str) -> None:
    one.tell(alg=alg)
    one.comes_back("person-sg-1")
    directory = Directory(one.site.folder / "people.json")
    service = Tokens(issuer.folder / "keys.json", directory, one.site.clock.now)
    session = session_of(one)
    caller = service.principal(f"Bearer {way_in(one).token(session.id)}")
    assert (caller.person, caller.role, caller.subject) == (session.person, session.role, session.subject)
    assert session.subject == "sg-1"


@pytest.mark.parametrize(
    "changed",
    [
        {"state": ""}, {"state": "foreign"}, {"iss": "https://other.example.invalid"}, {"iss": ""}, {"code": ""},
        {"code": "guessed"}, {"id_token": "a.b.c"}, {"access_token": "a"}, {"error": "access_denied"},
        {"state": "%C3%A9"},
    ],
    ids=str,
)  # fmt: skip
def test_an_answer_that_was_changed_signs_nobody_in(one: Door, changed: dict[str, str]) -> None:
    refused(one, one.comes_back(MANAGER, **changed))


def test_an_answer_that_says_a_thing_twice_signs_nobody_in(one: Door) -> None:
    back = one.issuer.person_signs_in(one.begins(), MANAGER).removeprefix(URL)
    refused(one, one.site.get(f"{back}&state=another"))


@pytest.mark.parametrize(
    "cookie", ["none", "altered", "too big", "of an old key", "a session instead", "of another browser"]
)
def test_somebody_who_did_not_begin_is_not_signed_in(one: Door, cookie: str) -> None:
    back = one.issuer.person_signs_in(one.begins(), MANAGER).removeprefix(URL)
    name, value = "psmf-demo-sign-in", one.site.jar["psmf-demo-sign-in"]
    begun = handshake.opened(one.site.console._keys, value)
    assert begun
    if cookie == "a session instead":
        one.comes_back(MANAGER)
        value = one.site.jar["psmf-demo"]
    if cookie == "of another browser":
        one.begins()
        value = one.site.jar[name]
    key = OctKey.generate_key(256, {"kid": "old"}, private=True)
    old = SessionKeys(lambda: [key])
    others = {
        "none": "", "altered": f"{value[:-4]}AAAA", "too big": value + "A" * 8000,
        "of an old key": handshake.sealed(old, begun),
    }  # fmt: skip
    one.site.jar = {name: others.get(cookie, value)}
    refused(one, one.site.get(back))


def test_a_handshake_is_no_session(one: Door) -> None:
    one.begins()
    one.site.jar = {"psmf-demo": one.site.jar["psmf-demo-sign-in"]}
    assert not is_in(one)


def test_signing_in_may_take_ten_minutes_and_no_longer(at: Door) -> None:
    back = at.issuer.person_signs_in(at.begins(), MANAGER).removeprefix(URL)
    at.later(handshake.LIFE + timedelta(seconds=1))
    refused(at, at.site.get(back))


def test_a_code_counts_once(one: Door) -> None:
    back = one.issuer.person_signs_in(one.begins(), MANAGER).removeprefix(URL)
    jar = dict(one.site.jar)
    assert one.site.get(back).status == 303
    one.site.jar = jar
    refused(one, one.site.get(back))


def test_a_code_of_another_attempt_counts_for_nobody(one: Door) -> None:
    """Somebody who takes another person's code has not the verifier that began it."""
    stolen = parse_qs(urlsplit(one.issuer.person_signs_in(one.begins(), "panel-team")).query)["code"][0]
    refused(one, one.comes_back(MANAGER, code=stolen))


@pytest.mark.parametrize(
    "said",
    [
        {"id_token": {"nonce": "another"}}, {"id_token": {"nonce": None}},
        {"id_token": {"iss": "https://other.example.invalid"}}, {"id_token": {"aud": "another client"}},
        {"id_token": {"aud": ["console", "another"], "azp": "another"}}, {"id_token": {"exp": 1}},
        {"id_token": {"iat": 9_999_999_999}}, {"id_token": {"sub": "panel-team"}}, {"id_token": {"sub": None}},
        {"id_token": {"sub": 7}}, {"id_token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}}, {"leave_out": ["id_token"]},
        {"alg": "none"}, {"alg": "HS256"}, {"kid": "unknown"},
    ],
    ids=str,
)  # fmt: skip
def test_an_id_token_that_does_not_hold_signs_nobody_in(one: Door, said: dict[str, Any]) -> None:
    one.tell(**said)
    with capture_logs() as logged:
        refused(one, one.comes_back(MANAGER))
    assert [line["reason"] for line in logged if line["event"] == "sign_in_refused"] in (["id_token"], ["subject"])
    assert MANAGER not in json.dumps(logged)


def test_keys_that_the_issuer_has_changed_are_read_again_and_not_more_than_once_a_minute(at: Door) -> None:
    at.comes_back(MANAGER)
    at.later(timedelta(minutes=2))
    at.tell(new_keys=True)
    assert at.comes_back(MANAGER).status == 303
    at.tell(kid="unknown")
    at.tell(kid="unknown")
    for _ in range(3):
        at.comes_back(MANAGER)
    assert "keys" not in at.tell()


@pytest.mark.parametrize(
    "said",
    [
        {"configuration": {"issuer": "https://other.example.invalid"}},
        {"configuration": {"authorization_endpoint": "http://elsewhere.invalid/authorize"}},
        {"configuration": {"end_session_endpoint": "http://elsewhere.invalid/end"}},
        {"configuration": {"token_endpoint": "ftp://localhost/token"}},
        {"configuration": {"jwks_uri": None}},
        {"configuration": {"response_types_supported": ["id_token"]}},
        {"configuration": {"code_challenge_methods_supported": ["plain"]}},
    ],
    ids=str,
)
def test_an_issuer_that_is_another_or_lacks_something_is_a_fault_of_ours(at: Door, said: dict[str, Any]) -> None:
    at.tell(**said)
    with capture_logs() as logged:
        assert at.site.get("/sign-in/start").status == 500
    assert [line["event"] for line in logged][:1] == ["issuer_unusable"]


@pytest.mark.parametrize("said", [{"access": {"aud": "another"}}, {"access": {"exp": 9_999_999_999}}], ids=str)
def test_a_token_that_services_would_refuse_is_a_fault_of_ours(one: Door, said: dict[str, Any]) -> None:
    one.tell(**said)
    assert one.comes_back(MANAGER).status == 500
    assert not is_in(one)


def test_somebody_whom_the_directory_does_not_know_is_told_whom_to_ask(one: Door) -> None:
    answer = one.comes_back("a-stranger")
    assert (answer.status, answer.h1) == (403, "You can't use these pages yet")
    assert "Tell the Safeguarders Panel Team." in answer.text
    assert "a-stranger" not in answer.text
    assert "revoke" in one.tell()
    assert not is_in(one)


@pytest.mark.parametrize(
    "asked",
    [
        "https://elsewhere.invalid", "//elsewhere.invalid", "%5C%5Celsewhere.invalid", "rule//elsewhere.invalid",
        "rule/..", "rule/%252F%252Felsewhere", "rule/a%0D%0Aset-cookie:%20a=b", "sign_out", "came_back",
        "start_sign_in", "sign_in", "rule/" + "a" * 400,
    ],
)  # fmt: skip
def test_signing_in_leads_only_to_a_page_of_ours(one: Door, asked: str) -> None:
    assert 'href="/sign-in/start"' in one.site.get(f"/sign-in?next={asked}").text
    answer = one.comes_back(MANAGER, asked)
    assert (answer.status, answer.header("location")) == (303, "/")

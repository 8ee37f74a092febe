"""What stands around every page: who may see it, where a form may come from, and what a browser is told."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from joserfc.jwk import OctKey
from structlog.testing import capture_logs

from services.console.calls.caller import open_channels
from services.console.calls.gateway import Gateway
from services.console.compose import compose
from services.console.requests import MOST_A_MINUTE, MOST_BYTES, MOST_FIELDS, Visitor
from services.console.signin.people import Persona
from services.console.signin.session_cookie import IDLE, WHOLE
from services.console.views import sign_in
from services.demo.issuer import write_names
from tests.console.site import MONDAY, Site, of_console, site

MANAGER = "support-manager-east-1"


@pytest.fixture
def open_site(tmp_path: Path) -> Site:
    return site(tmp_path)


def test_every_answer_forbids_what_no_page_needs(open_site: Site) -> None:
    for path in ("/", "/sign-in", "/about", "/rules", "/nothing", "/static/nothing", "/static/psmf.css"):
        answer = open_site.get(path)
        assert "default-src 'none'" in answer.header("content-security-policy")
        assert "frame-ancestors 'none'" in answer.header("content-security-policy")
        assert answer.header("cache-control") == "no-store"
        assert answer.header("referrer-policy") == "no-referrer"
        assert answer.header("x-content-type-options") == "nosniff"


def test_a_file_is_kept_for_a_year_under_a_name_that_changes_with_it(open_site: Site) -> None:
    (address,) = {part.split('"')[0] for part in open_site.get("/about").text.split('href="') if "psmf." in part[:20]}
    answer = open_site.get(address)
    assert (answer.status, answer.header("content-type")) == (200, "text/css; charset=utf-8")
    assert "max-age=31536000" in answer.header("cache-control")
    assert b'url("roboto-latin-400-normal.' in answer.body
    packed = open_site.get(address, accept_encoding="gzip")
    assert packed.header("content-encoding") == "gzip"
    assert len(packed.body) < len(answer.body) / 2


def test_a_page_is_asked_for_before_signing_in_and_shown_after(open_site: Site) -> None:
    first = open_site.get("/rules/report-late")
    assert (first.status, first.header("location")) == (303, "/sign-in?next=rule/report-late")
    assert open_site.sign_in(MANAGER, next="rule/report-late").header("location") == "/rules/report-late"
    assert open_site.get("/").header("location") == "/today"


@pytest.mark.parametrize(
    "asked",
    [
        "https://elsewhere.invalid", "//elsewhere.invalid", "\\\\elsewhere.invalid", "rule//elsewhere.invalid",
        "rule/..", "rule/%2F%2Felsewhere", "rule/a\r\nset-cookie: a=b", "sign_out", "static/psmf.css",
        "rule", "rule/a/b",
    ],
)  # fmt: skip
def test_signing_in_leads_only_to_a_page_of_ours(open_site: Site, asked: str) -> None:
    answer = open_site.sign_in(MANAGER, next=asked)
    assert (answer.status, answer.header("location")) == (303, "/")


def test_a_cookie_is_for_this_site_alone_and_no_script_reads_it(open_site: Site) -> None:
    cookie = open_site.sign_in(MANAGER).header("set-cookie")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert MANAGER not in cookie


def test_over_tls_the_cookie_is_sent_only_there(tmp_path: Path) -> None:
    served = site(tmp_path, public_url="https://127.0.0.1:7200")
    cookie = served.sign_in(MANAGER).header("set-cookie")
    assert cookie.startswith("__Host-psmf=")
    assert "Secure" in cookie
    assert served.get("/about").header("strict-transport-security")


def test_signing_in_makes_a_new_session(open_site: Site) -> None:
    open_site.sign_in(MANAGER)
    first = open_site.cookie
    open_site.sign_in("official")
    assert open_site.cookie != first
    assert "official" in open_site.get("/about").text


def test_somebody_who_signs_out_is_signed_out(open_site: Site) -> None:
    open_site.sign_in(MANAGER)
    answer = open_site.post("/sign-out", {"form_mark": open_site.mark("/about", "/sign-out")})
    assert (answer.status, open_site.cookie) == (303, "")
    assert open_site.get("/rules").status == 303


@pytest.mark.parametrize("changed", ["", "x", "altered", "too long"])
def test_a_cookie_that_we_did_not_seal_opens_nothing(open_site: Site, changed: str) -> None:
    open_site.sign_in(MANAGER)
    name, _, value = open_site.cookie.partition("=")
    other = {"altered": value[:-2] + ("aa" if value[-2:] != "aa" else "bb"), "too long": value + "a" * 4000}
    open_site.cookie = f"{name}={other.get(changed, changed)}"
    assert open_site.get("/rules").status == 303


def test_keys_can_be_changed_and_an_old_one_ends(open_site: Site, tmp_path: Path) -> None:
    open_site.sign_in(MANAGER)
    keys = json.loads((open_site.folder / "session-keys.json").read_text())["keys"]
    fresh = [OctKey.generate_key(256, parameters={"kid": "2"}, private=True).as_dict(private=True)]
    (open_site.folder / "both.json").write_text(json.dumps({"keys": fresh + keys}))
    (open_site.folder / "new.json").write_text(json.dumps({"keys": fresh}))
    for file, status in (("both.json", 303), ("new.json", 303)):
        served = site(open_site.folder, session_keys_file=open_site.folder / file)
        served.cookie = open_site.cookie
        start = served.get("/")
        assert start.status == status
        assert start.header("location") == ("/today" if file == "both.json" else "/sign-in?next=start")


@pytest.mark.parametrize(
    ("pauses", "still_in"),
    [
        ([IDLE - timedelta(minutes=1)] * 3, True),
        ([IDLE + timedelta(minutes=1)], False),
        ([timedelta(minutes=50)] * 12, True),
        ([timedelta(minutes=50)] * 13, False),
    ],
)
def test_a_session_ends_after_an_hour_without_a_page_and_after_ten_hours(
    open_site: Site, pauses: list[timedelta], still_in: bool
) -> None:
    open_site.sign_in(MANAGER)
    for pause in pauses:
        open_site.clock.instant += pause
        location = open_site.get("/").header("location")
    assert (location == "/today") is still_in
    assert (open_site.clock.instant - MONDAY <= WHOLE) or not still_in


def test_a_role_that_was_taken_away_is_gone_with_the_next_page(open_site: Site) -> None:
    open_site.sign_in(MANAGER)
    people = json.loads((open_site.folder / "people.json").read_text())
    people[MANAGER]["role"] = "official"
    (open_site.folder / "people.json").write_text(json.dumps(people))
    served = site_again(open_site)
    assert served.get("/rules").status == 303


def site_again(before: Site, **changed: object) -> Site:
    """Return a console that read the folder just now, with the same browser. `changed`: settings of its own."""
    console = compose(before.console.settings.model_copy(update=changed), before.clock)
    return of_console(before.folder, console, before.clock, before.cookie)


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("ours", 303), ("of six days ago", 303), ("missing", 403), ("of a week ago", 403), ("of another person", 403),
        ("of another form", 403), ("from another site", 403), ("from another origin", 403), ("from nowhere", 303),
        ("no form", 403),
    ],
)  # fmt: skip
def test_a_form_is_taken_only_from_a_page_of_ours_for_its_reader(open_site: Site, what: str, status: int) -> None:
    open_site.sign_in(MANAGER)
    mark = open_site.mark("/about", "/sign-out")
    if what == "of another person":
        open_site.sign_in("official")
    later = {"of six days ago": timedelta(days=6), "of a week ago": timedelta(days=7)}.get(what)
    if later:
        open_site.clock.instant += later
        open_site.cookie = ""
        open_site.sign_in(MANAGER)
    headers = {
        "from another site": {"sec-fetch-site": "cross-site"},
        "from another origin": {"origin": "https://elsewhere.invalid"},
        "from nowhere": {"origin": "null", "sec-fetch-site": "same-origin"},
        "no form": {"content-type": "text/plain"},
    }.get(what, {})
    form = {} if what == "missing" else {"form_mark": mark}
    address = "/sign-in" if what == "of another form" else "/sign-out"
    answer = open_site.post(address, form | {"person": "official"}, **headers)
    assert answer.status == status
    if status == 403:
        assert answer.h1 == "This form can't be sent"


def test_only_the_answer_to_a_form_stays_in_the_history_of_its_tab_and_signing_out_takes_it_away(
    open_site: Site,
) -> None:
    open_site.sign_in(MANAGER)
    assert open_site.get("/search").header("cache-control") == "no-store"
    empty = open_site.post("/search", {"form_mark": open_site.mark("/search", "/search"), "text": ""})
    assert (empty.status, empty.header("cache-control")) == (422, "private, no-cache")
    assert not empty.header("clear-site-data")
    out = open_site.post("/sign-out", {"form_mark": open_site.mark("/about", "/sign-out")})
    assert out.header("clear-site-data") == '"cache"'


def test_a_form_that_is_too_large_is_not_read(open_site: Site) -> None:
    mark = open_site.mark()
    assert open_site.post("/sign-in", {"form_mark": mark, "person": "x" * MOST_BYTES}).status == 413
    fields = [(f"field-{number}", "") for number in range(MOST_FIELDS)]
    assert open_site.post("/sign-in", [("form_mark", mark), *fields]).status == 413


def test_a_host_that_is_not_ours_gets_no_page(open_site: Site) -> None:
    assert open_site.get("/about", host="elsewhere.invalid").status == 421
    assert open_site.get("/about").status == 200


def test_an_address_with_one_slash_too_many_leads_nowhere(open_site: Site) -> None:
    """Least of all to the host that the caller named."""
    answers = open_site.get("/people/"), open_site.get("/people/", host="elsewhere.invalid")
    assert [(answer.status, "location" in dict(answer.headers)) for answer in answers] == [(404, False), (421, False)]


def test_more_requests_than_a_person_makes_have_to_wait(open_site: Site) -> None:
    open_site.sign_in(MANAGER)
    seen = [open_site.get("/about") for _ in range(MOST_A_MINUTE + 1)]
    assert {answer.status for answer in seen[: MOST_A_MINUTE - 2]} == {200}
    assert (seen[-1].status, seen[-1].header("retry-after")) == (429, "60")
    open_site.clock.instant += timedelta(minutes=1)
    assert open_site.get("/about").status == 200


def test_a_page_that_is_not_there_says_so(open_site: Site) -> None:
    for path in ("/nothing", "/about/nothing", "/%2e%2e/secret", "/rules/a/at/yesterday"):
        if path.startswith("/rules"):
            open_site.sign_in(MANAGER)
        answer = open_site.get(path)
        assert (answer.status, answer.h1) == (404, "There is no such page")


def test_a_page_cannot_be_sent_to_and_a_form_cannot_be_asked_for(open_site: Site) -> None:
    answer = open_site.get("/sign-out")
    assert (answer.status, answer.header("allow")) == (405, "POST")


def test_while_a_service_is_away_a_page_says_so_and_when_to_try_again(open_site: Site) -> None:
    open_site.sign_in(MANAGER)
    answer = open_site.get("/rules")
    assert (answer.status, answer.header("retry-after")) == (503, "30")
    assert "The service that keeps the rules didn&#39;t answer at 09:02" in answer.text


def test_a_fault_of_ours_says_nothing_of_itself(open_site: Site) -> None:
    served = without_a_token(open_site)
    with capture_logs() as logged:
        answer = served.get("/rules")
    assert answer.status == 500
    assert answer.h1 == "Something went wrong on our side"
    assert "KeyError" not in answer.text
    assert [line["error"] for line in logged if line["event"] == "page_failed"] == ["KeyError"]


def without_a_token(served: Site) -> Site:
    """Return a site whose reader is signed in, and for whom no token can be made."""
    served.sign_in(MANAGER)
    key = served.gateway
    served.gateway = Gateway(open_channels(served.console.settings.addresses), _no_token)
    served.loop.run_until_complete(key.close())
    served.app = served.console.app(served.gateway)
    return served


def _no_token(_: Visitor) -> str:
    raise KeyError("what somebody wrote")


def test_a_line_of_the_log_names_the_pattern_and_never_the_path(open_site: Site) -> None:
    open_site.sign_in("person-sg-1")
    with capture_logs() as logged:
        open_site.get("/rules/canary-word?secret=canary-word")
        open_site.get("/canary-word")
    assert [line["route"] for line in logged if line["event"] == "shown"] == ["/rules/{rule}", "(no page)"]
    assert "canary" not in json.dumps(logged)
    assert "sg-1" not in json.dumps(logged)


@pytest.mark.parametrize("role", ["operator", "partner-scra"])
def test_somebody_without_pages_is_told_where_their_work_is(open_site: Site, role: str) -> None:
    open_site.sign_in(role)
    answer = open_site.get("/")
    assert (answer.status, answer.h1) == (200, "Your account has no pages here")


def test_an_invented_safeguarder_is_chosen_and_greeted_by_name(tmp_path: Path) -> None:
    """Before anybody is signed in no service may be asked, so the names come from a file of the demo's own."""
    write_names(tmp_path, {"sg-1": "Demo Ailsa Braeside"})
    named = site(tmp_path)
    choice = named.get("/sign-in").text
    assert "Demo Ailsa Braeside" in choice
    assert "Person sg 1" not in choice
    assert "Person sg 2" in choice, "a suite without a story shows ids"
    named.sign_in("person-sg-1")
    assert "<bdi>Demo Ailsa Braeside</bdi>" in named.get("/about").text


def test_nobody_is_signed_in_whom_the_demo_does_not_know(open_site: Site) -> None:
    for person in ("", "nobody", "service:rules"):
        assert open_site.sign_in(person).status == 422
    assert open_site.get("/rules").status == 303


ROLES = {
    "support-manager-east-1": {"/today"}, "senior-manager-west": {"/today"}, "panel-team": {"/today"},
    "person-sg-1": set(), "official": set(), "auditor": set(), "policy-editor": set(), "operator": set(),
    "report-reviewer-1": set(), "decision-recorder": set(), "partner-scra": set(),
}  # fmt: skip
"""Pages about people, by the person who may open them. The services decide what stands on them."""


@pytest.mark.parametrize("person", ROLES)
def test_a_page_of_another_role_is_the_same_as_none(open_site: Site, person: str) -> None:
    open_site.sign_in(person)
    none = open_site.get("/nothing")
    assert none.status == 404
    for path in ("/today", "/today/overdue", "/people/sg-1/matters/c-1", "/people/sg-1/matters/c-1/close"):
        answer = open_site.get(path)
        if ROLES[person]:
            assert answer.status == (503 if "matters" in path else 200), "no service answers here"
        else:
            assert (answer.status, answer.body) == (404, none.body)


def test_a_long_list_of_invented_people_stands_by_the_letters_of_their_names() -> None:
    people = [Persona(f"p-{n}", "safeguarder", f"sg-{n}", f"Demo {'BCA'[n % 3]}ella {n:02}") for n in range(60)]
    (group,) = sign_in.build({"safeguarder": people}, asked="").groups
    assert (len(group.first), group.rest_says) == (5, "All 60 Safeguarders")
    assert [(one.letter, len(one.people)) for one in group.rest] == [("A", 15), ("B", 20), ("C", 20)]
    (few,) = sign_in.build({"safeguarder": people[:9]}, asked="").groups
    assert [(one.letter, len(one.people)) for one in few.rest] == [("", 4)]

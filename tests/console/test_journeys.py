"""In a real browser, on the whole suite: somebody signs in, reads the rules, and signs out again."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from structlog.testing import capture_logs

from services.console.compose import Console, compose
from services.console.settings import Settings
from services.demo.issuer import SESSION_KEYS
from services.platform.calls.identity import DEMO_ISSUER
from services.platform.clock import SystemClock
from tests.console.browser import faults_of, of_console, window
from tests.console.issuer.running import Running, running, settings_of
from tests.suite import LoadedSuite
from tests.waiting import HUNG


def console_of(suite: LoadedSuite, listen: str, **way_in: Any) -> Console:
    addresses: dict[str, Any] = {f"{name}_address": one for name, one in suite.demo.supervisor.addresses.items()}
    keys = suite.folder / SESSION_KEYS
    settings: dict[str, Any] = (
        {"listen": listen, "public_url": f"http://{listen}", "session_keys_file": keys} | addresses | way_in
    )
    return compose(Settings(**settings), SystemClock())


@pytest.fixture(scope="module")
def address(suite: LoadedSuite) -> Iterator[str]:
    with of_console(lambda listen: console_of(suite, listen, demo_identity=suite.folder)) as found:
        yield found


@pytest.fixture
def issuer(suite: LoadedSuite, tmp_path: Path) -> Iterator[Running]:
    """An issuer whose access tokens the suite's services take, because it signs by the key that they know."""
    with running(tmp_path, key_file=suite.folder / f"{DEMO_ISSUER}.key", name=DEMO_ISSUER) as found:
        yield found


def test_at_a_real_issuer_somebody_signs_in_reads_and_signs_out(
    browser: Browser, suite: LoadedSuite, issuer: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another site than the console's, so that cookies and policies do what they do between two sites."""
    monkeypatch.setattr("services.console.signin.issuer.ANSWER_SECONDS", HUNG)
    way_in = settings_of(issuer, suite.folder / "people.json") | {"keys_file": suite.folder / "keys.json"}
    with (
        of_console(lambda listen: console_of(suite, listen, **way_in)) as address,
        window(browser, 320, java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto(f"{address}/rules/report-late")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        page.get_by_role("link", name="Go to the sign-in page").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The issuer's page")
        page.get_by_label("Person").fill("official")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("at least 2 reports")).to_be_visible()
        assert page.url == f"{address}/rules/report-late"
        assert [cookie["name"] for cookie in context.cookies(address)] == ["psmf-demo"]
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        assert issuer.tell()[-2:] == ["revoke", "end"]
        page.goto(f"{address}/rules")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def signed_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you today?")
    page.get_by_role("button", name=f"Sign in as {name}", exact=True).click()


def test_without_scripts_somebody_reads_a_rule_and_what_will_change(browser: Browser, address: str) -> None:
    with capture_logs() as logged, window(browser, 1280, java_script_enabled=False) as context:
        page = context.new_page()
        signed_in(page, address, "Demo Grace Fordyce")
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Rules").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Rules")
        page.get_by_role("link", name="Reports filed late without a further date agreed").click()
        expect(page.get_by_text("at least 2 reports")).to_be_visible()
        expect(page).to_have_title(re.compile("^Reports filed late .* - Rules - Safeguarder support and monitoring$"))
        page.get_by_role("link", name="Back to Rules").click()
        page.get_by_role("button", name="Change person").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Who are you today?")
        page.goto(f"{address}/rules")
        expect(page.get_by_role("heading", level=1)).to_have_text("Who are you today?")
    calls = [line["calls"] for line in logged if line["event"] == "shown" and line["route"].startswith("/rules")]
    assert max(calls) <= 5


def test_without_scripts_a_manager_reads_what_waits_and_why(browser: Browser, address: str) -> None:
    with capture_logs() as logged, window(browser, 320, java_script_enabled=False) as context:
        page = context.new_page()
        signed_in(page, address, "Demo Catriona Lyle")
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
        matters = page.locator("a[href*='/matters/']")
        row = page.get_by_role("main").get_by_role("heading", level=3).filter(has=matters).first
        name, _, topic = row.inner_text().partition(", ")
        row.get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(topic)
        expect(page.get_by_text(name, exact=True)).to_be_visible()
        expect(page.get_by_role("heading", name="Not possible yet")).to_be_visible()
        assert not name or name not in page.title()
        page.get_by_role("link", name="Back to Today").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    shown = [line for line in logged if line["event"] == "shown"]
    assert max(line["calls"] for line in shown) <= 5
    assert "Demo" not in str(shown)
    assert "sg-" not in str(shown)


def test_without_scripts_the_team_finds_a_person_and_reads_their_file(browser: Browser, address: str) -> None:
    """Takes more than ten seconds on a busy machine, because it is one way through eight pages of a browser."""
    with capture_logs() as logged, window(browser, 320, java_script_enabled=False) as context:
        page = context.new_page()
        signed_in(page, address, "Demo Catriona Lyle")
        page.get_by_role("link", name="People").click()
        row = page.get_by_role("main").get_by_role("heading", level=2).first
        name = row.inner_text()
        page.get_by_label("Term ends").select_option("Within a year")
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(re.compile("ends=12$"))

        page.get_by_role("link", name="Search").click()
        page.get_by_label("Name or number").fill(name)
        page.get_by_role("button", name="Search").click()
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
        expect(page.get_by_text(re.compile(f"^{name} · support manager Demo"))).to_be_visible()
        for link in ("Matters", "Evidence"):
            page.get_by_role("link", name=link, exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(link)
        page.get_by_label("How it is read").select_option("Well done")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("li p", has_text="well done").first).to_be_visible()
        page.get_by_role("main").get_by_role("heading", level=2).first.get_by_role("link").click()
        expect(page.get_by_role("heading", name="What it says")).to_be_visible()
        assert name not in page.title()
        page.get_by_role("link", name="Back to Evidence").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Evidence")
    shown = [line for line in logged if line["event"] == "shown"]
    assert max(line["calls"] for line in shown) <= 5
    assert {line["status"] for line in shown} <= {200, 303}
    assert name not in str(shown)
    assert "sg-" not in str(shown)


def test_the_pages_of_a_manager_have_no_fault(browser: Browser, address: str) -> None:
    with window(browser, 320) as context:
        page = context.new_page()
        signed_in(page, address, "Demo Catriona Lyle")
        assert faults_of(page, 320) == []
        page.get_by_role("main").get_by_role("heading", level=3).first.get_by_role("link").click()
        assert faults_of(page, 320) == []


def test_the_rules_as_they_are_have_no_fault_and_are_open_to_a_safeguarder(browser: Browser, address: str) -> None:
    with window(browser, 320) as context:
        page = context.new_page()
        page.goto(f"{address}/sign-in?next=rules")
        page.locator('button[value^="person-sg-"]').first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Rules")
        assert faults_of(page, 320) == []
        links = [link.get_attribute("href") for link in page.get_by_role("main").get_by_role("link").all()]
        for link in dict.fromkeys(link for link in links if link and link.startswith("/rules/")):
            assert page.request.get(f"{address}{link}").status == 200


def test_an_official_reads_kpi_7_and_the_team_opens_the_list_behind_it(browser: Browser, address: str) -> None:
    """Takes more than ten seconds on a busy machine, because two people read one after the other."""
    with capture_logs() as logged, window(browser, 1280, java_script_enabled=False) as context:
        page = context.new_page()
        signed_in(page, address, "Demo Grace Fordyce")
        page.get_by_role("link", name="Support sessions delivered").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Support sessions delivered")
        expect(page.get_by_role("link", name="See who counts")).to_have_count(0)
        read = page.url
        assert page.request.get(f"{read}/ledger").status == 404
        page.get_by_role("button", name="Change person").click()
        page.get_by_role("button", name="Sign in as Demo Catriona Lyle", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
        page.goto(read)
        page.get_by_role("link", name="See who counts").click()
        expect(page.get_by_role("rowheader", name="Demo ").first).to_be_visible()
        assert page.request.get(f"{read}/ledger.csv").text().startswith("Safeguarder,Unit,By,")
    shown = [line for line in logged if line["event"] == "shown"]
    assert max(line["calls"] for line in shown) <= 5
    assert "Demo" not in str(shown)


def test_by_keyboard_alone_somebody_signs_in(browser: Browser, address: str) -> None:
    with window(browser, 320) as context:
        page = context.new_page()
        page.goto(f"{address}/sign-in?next=rules")
        for _ in range(4):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "person":
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Rules")

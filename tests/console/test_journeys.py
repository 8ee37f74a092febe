"""In a real browser, on the whole suite: somebody signs in, reads the rules, and signs out again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from structlog.testing import capture_logs

from services.console.compose import compose
from services.console.settings import Settings
from services.demo.issuer import SESSION_KEYS
from services.platform.clock import SystemClock
from tests.console.browser import chromium, faults_of, of_console, window
from tests.suite import LoadedSuite


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(suite: LoadedSuite) -> Iterator[str]:
    addresses = {f"{name}_address": address for name, address in suite.demo.supervisor.addresses.items()}

    def settings(listen: str) -> Settings:
        return Settings(
            listen=listen,
            public_url=f"http://{listen}",
            session_keys_file=suite.folder / SESSION_KEYS,
            demo_identity=suite.folder,
            **addresses,  # type: ignore[arg-type]
        )

    with of_console(lambda listen: compose(settings(listen), SystemClock())) as found:
        yield found


def signed_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you today?")
    page.get_by_role("button", name=f"Sign in as {name}", exact=True).click()


def test_without_scripts_somebody_reads_a_rule_and_what_will_change(browser: Browser, address: str) -> None:
    with capture_logs() as logged, window(browser, 1280, java_script_enabled=False) as context:
        page = context.new_page()
        signed_in(page, address, "Demo Grace Fordyce")
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
        row = page.get_by_role("main").get_by_role("heading", level=3).first
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

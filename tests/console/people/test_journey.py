"""In a browser, on the whole suite: a support manager reads what happened with somebody, and so do they."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from structlog.testing import capture_logs

from tests.console.browser import of_console, window
from tests.console.test_journeys import console_of, signed_in
from tests.suite import LoadedSuite


@pytest.fixture(scope="module")
def address(suite: LoadedSuite) -> Iterator[str]:
    with of_console(lambda listen: console_of(suite, listen, demo_identity=suite.folder)) as found:
        yield found


def test_a_manager_reads_what_happened_limits_it_and_opens_a_matter_from_it(browser: Browser, address: str) -> None:
    with capture_logs() as logged, window(browser, 320, java_script_enabled=False) as context:
        page = context.new_page()
        signed_in(page, address, "Demo Catriona Lyle")
        page.locator("main h3 a[href*='/matters/']").first.click()
        page.locator(".psmf_person-banner").get_by_role("link").click()
        page.get_by_role("link", name="Timeline").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")
        expect(page.get_by_text("Scottish Ministers decided").or_(page.get_by_text("Next page")).first).to_be_visible()
        page.get_by_label("Kind").select_option("Matters")
        page.get_by_role("button", name="Show").click()
        assert page.url.endswith("/timeline?standard=&source=&kind=matter&polarity=")
        row = page.get_by_role("main").get_by_role("heading", level=2).filter(has_text=": raised").first
        row.get_by_role("link").click()
        expect(page.get_by_role("heading", name="History")).to_be_visible()
    calls = [line["calls"] for line in logged if line["event"] == "shown" and line["route"].endswith("/timeline")]
    assert calls
    assert max(calls) <= 5

"""In a real browser, on a suite of its own: two people change a number, publish it and take it back. No scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from structlog.testing import capture_logs

from services.platform.clock import SystemClock
from tests.console.browser import of_console, window
from tests.console.test_journeys import console_of, signed_in
from tests.suite import LoadedSuite
from tests.waiting import HUNG, until


@pytest.fixture(scope="module")
def address(own_suite: LoadedSuite) -> Iterator[str]:
    with of_console(lambda listen: console_of(own_suite, listen, demo_identity=own_suite.folder)) as found:
        yield found


def sent(page: Page, button: str, heading: str) -> None:
    """Press a button until its form was taken: on a busy machine a service may not answer in time."""
    h1 = page.get_by_role("heading", level=1)
    page.get_by_role("main").get_by_role("button", name=button).click()

    def is_there() -> bool:
        if h1.inner_text() == heading:
            return True
        again = page.get_by_role("button", name="Send again")
        if again.count():
            again.click()
        return False

    until(is_there, HUNG)


def opened(page: Page, link: str, heading: str) -> None:
    """Follow a link, and look again while a service does not answer in time."""
    page.get_by_role("main").get_by_role("link", name=link).first.click()
    h1 = page.get_by_role("heading", level=1)
    until(lambda: h1.inner_text() == heading or page.reload() is None, HUNG)


WHY = "One talk is enough for two late reports"
RULE = "Reports filed late without a further date agreed"


def typed(page: Page, year: int) -> None:
    """Fill in the form of a number: first nothing, then a value that is too large, then one that can be."""
    sent(page, "Try it on the past", "Change a number: Late reports line")
    expect(page).to_have_title(re.compile("^Error: "))
    for part, text in (("Day", "1"), ("Month", "April"), ("Year", str(year))):
        page.get_by_label(part, exact=True).fill(text)
    page.get_by_label("What value?").fill("11")
    page.get_by_label("Why?").fill(WHY)
    page.get_by_label("What does it rest on?").fill("Board minute 14")
    page.get_by_text("Ours", exact=True).click()
    sent(page, "Try it on the past", "Change a number: Late reports line")
    expect(page.get_by_role("link", name="Enter a whole number from 1 to 10")).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value(WHY)
    page.get_by_label("What value?").fill("3")
    sent(page, "Try it on the past", "Check your change and hand it in")


def handed_in(page: Page, address: str, year: int) -> str:
    """Change a number, look at what it would have done, and hand it in. Return the address of the change."""
    signed_in(page, address, "Demo Ishbel Mathers")
    opened(page, RULE, RULE)
    opened(page, "Change this number: Late reports line", "Change a number: Late reports line")
    typed(page, year)
    # The page can be left: what was typed is kept with the run, and is found again.
    page.goto(f"{address}/rule-changes")
    opened(page, f"Late reports line: 3 from 1\u00a0April {year}", "Check your change and hand it in")
    done = page.get_by_text("It is done.")
    until(lambda: done.count() == 1 or page.reload() is None, HUNG)
    expect(page.get_by_text(re.compile("^No longer raised: "))).to_be_visible()
    page.get_by_label("What example 1 shows").fill("asks for a talk at the third late report")
    sent(page, "Hand it in", WHY)
    expect(page.get_by_role("status")).to_contain_text("You handed it in.")
    expect(page.get_by_text("You can't approve your own change")).to_be_visible()
    return page.url


@pytest.mark.long
def test_two_people_change_a_number_publish_it_and_take_it_back(browser: Browser, address: str) -> None:
    """Takes more than ten seconds, because two people open a dozen pages, and two runs go over two years."""
    with capture_logs() as logged, window(browser, 320, java_script_enabled=False) as context:
        page = context.new_page()
        change = handed_in(page, address, SystemClock().today().year + 2)
        page.get_by_role("button", name="Change person").click()
        signed_in(page, address, "Demo Duncan Pirie")
        page.goto(change)
        opened(page, "See what the examples show", "What the examples show")
        expect(page.get_by_text("asks for a talk at the third late report")).to_be_visible()
        page.goto(change)
        opened(page, "Approve it", "Approve it")
        sent(page, "Approve it", "Approve it")
        expect(page.get_by_role("link", name="Say why in a sentence")).to_be_visible()
        page.get_by_label("Why do you approve it?").fill("Read, and tried on two years")
        sent(page, "Approve it", WHY)
        opened(page, "Publish it", "Publish it")
        page.get_by_text("Now", exact=True).click()
        sent(page, "Publish it", WHY)
        expect(page.get_by_text(re.compile("^It has been in force since"))).to_be_visible()
        opened(page, "Take it back", "Take it back")
        page.get_by_label("Why is it taken back?").fill("Too few raised")
        sent(page, "Take it back", WHY)
        expect(page.get_by_text("It was in force until it was taken back.")).to_be_visible()
    shown = [line for line in logged if line["event"] == "shown"]
    assert max(line["calls"] for line in shown if line["method"] == "GET") <= 5
    assert "Demo" not in str(shown)
    assert WHY not in str(logged)

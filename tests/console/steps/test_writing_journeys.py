"""In a real browser, on a suite of its own: a manager takes a matter on, is too late, and closes it. No scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from structlog.testing import capture_logs

from services.platform.clock import SystemClock
from tests.console.browser import faults_of, of_console, window
from tests.console.test_journeys import console_of, signed_in
from tests.suite import LoadedSuite
from tests.waiting import HUNG, until


@pytest.fixture(scope="module")
def address(own_suite: LoadedSuite) -> Iterator[str]:
    """Serve a console on a suite that pages may change."""
    with of_console(lambda listen: console_of(own_suite, listen, demo_identity=own_suite.folder)) as found:
        yield found


def open_first_matter(page: Page) -> None:
    """Open the first matter on *Today*. On a busy machine a service may not answer in time; then one looks again."""
    first = page.locator('main h3 a[href*="/matters/"]').first
    until(lambda: first.count() == 1 or page.reload() is None, HUNG)
    first.click()


def type_day(page: Page, day: str, month: str, year: str) -> None:
    for part, text in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(part, exact=True).fill(text)


def test_without_scripts_a_manager_takes_a_matter_on_is_too_late_and_closes_it(browser: Browser, address: str) -> None:
    """Takes more than ten seconds on a busy machine, because it is one person's way through nine pages of a browser."""
    day = SystemClock().today()
    with capture_logs() as logged, window(browser, 320, java_script_enabled=False) as context:
        page = context.new_page()
        signed_in(page, address, "Demo Catriona Lyle")
        open_first_matter(page)
        matter = page.url
        title = page.get_by_role("heading", level=1).inner_text()
        taken = page.get_by_text("Taken on, Demo Catriona Lyle").count()
        page.get_by_role("link", name=re.compile("^(Take it on|Take it over|Set another date)$")).click()

        # A wrong day comes back as it was typed. Pressed twice, the button makes one step.
        type_day(page, "31", "November", str(day.year))
        page.get_by_role("main").get_by_role("button").click()
        expect(page).to_have_title(re.compile("^Error: "))
        expect(page.get_by_label("Month", exact=True)).to_have_value("November")
        page.get_by_role("link", name=re.compile("^Enter a real day")).click()
        expect(page.get_by_label("Day", exact=True)).to_be_focused()
        type_day(page, str(day.day), str(day.month), str(day.year))
        page.get_by_role("main").get_by_role("button").dblclick()
        expect(page.get_by_role("status")).to_contain_text("Your next date is")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_text("Taken on, Demo Catriona Lyle")).to_have_count(taken + 1)
        page.goto(matter)
        expect(page.get_by_role("status")).to_have_count(0)

        # Two tabs: one sets another date, and the other is told who did it, with the answer kept.
        other = context.new_page()
        other.goto(matter)
        other.get_by_role("link", name="Set another date").click()
        page.get_by_role("link", name="There is nothing to it").click()
        page.get_by_text("There is another explanation").click()
        type_day(other, str(day.day), str(day.month), str(day.year))
        other.get_by_role("main").get_by_role("button").click()
        expect(other.get_by_role("status")).to_contain_text("Your next date is")
        page.get_by_role("main").get_by_role("button").click()
        expect(page.get_by_role("status")).to_contain_text("Demo Catriona Lyle changed this at")
        expect(page.get_by_label("There is another explanation")).to_be_checked()
        page.get_by_role("main").get_by_role("button").click()
        expect(page.get_by_role("status")).to_contain_text("It has ended: there is nothing to it.")
        expect(page.get_by_text("Nothing to it: another explanation, Demo Catriona Lyle")).to_be_visible()
    shown = [line for line in logged if line["event"] == "shown"]
    assert max(line["calls"] for line in shown) <= 6, "a form that comes back has asked once more"
    assert {line["status"] for line in shown if line["method"] == "POST"} >= {303, 409, 422}
    assert "Demo" not in str(shown)


def test_by_keyboard_alone_a_manager_takes_a_matter_on(browser: Browser, address: str) -> None:
    day = SystemClock().today()
    with window(browser, 320) as context:
        page = context.new_page()
        signed_in(page, address, "Demo Catriona Lyle")
        open_first_matter(page)
        page.get_by_role("link", name=re.compile("^(Take it on|Take it over|Set another date)$")).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Day", exact=True)).to_be_visible()
        assert faults_of(page, 320) == []
        page.get_by_label("Day", exact=True).focus()
        for text in (str(day.day), str(day.month), str(day.year)):
            page.keyboard.type(text)
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Your next date is")
        assert faults_of(page, 320) == []


def test_support_is_offered_in_the_record_and_the_page_of_the_matter_follows(browser: Browser, address: str) -> None:
    day = SystemClock().today()
    with window(browser, 320, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/sign-in?next=today")
        page.locator('button[value="support-manager-east-1"]').click()
        links = page.locator('main h3 a[href*="/matters/"]')
        until(lambda: links.count() > 0 or page.reload() is None, HUNG)
        for link in [str(link.get_attribute("href")) for link in links.all()]:
            page.goto(f"{address}{link}")
            if page.get_by_role("link", name="Offer support").count():
                break
        page.get_by_role("link", name="Offer support").click()
        page.get_by_text("Work with a mentor").click()
        type_day(page, str(day.day), str(day.month), str(day.year))
        words = page.get_by_label("What is it, in your words?")
        words.fill("Six talks. Her pupil Isla McKay, born 3 May 2015, was named.")
        page.get_by_role("main").get_by_role("button").click()
        expect(page.get_by_role("alert")).to_contain_text("This may name a child.")
        expect(words).to_have_value("Six talks. Her pupil Isla McKay, born 3 May 2015, was named.")
        words.fill("Six talks with a mentor.")
        page.get_by_role("main").get_by_role("button").click()
        expect(page.get_by_role("status")).to_contain_text("It is offered.")
        offered = page.get_by_text("Support offered")
        until(lambda: offered.count() > 0 or page.reload() is None, HUNG)

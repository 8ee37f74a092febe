"""In a real browser, on a suite of its own: a Safeguarder disagrees, and a senior manager decides. No scripts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from structlog.testing import capture_logs

from tests.console.browser import of_console, window
from tests.console.test_journeys import console_of
from tests.suite import LoadedSuite
from tests.waiting import HUNG, until

WHY, SAYS, REASONS = (
    "I was not at that hearing.",
    "The date is from the letter.",
    "The letter was about another hearing.",
)


@contextmanager
def enter(browser: Browser, address: str, person: str) -> Iterator[Page]:
    """Yield a page of somebody who has signed in."""
    with window(browser, 320, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/")
        button = page.locator(f'button[value="{person}"]')
        if not button.is_visible():
            page.locator("details", has=button).locator("summary").click()
        button.click()
        yield page


def make(page: Page, step: str) -> None:
    """Open the form of a step."""
    page.get_by_role("link", name=step, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(step)


@pytest.mark.long
def test_a_safeguarder_disagrees_and_a_senior_manager_who_had_no_part_in_it_decides(
    browser: Browser, own_suite: LoadedSuite
) -> None:
    """Takes more than ten seconds on a busy machine, because three people go through twenty pages of a browser."""
    story = own_suite.demo.story
    known = next(one.safeguarder_id for one in story.chapters if one.title == "One voice, three times")
    with (
        of_console(lambda listen: console_of(own_suite, listen, demo_identity=own_suite.folder)) as address,
        capture_logs() as logged,
    ):
        with enter(browser, address, f"person-{known}") as page:
            page.get_by_role("link", name="Disagree with something").click()
            section = page.locator("section", has=page.get_by_role("heading", name="An item on your file"))
            section.get_by_role("link").first.click()
            page.get_by_role("button", name="Ask for a review").click()
            expect(page).to_have_title(re.compile("^Error: "))
            page.get_by_text("A fact is wrong", exact=True).click()
            page.get_by_label("In your words").fill(WHY)
            page.get_by_role("button", name="Ask for a review").dblclick()
            expect(page.get_by_role("status")).to_contain_text("Dates that depend on it stand still from today.")
            review = page.url.rpartition("/")[2]
        with enter(browser, address, "panel-team") as page:
            page.get_by_role("link", name="Reviews", exact=True).click()
            page.locator(f'a[href="/reviews/{known}/{review}"]').click()
            make(page, "Accept it, or say why not")
            page.get_by_text("Yes, it is accepted").click()
            page.get_by_role("button", name="Send the answer").click()
            make(page, "Give it to somebody who decides it")
            chosen = page.locator(".ds_radio").first
            senior = str(chosen.locator("input").get_attribute("value"))
            chosen.locator("label").click()
            page.get_by_role("button", name="Give it to them").click()
            make(page, "Add what you have to say")
            page.get_by_label("What do you want to say?").fill(SAYS)
            page.get_by_role("button", name="Add my words").click()
            expect(page.get_by_text(SAYS)).to_be_visible()
        with enter(browser, address, senior) as page:
            page.goto(f"{address}/reviews/{known}/{review}")
            expect(page.get_by_text(WHY)).to_be_visible()
            make(page, "Decide it")
            expect(page.get_by_text("If you uphold it: The item no longer counts.")).to_be_visible()
            page.get_by_text("Upheld", exact=True).click()
            page.get_by_label("Why?").fill(REASONS)
            page.get_by_role("button", name="Decide it").click()
            expect(page.get_by_role("status")).to_contain_text("It is decided.")
        with enter(browser, address, f"person-{known}") as page:
            page.goto(f"{address}/my-file/reviews/{review}")
            until(lambda: page.get_by_text(REASONS).count() == 1 or page.reload() is None, HUNG)
            expect(page.get_by_text("The item no longer counts.")).to_be_visible()
    shown = [line for line in logged if line["event"] == "shown"]
    assert max(line["calls"] for line in shown if line["method"] == "GET") <= 5
    assert {line["status"] for line in shown} <= {200, 303, 422}
    assert "Demo" not in str(shown)
    assert known not in str(shown)


@pytest.mark.long
def test_the_team_writes_a_recommendation_part_by_part_and_checks_it(browser: Browser, own_suite: LoadedSuite) -> None:
    """Takes more than ten seconds on a busy machine, because the services start and fifteen pages are opened."""
    known = own_suite.demo.story.chapters[0].safeguarder_id
    with (
        of_console(lambda listen: console_of(own_suite, listen, demo_identity=own_suite.folder)) as address,
        enter(browser, address, "panel-team") as page,
    ):
        main = page.get_by_role("main")
        page.goto(f"{address}/recommendations/{known}")
        main.get_by_role("link", name="Draft a recommendation").click()
        main.get_by_text("Continuing appointment", exact=True).click()
        main.get_by_text("To do it, with conditions").click()
        main.get_by_role("button", name="Draft it").click()
        following = page.get_by_role("status").get_by_role("link", name=re.compile("^Next: "))
        for _ in range(4):
            following.click()
            main.get_by_role("button", name="Keep this answer").click()
            expect(main.get_by_role("link", name="Give an answer")).to_be_visible()
            main.get_by_text("Yes", exact=True).click()
            main.get_by_role("textbox").fill(SAYS)
            main.get_by_role("button", name="Keep this answer").click()
        expect(following).to_have_count(0)
        main.get_by_role("link", name="Add a condition").click()
        for name, text in (
            ("words", "Offer each child a meeting."), ("measure", "Each report says so."), ("support", "A mentor."),
            ("due_date-day", "29"), ("due_date-month", "8"), ("due_date-year", "2099"),
        ):  # fmt: skip
            page.locator(f"[name={name}]").fill(text)
        main.get_by_text("Work with a mentor").click()
        page.locator('label[for="standard-2"]').click()
        main.get_by_role("button", name="Keep this condition").click()
        make(page, "Check it against its criteria")
        main.get_by_role("button", name="Check it").click()
        expect(page.get_by_role("status")).to_contain_text("It meets its criteria. It can be shared.")
        expect(main.get_by_text(SAYS)).to_have_count(4)

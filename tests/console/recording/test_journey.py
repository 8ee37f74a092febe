"""In a real browser, on its own suite: a complaint by telephone is recorded, shared, answered, and has its outcome."""

import re

from playwright.sync_api import Browser, Page, expect
from structlog.testing import capture_logs

from services.platform.clock import SystemClock
from tests.console.browser import of_console, window
from tests.console.steps.test_writing_journeys import type_day
from tests.console.test_journeys import console_of
from tests.suite import LoadedSuite

WORDS = "The carer was told of the hearing a day before it. Nobody had rung her."
CHILD = f"{WORDS} Her son Finlay McTest was upset."


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def choose(page: Page, *texts: str) -> None:
    for text in texts:
        page.locator("label", has_text=re.compile(f"^{re.escape(text)}$")).first.click()
    go_on(page)


def h1(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def begin(page: Page, name: str) -> None:
    """Find the person, answer the first questions, and keep them for later."""
    today = SystemClock().today()
    page.get_by_role("link", name="Record evidence").click()
    page.get_by_label("Name or panel number").fill(name)
    page.get_by_role("button", name="Find them").click()
    choose(page, name)
    h1(page, "Who does it come from?")
    choose(page, "A parent or carer")
    choose(page, "A complaint")
    choose(page, "Work in a case", "Practice: how the work is done")
    type_day(page, "31", "November", str(today.year))
    go_on(page)
    expect(page).to_have_title(re.compile("^Error: When did it happen"))
    type_day(page, str(today.day), str(today.month), str(today.year))
    go_on(page)
    go_on(page)  # the Team heard of it today
    page.get_by_label("Which case is it about?").fill("case-4f2a")
    page.get_by_role("button", name="Save and finish later").click()
    expect(page.get_by_role("status")).to_contain_text("Your answers are kept.")


def finish(page: Page, name: str) -> None:
    """Go on with the draft, and record it. What may name a child comes back before it is kept."""
    page.get_by_role("link", name=f"Evidence about {name}").first.click()
    page.get_by_label("What was said?").fill(CHILD)
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("This may name a child: “son Finlay")
    expect(page.get_by_label("What was said?")).to_have_value(CHILD)
    page.get_by_label("What was said?").fill(WORDS)
    go_on(page)
    h1(page, "Which standards is it about?")
    page.locator("label.ds_checkbox__label").first.click()
    go_on(page)
    choose(page, "To discuss")
    choose(page, "No")
    h1(page, "Check before you record it")
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("link", name=re.compile("^Change.*When the Team heard of it")).click()
    go_on(page)
    h1(page, "Check before you record it")
    page.get_by_role("button", name="Record it").dblclick()
    expect(page.get_by_role("status")).to_contain_text("isn't told until you share it.")
    expect(page.get_by_text(WORDS)).to_be_visible()


def share_and_decide(page: Page) -> None:
    """Share the item, record that the complaint was answered, and how it ended."""
    item = page.url
    page.get_by_role("status").get_by_role("link", name="Share it").click()
    expect(page.get_by_text("It doesn't count before they reply")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Share it").click()
    expect(page.get_by_role("status")).to_contain_text("can see it now, and has until")
    expect(page.get_by_text("The Panel Team answers it at stage 1 by")).to_be_visible()
    page.get_by_role("link", name="Record a step of the complaint").click()
    page.get_by_text("Answered at stage 1, and not settled").click()
    page.get_by_role("main").get_by_role("button", name="Record a step of the complaint").dblclick()
    expect(page.get_by_text("answered at stage 1, and not settled. In time")).to_be_visible()
    page.get_by_role("status").get_by_role("link", name="Record the outcome").click()
    page.get_by_text("Upheld in part").click()
    page.get_by_role("main").get_by_role("button", name="Record the outcome").click()
    expect(page.get_by_role("status")).to_contain_text("The outcome is recorded.")
    assert page.url == item
    expect(page.get_by_role("link", name="Record the outcome")).to_have_count(0)


def test_without_scripts_a_telephone_complaint_is_recorded_shared_and_decided(
    browser: Browser, own_suite: LoadedSuite
) -> None:
    """Takes more than ten seconds on a busy machine, because it is one person's way through twenty pages."""
    with (
        of_console(lambda listen: console_of(own_suite, listen, demo_identity=own_suite.folder)) as address,
        capture_logs() as logged,
        window(browser, 320, java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto(f"{address}/")
        name = str(page.locator('button[value^="person-sg-"]').last.text_content()).strip()
        name = name.removeprefix("Sign in as ")
        page.locator('button[value="panel-team"]').click()
        begin(page, name)
        finish(page, name)
        share_and_decide(page)
    shown = [line for line in logged if line["event"] == "shown"]
    assert max(line["calls"] for line in shown) <= 6, "a form that comes back has asked once more"
    assert "Demo" not in str(shown)
    assert "sg-" not in str(shown)

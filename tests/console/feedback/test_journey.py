"""In a real browser, on a suite of its own: a child gives feedback by a link, and looks up what happened."""

import json
import re

from playwright.sync_api import Browser, Page, expect
from structlog.testing import capture_logs

from services.demo.issuer import DESK_KEY
from services.platform.clock import SystemClock
from tests.console.browser import of_console, window
from tests.console.test_journeys import console_of
from tests.suite import LoadedSuite

WORDS = "They came twice and asked what I want, says the canary."


def h1(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def press(page: Page, button: str) -> None:
    page.wait_for_timeout(250)  # as somebody reads; five requests in a second are too many
    page.get_by_role("button", name=button, exact=True).click()


def choose(page: Page, answer: str) -> None:
    page.locator("label", has_text=re.compile(f"^{answer}$")).click()
    press(page, "Next")


def give(page: Page) -> str:
    """Answer what a child likes to answer, and return the code."""
    h1(page, "How was it?")
    press(page, "Start")
    choose(page, "A bit")
    press(page, "Skip")
    choose(page, "Yes")
    h1(page, "Was anything good?")
    page.get_by_role("textbox").fill(WORDS)
    press(page, "Next")
    for _ in ("not good", "helped", "wish"):
        press(page, "Skip")
    h1(page, "Do you feel safe?")
    press(page, "Go back")
    h1(page, "Is there something you want to happen?")
    press(page, "Skip")
    choose(page, "Yes")
    h1(page, "Is this right?")
    expect(page.get_by_text(WORDS)).to_be_visible()
    press(page, "Send")
    h1(page, "Thank you. We have it.")
    return page.locator("strong", has_text=re.compile(r"^\w{4}-\w{4}-\w{2}$")).inner_text()


def test_without_scripts_a_child_gives_feedback_and_looks_up_what_happened(
    browser: Browser, own_suite: LoadedSuite
) -> None:
    """Takes more than ten seconds on a busy machine, because it is one child's way through twelve pages."""
    about = json.loads(own_suite.psmf("safeguarder", "list", "--json", "--page-size", "1").stdout)["items"][0]["name"]
    on = SystemClock().today().isoformat()
    made = own_suite.psmf("feedback", "link", about.partition("/")[2], "--for", "child", "--on", on, "--json")
    token = json.loads(made.stdout)["token"]
    way_in = {"demo_identity": own_suite.folder, "desk_key_file": own_suite.folder / f"{DESK_KEY}.key"}
    with (
        of_console(lambda listen: console_of(own_suite, listen, **way_in)) as address,
        capture_logs() as logged,
        window(browser, 320, java_script_enabled=False) as context,
    ):
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/feedback/{token}")
        assert page.url == f"{address}/feedback"
        code = give(page)
        page.get_by_role("link", name="Look up what happened with a code").click()
        page.get_by_label("Your code").fill(code.lower().replace("-", " "))
        press(page, "Look it up")
        expect(page.get_by_text("We have it.")).to_be_visible()
        page.goto(f"{address}/feedback/{token}")
        h1(page, "This link can't be used")
    assert [url for url in asked if token in url] == [f"{address}/feedback/{token}"] * 2
    assert [url for url in asked if code in url] == []
    said = str(logged)
    assert [each for each in (token, code, "canary", "sg-") if each in said] == []
    sent = json.loads(own_suite.psmf("feedback", "list", "--state", "sent", "--json").stdout)["items"]
    assert [link["safeguarder"] for link in sent] == [about]

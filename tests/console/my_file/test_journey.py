"""In a real browser, on a suite of its own: a Safeguarder finds what waits, replies, and takes the file away."""

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, expect
from structlog.testing import capture_logs

from tests.console.browser import of_console, window
from tests.console.test_journeys import console_of
from tests.suite import LoadedSuite

WORDS = "I told the office on the day before. The telephone was switched off at the hearing."


def test_without_scripts_a_safeguarder_finds_what_waits_replies_and_takes_the_file(
    browser: Browser, own_suite: LoadedSuite, tmp_path: Path
) -> None:
    """Takes more than ten seconds on a busy machine, because it is one person's way through ten pages of a browser."""
    story = own_suite.demo.story
    known = next(one.safeguarder_id for one in story.chapters if one.title == "A second voice, still in reply time")
    with (
        of_console(lambda listen: console_of(own_suite, listen, demo_identity=own_suite.folder)) as address,
        capture_logs() as logged,
        window(browser, 320, java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto(f"{address}/")
        button = page.locator(f'button[value="person-{known}"]')
        if not button.is_visible():
            page.locator("details", has=button).locator("summary").click()
        button.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("My file")
        page.get_by_role("link", name=re.compile("^Read it and reply")).first.click()
        item = page.url
        expect(page.get_by_text("You can reply until")).to_be_visible()
        page.get_by_role("link", name="Reply", exact=True).click()

        # An empty reply comes back. Words are kept for later, found again, and shown once more before they are sent.
        page.get_by_role("button", name="Check my reply").click()
        expect(page).to_have_title(re.compile("^Error: Reply to this item"))
        page.get_by_label("What do you want to say?").fill(WORDS)
        page.get_by_role("button", name="Save and finish later").click()
        expect(page.get_by_role("status")).to_contain_text("Only you can read them.")
        page.get_by_role("link", name="Go on with your reply").click()
        expect(page.get_by_label("What do you want to say?")).to_have_value(WORDS)
        page.get_by_role("button", name="Check my reply").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Check your reply before you send it")
        page.get_by_role("button", name="Send my reply").dblclick()
        expect(page.get_by_role("status")).to_contain_text("Your reply is sent and stays with the item.")
        assert page.url == item
        expect(page.get_by_text(WORDS)).to_be_visible()
        expect(page.get_by_role("link", name="Reply", exact=True)).to_have_count(0)
        page.get_by_role("link", name="Go to My file").click()
        expect(page.get_by_text("You needn't")).to_be_visible()

        page.get_by_role("link", name="Take your whole file with you").click()
        with page.expect_download() as taken:
            page.get_by_role("link", name="The same as data for a computer").click()
        assert taken.value.suggested_filename == "my-file.json"
        taken.value.save_as(tmp_path / "my-file.json")
        records = json.loads((tmp_path / "my-file.json").read_text())["records"]
        assert WORDS in str(records)
        with page.expect_download() as taken:
            page.get_by_role("link", name="Your file as a page to read").click()
        taken.value.save_as(tmp_path / "my-file.html")
        assert "</html>" in (tmp_path / "my-file.html").read_text()
    shown = [line for line in logged if line["event"] == "shown"]
    assert max(line["calls"] for line in shown if "/download/" not in line["route"]) <= 5
    assert {line["status"] for line in shown} <= {200, 303, 422}
    assert "Demo" not in str(shown)
    assert known not in str(shown)

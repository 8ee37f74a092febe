"""In a real browser, on a suite of its own: a session is prepared, held, recorded, shared, and seen differently."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, Page, expect
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2
from structlog.testing import capture_logs

from services.client.words import safeguarder_of
from services.demo.story.cast import LACHLAN
from services.platform.calls.wire import from_instant, to_instant
from tests.console.browser import of_console, window
from tests.console.test_journeys import console_of
from tests.suite import LoadedSuite
from tests.waiting import HUNG, until

THEIR_WORDS = "I asked for the list in August, and was told to wait."


def begun_now(suite: LoadedSuite) -> Any:
    """Return a session of Lachlan's that began a moment ago."""
    client, person = suite.demo.client, suite.demo.story.named(LACHLAN).safeguarder_id
    listed = scheduling_pb2.ListSupportSessionsRequest(parent=f"safeguarders/{person}", upcoming_only=True)
    first = client.call("panel-team", client.sessions.ListSupportSessions, listed).support_sessions[0]
    moved = scheduling_pb2.RescheduleSupportSessionRequest(
        name=first.name, start_time=to_instant(datetime.now(UTC) + timedelta(seconds=2)), asked_by="team",
        reason="urgent",
    )  # fmt: skip
    session = client.call("panel-team", client.sessions.RescheduleSupportSession, moved)
    while datetime.now(UTC) <= from_instant(session.start_time):
        time.sleep(0.1)
    return session


def sign_in(page: Page, address: str, person: str, at: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{address}/sign-in")
    button = page.locator(f'button[value="{person}"]')
    if not button.is_visible():
        page.locator("details", has=button).locator("summary").click()
    button.click()
    page.goto(f"{address}{at}")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save this part").click()
    expect(page.get_by_role("status")).to_contain_text("This part is saved.")


def fill_the_rest(suite: LoadedSuite, session: Any) -> None:
    """Save the views that are left in another window, as a support manager with two screens would."""
    client, manager = suite.demo.client, session.support_manager
    read = pb.GetSessionRecordRequest(name=f"{session.name}/record")
    record = client.call(manager, client.session_records.GetSessionRecord, read)
    known = {view.standard for view in record.content.views}
    for standard in ("E", "S1", "S2", "S3", "S4", "S5", "S6", "S7"):
        if standard not in known:
            record.content.views.add(standard=standard, word=pb.StandardView.WORD_NO_NEW_EVIDENCE)
    changed = pb.UpdateSessionRecordRequest(name=record.name, content=record.content, etag=record.etag)
    client.call(manager, client.session_records.UpdateSessionRecord, changed)


def prepare_and_hold(page: Page, team: str) -> None:
    until(lambda: page.locator(f'a[href="{team}"]').count() == 1 or page.reload() is None, HUNG)
    page.locator(f'a[href="{team}"]').click()
    page.get_by_role("link", name="Prepare: read the papers").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("What went well")
    page.get_by_role("link", name="Back to the session").click()
    page.get_by_role("link", name="Say who was there").click()
    page.locator("label", has_text="Yes, both of you were there").click()
    page.get_by_role("button", name="Say who was there").click()
    expect(page.get_by_role("link", name="Choose how it was held")).to_be_visible()
    page.locator("label", has_text="Face to face").click()
    page.get_by_role("button", name="Say who was there").dblclick()
    expect(page.get_by_role("status")).to_contain_text("It is recorded.")


def write(page: Page, address: str) -> None:
    page.get_by_role("link", name="Write the record").click()
    page.get_by_role("link", name=re.compile("^S2 ")).click()
    page.locator("label", has_text="Nothing new").click()
    page.get_by_label("What was said?").fill("Nothing came since the last session.")
    page.get_by_role("button", name="Save this part").click()
    again = page.get_by_role("button", name="Save this part")

    def is_saved() -> bool:
        """Press once more: evidence hears of the session a moment later."""
        if again.count():
            again.click()
        return again.count() == 0

    until(is_saved, HUNG)
    own = page.locator("main section", has_text="wanted to talk about").get_by_role("link").all()
    for href in [str(link.get_attribute("href")) for link in own]:
        page.goto(f"{address}{href}")
        page.locator("label", has_text="It is settled").click()
        page.get_by_label("What was said?").fill("We found the list together.")
        save(page)
    for part, words in (
        ("What it means for children", "Children are heard sooner."),
        ("Why the plan isn't final yet", "We confirm it at the next session."),
    ):
        page.get_by_role("link", name=part).click()
        page.get_by_role("textbox").fill(words)
        save(page)


def share(page: Page) -> None:
    page.reload()
    page.get_by_role("link", name=re.compile("^Share it with")).click()
    page.get_by_role("button", name=re.compile("^Share it with")).dblclick()
    expect(page.get_by_role("status")).to_contain_text("It is shared.")


def see_differently(page: Page) -> None:
    page.get_by_role("link", name="Say whether it is right").click()
    page.locator("label", has_text="I see parts of it differently").click()
    page.locator("label", has_text="S2 Relationships").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("textbox").fill(THEIR_WORDS)
    page.get_by_role("button", name="Send my words").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Your words stand beside the record.")
    expect(page.get_by_text(THEIR_WORDS)).to_be_visible()


def test_without_scripts_a_session_is_held_recorded_and_shared_and_both_sides_words_stand(
    browser: Browser, own_suite: LoadedSuite
) -> None:
    """Takes more than ten seconds on a busy machine: it is the way of two people through twenty pages of a browser."""
    session = begun_now(own_suite)
    person, known = safeguarder_of(session.name), session.name.rpartition("/")[2]
    team, own = f"/people/{person}/sessions/{known}", f"/my-file/sessions/{known}"
    with (
        of_console(lambda listen: console_of(own_suite, listen, demo_identity=own_suite.folder)) as address,
        capture_logs() as logged,
        window(browser, 320, java_script_enabled=False) as context,
    ):
        page = context.new_page()
        sign_in(page, address, session.support_manager, "/sessions")
        prepare_and_hold(page, team)
        write(page, address)
        fill_the_rest(own_suite, session)
        share(page)
        sign_in(page, address, f"person-{person}", f"{own}/record")
        see_differently(page)
        sign_in(page, address, session.support_manager, f"{team}/record")
        page.get_by_role("link", name="Answer what is seen differently").click()
        page.get_by_role("textbox").fill("We have no note of it. Both accounts stay here.")
        page.get_by_role("button", name="Send the answer and close the record").click()
        expect(page.get_by_text(THEIR_WORDS)).to_be_visible()
        expect(page.get_by_text("We have no note of it.")).to_be_visible()
    shown = [line for line in logged if line["event"] == "shown"]
    assert max(line["calls"] for line in shown if line["method"] == "GET") <= 6, "once a minute the standards too"
    assert {line["status"] for line in shown} <= {200, 303, 422}
    assert "Demo" not in str(shown)
    assert person not in str(shown)

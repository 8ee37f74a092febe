"""In a real browser, on the four services with one clock: a matter from support by required action to improved."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from psmf.rules.v1 import rules_pb2 as rules

from services.console.calls.caller import open_channels
from services.console.calls.gateway import Gateway
from services.console.compose import Console
from services.console.requests import Visitor
from services.console.settings import Settings
from services.demo.issuer import SESSION_KEYS, write_identity
from tests.between.approach.matter import SAFETY
from tests.between.together import Together, together
from tests.console.browser import of_console, window
from tests.world import PEOPLE

WORDS = "We read the three visits, and both of us saw it."


class OnOneClock(Console):
    """A console that asks services whose clock a test moves, with tokens of that clock."""

    def __init__(self, settings: Settings, running: Together) -> None:
        super().__init__(settings, running.clock)
        self._running = running

    def gateway(self) -> Gateway:
        """Return the connections to the services."""
        return Gateway(open_channels(self.settings.addresses), self._signed)

    def _signed(self, visitor: Visitor) -> str:
        ((_, bearer),) = self._running.as_(visitor.person)["metadata"]
        return str(bearer.removeprefix("Bearer "))


def console_on(running: Together, folder: Path, listen: str) -> OnOneClock:
    write_identity(folder, [])
    running.world.write_people(PEOPLE)
    (folder / "people.json").write_bytes((running.world.folder / "people.json").read_bytes())
    ports = {f"{name}_address": f"127.0.0.1:{one.process.server.port}" for name, one in running.services.items()}
    given: dict[str, Any] = {"listen": listen, "public_url": f"http://{listen}", "demo_identity": folder} | ports
    return OnOneClock(Settings(session_keys_file=folder / SESSION_KEYS, **given), running)


class Side:
    """The manager or the Safeguarder, in a browser of their own. After each form every service hears what was sent."""

    def __init__(self, context: BrowserContext, running: Together, address: str, person: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.running, self.address, self.person = running, address, person
        self.sign_in()

    def sign_in(self) -> None:
        """Sign in, for the first time or after a night."""
        self.page.goto(f"{self.address}/sign-in")
        self.page.locator(f'button[value="{self.person}"]').click()

    def open(self, path: str, *links: str) -> None:
        """Open a page and follow links from it."""
        self.page.goto(f"{self.address}{path}")
        for link in links:
            self.page.get_by_role("main").get_by_role("link", name=link).first.click()

    def choose(self, *answers: str) -> None:
        """Choose or tick answers."""
        for answer in answers:
            self.page.get_by_text(answer, exact=True).click()

    def day(self, name: str, ahead: int) -> None:
        """Type a day."""
        day = self.running.today + timedelta(days=ahead)
        for part, text in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.page.locator(f"#{name}-{part}").fill(str(text))

    def write(self, **texts: str) -> None:
        """Write texts."""
        for name, text in texts.items():
            self.page.locator(f"#{name}").fill(text)

    def send(self, says: str) -> None:
        """Send the form, and see what the next page says of it."""
        self.page.get_by_role("main").get_by_role("button").first.click()
        expect(self.page.get_by_role("status")).to_contain_text(says)
        self.running.settle()


def state_of(running: Together) -> int:
    return int(running.open_concerns("sg-one")["confidentiality"].state)


def supported(manager: Side, safeguarder: Side, matter: str) -> None:
    """Offer support, which is wanted, given and received."""
    manager.open(matter, "Take it on")
    manager.day("next_date", 7)
    manager.send("You have taken it on.")
    manager.open(matter, "Offer support")
    manager.choose("A training module")
    manager.day("discussed_date", 0)
    manager.write(words="A module about files.")
    manager.send("It is offered.")
    assert state_of(manager.running) == rules.Concern.STATE_IN_SUPPORT
    safeguarder.open("/my-file/plan", "Answer an offer of support")
    safeguarder.choose("Yes, I want it")
    safeguarder.send("Your answer is sent.")
    manager.open("/people/sg-one/plan", "Record what became of it")
    manager.choose("It was given")
    manager.day("delivered_date", 0)
    manager.send("It is recorded what became of it.")
    safeguarder.open("/my-file/plan", "Did you receive this support?")
    safeguarder.choose("Yes, I received it")
    safeguarder.send("Your answer is sent.")


def required(manager: Side, safeguarder: Side, matter: str) -> None:
    """Agree on an action, and change the approach so that it is required."""
    manager.running.days(1)
    manager.sign_in()
    safeguarder.sign_in()
    manager.open("/people/sg-one/plan", "Propose an action")
    manager.choose("Change practice", "To improve practice", "S5 Confidentiality", "The Safeguarder")
    manager.write(aim="Files are safe.", measure="A note of each visit says so.")
    manager.page.get_by_text(re.compile("^The matter: ")).click()
    manager.day("due_date", 10)
    manager.page.get_by_role("main").get_by_role("button").first.click()
    expect(manager.page.get_by_role("alert")).to_contain_text("Our shortest time for this is 28 days.")
    manager.day("due_date", 60)
    manager.send("The action is proposed.")
    safeguarder.open("/my-file", "Read it and answer")
    safeguarder.choose("I agree")
    safeguarder.send("Your answer is recorded.")
    manager.open(matter, "Change the approach")
    manager.choose("With actions that are required", "Files are safe.", "On these pages")
    manager.write(expectation="Each file is locked away.", because="A file was left in a car.")
    manager.write(skip_because="The module said it already.")
    manager.day("discussed_date", 0)
    manager.send("The approach is changed.")
    safeguarder.open("/my-file/plan", "A change of approach")
    safeguarder.send("It is noted that you have read it.")
    assert state_of(manager.running) == rules.Concern.STATE_REQUIRED_ACTION


def improved(manager: Side, safeguarder: Side, matter: str) -> None:
    """Say that it is done, see it at a review, and close the matter with the Safeguarder's view beside it."""
    manager.running.days(1)
    manager.sign_in()
    safeguarder.sign_in()
    safeguarder.open("/my-file/plan", "Say that it is done")
    safeguarder.write(words="Three visits, and each file was locked away.")
    safeguarder.send("It is recorded that it is done.")
    manager.open(matter, "Record the review")
    manager.choose("Met")
    manager.day("held_date", 0)
    manager.write(words=WORDS)
    manager.send("The review is recorded.")
    assert state_of(manager.running) == rules.Concern.STATE_ACTION_REVIEW
    safeguarder.open("/my-file/plan", "Say how you see it")
    expect(safeguarder.page.get_by_text(WORDS)).to_be_visible()
    safeguarder.write(words="I see it the same way.")
    safeguarder.send("Your words stand beside the review.")
    manager.open(matter, "Ask for their view")
    manager.send("is told, and can say how they see it")
    matter_of_theirs = matter.replace("/people/sg-one", "/my-file")
    safeguarder.open(f"{matter_of_theirs}/view")
    safeguarder.write(words="It was right to ask, and it is better now.")
    safeguarder.send("Your view is sent")
    manager.open(matter, "Close")
    manager.choose("Practice has improved")
    manager.send("It is closed.")
    expect(manager.page.get_by_text("Practice has improved").first).to_be_visible()


@pytest.mark.long
def test_a_matter_goes_by_support_and_required_action_to_improved_on_pages(browser: Browser, tmp_path: Path) -> None:
    """Takes more than ten seconds, because it is the whole way of a matter: thirty pages of two people in a browser."""
    (tmp_path / "services").mkdir()
    (tmp_path / "identity").mkdir()
    with (
        together(tmp_path / "services") as running,
        of_console(lambda listen: console_on(running, tmp_path / "identity", listen)) as address,
        window(browser, 320, java_script_enabled=False) as hers,
        window(browser, 320, java_script_enabled=False) as theirs,
    ):
        running.appoint("sg-one")
        running.record("sg-one", **SAFETY)
        running.settle()
        matter = f"/people/sg-one/matters/{running.open_concerns('sg-one')['confidentiality'].name.split('/')[-1]}"
        manager, safeguarder = (
            Side(context, running, address, person)
            for context, person in ((hers, "manager-one"), (theirs, "person-one"))
        )
        supported(manager, safeguarder, matter)
        required(manager, safeguarder, matter)
        improved(manager, safeguarder, matter)
        assert "confidentiality" not in running.open_concerns("sg-one")

"""In a real browser: nothing that somebody typed is lost, whatever happens to their form. No scripts."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from psmf.evidence.v1 import development_plans_pb2, directory_pb2, safeguarder_pb2
from psmf.rules.v1 import rules_pb2

from services.console.failures import MaybeDone, NotDone
from services.refusals import conflict
from tests.console.browser import serving, window
from tests.console.fixtures import steps as matters
from tests.console.sent.services import Services, desk
from tests.console.site import OPEN
from tests.world import free_port

FORM = "/people/sg-1/matters/c-1/record-view"
WORDS = "It was the snow.\nNobody could travel that day."
BUTTON = "Record their view"
AtDesk = tuple[Page, "Plan", str]
NAMED = safeguarder_pb2.Safeguarder(name="safeguarders/sg-1", display_name="Demo Ailsa Braeside")


class Plan:
    """A plan with a view that waits for an answer, and the service that keeps it. `fails`: at the next write."""

    def __init__(self) -> None:
        self.begin()
        self.services = Services(
            GetConcern=matters.concern(), ListRules=matters.RULES.answer, GetDevelopmentPlan=lambda _: self.now,
            GiveView=self.take, BatchGetPeople=directory_pb2.BatchGetPeopleResponse(),
            GetSafeguarder=NAMED,
            SearchSafeguarders=safeguarder_pb2.SearchSafeguardersResponse(
                total=1, found=[safeguarder_pb2.FoundSafeguarder(safeguarder=NAMED)]
            ),
            ListConcerns=rules_pb2.ListConcernsResponse(),
        )  # fmt: skip

    def begin(self) -> None:
        """Begin again: nobody has said anything, and every service answers."""
        self.now = development_plans_pb2.DevelopmentPlan()
        self.now.views.add(name="safeguarders/sg-1/views/c-1", etag="v1")
        self.fails: Exception | None = None

    def take(self, request: Any) -> Any:
        """Keep a view, or fail."""
        if self.fails is not None:
            raise self.fails
        if request.etag != self.now.views[0].etag:
            raise NotDone(conflict("ETAG_MISMATCH", "It has changed.", "etag"))
        return development_plans_pb2.View(name=request.name)


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Plan, str]]:
    """A console on these services, for every journey. Each begins with a plan of its own."""
    plan, port = Plan(), free_port()
    url = f"http://127.0.0.1:{port}"
    # The browser's own loop runs in this thread, so what needs another one is made and closed beside it.
    with ThreadPoolExecutor(1) as beside:
        where = {"public_url": url, "listen": url.removeprefix("http://")}
        served = beside.submit(desk, tmp_path_factory.mktemp("desk"), "", plan.services, **where).result()
        OPEN.remove(served)
        with serving(served.app, port):
            yield plan, url
        beside.submit(served.close).result()


@pytest.fixture
def at_desk(console: tuple[Plan, str], browser: Browser) -> Iterator[AtDesk]:
    """The page of a manager who has signed in, the plan, and where the console is."""
    plan, url = console
    plan.begin()
    plan.services.written.clear()
    with window(browser, 320, java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, url)
        yield page, plan, url


def sign_in(page: Page, url: str) -> None:
    """Sign the manager in."""
    page.goto(f"{url}/sign-in")
    page.locator('button[value="support-manager-east-1"]').click()


def typed(page: Page, url: str, *, whole: bool = True) -> None:
    """Open the form, and type. `whole`: choose an answer too, without which it is not taken."""
    page.goto(f"{url}{FORM}")
    if whole:
        page.locator('label[for="given-1"]').click()
    page.get_by_role("textbox").fill(WORDS)


def press(page: Page, button: str = BUTTON) -> None:
    """Press the button."""
    page.get_by_role("main").get_by_role("button", name=button).click()


def taken(page: Page, plan: Plan) -> None:
    """See that the words came to the service once."""
    expect(page.get_by_role("status")).to_contain_text("It is recorded, as entered by you.")
    assert [request.words for request in plan.services.written] == [WORDS]


def test_after_an_error_and_on_back_the_words_are_still_there(at_desk: AtDesk) -> None:
    page, plan, url = at_desk
    typed(page, url, whole=False)
    press(page)
    expect(page.get_by_role("link", name="Choose an answer")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value(WORDS)
    page.get_by_role("link", name="Search", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    page.go_back()
    expect(page.get_by_role("textbox")).to_have_value(WORDS)
    page.go_back()
    expect(page.get_by_role("textbox")).to_have_value(WORDS)
    page.go_forward()
    page.locator('label[for="given-1"]').click()
    press(page)
    taken(page, plan)
    page.go_back()
    page.get_by_role("textbox").fill("Something else.")
    press(page)
    expect(page.get_by_text("You have sent this form before, with another answer.")).to_be_visible()


def test_whom_somebody_found_stands_on_the_page_to_which_they_come_back(at_desk: AtDesk) -> None:
    page, _, url = at_desk
    page.goto(f"{url}/search")
    page.get_by_role("textbox").fill("Ailsa")
    press(page, "Search")
    found = page.get_by_role("link", name="Demo Ailsa Braeside")
    found.click()
    page.wait_for_url("**/people/sg-1")
    page.go_back()
    expect(found).to_be_visible()


def test_signed_out_in_another_tab_the_words_wait_for_the_reader(at_desk: AtDesk) -> None:
    page, plan, url = at_desk
    typed(page, url)
    other = page.context.new_page()
    other.goto(f"{url}/about")
    other.get_by_role("button", name="Change person").click()
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out")
    expect(page.get_by_text("It was the snow.")).to_be_visible()
    assert plan.services.written == []
    sign_in(other, url)
    press(page, "Send again")
    taken(page, plan)


def test_after_signing_out_the_history_of_the_tab_shows_no_words(at_desk: AtDesk) -> None:
    page, _, url = at_desk
    typed(page, url, whole=False)
    press(page)
    page.get_by_role("button", name="Change person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you today?")
    with pytest.raises(Exception, match="ERR_CACHE_MISS"):
        page.go_back()


def test_while_a_service_is_away_the_words_stay_and_are_recorded_once(at_desk: AtDesk) -> None:
    page, plan, url = at_desk
    plan.fails = MaybeDone("evidence")
    typed(page, url)
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("We can't say whether it was recorded")
    expect(page.get_by_text("It was the snow.")).to_be_visible()
    plan.fails = None
    press(page, "Send again")
    taken(page, plan)


def test_at_a_stale_copy_the_words_come_back_in_the_form(at_desk: AtDesk) -> None:
    page, plan, url = at_desk
    typed(page, url)
    plan.now.views[0].etag = "v2"
    press(page)
    expect(page.get_by_text("Somebody recorded an answer to this after you opened it.")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value(WORDS)
    press(page)
    taken(page, plan)

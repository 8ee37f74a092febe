"""Every page in every state at two widths: no violation of WCAG 2.2 A and AA, no sideways scrolling, valid markup."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from starlette.requests import Request

from tests.console.browser import WIDTHS, faults_of, markup_faults, serving, window
from tests.console.fixtures.pages import PAGES
from tests.console.fixtures.site import fixture_app, rendered
from tests.sizes import part_of

STATES = [(page, state) for page, (_, states) in PAGES.items() for state in states]
MAIN = (
    "today",
    "matter",
    "person",
    "recording-check",
    "session-sheet",
    "my-file",
    "reviews",
    "rules",
    "rule-change",
    "kpi",
)
"""Pages of which `make test` looks at each state. `make long` looks at all."""

CHARTS = ("person", "kpi", "rule-change-run")


def contrast(one: str, other: str) -> float:
    """Return how far two colours, as `rgb(…)`, stand apart (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(fixture_app()) as found:
        yield found


def looked_at() -> Iterator[object]:
    """Yield page, state and width; what only `make long` looks at is marked so."""
    for page, state in STATES:
        for width in WIDTHS:
            soon = width == WIDTHS[0] and page in MAIN
            yield pytest.param(page, state, width, marks=[] if soon else [pytest.mark.long])


class Tab:
    """A tab for pages of one width: what they said on the console, and what they asked for, since the last one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("request", lambda request: self.asked.append(request.url))

    def goto(self, address: str) -> None:
        """Go to a page."""
        self.said.clear()
        self.asked.clear()
        self.page.goto(address)


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[Callable[[int], Tab]]:
    """Return the tab for a width. A new one for each page would cost three times what the page costs."""
    with ExitStack() as windows:
        yield cache(lambda width: Tab(windows.enter_context(window(browser, width)).new_page()))


@pytest.mark.parametrize(("page", "state", "width"), [*looked_at()])
def test_a_page_can_be_used_by_everybody(
    tabs: Callable[[int], Tab], address: str, page: str, state: str, width: int
) -> None:
    tab = tabs(width)
    tab.goto(f"{address}/_fixture/{page}/{state}")
    assert faults_of(tab.page, width) == []
    assert tab.said == [], "a policy was broken, or a file was not there"
    assert [url for url in tab.asked if not url.startswith((address, "data:"))] == [], "nothing is asked of others"


@pytest.mark.long
@pytest.mark.parametrize(("page", "state"), STATES)
def test_with_wider_spacing_and_twice_the_text_nothing_is_cut(
    browser: Browser, address: str, page: str, state: str
) -> None:
    """WCAG 1.4.12 and 1.4.4. Only here the policy is off: the test itself adds a style."""
    spacing = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
    with window(browser, 640, bypass_csp=True) as context:
        tab = context.new_page()
        tab.goto(f"{address}/_fixture/{page}/{state}")
        tab.add_style_tag(content=f"{spacing} html {{font-size: 200%}}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_a_chart_are_seen_in_the_readers_own_colours(browser: Browser, address: str, scheme: str) -> None:
    """Console 6: a colour set as an attribute, or on the picture itself, would stay black on the reader's black."""
    with window(browser, 1280, forced_colors="active", color_scheme=scheme) as context:
        tab = context.new_page()
        for page in CHARTS:
            tab.goto(f"{address}/_fixture/{page}/typical")
            ground, *words = tab.evaluate(
                """() => [getComputedStyle(document.body).backgroundColor,
                    ...[...document.querySelectorAll('svg text')].map(word => getComputedStyle(word).fill)]"""
            )
            assert words, page
            assert min(contrast(word, ground) for word in words) >= 4.5, page


def test_the_first_stop_of_the_keyboard_leads_past_the_links(browser: Browser, address: str) -> None:
    with window(browser, 320) as context:
        tab = context.new_page()
        tab.goto(f"{address}/_fixture/rules/typical")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == "Skip to main content"
        assert tab.locator(":focus").is_visible()
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "main-content"


def drawn() -> Iterator[tuple[str, str]]:
    """Yield a part of the states of each page, and of most one, another from page to page. `make long` has all."""
    for number, (page, (_, states)) in enumerate(PAGES.items()):
        turned = deque(states)
        turned.rotate(number)
        yield from ((page, state) for state in list(turned)[: part_of(len(states), least=1)])


def test_the_markup_of_every_page_is_valid(tmp_path: Path) -> None:
    for page, state in drawn():
        request = Request({"type": "http", "headers": [], "path": "/", "query_string": b""})
        (tmp_path / f"{page}-{state}.html").write_bytes(rendered(page, state, request).body)
    assert markup_faults(tmp_path) == []


def test_a_fault_of_a_page_is_seen(browser: Browser, tmp_path: Path) -> None:
    """Otherwise nothing found would mean nothing."""
    planted = "<!DOCTYPE html><html><head><title>a</title></head><body><img src='x'><p style='width:900px'>wide</body>"
    with window(browser, 320) as context:
        tab = context.new_page()
        tab.set_content(planted)
        faults = faults_of(tab, 320)
    assert {fault.partition(":")[0] for fault in faults} >= {"image-alt", "html-has-lang", "908 pixels wide"}
    (tmp_path / "planted.html").write_text(planted)
    assert any("no-inline-style" in fault for fault in markup_faults(tmp_path))

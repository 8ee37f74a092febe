"""What people wrote stays text: it is shown, it changes no page, and it goes nowhere else. The same holds for names.

Signs that turn the direction of text never come here: services refuse them (`TEXT_NOT_PLAIN`).
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from structlog.testing import capture_logs

from services.console.failures import NotThere
from tests.console.sent.forms import FORMS, Form
from tests.console.sent.pages import PAGES
from tests.console.sent.world import World, everything
from tests.console.site import Answer, Site

ALL = (*PAGES, *FORMS)
MARKS = "Z" + "\u0335" * 2000
CANARY = "Quillcanary"
TRICKS = (
    f"{CANARY} <script>alert(1)</script></textarea></title><a href=javascript:alert(1)>x</a>\" onfocus='alert(1)"
    f" \u200b\u200d {MARKS} {{{{7*7}}}} {{0}}"
)
WRITTEN = re.compile(
    r"summary|words|text|aim|measure|reasons|asks_for|display_name|.*_words|not_final_because|no_strength_because"
    r"|child_interest|because|answer|support_manager_name"
)
"""Fields that people fill with words, and names of people."""
OF_A_RULE = (
    "Explanation",
    "ParameterChange",
    "Parameter",
    "DatedValue",
    "Rule",
    "RuleExample",
    "Indicator",
    "Standard",
)
"""Messages whose words are the rulebook's: two people approve them."""
OURS = {"psmf-demo", "psmf-demo-2", "psmf-demo-message"}
OF_OURS = re.compile(r"#|data:,$|mailto:|tel:|/(?!/)")


def tricked(message: Any) -> Any:
    """Return a message in which every word of somebody plays tricks."""
    found = type(message)()
    found.CopyFrom(message)
    _trick(found)
    return found


def _trick(message: Any) -> None:
    if message.DESCRIPTOR.name in OF_A_RULE:
        return
    for known, value in message.ListFields():
        many = known.is_repeated if hasattr(known, "is_repeated") else known.label == known.LABEL_REPEATED
        if known.message_type is not None and not known.message_type.GetOptions().map_entry:
            for one in value if many else (value,):
                _trick(one)
        elif known.type == known.TYPE_STRING and not many and WRITTEN.fullmatch(known.name):
            setattr(message, known.name, TRICKS)


@dataclass
class Read(HTMLParser):
    """A page as a browser reads it: what is linked, and what runs."""

    scripts: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says and where it leads."""
        named = dict(attrs)
        self.handlers += [name for name in named if name.startswith("on")]
        self.addresses += [named[name] or "" for name in ("href", "src", "action", "formaction") if name in named]
        if tag == "script":
            self.scripts.append(named.get("src") or "")


def shown(served: Site, page: Form, services: Any) -> Answer:
    """Ask for a page as the person whose it is."""
    served.jar = {}
    served.clock.instant += timedelta(seconds=10)
    if page.person:
        served.sign_in(page.person)
    served.gateway._call = services.call  # type: ignore[method-assign]
    return served.get(page.address)


def told(page: Form) -> World:
    """Return services of which every answer plays tricks."""
    services = everything(**page.instead)
    services.answers = {
        name: (lambda request, held=one: tricked(held(request))) if callable(one) else tricked(one)
        for name, one in services.answers.items()
    }
    return services


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.address)
def test_what_people_wrote_is_text_and_stands_in_no_address_title_header_or_log(served: Site, page: Form) -> None:
    with capture_logs() as logged:
        answer = shown(served, page, told(page))
    assert answer.status in (200, 303), answer.status
    assert CANARY not in str(logged)
    assert CANARY not in str(answer.headers)
    assert {one.partition("=")[0] for name, one in answer.headers if name == "set-cookie"} <= OURS
    assert answer.header("cache-control") == "no-store"
    assert "frame-ancestors 'none'" in answer.header("content-security-policy")
    assert answer.header("referrer-policy") == "no-referrer"
    if not answer.header("content-type").startswith("text/html"):
        return
    assert CANARY not in answer.text.partition("</title>")[0]
    read = Read()
    read.feed(answer.text)
    assert all(one.startswith("/static/") for one in read.scripts)
    assert read.handlers == []
    assert [one for one in read.addresses if not OF_OURS.match(one) or CANARY in one] == []
    assert ("{{7*7}} {0}" in answer.text) is (CANARY in answer.text), "what looks like ours is not filled in"


def test_the_tricks_come_to_the_pages(served: Site) -> None:
    """Otherwise the test above would look at nothing."""
    (page,) = (one for one in PAGES if one.address == "/my-file/evidence/e-1")
    assert CANARY in shown(served, page, told(page)).text


OF_SOMEBODY = [one for one in ALL if re.search(r"/(sg-1|c-[12]|s-2|e-1|r-1|m-1|d-7|u-1)\b", one.address)]
"""Every page and form about one person, or about one record of theirs."""


class Nobody:
    """Services that show a reader nothing, as they do about records that are not theirs, or not there."""

    async def call(self, visit: Any, method: Any, request: Any, seconds: float) -> Any:
        """Answer nothing."""
        raise NotThere


@pytest.mark.parametrize("page", OF_SOMEBODY, ids=lambda page: page.address)
def test_what_is_not_the_readers_looks_as_what_is_not_there(served: Site, page: Form) -> None:
    answer = shown(served, page, Nobody())
    none = served.get("/nothing")
    assert (answer.status, answer.body) == (404, none.body)

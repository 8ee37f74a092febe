"""Every address of the console by every kind of reader: what is not theirs is as if it were not there (console 8)."""

import math
import random
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import emergency_access_pb2
from structlog.testing import capture_logs

from tests.attacks.attempts import attempted
from tests.attacks.inside.pages_by_reader import READERS, addresses, nothing, opened_by, put_beside, with_ids
from tests.attacks.inside.whole_suite import CANARIES, Whole
from tests.builders import a_request_id
from tests.console.fixtures.my_file import EDITIONS
from tests.console.sent.pages import PAGES
from tests.console.site import Answer
from tests.sizes import part_of

OPENED = "/people/sg-one"
IN_AN_EMERGENCY = "manager-three"
"""Who has no relation to the person, and opens the file."""
OWN_FORM = re.compile(rf'<form[^>]*method="post"[^>]*action="{OPENED}')
FAR = 4.0
"""Standard deviations that chance reaches once in 16,000 tries."""


@pytest.fixture(scope="module")
def ids(doors: Whole) -> dict[str, str]:
    """The ids of what is on file about sg-one, by those that stand in the fixtures."""
    return put_beside(doors)


def seen(suite: Whole, reader: str, address: str) -> tuple[Answer, int]:
    """Ask for a page as a reader of one kind. Return the answer, and how many calls of the services it took."""
    # Standards and rules are kept for a minute, for everybody. They would count as calls of the first page that needs
    # them.
    suite.console.gateway._kept["standards"] = suite.console.clock.instant, EDITIONS.answer
    suite.console.gateway._kept["rules"] = suite.console.clock.instant, rules_pb2.ListRulesResponse()
    with capture_logs() as logged:
        answer = suite.get(READERS[reader], address)
    shown = [line for line in logged if line["event"] == "shown"]
    return answer, shown[-1]["calls"]


def looks(answer: Answer) -> tuple[Any, ...]:
    """Return everything of an answer that a reader can tell apart. A cookie is sealed again each time."""
    named = [(name, value.partition("=")[0] if name == "set-cookie" else value) for name, value in answer.headers]
    return answer.status, sorted(named), answer.body


def not_theirs() -> Iterator[tuple[str, str]]:
    """Yield each reader with each address that is not for them."""
    for address in addresses():
        yield from ((reader, address) for reader in READERS if reader not in opened_by(address))


def test_what_is_not_the_readers_is_the_same_as_what_is_not_there(doors: Whole, ids: dict[str, str]) -> None:
    """The same status, headers and bytes, and the same calls of the services, so that it takes as long."""
    every = list(not_theirs())
    chosen = random.Random(20261130).sample(every, part_of(len(every)))
    got_through = []
    for reader, address in chosen:
        there, calls = seen(doors, reader, with_ids(address, ids))
        not_there, others = seen(doors, reader, with_ids(address, nothing(ids)))
        none, _ = seen(doors, reader, "/nothing")
        if not (looks(there) == looks(not_there) == looks(none) and there.status == 404 and calls == others):
            got_through.append((reader, address, there.status, not_there.status, calls, others))
    attempted("Pages of the console that are not the reader's", len(chosen), got_through)


def test_what_is_the_readers_is_there(doors: Whole, ids: dict[str, str]) -> None:
    """Otherwise the test above would look for what nobody finds. Nothing is recommended about the person yet."""
    pages = [page.address for page in PAGES if "m-1" not in page.address]
    for address in [page for page in pages if {"sg-1", "my-file"} & set(page.split("/"))]:
        about_them = opened_by(address) - {"another"}
        for reader in random.Random(address).sample(sorted(about_them), part_of(len(about_them), least=1)):
            answer, _ = seen(doors, reader, with_ids(address, ids))
            assert answer.status in (200, 303), (reader, address)


@pytest.mark.long
@pytest.mark.parametrize("address", ["/people/sg-1", "/people/sg-1/evidence/e-1", "/people/sg-1/matters/c-1/close"])
def test_how_long_it_takes_does_not_say_whether_it_is_there(doors: Whole, ids: dict[str, str], address: str) -> None:
    """Mann and Whitney's test on 300 pairs, asked for in turn: nobody can tell one from the other by the clock."""
    took: tuple[list[float], list[float]] = [], []
    for _ in range(300):
        for held, known in zip(took, (ids, nothing(ids)), strict=True):
            started = time.perf_counter()
            seen(doors, "no relation", with_ids(address, known))
            held.append(time.perf_counter() - started)
    assert abs(deviation(*took)) < FAR, address


def deviation(ones: list[float], others: list[float]) -> float:
    """Return by how many standard deviations the ranks of two equally long samples differ from chance."""
    size = len(ones)
    above = sum((one > other) + (one == other) / 2 for one in ones for other in others)
    return (above - size * size / 2) / math.sqrt(size * size * (2 * size + 1) / 12)


def test_a_difference_that_somebody_could_measure_is_found() -> None:
    chance = random.Random(7)
    ones = [chance.gauss(5.0, 1.0) for _ in range(300)]
    assert (
        abs(deviation(ones, [chance.gauss(5.0, 1.0) for _ in ones]))
        < FAR
        < deviation(ones, [one - 0.5 for one in ones])
    )


@pytest.mark.parametrize("reader", ["official", "editor", "approver", "auditor", "reader of reports"])
def test_who_sees_figures_and_rules_reads_no_name_and_no_word_of_anybody(
    doors: Whole, ids: dict[str, str], reader: str
) -> None:
    pages = [with_ids(address, ids) for address in addresses() if reader in opened_by(address)]
    assert pages
    for page in pages:
        answer, _ = seen(doors, reader, page)
        said = (answer.text + str(answer.headers)).lower()
        assert [canary for canary in CANARIES if canary in said] == [], page


@pytest.fixture
def opened(doors: Whole, ids: dict[str, str]) -> Iterator[Whole]:
    """A file with something on each page, and a manager who sees it because of an emergency alone (X38)."""
    asked = emergency_access_pb2.OpenEmergencyAccessRequest(
        parent="safeguarders/sg-one",
        kind=emergency_access_pb2.EmergencyAccess.KIND_CHILD_AT_RISK,
        reason="Their support manager is away.",
        request_id=a_request_id(),
    )
    made = doors.running.emergencies.OpenEmergencyAccess(asked, **doors.running.as_(IN_AN_EMERGENCY))
    doors.running.settle()
    yield doors
    closed = emergency_access_pb2.CloseEmergencyAccessRequest(name=made.name, request_id=a_request_id())
    doors.running.emergencies.CloseEmergencyAccess(closed, **doors.running.as_(IN_AN_EMERGENCY))
    doors.running.settle()
    assert doors.get(IN_AN_EMERGENCY, OPENED).status == 404


def test_every_link_within_the_file_leads_to_a_page_that_says_until_when_and_has_no_form(opened: Whole) -> None:
    pages, wrong = [OPENED], []
    for page in pages:
        answer = opened.get(IN_AN_EMERGENCY, page)
        if answer.status != 200:
            wrong.append((page, answer.status))
        elif "text/html" in dict(answer.headers)["content-type"]:
            pages += sorted(set(re.findall(rf'href="({OPENED}[^"?#]*)', answer.text)) - set(pages))
            if "You opened this file in an emergency." not in answer.text or OWN_FORM.search(answer.text):
                wrong.append((page, answer.status))
    assert wrong == []
    assert {each.split("/")[3] for each in pages[1:]} == {
        *("timeline", "evidence", "matters", "sessions", "plan", "away"),
    }

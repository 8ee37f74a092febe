"""How long the console takes for its main pages, in the demo of 150 people, beside the time that each may take.

`python -m bench.pages` runs only this part and prints the table. The four services are processes of their own. The
console answers in this one, without a browser and a network, so the time is the server's.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from structlog.testing import capture_logs

from bench.measuring import Ratio, percentile, seconds, table
from services.client.kpis.figures import year_of
from services.console.compose import compose
from services.console.settings import Settings
from services.demo.issuer import SESSION_KEYS
from services.platform.clock import SystemClock
from tests.clock import FixedClock
from tests.console.site import URL, Site, of_console
from tests.suite import LoadedSuite, loaded_suite

READS = 100
"""Of each page, by a reader of its own: the console answers one person 120 times a minute at most."""
BAR, BAR_OF_PEOPLE = 200.0, 300.0
"""Milliseconds that a page may take at the median, and the list of people."""


class Page(NamedTuple):
    """A page, who reads it, and how long it may take. `link`: the page is the first of these links on it."""

    what: str
    reader: str
    path: str
    link: str = ""
    bar: float = BAR


def pages(suite: LoadedSuite) -> list[Page]:
    """Return what is measured."""
    somebody = suite.demo.story.people[0].safeguarder_id
    year = f"/kpis/{year_of(SystemClock().today())}"
    return [
        Page("Today of a support manager", "support-manager-east-1", "/today"),
        Page("One matter", "senior-manager-west", "/today", link="/people/[^/]+/matters/"),
        Page("The list of people", "panel-team", "/people", bar=BAR_OF_PEOPLE),
        Page("One person's timeline", "senior-manager-east", f"/people/{somebody}/timeline"),
        Page("My file", f"person-{somebody}", "/my-file"),
        Page("Every KPI of the year", "official", year),
        Page("One KPI, quarter by quarter", "auditor", f"{year}/kpi-7-delivered"),
        Page("How much there is to do", "senior-manager-head", "/team/load"),
    ]


def measure() -> list[Ratio]:
    """Return the table's rows: the median and the slowest hundredth of each page."""
    with tempfile.TemporaryDirectory() as folder, loaded_suite(Path(folder)) as suite, console(suite) as site:
        return [row for page in pages(suite) for row in _rows(site, page)]


@contextmanager
def console(suite: LoadedSuite) -> Iterator[Site]:
    """Yield a console of the suite, in this process."""
    addresses: dict[str, Any] = {f"{name}_address": one for name, one in suite.demo.supervisor.addresses.items()}
    settings = Settings(
        listen="127.0.0.1:7200",
        public_url=URL,
        session_keys_file=suite.folder / SESSION_KEYS,
        demo_identity=suite.folder,
        **addresses,
    )
    clock = SystemClock()
    site = of_console(suite.folder, compose(settings, clock), FixedClock(clock.now()))
    try:
        yield site
    finally:
        site.close()


def _rows(site: Site, page: Page) -> list[Ratio]:
    with capture_logs() as logged:
        site.cookie = ""
        site.sign_in(page.reader)
        path = page.path
        if page.link:
            found = re.search(f'href="({page.link}[^"]*)"', site.get(path).text)
            assert found, f"{path} has no link to a page of this kind"
            path = found[1].replace("&amp;", "&")
        answers: list[int] = []
        times = [seconds(lambda: answers.append(site.get(path).status)) * 1000 for _ in range(READS)]
        assert set(answers) == {200}, f"{path} was not always answered: a refusal would look fast"
        calls = logged[-1]["calls"]
    rows = []
    for share in (0.5, 0.99):
        ours = percentile(times, share)
        label = f"Page: {page.what} ({calls} calls), p{share * 100:.0f}, beside its bar at the median"
        met = ours <= page.bar if share == 0.5 else True
        rows.append(Ratio("-", label, ours, page.bar, "ms", ours / page.bar, "≤ 1" if share == 0.5 else "-", met))
    return rows


if __name__ == "__main__":
    print(table(measure()))

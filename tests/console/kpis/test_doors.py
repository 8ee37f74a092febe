"""Who reaches the pages of figures, and what an address that is none of theirs says."""

from pathlib import Path

import pytest

from tests.console.site import Site, site

FIGURES = ("/kpis", "/kpis/2026-27", "/kpis/2026-27/figures.csv", "/kpis/2026-27/kpi-7-attended")
LEDGER = ("/kpis/2026-27/kpi-7-attended/ledger", "/kpis/2026-27/kpi-7-attended/ledger.csv")
FREEZE = ("/kpis/2026-Q2/freeze",)
MAY = {
    "panel-team": (*FIGURES, *LEDGER, *FREEZE),
    "official": FIGURES,
    "senior-manager-west": FIGURES,
    "auditor": FIGURES,
    "support-manager-east-1": (),
    "person-sg-1": (),
}
"""Which of the pages somebody may open. No service answers here: a page that may be opened says so with 503."""


@pytest.fixture
def open_site(tmp_path: Path) -> Site:
    return site(tmp_path)


def test_a_page_of_figures_that_is_not_ones_own_is_the_same_as_none(open_site: Site) -> None:
    for person, may in MAY.items():
        open_site.cookie = ""
        open_site.sign_in(person)
        none = open_site.get("/nothing")
        for path in (*FIGURES, *LEDGER, *FREEZE):
            answer = open_site.get(path)
            if path in may:
                assert answer.status == (303 if path == "/kpis" else 503), (person, path)
            else:
                assert (answer.status, answer.body) == (404, none.body), (person, path)


def test_the_day_of_those_who_read_figures_begins_with_the_year_that_runs(open_site: Site) -> None:
    for person in ("official", "auditor"):
        open_site.cookie = ""
        open_site.sign_in(person)
        assert open_site.get("/").header("location") == "/kpis"
        assert open_site.get("/kpis").header("location") == "/kpis/2026-27"


def test_what_is_no_period_no_quarter_or_no_result_is_not_there(open_site: Site) -> None:
    open_site.sign_in("panel-team")
    for path in ("/kpis/2026", "/kpis/2026-27/freeze", "/kpis/2026-27/k/ledger?result=poor"):
        assert open_site.get(path).status == 404, path

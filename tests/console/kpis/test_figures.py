"""Figures as officials and the Team read them: what is withheld stays so, and a picture says what its table says."""

import re
from datetime import date
from typing import Any

import pytest
from psmf.rules.v1 import kpis_pb2 as pb

from services.console.views.kpis import chart, one, periods
from services.console.views.parts import Away, Found
from tests.console.fixtures.kpis import (
    QUARTERS,
    TODAY,
    entry,
    figure,
    found,
    listed,
    many,
    ours,
    page,
    period,
    point,
    series,
)
from tests.console.fixtures.site import rendered

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("label", "name", "first", "last"),
    [
        ("2026-27", "contract year 2026 to 2027", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026-Q1", "April to June 2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-Q3", "October to December 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-Q4", "January to March 2027", date(2027, 1, 1), date(2027, 3, 31)),
        ("rolling", "the last 12 months", None, None),
    ],
)
def test_a_period_is_called_by_its_months(label: str, name: str, first: date | None, last: date | None) -> None:
    found_one = period(label)
    assert (found_one.name, found_one.first, found_one.last) == (name, first, last)


@pytest.mark.parametrize("label", ["2026-28", "2026", "2026-Q5", "rolling ", "1926-27", "2026-Q", "../2026-27"])
def test_what_is_no_period_has_no_page(label: str) -> None:
    assert periods.period_of(label) is None


def test_the_row_of_periods_leads_to_years_and_to_the_quarters_that_have_begun() -> None:
    links = periods.tabs(TODAY, period("2026-Q2"))
    assert [link.href.rpartition("/")[2] for link in links] == [
        "2025-26", "2026-27", "rolling", "2026-Q1", "2026-Q2", "2026-Q3",
    ]  # fmt: skip
    assert [link.text for link in links if link.is_current] == ["July to September 2026"]
    older = periods.tabs(TODAY, period("2023-24"))
    assert [link.href for link in older if link.is_current] == ["/kpis/2023-24"]


@pytest.mark.parametrize(
    ("shown", "cells"),
    [
        (figure(), ("148", "149", "99.3%", "95%", "Met so far")),
        (figure(140, 149), ("140", "149", "93.9%", "95%", "Not met so far, 9 short")),
        (figure(1900, 2000, end_date=None), ("1,900", "2,000", "95.0%", "95%", "Met")),
        (figure(0, 0), ("0", "0", "none due", "95%", "Nothing is due yet")),
        (ours(), ("148", "149", "99.3%", "No target", "No target")),
        (figure(withheld=True), ("withheld", "withheld", "withheld", "95%", "Withheld: fewer than five people")),
    ],
)
def test_a_figure_stands_as_the_service_says(shown: pb.KpiFigure, cells: tuple[str, ...]) -> None:
    (row,) = page(found(shown)).groups[0].rows
    how = row.stands
    assert (how.counts, how.of, how.share, how.target, how.verdict) == cells


def test_the_indicators_of_the_framework_stand_before_ours() -> None:
    view = page(found(ours(), figure()))
    assert [group.name for group in view.groups] == ["Indicators of the Framework", "Ours, not official"]
    assert page(found()).groups == ()


def test_a_pack_says_when_it_was_frozen_and_its_hash_and_can_not_be_frozen_again() -> None:
    pack = found(figure(), freeze_time=QUARTERS[1].freeze_time)
    view = page(pack, "2026-Q2", is_pack=True, may_freeze=True)
    assert view.pack is not None
    assert view.pack.says.startswith(f"These figures were frozen on 5{NBSP}October 2026 at 10:00.")
    assert view.pack.hash.split() == ["0a0a"] * 16
    assert view.freeze is None


@pytest.mark.parametrize(
    ("label", "may", "offered"),
    [("2026-Q2", True, True), ("2026-Q2", False, False), ("2026-Q3", True, False), ("2026-27", True, False)],
)
def test_the_team_freezes_a_quarter_that_is_over(label: str, may: bool, offered: bool) -> None:
    assert (page(found(figure()), label, may_freeze=may).freeze is not None) == offered


def test_one_figure_says_what_it_counts_and_names_what_is_our_reading() -> None:
    view = one.build(series(), period(), opens_ledger=False)
    assert view.lead == f"148 of 149, 99.3%. Met so far. As at 1{NBSP}December 2026."
    assert view.reading_heading == "Our reading, where the Framework leaves it open"
    assert view.reading[1] == "Of those owed: 148 of 150, 98.6%. This way of counting has no target."
    assert [fact.says for fact in view.facts][2:4] == [
        f"1{NBSP}April 2026 to 31{NBSP}March 2027",
        "95%. The Framework sets 95%.",
    ]
    assert [row.name for row in view.quarters] == [
        "April to June 2026",
        "July to September 2026",
        "October to December 2026",
    ]
    assert [row.frozen for row in view.quarters] == ["", f"93.2%, frozen on 5{NBSP}October 2026", ""]
    assert view.ledger is None


def test_a_figure_that_the_pack_did_not_have_yet_is_said_to_be_missing_from_it() -> None:
    unheld = point("2026-Q2", figure(), TODAY, freeze_time=QUARTERS[1].freeze_time)
    assert one.build(series(unheld), period(), opens_ledger=False).quarters[0].frozen.startswith("Not in the pack")


@pytest.mark.parametrize(
    "shown",
    [
        series(),
        series(point("2026-Q3", figure(1, 1), TODAY)),
        *(many(figure(*of)) for of in ((148, 149), (0, 149), (0, 0))),
        many(figure(withheld=True)),
    ],
)
def test_the_picture_says_what_the_table_says(shown: pb.KpiSeries) -> None:
    """0, 1, all equal, all withheld: the share at the end of each bar is the one in its row, and its length fits it."""
    view = one.build(shown, period(), opens_ledger=False)
    if view.chart is None:
        assert {row.stands.share for row in view.quarters} == {"none due"}
        return
    assert [bar.text for bar in view.chart.bars] == [row.stands.share for row in view.quarters]
    for bar in view.chart.bars:
        assert bar.is_outline == (bar.text == "withheld")
        assert bar.is_drawn == bar.text.endswith("%")
        if bar.is_drawn:
            share = float(bar.text.rstrip("%"))
            assert abs(bar.width / view.chart.full_width * 100 - share) < 0.3
        assert f": {bar.text}" in view.chart.says
    assert view.chart.target is not None
    assert view.chart.target.text in view.chart.says


def test_the_line_of_the_target_stands_where_a_bar_of_it_would_end() -> None:
    drawn = chart.bar_chart("A figure", [chart.Value("Q1", 950, "95.0%")], 95)
    assert drawn.target is not None
    assert drawn.target.x == drawn.left + drawn.bars[0].width
    assert chart.bar_chart("A figure", [], 0).target is None


def test_withheld_parts_reach_no_page_as_numbers() -> None:
    from starlette.requests import Request

    request = Request({"type": "http", "headers": [], "path": "/", "query_string": b""})
    text = bytes(rendered("kpi", "withheld", request).body).decode()
    shown = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", text, flags=re.DOTALL)
    assert "Withheld: fewer than five people" in shown
    assert not re.search(r"\b(148|149|150)\b", shown)


@pytest.mark.parametrize(
    ("names", "who", "note"),
    [
        (Found({"safeguarders/sg-1": "Demo Ailsa Braeside"}), "Demo Ailsa Braeside", ""),
        (Found({}), "sg-1", ""),
        (None, "sg-1", "You see people by an opaque number."),
        (Away("evidence"), "sg-1", "Names can't be shown just now"),
    ],
)
def test_a_ledger_names_people_to_those_who_may_see_names(names: Any, who: str, note: str) -> None:
    view = listed(entry(1), names=names)
    assert view.rows[0].who == who
    assert view.rows[0].href == ("" if names is None else "/people/sg-1"), "no link to what one may not open"
    assert view.note.startswith(note)


def test_a_ledger_says_what_it_shows_and_goes_on_where_its_page_ended() -> None:
    view = listed(entry(1), more="abc", result="short")
    assert view.more is not None
    assert view.more.href == "/kpis/2026-27/kpi-7-attended/ledger?result=short&after=abc"
    assert [link.text for link in view.tabs if link.is_current] == ["Falls short"]
    assert listed(result="short").none == "Nothing falls short. That is good."

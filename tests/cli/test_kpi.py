"""KPIs on the command line: figures, ledgers, CSV, and what officials are not shown."""

import csv
import io
import json
import re
from typing import Any

import pytest

from tests.cli.test_answers import data, person_of
from tests.suite import LoadedSuite


def figures(suite: LoadedSuite, *arguments: str) -> dict[str, Any]:
    return {figure["kpi"]: figure for figure in data(suite, "kpi", "report", *arguments)["figures"]}


def units(count: dict[str, Any]) -> int:
    return int(count.get("units", 0))


@pytest.mark.parametrize("period", ["rolling", "running year"])
def test_every_kpi_of_the_demo_has_a_ledger_that_adds_up_to_its_register(suite: LoadedSuite, period: str) -> None:
    asked = ("--period", period) if period == "rolling" else ()
    for kpi, figure in figures(suite, *asked).items():
        entries = data(suite, "kpi", "ledger", kpi, *asked)["items"]
        by_result = {
            result: sum(entry["result"] == f"KPI_RESULT_{result}" for entry in entries)
            for result in ("COUNTED", "SHORT", "LEFT_OUT")
        }
        assert by_result == {
            "COUNTED": units(figure["numerator"]),
            "SHORT": units(figure["shortfall"]),
            "LEFT_OUT": sum(map(units, figure.get("left_out", []))),
        }
        assert len(entries) == units(figure["register"])
        assert all(entry["reason"] for entry in entries)


def test_the_demo_has_one_person_of_whom_too_few_reports_were_seen(suite: LoadedSuite) -> None:
    answered = suite.psmf("kpi", "ledger", "kpi-6-seen", "--period", "rolling", "--result", "short")
    assert person_of(suite, "One report seen in two years") in answered.stdout
    assert "Report sample review items: 1, where 2 would do." in answered.stdout
    assert answered.stderr == "1 in all.\n"


@pytest.mark.parametrize(("kpi", "show"), [("days-to-concern", "concern"), ("reply-rate", "evidence")])
def test_the_short_id_that_a_ledger_prints_is_taken_by_the_next_command(
    suite: LoadedSuite, kpi: str, show: str
) -> None:
    """doors D5: a ledger printed ids of 32 digits. Its JSON and its CSV still do, for machines."""
    shown = suite.psmf("kpi", "ledger", kpi, "--period", "rolling").stdout
    assert not re.search(r"[0-9a-f]{32}", shown)
    known = data(suite, "kpi", "ledger", kpi, "--period", "rolling")["items"][0]["unit_id"]
    assert known[:8] in shown.split()
    assert suite.psmf(show, "show", known[:8]).returncode == 0


def test_a_report_reads_as_sentences(suite: LoadedSuite) -> None:
    answered = suite.psmf("kpi", "report", "--period", "rolling")
    assert answered.returncode == 0
    assert "kpi-6-seen · Safeguarders with at least two reports seen\n" in answered.stdout
    assert "148 of 149, 99.3 per cent; target 100: not met. As many sampled reports" in answered.stdout
    assert "coverage · Safeguarders with evidence from every source  (ours, not official)" in answered.stdout


def test_before_the_year_is_over_a_verdict_says_so(suite: LoadedSuite) -> None:
    answered = suite.psmf("kpi", "report")
    assert "target 100: met so far." in answered.stdout or "target 100: not met so far." in answered.stdout


def test_officials_are_not_shown_small_groups_in_any_form(suite: LoadedSuite) -> None:
    seen = suite.psmf("kpi", "report", "--period", "rolling", "--as", "official")
    assert "Withheld: too few people." in seen.stdout
    concerns = figures(suite, "--period", "rolling", "--as", "official")["days-to-concern"]
    assert concerns["numerator"]["withheld"]
    assert not units(concerns["numerator"])
    rows = list(csv.DictReader(io.StringIO(csv_of(suite, "--as", "official"))))
    withheld = [row for row in rows if row["withheld"]]
    assert {row["units"] for row in withheld} == {""}
    assert {row["kpi"] for row in withheld} >= {"days-to-concern", "kpi-6-seen"}


def csv_of(suite: LoadedSuite, *arguments: str) -> str:
    answered = suite.psmf("kpi", "report", "--period", "rolling", "--csv", *arguments)
    assert answered.returncode == 0
    return answered.stdout


def test_csv_holds_the_same_numbers(suite: LoadedSuite) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_of(suite))))
    for kpi, figure in figures(suite, "--period", "rolling").items():
        (row,) = [row for row in rows if (row["kpi"], row["part"]) == (kpi, "numerator")]
        assert int(row["units"]) == units(figure["numerator"])
    (seen,) = [row for row in rows if (row["kpi"], row["part"]) == ("kpi-6-seen", "numerator")]
    assert (seen["target_percent"], seen["percent"], seen["verdict"]) == ("100", "99.3", "not met")


def test_the_last_quarter_of_a_figure_is_the_figure_of_the_year(suite: LoadedSuite) -> None:
    points = data(suite, "kpi", "quarters", "kpi-7-delivered")["points"]
    assert points[-1]["figure"] == figures(suite)["kpi-7-delivered"]
    quarter = points[-1]["report"].rpartition("/")[2]
    assert quarter in suite.psmf("kpi", "quarters", "kpi-7-delivered").stdout


def test_regions_are_compared_with_intervals_and_no_ranking(suite: LoadedSuite) -> None:
    answered = suite.psmf("kpi", "consistency", "coverage")
    assert [line.split()[0] for line in answered.stdout.splitlines()[2:]] == ["east", "north", "west"]
    assert answered.stdout.count("no difference") == 3
    found = data(suite, "kpi", "consistency", "coverage", "--as", "official")
    assert found["withheld"]
    assert all("people" not in region for region in found["regions"])


def test_an_official_opens_no_ledger(suite: LoadedSuite) -> None:
    answered = suite.psmf("kpi", "ledger", "kpi-6-seen", "--as", "official")
    assert answered.returncode == 4
    assert "sg-" not in answered.stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("report", "--period", "2026-28"), "PERIOD_NOT_VALID"),
        (("ledger", "kpi-8"), "KPI_NOT_FOUND"),
        (("freeze", "2090-Q1"), "QUARTER_NOT_OVER"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(suite: LoadedSuite, arguments: tuple[str, ...], reason: str) -> None:
    answered = suite.psmf("kpi", *arguments, "--json")
    assert answered.returncode != 0
    assert json.loads(answered.stdout)["error"]["reason"] == reason


def test_no_pack_is_frozen_until_somebody_does(suite: LoadedSuite) -> None:
    assert data(suite, "kpi", "packs") == {"items": [], "nextPageToken": ""}

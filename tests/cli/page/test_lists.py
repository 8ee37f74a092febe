"""Lists that a person can read: names beside ids, titles, why, and how much time is left."""

import json
import re
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar_days import WorkingCalendar, add_working_days, is_working_day
from services.client.deadlines import time_left
from services.client.lines import fitted
from services.client.words import short
from tests.builders import days_ago
from tests.suite import LoadedSuite

LISTS = ("alert", "concern", "session")
TIME_LEFT = re.compile(r"(\d+|no) working days? (left|over)|just over|\(today\)|, today")


def _data(suite: LoadedSuite, *arguments: str) -> list[dict[str, Any]]:
    answer = suite.psmf(*arguments, "--json")
    assert answer.returncode == 0, answer.stderr
    found: list[dict[str, Any]] = json.loads(answer.stdout)["items"]
    return found


def _entries(suite: LoadedSuite, *arguments: str) -> dict[str, str]:
    """Return the lines of each entry of a list by its short id."""
    answer = suite.psmf(*arguments)
    assert answer.returncode == 0, answer.stderr
    parts = re.split(r"^(?=\S)", answer.stdout, flags=re.MULTILINE)
    return {part.split()[0]: part for part in parts if part}


@pytest.mark.parametrize("group", LISTS)
@pytest.mark.parametrize("person", ["panel-team", "support-manager-east-1", "senior-manager-east"])
def test_each_entry_names_the_person(suite: LoadedSuite, group: str, person: str) -> None:
    """doors D4: the name stands beside the id, for everybody who may read the list."""
    names = {entry.safeguarder_id: entry.display_name for entry in suite.demo.story.people}
    entries = _entries(suite, group, "list", "--as", person)
    listed = _data(suite, group, "list", "--as", person)
    assert listed
    for record in listed:
        known = record["name"].split("/")[1]
        assert f"{names[known]} ({known})" in entries[short(record["name"])]


@pytest.mark.parametrize("group", ["alert", "concern"])
def test_each_entry_says_what_and_why(suite: LoadedSuite, group: str) -> None:
    """doors D4: the title of the rule, and the reason in a sentence, as `alert why` has it."""
    titles = {rule["rule"]: rule["title"].rstrip(".") for rule in _data(suite, "rules", "list")}
    because = {
        concern["name"]: concern["explanation"]["because"]
        for concern in _data(suite, "concern", "list", "--all", "--page-size", "500")
    }
    entries = _entries(suite, group, "list")
    for record in _data(suite, group, "list"):
        entry = entries[short(record["name"])]
        assert titles[record["rule"]] in entry
        assert because[record.get("concern", record["name"])] in entry


def test_each_open_alert_says_how_much_time_is_left(suite: LoadedSuite) -> None:
    """doors D4: in working days of the office."""
    entries = _entries(suite, "alert", "list")
    for alert in _data(suite, "alert", "list"):
        if "held_date" not in alert:
            assert TIME_LEFT.search(entries[short(alert["name"])]), alert


def test_each_session_to_come_says_when_it_is_and_what_is_on_its_agenda(suite: LoadedSuite) -> None:
    """doors D4: an agenda of ids says nothing."""
    concerns = {concern["name"].rpartition("/")[2]: concern for concern in _data(suite, "concern", "list", "--all")}
    entries = _entries(suite, "session", "list")
    spoken = 0
    for session in _data(suite, "session", "list"):
        entry = entries[short(session["name"])]
        assert TIME_LEFT.search(entry)
        for item in session.get("agenda", []):
            if item["concern_id"] in concerns:
                assert concerns[item["concern_id"]]["explanation"]["because"] in entry
                spoken += 1
    assert spoken


def test_a_view_of_the_past_has_no_time_left(suite: LoadedSuite) -> None:
    """doors D4: what was due then is not over now."""
    today = suite.demo.story.today.isoformat()
    entries = _entries(suite, "concern", "list", "--as-of", today)
    assert not any(TIME_LEFT.search(entry) for entry in entries.values())


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("command", [(group, "list") for group in LISTS])
def test_lists_fit_the_terminal(
    suite: LoadedSuite, monkeypatch: pytest.MonkeyPatch, command: tuple[str, str], columns: int
) -> None:
    """doors D6: at 60, 80 and 120 columns, with every word whole."""
    piped = suite.psmf(*command).stdout
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = suite.psmf(*command).stdout
    assert max(map(len, shown.splitlines())) <= columns
    assert shown.split() == piped.split()
    assert max(map(len, piped.splitlines())) > columns


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_an_explanation_fits_the_terminal(suite: LoadedSuite, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """doors D6: `alert why` of every lane at 60, 80 and 120 columns; what is piped is not wrapped."""
    by_lane = {alert["lane"]: short(alert["name"]) for alert in _data(suite, "alert", "list", "--all")}
    assert len(by_lane) > 3
    for alert in by_lane.values():
        monkeypatch.delenv("COLUMNS", raising=False)
        piped = suite.psmf("alert", "why", alert).stdout
        monkeypatch.setenv("COLUMNS", str(columns))
        shown = suite.psmf("alert", "why", alert).stdout
        assert max(map(len, shown.splitlines())) <= columns, shown
        assert shown.split() == piped.split()


@pytest.mark.parametrize(
    "command",
    [
        ("safeguarder", "list"),
        ("obligation", "list", "sg-10847b95"),
        ("evidence", "list", "sg-10847b95"),
        ("notification", "list"),
        ("training", "list"),
        ("rules", "list"),
        ("rules", "revisions"),
        ("ops", "status"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("columns", [60, 80])
def test_rows_too_wide_for_the_terminal_stand_one_cell_a_line(
    suite: LoadedSuite, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], columns: int
) -> None:
    """doors D6: no row runs over the edge, and no word of it is lost or cut."""
    monkeypatch.delenv("COLUMNS", raising=False)
    piped = suite.psmf(*command).stdout
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = suite.psmf(*command).stdout
    assert max(map(len, shown.splitlines())) <= columns, shown
    assert set(piped.split()) == set(shown.split())


@pytest.mark.parametrize(
    "command",
    [
        ("kpi", "report"),
        ("kpi", "report", "--period", "rolling"),
        ("kpi", "ledger", "kpi-6-seen"),
        ("kpi", "consistency", "concern-share"),
        ("safeguarder", "show", "sg-10847b95"),
        ("rules", "ahead"),
        ("rules", "standards", "2015-07"),
        ("rules", "explain", "report-late"),
        ("rules", "explain", "sg-10847b95", "--all"),
        ("ops", "runbook", "PsmfDeadLetters"),
        ("demo", "status"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("columns", [60, 80])
def test_an_answer_in_words_fits_the_terminal(
    suite: LoadedSuite, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], columns: int
) -> None:
    """doors D6: no sentence runs over the edge. Only a word that is wider than the terminal does."""

    def words(text: str) -> set[str]:
        # A rolling report ends now, and a minute may begin between the two answers.
        return set(re.sub(r"\b\d\d:\d\d\b", "HH:MM", text).split())

    monkeypatch.delenv("COLUMNS", raising=False)
    piped = suite.psmf(*command)
    assert piped.returncode == 0, piped.stderr
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = suite.psmf(*command).stdout
    too_wide = [line for line in shown.splitlines() if len(line) > columns]
    assert all(len(line.split()) == 1 for line in too_wide), too_wide
    assert words(piped.stdout) == words(shown)


@pytest.mark.parametrize(
    "command",
    [("completion", "bash"), ("rules", "book"), ("rules", "test", "services/rules/rulebook", "--format", "junit")],
    ids=" ".join,
)
def test_what_a_program_reads_is_never_folded(
    suite: LoadedSuite, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """doors D6: whatever the width is said to be."""
    monkeypatch.delenv("COLUMNS", raising=False)
    piped = suite.psmf(*command).stdout
    monkeypatch.setenv("COLUMNS", "40")
    assert suite.psmf(*command).stdout == piped
    assert max(map(len, piped.splitlines())) > 40


@given(st.text("ab ·\n", max_size=300), st.integers(40, 120))
def test_a_line_that_is_folded_loses_no_word_and_keeps_its_place(text: str, width: int) -> None:
    """doors D6: lines that fit stay as they are."""
    shown = fitted(text, width)
    assert shown.split() == text.split()
    assert [line for line in shown.split("\n") if len(line) > width and len(line.split()) > 1] == []
    if all(len(line) <= width for line in text.split("\n")):
        assert shown == text


def test_what_goes_on_below_stands_below_its_text() -> None:
    """doors D6: a label keeps its column, and an indentation its margin."""
    assert fitted("Term 1     from then until now", 26) == "Term 1     from then until\n           now"
    assert fitted("  a note of some words", 12) == "  a note of\n  some words"


def test_a_session_and_the_messages_name_the_person_beside_the_id(suite: LoadedSuite) -> None:
    """doors D4: as the lists do. The agenda says what each matter is about, and why."""
    names = {entry.safeguarder_id: entry.display_name for entry in suite.demo.story.people}
    concerns = {concern["name"].rpartition("/")[2]: concern for concern in _data(suite, "concern", "list", "--all")}
    said = 0
    for session in _data(suite, "session", "list", "--page-size", "20"):
        shown = suite.psmf("session", "show", short(session["name"])).stdout
        known = session["name"].split("/")[1]
        assert f"{names[known]} ({known})" in shown.splitlines()[0]
        for item in session.get("agenda", []):
            assert concerns[item["concern_id"]]["explanation"]["because"] in shown
            said += 1
    assert said
    told = suite.psmf("notification", "list", "--page-size", "20").stdout
    for message in _data(suite, "notification", "list", "--page-size", "20"):
        known = message["name"].split("/")[1]
        assert f"{names[known]} ({known})" in told


def test_a_ledger_names_the_person_beside_the_id(suite: LoadedSuite) -> None:
    """doors D4: for a person to read. A file has the id alone, as before."""
    names = {entry.safeguarder_id: entry.display_name for entry in suite.demo.story.people}
    told, file = (suite.psmf("kpi", "ledger", "kpi-6-seen", *csv).stdout for csv in ((), ("--csv",)))
    for entry in _data(suite, "kpi", "ledger", "kpi-6-seen"):
        known = entry["safeguarder"].split("/")[1]
        assert f"{names[known]} ({known})" in told
        assert f"\n{known}," in file


def test_a_concern_is_shown_with_the_name_and_the_title_and_fits(
    suite: LoadedSuite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """doors D4, doors D6: what the list says of a concern, the concern says of itself."""
    names = {entry.safeguarder_id: entry.display_name for entry in suite.demo.story.people}
    titles = {rule["rule"]: rule["title"].rstrip(".") for rule in _data(suite, "rules", "list")}
    monkeypatch.setenv("COLUMNS", "80")
    for concern in _data(suite, "concern", "list"):
        answer = suite.psmf("concern", "show", short(concern["name"]))
        known = concern["name"].split("/")[1]
        first = " ".join(answer.stdout.split())
        assert f"{names[known]} ({known}) {titles[concern['rule']]} ({concern['rule']}" in first
        assert max(map(len, answer.stdout.splitlines())) <= 80, answer.stdout


@pytest.mark.parametrize("person", ["panel-team", "support-manager-east-1"])
def test_each_item_that_a_reason_names_can_be_opened(suite: LoadedSuite, person: str) -> None:
    """doors D5: the ids that `alert why` prints are the ids that `evidence show` takes, for a manager too.

    Attendance at a training is no item. It is printed as `obligation list` prints it and `obligation attend` takes it.
    """
    seen, trainings = 0, 0
    held = {date(**day) for event in _data(suite, "training", "list") for day in event["held_dates"]}
    free = next(day for day in map(days_ago, count(1)) if day not in held)  # one event counts once
    for alert in _data(suite, "alert", "list", "--as", person):
        told = suite.psmf("alert", "why", short(alert["name"]), "--as", person).stdout
        items = dict.fromkeys(re.findall(r"  ([0-9a-f]{8})$", told, flags=re.MULTILINE))
        for owed in dict.fromkeys(re.findall(r"(sg-[0-9a-z]+/[0-9a-f]{8})\b", told)):
            listed = suite.psmf("obligation", "list", owed.partition("/")[0], "--as", person).stdout
            assert owed in listed.split()
            attend = suite.psmf("obligation", "attend", owed, "--on", str(free), "--dry-run")
            assert "no obligation" not in attend.stderr, (owed, attend)
            assert attend.returncode in (0, 6), (owed, attend)
            trainings += 1
        for item in list(items)[:3]:
            answer = suite.psmf("evidence", "show", item, "--as", person)
            assert answer.returncode == 0, (item, answer)
            seen += 1
    assert seen
    assert trainings or person != "panel-team"


def test_an_item_of_somebody_else_is_not_found(suite: LoadedSuite) -> None:
    """doors D5: a short id is looked for among what the caller may read, and the answer says how to go on."""
    mine = {alert["name"].split("/")[1] for alert in _data(suite, "alert", "list", "--as", "support-manager-east-1")}
    other = next(alert for alert in _data(suite, "alert", "list") if alert["name"].split("/")[1] not in mine)
    item = _data(suite, "evidence", "list", other["name"].split("/")[1])[0]["name"]
    answer = suite.psmf("evidence", "show", short(item), "--as", "support-manager-east-1")
    assert answer.returncode == 3
    assert "There is no item" in answer.stderr
    assert suite.psmf("evidence", "show", item[-3:]).returncode == 2


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(days, st.integers(1, 60))
def test_the_time_left_leads_to_the_day(today: date, working_days: int) -> None:
    """doors D4: as many working days as are said to be left lead to the last one, over weekends and holidays."""
    until = add_working_days(WorkingCalendar.OFFICE, today, working_days)
    unit = "working day" if working_days == 1 else "working days"
    assert time_left(until, today) == f"{working_days} {unit} left"


@given(days, st.integers(1, 90))
def test_what_is_over_is_never_left(today: date, ago: int) -> None:
    """doors D4"""
    said = time_left(today - timedelta(days=ago), today)
    assert said.endswith(" over")
    assert (said == "just over") == (
        not any(is_working_day(WorkingCalendar.OFFICE, today - timedelta(days=n)) for n in range(ago))
    )
    assert time_left(today, today) == "today"

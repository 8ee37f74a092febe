"""What the command line answers on a suite that runs: data on standard output, talk on standard error, exit codes."""

import json
import re
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from services.demo.waiting import wait_until_settled
from tests.builders import days_ago
from tests.suite import PSMF, LoadedSuite, environment
from tests.waiting import HUNG

URGENCY = ["safety", "escalation", "reappointment_risk", "support_need", "data_gap", "excellence"]


def data(suite: LoadedSuite, *arguments: str) -> Any:
    answered = suite.psmf(*arguments, "--json")
    assert answered.returncode == 0, answered.stderr
    return json.loads(answered.stdout)


def person_of(suite: LoadedSuite, title: str) -> str:
    """The Safeguarder of a chapter."""
    return next(chapter.safeguarder_id for chapter in suite.demo.story.chapters if chapter.title == title)


def item_of(suite: LoadedSuite, safeguarder: str) -> str:
    listed = data(suite, "evidence", "list", safeguarder, "--page-size", "1")
    name: str = listed["items"][0]["name"]
    return name


def alert_of(suite: LoadedSuite, rule: str) -> dict[str, Any]:
    found: dict[str, Any] = next(a for a in data(suite, "alert", "list", "--all")["items"] if a["rule"] == rule)
    return found


def test_a_list_is_items_and_a_token_with_the_names_of_the_contract(suite: LoadedSuite) -> None:
    page = data(suite, "alert", "list", "--page-size", "3")
    assert set(page) == {"items", "nextPageToken"}
    assert len(page["items"]) == 3
    assert {"name", "concern", "respond_by_date", "open_time"} <= set(page["items"][0])
    following = data(suite, "alert", "list", "--page-size", "3", "--page-token", page["nextPageToken"])
    assert not {a["name"] for a in page["items"]} & {a["name"] for a in following["items"]}


def test_the_most_urgent_alerts_come_first(suite: LoadedSuite) -> None:
    lanes = [URGENCY.index(alert["lane"]) for alert in data(suite, "alert", "list")["items"]]
    assert lanes == sorted(lanes)
    assert lanes


def test_a_support_manager_sees_alerts_of_those_allocated_to_them_only(suite: LoadedSuite) -> None:
    manager = alert_of(suite, "report-late")["recipient"]
    own = data(suite, "alert", "list", "--as", manager)["items"]
    assert any(alert["rule"] == "report-late" for alert in own)
    assert len(own) < len(data(suite, "alert", "list")["items"])


def test_why_reads_as_an_explanation_a_person_can_repeat(suite: LoadedSuite) -> None:
    person = person_of(suite, "A late reporter who improves")
    name = next(p.display_name for p in suite.demo.story.people if p.safeguarder_id == person)
    answered = suite.psmf("alert", "why", alert_of(suite, "report-late")["name"].rpartition("/")[2][:8])
    assert answered.returncode == 0
    lines = answered.stdout.splitlines()
    assert lines[0] == f"To discuss · S4 Reports · {name}"
    assert lines[1].startswith("2 reports in the last 12 months came later than due")
    starts = [line.split("  ")[1] if line.startswith("  ") else line.split("  ")[0] for line in lines]
    assert {"Counted", "Praise", "Not counted"} <= set(starts)
    assert "happened before the time the rule looks at" in answered.stdout
    assert "From   Framework, Standard 4; SSI 2013/194 rules 56 and 60" in lines
    assert any(line.startswith("Clears if") for line in lines)
    assert lines[-1] == f"A person decides what happens next. {name} can see this text."
    assert "Next: psmf alert acknowledge" in answered.stderr


def test_why_says_of_a_gap_that_it_is_the_teams_task(suite: LoadedSuite) -> None:
    answered = suite.psmf("alert", "why", alert_of(suite, "coverage-source")["name"])
    assert "This is the Team's task. It says nothing about Demo" in answered.stdout


def test_whoever_is_concerned_reads_the_same_explanation(suite: LoadedSuite) -> None:
    """P19: but for the bodies whose systems sent the evidence, which staff see."""
    alert = alert_of(suite, "report-late")
    person = f"person-{alert['name'].split('/')[1]}"
    own = suite.psmf("alert", "why", alert["name"], "--as", person)
    assert own.returncode == 0
    staff = suite.psmf("alert", "why", alert["name"]).stdout
    assert own.stdout == re.sub(r", sent by [a-z-]+", "", staff)


def test_quiet_leaves_only_data(suite: LoadedSuite) -> None:
    answered = suite.psmf("alert", "list", "--quiet")
    assert answered.stdout
    assert not answered.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("safeguarder", "show", "sg-nobody"), 3),
        (("alert", "why", "zzzz"), 3),
        (("rules", "explain", "report-lat"), 3),
        (("alert", "list", "--as", "official"), 4),
        (("alert", "list", "--as", "nobody"), 2),
        (("alert", "list", "--page-size", "0"), 2),
        (("alert", "acknowledge", "report-late", "--next-date", "2020-01-01"), 6),
        (("alert", "acknowledge", "report-late", "--next-date", "soon"), 2),
        (("alert", "resolve", "report-late", "--outcome", "dealt-with"), 2),
        (("evidence", "add", "sg-nobody", "kind=feedback"), 6),
        (("call", "AlertService/NoSuchMethod"), 3),
        (("call", "AlertService/ListAlerts", "-d", "{"), 6),
        (("call", "AlertService/ListAlerts"), 6),
        (("session", "show", "zzzz"), 3),
    ],
)
def test_each_way_to_fail_has_its_exit_code(suite: LoadedSuite, arguments: tuple[str, ...], code: int) -> None:
    name = alert_of(suite, "report-late")["name"]
    given = [name if argument == "report-late" else argument for argument in arguments]
    answered = suite.psmf(*given)
    assert answered.returncode == code, answered.stderr
    assert answered.stderr
    assert "Traceback" not in answered.stderr
    assert "error" in json.loads(suite.psmf(*given, "--json").stdout or '{"error": "usage"}')


def test_a_change_that_does_not_fit_the_state_is_a_conflict(suite: LoadedSuite) -> None:
    items = data(suite, "evidence", "list", person_of(suite, "A conduct complaint upheld, and nothing else"))["items"]
    shared = next(item["name"] for item in items if "shared_date" in item)
    answered = suite.psmf("evidence", "share", shared)
    assert answered.returncode == 5
    assert "ALREADY_SHARED" in answered.stderr


def test_a_dry_run_changes_nothing(suite: LoadedSuite) -> None:
    alert = alert_of(suite, "report-late")
    answered = suite.psmf("alert", "acknowledge", alert["name"], "--next-date", days_ago(-5).isoformat(), "--dry-run")
    assert answered.returncode == 0, answered.stderr
    assert "Nothing was changed." in answered.stdout
    assert alert_of(suite, "report-late") == alert


@pytest.mark.parametrize(
    "command",
    [
        ("map", "{item}", "S2.3:praise"),
        ("share", "{item}"),
        ("correct", "{item}", "happened_date=2025-01-02", "received_date=2025-01-03", "--reason", "entered-wrongly"),
        ("withdraw", "{item}", "--reason", "not-admissible"),
        ("add", "{person}", "kind=feedback", "source=reporter", "happened_date=2025-01-02", "received_date=2025-01-03"),
    ],
)
def test_every_change_to_a_file_can_be_tried_without_making_it(suite: LoadedSuite, command: tuple[str, ...]) -> None:
    person = person_of(suite, "Near reappointment with an open matter")
    item = item_of(suite, person)
    before = data(suite, "evidence", "list", person)
    given = [part.format(item=item, person=person) for part in command]
    answered = suite.psmf("evidence", *given, "--dry-run")
    assert answered.returncode == 0, answered.stderr
    assert answered.stdout.startswith("Nothing was changed.")
    assert data(suite, "evidence", "list", person) == before


def test_an_item_shows_what_it_speaks_to_and_from_when_it_counts(suite: LoadedSuite) -> None:
    answered = suite.psmf("evidence", "show", item_of(suite, person_of(suite, "A late reporter who improves")))
    assert "Speaks to  S" in answered.stdout
    assert "Counts     from " in answered.stdout


def test_the_register_shows_terms_and_the_support_manager(suite: LoadedSuite) -> None:
    answered = suite.psmf("safeguarder", "show", person_of(suite, "A late reporter who improves"))
    assert "Demo data: an invented person." in answered.stdout
    assert "Support manager  support-manager-" in answered.stdout
    assert "SSI 2012/54 reg 7(1)" in answered.stdout


def test_the_state_of_the_suite_is_balanced(suite: LoadedSuite) -> None:
    wait_until_settled(suite.demo.client)
    state = data(suite, "ops", "status", "--as", "operator")
    assert state["balanced"]
    assert set(state["services"]) == {"evidence", "rules", "scheduling", "notifications"}
    assert "balanced" in suite.psmf("ops", "status").stdout


def test_a_session_becomes_a_calendar_file_without_a_word_about_performance(suite: LoadedSuite, tmp_path: Path) -> None:
    session = data(suite, "session", "list", "--page-size", "1")["items"][0]
    file = tmp_path / "session.ics"
    assert suite.psmf("session", "calendar", session["name"], "--output", str(file)).returncode == 0
    text = file.read_text()
    assert "SUMMARY:Support session" in text
    assert not [word for word in ("concern", "performance", "Demo ") if word in text]


def test_a_session_to_come_is_cancelled_and_only_a_held_one_is_settled(suite: LoadedSuite) -> None:
    """P2: both have a command."""
    sessions = data(suite, "session", "list")["items"]
    session = next(session for session in sessions if session.get("agenda"))
    cancelled = suite.psmf("session", "cancel", session["name"], "--by", "safeguarder", "--dry-run")
    assert (cancelled.returncode, "is cancelled" in cancelled.stdout) == (0, True), cancelled.stderr
    concern = session["agenda"][0]["concern_id"][:8]
    settled = suite.psmf("session", "settle", session["name"], concern, "--outcome", "carried-forward")
    assert "SESSION_NOT_HELD" in settled.stderr


def test_a_session_shows_its_agenda(suite: LoadedSuite) -> None:
    person = person_of(suite, "A late reporter who improves")
    sessions = data(suite, "session", "list", "--safeguarder", person)["items"]
    with_agenda = next(session for session in sessions if session.get("agenda"))
    assert "To discuss" in suite.psmf("session", "show", with_agenda["name"]).stdout


def test_any_method_can_be_called_by_reflection(suite: LoadedSuite) -> None:
    answer = data(suite, "call", "psmf.rules.v1.RulebookService/GetRulebook")
    assert answer["rules"] > 10
    assert data(suite, "call", "rules.RulebookService/GetRulebook") == answer
    status = data(suite, "call", "StatusService/GetStatus", "--at", "scheduling")
    assert status["service"] == "scheduling"


def test_a_refused_call_shows_its_reason_and_field(suite: LoadedSuite) -> None:
    answered = suite.psmf("call", "EvidenceService/GetEvidenceItem", "-d", '{"name": "x"}', "--json")
    error = json.loads(answered.stdout)["error"]
    assert (error["code"], error["reason"], error["field"]) == ("INVALID_ARGUMENT", "NAME_NOT_VALID", "name")


def test_watching_ends_with_ctrl_c(suite: LoadedSuite) -> None:
    command = [PSMF, "alert", "watch", "--json"]
    with subprocess.Popen(command, env=environment(suite.folder), stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        first = json.loads(watching.stdout.readline())
        watching.send_signal(signal.SIGINT)
        assert watching.wait(HUNG) == 130
    assert first["alert"]["name"]
    assert first["resume_token"]


def test_the_sample_file_of_the_documentation_is_taken_in(suite: LoadedSuite) -> None:
    sample = Path(__file__).parents[2] / "docs" / "import-sample.csv"
    answered = suite.psmf("evidence", "import", str(sample), "--dry-run")
    assert answered.returncode == 0, answered.stdout
    assert "4 rows: 4 new, 0 recorded before, 0 refused" in answered.stdout


def test_a_file_with_some_bad_rows_is_part_done(suite: LoadedSuite, tmp_path: Path) -> None:
    person = suite.demo.story.people[0].safeguarder_id
    file = tmp_path / "feed.csv"
    file.write_text(
        "safeguarder,kind,source,happened_date,received_date\n"
        f"{person},feedback,reporter,2026-11-02,2026-11-04\n"
        f"{person},feedback,reporter,2026-13-02,2026-11-04\n"
        "sg-nobody,feedback,reporter,2026-11-02,2026-11-04\n"
    )
    no_date = f"feed.csv:3:{len(person) + 20}  row 2  happened_date 2026-13-02 is not a date. Write it as 2026-12-03."
    dry = suite.psmf("evidence", "import", str(file), "--dry-run", "--as", "panel-team")
    assert dry.returncode == 8
    assert dry.stdout.splitlines() == [
        "feed.csv: 3 rows: 1 new, 0 recorded before, 2 refused",
        no_date,
        "feed.csv:4:1  row 3  No Safeguarder with this id is on the register.",
        "Nothing was changed.",
    ]
    partners = suite.psmf("evidence", "import", str(file), "--dry-run", "--as", "partner-scra")
    assert partners.stdout.splitlines() == [
        "feed.csv: 3 rows: 2 new, 0 recorded before, 1 refused",
        no_date,
        "Nothing was changed.",
    ], "a check does not tell a partner who was a member (P20)"


def test_a_file_whose_every_row_is_bad_is_refused(suite: LoadedSuite, tmp_path: Path) -> None:
    file = tmp_path / "feed.jsonl"
    file.write_text('{"safeguarder": "sg-nobody"}\n')
    answered = suite.psmf("evidence", "import", str(file), "--json")
    assert answered.returncode == 6
    assert json.loads(answered.stdout)["new"] == 0


def test_the_state_of_the_demo_names_addresses_and_people(suite: LoadedSuite) -> None:
    state = data(suite, "demo", "status")
    assert set(state["addresses"]) == {"evidence", "rules", "scheduling", "notifications"}
    assert {"panel-team", "operator", "partner-scra"} <= set(state["people"])


def test_a_second_demo_in_the_same_folder_is_refused(suite: LoadedSuite) -> None:
    answered = suite.psmf("demo", "up")
    assert answered.returncode == 5
    assert "psmf demo down" in answered.stderr


def test_a_token_in_a_file_stands_for_the_caller(suite: LoadedSuite, tmp_path: Path) -> None:
    from services.client.tokens import Issuer

    file = tmp_path / "token"
    file.write_text(Issuer(suite.folder).token("official"))
    command = [PSMF, "alert", "list"]
    given = environment(suite.folder) | {"PSMF_TOKEN_FILE": str(file)}
    answered = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    assert answered.returncode == 4


@pytest.mark.parametrize("below", ["", "deeper", "deeper/still"])
def test_copies_are_not_written_where_there_is_no_folder(suite: LoadedSuite, tmp_path: Path, below: str) -> None:
    """doors D9: a place that can't be written is named in a sentence."""
    file = tmp_path / "file"
    file.write_text("not a folder")
    answered = suite.psmf("ops", "backup", str(file / below))
    assert answered.returncode == 2
    assert answered.stderr.startswith(f"psmf: {file}")
    assert "cannot be used" in answered.stderr

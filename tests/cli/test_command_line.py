"""The command line by itself: help, mistakes, and rule files on this machine. No suite runs."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from services.cli.command import GROUPS
from services.rules.adapters.rule_files.folder import SHIPPED
from tests.suite import ask_psmf, run_psmf


def test_help_names_every_group_and_where_to_start(tmp_path: Path) -> None:
    answered = run_psmf(tmp_path, "--help")
    assert answered.returncode == 0
    assert "psmf demo up" in answered.stdout
    assert all(f"  {name} " in answered.stdout for name in (*GROUPS, "call", "protos", "completion"))


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_helps(tmp_path: Path, group: str) -> None:
    answered = ask_psmf(tmp_path, group, "-h")
    assert answered.returncode == 0
    assert "Commands:" in answered.stdout


def test_help_waits_for_nothing_slow_and_a_question_for_no_database() -> None:
    help_, question = {"grpc", "google.protobuf", "rich", "pydantic"}, {"sqlalchemy", "cedarpy"}
    look = f"import sys, services.cli.main; print({help_} & set(sys.modules)); "
    look += f"import services.client.client, services.client.tokens; print({question} & set(sys.modules))"
    answered = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert answered.stdout.splitlines() == ["set()", "set()"]


def test_a_misspelt_command_is_guessed_and_not_run(tmp_path: Path) -> None:
    answered = run_psmf(tmp_path, "demo", "rset")
    assert answered.returncode == 2
    assert "Did you mean 'reset'" in answered.stderr
    assert not answered.stdout


def test_without_a_suite_it_says_how_to_start_one(tmp_path: Path) -> None:
    answered = ask_psmf(tmp_path / "none", "alert", "list")
    assert answered.returncode == 7
    assert "psmf demo up" in answered.stderr


def test_a_failure_is_json_too_when_asked(tmp_path: Path) -> None:
    answered = ask_psmf(tmp_path / "none", "alert", "list", "--json")
    assert json.loads(answered.stdout)["error"]["code"] == "UNAVAILABLE"
    assert answered.returncode == 7


def test_a_folder_that_is_no_demo_is_never_removed(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    answered = ask_psmf(tmp_path, "demo", "reset")
    assert answered.returncode == 5
    assert (tmp_path / "precious.txt").exists()


def test_completion_knows_the_commands(tmp_path: Path) -> None:
    assert "_PSMF_COMPLETE" in ask_psmf(tmp_path, "completion", "bash").stdout


def test_the_shipped_rulebook_loads_and_its_examples_hold(tmp_path: Path) -> None:
    assert ask_psmf(tmp_path, "rules", "check").returncode == 0
    answered = ask_psmf(tmp_path, "rules", "test")
    assert answered.returncode == 0
    assert " 0 failed" in answered.stdout


def test_a_fault_in_a_rule_file_is_named_by_place(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    shutil.copytree(SHIPPED, folder)
    file = folder / "rules" / "reports.yaml"
    file.write_text(file.read_text().replace("late_reports is at least", "late_report is at least", 1))
    answered = ask_psmf(tmp_path, "rules", "check", str(folder))
    assert answered.returncode == 1
    assert "rules/reports.yaml:" in answered.stdout
    assert "late_reports" in answered.stdout, "the nearest name is offered"
    assert ask_psmf(tmp_path, "rules", "test", str(folder)).returncode == 6


def test_an_example_that_does_not_hold_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    shutil.copytree(SHIPPED, folder)
    file = folder / "rules" / "reports.yaml"
    file.write_text(file.read_text().replace("says: 2 reports", "says: 3 reports", 1))
    answered = ask_psmf(tmp_path, "rules", "test", str(folder))
    assert answered.returncode == 1
    assert "report-late: it raises at the second late report" in answered.stdout


def test_a_line_that_no_example_guards_is_named_by_place(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    shutil.copytree(SHIPPED, folder)
    for file in (folder / "rules").glob("*.yaml"):
        if file.name != "reports.yaml":
            file.unlink()
    file = folder / "rules" / "reports.yaml"
    text = file.read_text()
    start, end = (text.index(f"    - it: {it}") for it in ("raises on a late", "counts what SCRA"))
    file.write_text(text[:start] + text[end:])
    assert ask_psmf(tmp_path, "rules", "cover", str(folder)).returncode == 0
    answered = ask_psmf(tmp_path, "rules", "cover", str(folder), "--suggest")
    assert answered.returncode == 1
    assert "report-late  late_reports: over window_months one step up" in answered.stdout
    assert "measures.yaml:" in answered.stdout
    assert "    - it: " in answered.stdout
    found = json.loads(ask_psmf(tmp_path, "rules", "cover", str(folder), "--mutate", "--json").stdout)
    assert {entry["rule"] for entry in found["unnoticed"]} == {"report-late"}


def test_what_a_folder_changes_is_said_in_words_and_as_json(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    shutil.copytree(SHIPPED, folder)
    file = folder / "parameters.yaml"
    file.write_text(file.read_text().replace("{from: 2026-01-01, value: 240", "{from: 2026-01-01, value: 200"))
    said = ask_psmf(tmp_path, "rules", "diff", str(folder)).stdout
    assert "240 → 200 days from 1 January 2026" in said
    assert "coverage_grace_days  1 January 2026  240     200" in said
    turned = json.loads(ask_psmf(tmp_path, "rules", "diff", str(folder), str(SHIPPED), "--json").stdout)
    assert [change["name"] for change in turned["changes"]] == ["coverage_grace_days"]
    assert [turned["parameters"][0]["values"][0][name] for name in ("before", "after")] == [200, 240]
    assert ask_psmf(tmp_path, "rules", "diff", str(SHIPPED)).stdout == ""


def test_the_rules_are_written_as_a_document(tmp_path: Path) -> None:
    file = tmp_path / "rulebook.html"
    answered = ask_psmf(tmp_path, "rules", "book", "--output", str(file))
    assert answered.stdout == f"Written to {file}.\n"
    assert file.read_text(encoding="utf-8") == ask_psmf(tmp_path, "rules", "book").stdout
    assert ask_psmf(tmp_path, "rules", "book", "-o", str(tmp_path / "none" / "x.html")).returncode == 2


def test_faults_and_failures_are_told_as_other_programs_read_them(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    shutil.copytree(SHIPPED, folder)
    file = folder / "rules" / "reports.yaml"
    file.write_text(file.read_text().replace("says: 2 reports", 'says: "<3> & reports"', 1))
    answered = ask_psmf(tmp_path, "rules", "test", str(folder), "--format", "junit")
    assert answered.returncode == 1
    suites = ElementTree.fromstring(answered.stdout)  # noqa: S314 - our own output
    assert suites.get("failures") == "1"
    assert int(suites.get("tests", "0")) == len(suites.findall("./testsuite/testcase")) > 100
    (failed,) = suites.findall("./testsuite/testcase[failure]")
    assert (failed.get("classname"), failed.get("file")) == ("report-late", "rules/reports.yaml")

    file.write_text(file.read_text().replace("late_reports is at least", "late_report is at least", 1))
    answered = ask_psmf(tmp_path, "rules", "check", str(folder), "--format", "sarif")
    assert answered.returncode == 1
    (run,) = json.loads(answered.stdout)["runs"]
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("UNKNOWN-MEASURE", "error")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "UNKNOWN-MEASURE"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "rules/reports.yaml"
    assert file.read_text().splitlines()[place["region"]["startLine"] - 1].endswith("late_reports_line")
    assert ask_psmf(tmp_path, "rules", "check", "--format", "junit").returncode == 2


def test_a_folder_that_is_not_there_is_a_wrong_usage(tmp_path: Path) -> None:
    assert ask_psmf(tmp_path, "rules", "check", str(tmp_path / "none")).returncode == 2


@pytest.mark.parametrize(
    ("command", "below", "code", "said"),
    [
        ("demo status", "", 7, "No demo is running in {}."),
        ("demo status", "deeper", 7, "No demo is running in {}."),
        ("demo reset", "", 2, "{} cannot be used: "),
        ("demo reset", "deeper", 0, ""),
        ("demo up", "", 2, "{} cannot be written: "),
        ("demo up", "deeper", 2, "{} cannot be written: "),
        ("demo down", "", 0, ""),
        ("demo down", "deeper", 0, ""),
        ("alert list", "", 2, "{}/suite.json cannot be used: "),
        ("alert list", "deeper", 2, "{}/suite.json cannot be used: "),
        ("ops trace", "", 3, "There is no such trace in {}."),
        ("ops trace", "deeper", 3, "There is no such trace in {}."),
        ("ops backup copies", "", 3, "There is no {}/evidence.db"),
        ("ops backup copies", "deeper", 3, "There is no {}/evidence.db"),
    ],
)
def test_a_folder_that_is_a_file_is_answered_with_a_sentence(
    tmp_path: Path, command: str, below: str, code: int, said: str
) -> None:
    """doors D9: at every command that uses the folder of a demo, and nothing is written or deleted.

    Where nothing is to be done, that is no fault.
    """
    file = tmp_path / "file"
    file.write_text("not a folder")
    answered = ask_psmf(file / below, *command.split())
    assert answered.returncode == code, answered.stderr
    first = answered.stderr.splitlines()[0]
    assert first.startswith(f"psmf: {said.format(file / below)}" if code else "Next: psmf demo up"), answered.stderr
    assert file.read_text() == "not a folder"

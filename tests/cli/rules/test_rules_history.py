"""Policy staff at the command line: who a change would touch, how sensitive a number is, whether decisions replay."""

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from services.rules.adapters.rule_files.folder import SHIPPED
from tests.cli.test_answers import data, person_of
from tests.suite import LoadedSuite, ask_psmf

OLD = 'value: 2, origin: ours, cites: "Framework, Standard 4"'


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    """The shipped rulebook with support offered from the first late report."""
    folder = tmp_path / "candidate"
    shutil.copytree(SHIPPED, folder)
    numbers = folder / "parameters.yaml"
    text = numbers.read_text()
    assert text.count(OLD) == 1
    numbers.write_text(text.replace(OLD, OLD.replace("2", "1", 1)))
    return folder


def test_a_lower_line_names_people_days_and_the_reason(suite: LoadedSuite, candidate: Path, tmp_path: Path) -> None:
    picture = tmp_path / "whatif.svg"
    answered = suite.psmf("rules", "whatif", str(candidate), "--as-received", "--svg", str(picture))
    assert answered.returncode == 0, answered.stderr
    lines = answered.stdout.splitlines()
    assert lines[0].startswith("Candidate ")
    assert "150 people" in lines[0]
    assert any("come from late_reports_line: 2 → 1 reports" in line for line in lines)
    assert person_of(suite, "A late reporter who has improved") in answered.stdout
    assert not any(person.display_name in answered.stdout for person in suite.demo.story.people)
    assert ElementTree.parse(picture).getroot().find("{http://www.w3.org/2000/svg}desc") is not None  # noqa: S314


def test_what_is_passed_on_names_nobody_and_no_small_number(suite: LoadedSuite, candidate: Path) -> None:
    answered = suite.psmf("rules", "whatif", str(candidate), "--as-received", "--shared")
    assert answered.returncode == 0
    assert "sg-" not in answered.stdout
    assert "manager" not in answered.stdout
    shared = data(suite, "rules", "whatif", str(candidate), "--as-received", "--shared")
    numbers = [value for value in shared.values() if isinstance(value, str) and value.isdigit()]
    assert all(int(number) == 0 or int(number) >= 5 for number in numbers)


def test_the_rulebook_in_force_against_itself_says_that_nothing_changes(suite: LoadedSuite) -> None:
    answered = suite.psmf("rules", "whatif", str(SHIPPED))
    assert answered.stdout.splitlines()[1:] == [
        "The candidate says the same as the rulebook in force. Nothing changes."
    ]
    assert data(suite, "rules", "whatif", str(SHIPPED))["what_if"] == {"people": "150"}


def test_tuning_shows_where_a_number_tips(suite: LoadedSuite, tmp_path: Path) -> None:
    picture = tmp_path / "tune.svg"
    asked = ("rules", "tune", "late_reports_line", "--from", "1", "--to", "6", "--as-received")
    answered = suite.psmf(*asked, "--svg", str(picture))
    assert answered.returncode == 0, answered.stderr
    rows = [line.split() for line in answered.stdout.splitlines()[2:8]]
    people = [int(row[1]) for row in rows]
    assert [int(row[0]) for row in rows] == [1, 2, 3, 4, 5, 6]
    assert people == sorted(people, reverse=True)
    assert "now" in rows[1]
    assert "makes no difference" in answered.stdout
    assert "<path" in picture.read_text()


def test_every_decision_of_the_story_replays(suite: LoadedSuite) -> None:
    answered = suite.psmf("rules", "replay", "--all")
    assert answered.returncode == 0
    done, of, total = answered.stdout.split()[:3]
    assert (done, of) == (total, "of")
    assert suite.psmf("rules", "replay").returncode == 2


def test_a_person_is_explained_so_that_it_can_be_read_aloud(suite: LoadedSuite) -> None:
    person = person_of(suite, "A late reporter who improves")
    said = suite.psmf("rules", "explain", person).stdout
    assert "To discuss · Reports filed late without a further date agreed: raised" in said
    assert "Reports filed late without a further date agreed: 2. The line is 2 or more: just met." in said
    assert "Rule report-late, with late_reports_line since 1 January 2026." in said
    assert "Clears if 2 items counted here no longer count. (" in said
    assert "it takes 1 item to tell, and there is none." in " ".join(said.split())
    assert "1 items" not in said
    listed = data(suite, "call", "ConcernService/ListConcerns", "-d", json.dumps({"parent": f"safeguarders/{person}"}))
    kept = suite.psmf("rules", "explain", listed["concerns"][0]["evaluation"]).stdout
    assert "Late reports: 2. The line is 2 or more: just met." in kept
    assert "record of timeliness from SCRA, " in kept
    assert suite.psmf("rules", "replay", listed["concerns"][0]["evaluation"]).returncode == 0
    earlier = suite.psmf("rules", "explain", person, "--on", "2026-03-01", "--known-at", "2026-03-01T09:00").stdout
    assert "as known on 1 March 2026 09:00" in earlier
    assert "Reports filed late without a further date agreed: raised" not in earlier


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("rules", "whatif", "no-such-folder"), 2),
        (("rules", "whatif", str(SHIPPED), "--shared", "--svg", "x.svg"), 2),
        (("rules", "whatif", str(SHIPPED), "--since", "soon"), 2),
        (("rules", "whatif", str(SHIPPED), "--since", "30y"), 6),
        (("rules", "whatif", str(SHIPPED), "--as", "official"), 4),
        (("rules", "tune", "no_such_number", "--from", "1", "--to", "2"), 3),
        (("rules", "tune", "late_reports_line", "--from", "1", "--to", "2000"), 6),
        (("rules", "replay", "safeguarders/sg-1/evaluations/none"), 3),
        (("rules", "explain", "sg-nobody"), 3),
    ],
)
def test_each_way_to_fail_has_its_exit_code(suite: LoadedSuite, arguments: tuple[str, ...], code: int) -> None:
    answered = suite.psmf(*arguments)
    assert answered.returncode == code, answered.stderr


def test_a_broken_candidate_is_refused_with_the_place(suite: LoadedSuite, candidate: Path) -> None:
    file = candidate / "rules" / "reports.yaml"
    file.write_text(file.read_text().replace("lane: support_need", "lane: support_neet", 1))
    answered = suite.psmf("rules", "whatif", str(candidate))
    assert answered.returncode == 6
    assert "rules/reports.yaml:" in answered.stderr


def test_without_a_suite_it_is_said_how_to_start_one(tmp_path: Path) -> None:
    assert ask_psmf(tmp_path, "rules", "whatif", str(SHIPPED)).returncode == 7

"""Rule files that look at what the Team owes: only rules for gaps may, and examples hold duties (R43, D15.17)."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.rules.adapters.rule_files.book import book
from services.rules.adapters.rule_files.folder import RulebookRefused, check_folder, load_rulebook
from services.rules.adapters.rule_files.shape import SCHEMAS
from services.rules.domain.closed_lists import TeamDutyKind
from services.rules.domain.workbench.coverage import mutate
from tests.rules.adapters.conftest import Edit

TEAM, REPORTS, MEASURES = "rules/team.yaml", "rules/reports.yaml", "measures.yaml"
GAP = "  lane: data_gap\n"
OPEN_MATTERS = "lanes: [support_need, escalation, safety]"
LATE = "- late_reports is at least late_reports_line"


def place_of(folder: Path, file: str, text: str) -> str:
    """Return `file:line` of the first line that holds a text."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return f"{file}:{next(number for number, line in enumerate(lines, 1) if text in line)}"


@pytest.mark.parametrize("lane", ["support_need", "escalation", "reappointment_risk", "safety", "excellence"])
def test_a_rule_that_looks_at_duties_of_the_team_has_the_lane_for_gaps(edited: Edit, lane: str) -> None:
    folder = edited(TEAM, GAP, f"  lane: {lane}\n")
    (fault,) = check_folder(folder)
    assert str(fault) == (
        f'{place_of(folder, TEAM, "lane:")}:9  error  TEAM-DUTY  team-support-late: "supports_late" counts duties of '
        "the Team, so the lane must be data_gap. A late Team is never a mark on the person."
    )
    with pytest.raises(RulebookRefused):
        load_rulebook(folder)


def test_a_condition_that_looks_at_them_beside_evidence_is_refused_too(edited: Edit) -> None:
    folder = edited(REPORTS, LATE, f"{LATE}\n      - supports_late is at least one_duty")
    assert "TEAM-DUTY" in {fault.code for fault in check_folder(folder)}


def test_no_rule_about_the_person_counts_the_gap_that_such_a_rule_raises(edited: Edit) -> None:
    folder = edited(MEASURES, OPEN_MATTERS, OPEN_MATTERS.replace("safety", "safety, data_gap"))
    (fault,) = (fault for fault in check_folder(folder) if fault.code == "TEAM-DUTY")
    assert fault.message == (
        'reappointment-open-items: "open_matters" counts concerns of the lane data_gap, and plan-not-final looks at '
        "duties of the Team. A late Team is never a mark on the person, so leave the lane out."
    )


REFUSED = {
    "no duties": (MEASURES, "  duties: [deliver_support]\n", "", "MISSING", '"duties" is missing'),
    "a duty of the Safeguarder": (MEASURES, "[deliver_support]", "[answer_record]", "WORD", '"answer_record"'),
    "duties of a measure of items": (
        MEASURES, "  count: days_to_term_end\n", "  count: days_to_term_end\n  duties: [action]\n",
        "UNKNOWN-KEY", 'has no "duties"',
    ),
    "months to look back": (
        MEASURES, "  duties: [deliver_support]\n", "  duties: [deliver_support]\n  over: window_months\n",
        "UNKNOWN-KEY", 'has no "over"',
    ),
    "a number of days as its line": (
        TEAM, "supports_late is at least one_duty", "supports_late is at least full_year_days", "UNIT", "days",
    ),
    "an example with a duty of the Safeguarder": (
        TEAM, "{kind: deliver_support, due_on: 2027-11-01}", "{kind: give_view, due_on: 2027-11-01}",
        "WORD", '"give_view"',
    ),
    "an example without the last day": (
        TEAM, "{kind: deliver_support, due_on: 2027-11-01}", "{kind: deliver_support}", "MISSING", '"due_on"',
    ),
    "an example with an impossible day": (
        TEAM, "{kind: deliver_support, due_on: 2027-11-01}", "{kind: deliver_support, due_on: 2027-02-30}",
        "DATE", "2027-02-30",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_fault_is_refused_with_its_place_and_advice(
    edited: Edit, file: str, old: str, new: str, code: str, says: str
) -> None:
    folder = edited(file, old, new)
    (fault,) = (fault for fault in check_folder(folder) if fault.code == code)
    assert says in fault.message
    assert fault.file == file


def test_the_schemas_know_what_the_team_may_owe_and_nothing_else() -> None:
    measures, rules = (json.loads((SCHEMAS / f"{name}.json").read_text()) for name in ("measures", "rules"))
    of_measures = measures["additionalProperties"]["properties"]["duties"]["items"]["enum"]
    given = rules["$defs"]["example"]["properties"]["given"]["properties"]
    of_examples = given["duties"]["items"]["properties"]["kind"]["enum"]
    assert of_measures == of_examples == [str(kind) for kind in TeamDutyKind]


def test_an_example_is_missed_that_shows_a_duty_of_another_kind() -> None:
    rulebook = load_rulebook()
    rule = rulebook.rule("team-support-late")
    kept = [example for example in rule.examples if "everything else" not in example.title]
    few = mutate(rulebook, replace(rule, examples=tuple(kept)))
    assert [mutant.changed for mutant in few.unnoticed] == ["supports_late: duties all"]
    (suggestion,) = few.suggestions
    assert suggestion.example.answer == "clear"


def test_the_book_says_what_the_team_owes_in_each_example() -> None:
    text = book(load_rulebook(), date(2027, 11, 2))
    assert "the Team owes a support that was accepted, to be given by 1 November 2027" in text
    assert "team duties overdue: respond to dispute, share record" in text

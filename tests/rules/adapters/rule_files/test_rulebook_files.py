"""A rulebook is loaded whole or refused with the place of every fault."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from services.rules.adapters.rule_files.folder import SHIPPED, RulebookRefused, check_folder, load_rulebook
from services.rules.adapters.rule_files.shape import SCHEMAS
from services.rules.domain.closed_lists import Answer, Counts, Kind, Lane, Polarity, RuleStatus, Source, Tell
from services.rules.domain.facts import DETAILS
from services.rules.domain.workbench.examples import run_examples
from tests.rules.adapters.conftest import Edit


def test_the_shipped_rulebook_has_no_fault_and_no_warning() -> None:
    assert check_folder(SHIPPED, today=date(2026, 11, 24)) == ()


def test_every_example_of_the_shipped_rulebook_holds() -> None:
    results = run_examples(load_rulebook())
    assert [f"{result.rule_id}: {result.title}: {result.problem}" for result in results if result.problem] == []
    assert len(results) > 100


def test_every_rule_says_where_it_rests_and_since_when() -> None:
    rulebook = load_rulebook()
    of_the_team = ("team-support-late", "team-record-late", "plan-not-final", "report-sample-late")
    new = ("action-not-met", *of_the_team, "reappointment-too-late")
    from_next_contract_year = dict.fromkeys(new, date(2027, 4, 1))
    for rule in rulebook.rules:
        assert rule.source.startswith("Framework")
        assert rule.in_force_from == from_next_contract_year.get(rule.rule_id, date(2026, 1, 1))
        for name in rulebook.parameters_of(rule):
            value = rulebook.parameters[name].in_force(rule.in_force_from)
            assert value is not None
            assert value.cites


def test_the_content_hash_names_the_content_and_not_its_layout(edited: Edit) -> None:
    assert load_rulebook(edited("measures.yaml", "# How", "#  How")).content_hash == load_rulebook().content_hash


def test_another_number_is_another_rulebook(edited: Edit) -> None:
    folder = edited("parameters.yaml", "value: 240", "value: 241")
    assert load_rulebook(folder).content_hash != load_rulebook().content_hash


REPORTS, PARAMETERS, MEASURES = "rules/reports.yaml", "parameters.yaml", "measures.yaml"
BELOW = "- samples_line_below is at least line_below_line"
EARLIER_VALUE = "{from: 2026-02-01, value: 200, origin: ours, cites: x, why: w}"
NOTHING = "given: {evidence: []}, as_of: 2026-11-02, then: clear}"
ONE_SIDED = f"""- rule: one-sided
  title: A rule that is only ever shown silent
  source: Framework, Standard 4
  standards: [S4]
  lane: support_need
  status: draft
  in_force_from: 2026-01-01
  when: {{all: [late_reports is at least late_reports_line]}}
  then: {{tell: support_manager, within: support_response_days, agenda: true}}
  because: Never
  examples:
    - {{it: is silent, {NOTHING}
    - {{it: is silent again, {NOTHING}
"""
REFUSED = {
    "unknown measure": (
        REPORTS,
        "- late_reports is at least",
        "- late_report is at least",
        "UNKNOWN-MEASURE",
        '"late_reports"',
    ),
    "unknown parameter": (
        REPORTS,
        "least late_reports_line",
        "least late_reports_lin",
        "UNKNOWN-PARAMETER",
        '"late_reports_line"',
    ),
    "unknown key": (REPORTS, "  lane:", "  lnae:", "UNKNOWN-KEY", '"lane"'),
    "unknown lane": (REPORTS, "lane: support_need", "lane: support_ned", "WORD", '"support_need"'),
    "unknown standard": (REPORTS, "standards: [S4]", "standards: [S9]", "UNKNOWN-STANDARD", "S9"),
    "unknown indicator": (REPORTS, "speaks: {S4.1", "speaks: {S4.9", "UNKNOWN-INDICATOR", "S4.9"),
    "unknown detail": (MEASURES, "- report_line is below", "- report_lime is below", "UNKNOWN-DETAIL", '"report_line"'),
    "unknown word of a detail": (MEASURES, "report_line is below", "report_line is bellow", "WORD", '"below"'),
    "unknown name in the sentence": (
        REPORTS,
        "{late_reports:",
        "{late_report:",
        "UNKNOWN-NAME",
        '"late_reports"',
    ),
    "brace without partner": (REPORTS, "{late_reports_line}.", "{late_reports_line.", "SENTENCE", "A brace"),
    "a word for one and none for several": (
        REPORTS,
        "{late_reports:report|reports}",
        "{late_reports:report}",
        "SENTENCE",
        "for several",
    ),
    "a number written as programmers do": (
        REPORTS,
        "{late_reports_line}.",
        "{late_reports_line:>9}.",
        "SENTENCE",
        "Write",
    ),
    "formula": (REPORTS, "late_reports is at least late_reports_line", "late_reports >= 2", "SENTENCE", "is at least"),
    "number instead of a parameter": (
        REPORTS,
        "is at least late_reports_line",
        "is at least 2",
        "SENTENCE",
        "parameter",
    ),
    "missing source": (
        REPORTS,
        "  source: Framework, Standard 4; SSI 2013/194 rules 56 and 60\n",
        "",
        "MISSING",
        '"source"',
    ),
    "missing date": (REPORTS, "  in_force_from: 2026-01-01\n", "", "MISSING", '"in_force_from"'),
    "impossible date": (REPORTS, "in_force_from: 2026-01-01", "in_force_from: 2026-02-30", "DATE", "2026-02-30"),
    "no value yet on the rule's date": (
        REPORTS,
        "in_force_from: 2026-01-01",
        "in_force_from: 2025-12-31",
        "NO-VALUE",
        "earlier",
    ),
    "examples on one side only": (
        REPORTS,
        "- rule: report-late\n",
        f"{ONE_SIDED}- rule: report-late\n",
        "EXAMPLES",
        "raised",
    ),
    "clears on the wrong side": (
        REPORTS,
        "is below late_reports_clear",
        "is at least late_reports_clear",
        "WRONG-SIDE",
        "other side",
    ),
    "can never hold": (
        REPORTS,
        BELOW,
        f"{BELOW}\n      {BELOW.replace('at least', 'below')}",
        "NEVER",
        "can never hold",
    ),
    "days against items": (
        REPORTS,
        "late_reports is at least late_reports_line",
        "late_reports is at least full_year_days",
        "UNIT",
        "days",
    ),
    "scope forgotten": (REPORTS, "  for_each: indicator\n", "", "SCOPE", "for_each"),
    "line outside its scale": (PARAMETERS, "value: 240", "value: 2400", "OFF-SCALE", "0 to 730"),
    "text for a number": (PARAMETERS, "value: 240", 'value: "240"', "SHAPE", "whole number"),
    "true for a number": (PARAMETERS, "value: 240", "value: true", "SHAPE", "whole number"),
    "values out of order": (
        PARAMETERS,
        "    - {from: 2026-01-01, value: 240",
        f"    - {EARLIER_VALUE}\n    - {{from: 2026-01-01, value: 240",
        "DATE-ORDER",
        "order",
    ),
    "window in days": (MEASURES, "over: window_months", "over: coverage_grace_days", "UNIT", "months"),
    "key without meaning for a count": (
        MEASURES,
        "  count: days_to_term_end\n",
        "  count: days_to_term_end\n  polarity: concern\n",
        "UNKNOWN-KEY",
        "polarity",
    ),
    "rule id given twice": (
        "rules/excellence.yaml",
        "rule: excellence-report",
        "rule: excellence-repeat",
        "TWICE",
        "excellence-repeat",
    ),
    "counting its own lane": (
        MEASURES,
        "lanes: [support_need,",
        "lanes: [reappointment_risk, support_need,",
        "CIRCLE",
        "lane",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "code", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_fault_is_refused_with_its_kind_and_advice(
    edited: Edit, file: str, old: str, new: str, code: str, says: str
) -> None:
    with pytest.raises(RulebookRefused) as refused:
        load_rulebook(edited(file, old, new))
    found = [fault for fault in refused.value.faults if fault.code == code]
    assert found, refused.value
    assert says in found[0].message


def test_a_fault_points_at_the_line_it_is_on(edited: Edit) -> None:
    folder = edited(REPORTS, "      - late_reports is at least", "      - late_report is at least")
    lines = (folder / REPORTS).read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if "late_report is" in line)
    assert str(check_folder(folder)[0]) == (
        f'{REPORTS}:{at}:9  error  UNKNOWN-MEASURE  "late_report" is not a measure. Did you mean "late_reports"?'
    )


def test_a_parameter_no_rule_reads_is_a_warning(edited: Edit) -> None:
    forgotten = (
        "forgotten: {means: x, unit: days, scale: {from: 1, to: 2}, owner: x, review_by: 2027-09-30, "
        "values: [{from: 2026-01-01, value: 1, origin: ours, cites: x, why: w}]}\n"
    )
    folder = edited(PARAMETERS, "coverage_grace_days:", f"{forgotten}coverage_grace_days:")
    assert [(fault.severity, fault.code) for fault in check_folder(folder)] == [("warn", "UNUSED")]
    assert load_rulebook(folder).parameters["forgotten"].unit == "days"


def test_a_parameter_due_for_review_is_a_warning_and_stays_in_force() -> None:
    faults = check_folder(SHIPPED, today=date(2027, 8, 15))
    assert {fault.code for fault in faults} == {"REVIEW-DUE"}
    assert len(faults) == len(load_rulebook().parameters)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert {fault.code for fault in check_folder(tmp_path)} == {"FILES"}


def words(schema: str, *path: str | int) -> set[str]:
    """Return the words that a schema allows."""
    node = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
    for step in path:
        node = node[step]
    return set(node["enum"])


EVIDENCE = ("$defs", "example", "properties", "given", "properties", "evidence", "items", "properties")
IN_STEP: dict[str, tuple[type[StrEnum], str, tuple[str, ...]]] = {
    "lanes": (Lane, "rules", ("items", "properties", "lane")),
    "statuses": (RuleStatus, "rules", ("items", "properties", "status")),
    "roles": (Tell, "rules", ("items", "properties", "then", "properties", "tell")),
    "answers": (Answer, "rules", ("$defs", "example", "properties", "then")),
    "kinds": (Kind, "rules", (*EVIDENCE, "kind")),
    "sources": (Source, "rules", (*EVIDENCE, "source")),
    "polarities": (Polarity, "measures", ("additionalProperties", "properties", "polarity")),
    "counts": (Counts, "measures", ("additionalProperties", "properties", "count")),
}


@pytest.mark.parametrize(("known", "schema", "path"), IN_STEP.values(), ids=IN_STEP.keys())
def test_the_published_schema_knows_the_same_words(known: type[StrEnum], schema: str, path: tuple[str, ...]) -> None:
    assert words(schema, *path) == {str(word) for word in known}


def test_the_published_schema_knows_every_detail() -> None:
    schema = json.loads((SCHEMAS / "rules.json").read_text(encoding="utf-8"))
    for step in EVIDENCE:
        schema = schema[step]
    assert set(DETAILS) <= set(schema)

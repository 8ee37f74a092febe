"""Changes of rule files are shown in words, not as lines of text."""

from datetime import date
from pathlib import Path

import pytest

from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.domain.rulebook.changes import Change, changes, history
from tests.rules.adapters.conftest import Edit

REPORTS, PARAMETERS, MEASURES = "rules/reports.yaml", "parameters.yaml", "measures.yaml"
CITED = 'origin: ours, cites: "Framework, Standard 4"'
LATE_LINE = f"    - {{from: 2026-01-01, value: 2, {CITED}, why: One late report can happen to anyone}}\n"
FROM_OCTOBER = LATE_LINE.replace("2026-01-01, value: 2", "2026-10-01, value: 3").replace(
    "One late report can happen to anyone", "Two are common"
)
SAID = {
    "a number from a date": (
        PARAMETERS,
        LATE_LINE,
        LATE_LINE + FROM_OCTOBER,
        "late_reports_line",
        "2 → 3 reports from 1 October 2026 (Two are common; Framework, Standard 4; ours, not official)",
    ),
    "a number in place": (
        PARAMETERS,
        LATE_LINE,
        LATE_LINE.replace("value: 2", "value: 3"),
        "late_reports_line",
        "2 → 3 reports from 1 January 2026 (One late report can happen to anyone; Framework, Standard 4; ours, not "
        "official): changed in place, also for days before today",
    ),
    "a reason": (
        PARAMETERS,
        "why: One late report can happen to anyone",
        "why: It happens",
        "late_reports_line",
        "why of 1 January 2026: One late report can happen to anyone → It happens",
    ),
    "an owner": (
        PARAMETERS,
        "owner: Monitoring lead",
        "owner: The Board",
        "window_months",
        "owner: Monitoring lead → The Board",
    ),
    "a comparison": (
        REPORTS,
        "late_reports is at least late_reports_line",
        "late_reports is above late_reports_line",
        "report-late",
        "when: late_reports is at least late_reports_line → late_reports is above late_reports_line",
    ),
    "what clears it": (
        REPORTS,
        "  clears_when:\n    all:\n      - late_reports is below late_reports_clear\n",
        "",
        "report-late",
        "clears when: (late_reports is below late_reports_clear) → none",
    ),
    "an exception": (
        "rules/feedback.yaml",
        "  unless:\n    - fresh_praise is at least improvement_praise_line\n",
        "",
        "no-improvement",
        "unless: no longer fresh_praise is at least improvement_praise_line",
    ),
    "a lane": (REPORTS, "lane: support_need", "lane: escalation", "report-late", "lane: support_need → escalation"),
    "its standards": (REPORTS, "standards: [S4]", "standards: [S4, S7]", "report-late", "standards: S4 → S4, S7"),
    "who is told": (
        REPORTS,
        "tell: support_manager",
        "tell: senior_manager",
        "report-late",
        "tell: support_manager → senior_manager",
    ),
    "its sentence": (
        REPORTS,
        "{late_reports:report|reports} in the last",
        "{late_reports} reports of the last",
        "report-late",
        "because: ",
    ),
    "an example's answer": (
        REPORTS,
        "then: not_enough_evidence\n      says: Not",
        "then: clear\n      says: Not",
        "report-late",
        "example changed: it says nothing where no report has a recorded date: not_enough_evidence → clear",
    ),
    "an example's title": (
        REPORTS,
        "it: raises at the second late report",
        "it: raises at two",
        "report-late",
        "example added: it raises at two",
    ),
    "how evidence is counted": (
        MEASURES,
        "    - extension_agreed is false\n",
        "",
        "late_reports",
        "where: no longer extension_agreed is false",
    ),
    "a standard's title": (
        "standards/2015-07.yaml",
        "title: Independence",
        "title: Independent practice",
        "2015-07",
        "S3 title: Independence → Independent practice",
    ),
}


def changed(folder: Path) -> tuple[Change, ...]:
    """Return what a folder changes in the shipped rulebook."""
    return changes(load_rulebook(), load_rulebook(folder))


@pytest.mark.parametrize(("file", "old", "new", "name", "says"), SAID.values(), ids=SAID.keys())
def test_a_change_is_said_in_words(edited: Edit, file: str, old: str, new: str, name: str, says: str) -> None:
    found = changed(edited(file, old, new))
    assert [change.name for change in found] == [name]
    assert any(words.startswith(says) for words in found[0].words), found[0].words


def test_the_rules_that_read_a_changed_number_are_named(edited: Edit) -> None:
    found = changed(edited(PARAMETERS, "means: Types of source that make a theme", "means: Voices"))
    assert found[0].read_by == ("action-not-met", "no-improvement", "same-theme-two-sources")


def test_a_rule_that_is_gone_is_named_with_what_it_asked(edited: Edit) -> None:
    found = changed(edited(REPORTS, "- rule: report-late", "- rule: report-later"))
    assert [(change.name, change.change) for change in found] == [("report-late", "removed"), ("report-later", "added")]
    assert "when (late_reports is at least late_reports_line)" in found[0].words


def test_the_history_of_a_number_stands_beside_its_history_before(edited: Edit) -> None:
    folder = edited(PARAMETERS, LATE_LINE, LATE_LINE + FROM_OCTOBER)
    lines = history(*(book.parameters["late_reports_line"] for book in (load_rulebook(), load_rulebook(folder))))
    assert [(line.from_on, line.before, line.after) for line in lines] == [
        (date(2026, 1, 1), 2, 2),
        (date(2026, 10, 1), 2, 3),
    ]


def test_a_number_taken_back_leaves_the_one_before(edited: Edit) -> None:
    newer = load_rulebook(edited(PARAMETERS, LATE_LINE, LATE_LINE + FROM_OCTOBER))
    assert changes(newer, load_rulebook())[0].words == ("3 reports from 1 October 2026 is taken back: 2 stays",)


def test_files_laid_out_otherwise_say_the_same(edited: Edit) -> None:
    assert changed(edited(MEASURES, "# How", "#  How")) == ()

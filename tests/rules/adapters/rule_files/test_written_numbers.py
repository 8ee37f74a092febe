"""A number that the service writes into rule files: the file says what was asked for, and nothing else changes."""

from dataclasses import replace
from datetime import date

import pytest

from services.refusals import Refusal
from services.rules.adapters.rule_files.folder import rulebook_of_files
from services.rules.domain.rulebook.changes import changes
from services.rules.domain.rulebook.model import ParameterValue
from services.rules.domain.rulebook.parameter_change import ParameterChange, masked_until
from services.rules.submission.number import changed_files, suggested, with_guards
from tests.rules.workbench import shipped

TODAY, APRIL = date(2026, 11, 29), date(2027, 4, 1)
FILES = shipped()
BEFORE = rulebook_of_files(FILES)
ODD = 'The Board said: "one" \\ is # not {enough}, yes'


def a_change(
    value: int = 3, from_on: date = APRIL, parameter: str = "late_reports_line", **said: str
) -> ParameterChange:
    words = {"why": "One talk is enough", "origin": "ours", "cites": "Minute 14"} | said
    return ParameterChange(parameter, ParameterValue(from_on, value, **words))


def test_the_files_say_the_number_and_nothing_else_changes_whatever_is_in_the_words() -> None:
    written, after = changed_files(FILES, BEFORE, a_change(why=ODD), TODAY)
    assert {name for name in written if written[name] != FILES[name]} == {"parameters.yaml"}
    (change,) = changes(BEFORE, after)
    assert (change.about, change.name) == ("parameter", "late_reports_line")
    assert change.words == (f"2 → 3 reports from 1 April 2027 ({ODD}; Minute 14; ours, not official)",)
    left = [line for line in written["parameters.yaml"].split("\n") if line not in FILES["parameters.yaml"].split("\n")]
    assert len(left) == 1, "one line is added"


def test_a_value_between_two_others_stands_between_them_and_holds_until_the_later_one() -> None:
    later, book = changed_files(FILES, BEFORE, a_change(4, date(2028, 4, 1)), TODAY)
    files, after = changed_files(later, book, a_change(), TODAY)
    assert [value.value for value in after.parameters["late_reports_line"].values] == [2, 3, 4]
    assert masked_until(book, after) == APRIL, "the last numbers alone would show no difference"
    assert masked_until(BEFORE, book) is None
    assert files["rules/reports.yaml"] == FILES["rules/reports.yaml"]


@pytest.mark.parametrize(
    ("wrong", "reason", "field"),
    [
        ({"value": 11}, "VALUE_OUTSIDE_SCALE", "change.value"),
        ({"value": 2}, "VALUE_AS_BEFORE", "change.value"),
        ({"from_on": TODAY}, "DATE_NOT_AHEAD", "change.from_date"),
        ({"from_on": date(2037, 4, 1)}, "DATE_NOT_AHEAD", "change.from_date"),
        ({"parameter": "late_report_line"}, "PARAMETER_NOT_FOUND", "change.parameter"),
        ({"origin": "theirs"}, "ORIGIN_UNKNOWN", "change.origin"),
    ],
)
def test_what_no_number_can_be_is_refused_at_its_field(wrong: dict[str, object], reason: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        changed_files(FILES, BEFORE, a_change(**wrong), TODAY)  # type: ignore[arg-type]
    assert (refused.value.reason, refused.value.field) == (reason, field)


def test_a_day_has_one_value() -> None:
    files, book = changed_files(FILES, BEFORE, a_change(), TODAY)
    with pytest.raises(Refusal) as refused:
        changed_files(files, book, a_change(4), TODAY)
    assert refused.value.reason == "VALUE_ON_THE_DAY"


def test_the_same_value_from_another_source_is_a_change() -> None:
    _, after = changed_files(FILES, BEFORE, a_change(2, origin="given"), TODAY)
    assert after.parameters["late_reports_line"].values[-1].origin == "given"


def test_a_value_that_makes_a_rule_unsound_is_refused_with_the_place() -> None:
    with pytest.raises(Refusal) as refused:
        changed_files(FILES, BEFORE, a_change(3, parameter="late_reports_clear"), TODAY)
    assert refused.value.reason == "RULEBOOK_FAULTY"
    assert "report-late" in refused.value.metadata["fault_01"]


def test_two_examples_guard_a_number_one_on_each_side_and_stand_in_the_file_of_their_rule() -> None:
    written, after = changed_files(FILES, BEFORE, a_change(), TODAY)
    found = list(suggested(after, a_change()))
    assert [one.example.answer for one in found] == ["clear", "raised"]
    assert [one.key for one in found] == [one.key for one in suggested(after, a_change())], "the same each time"
    mine = with_guards(written, {found[0].key: 'asks for a talk at "three"'}, found)
    rule = next(rule for rule in rulebook_of_files(mine).rules if rule.rule_id == "report-late")
    before = next(rule for rule in BEFORE.rules if rule.rule_id == "report-late")
    assert rule.examples[:-1] == before.examples
    assert rule.examples[-1] == replace(found[0].example, title='asks for a talk at "three"')
    with pytest.raises(Refusal) as refused:
        with_guards(written, {"0" * 16: ""}, found)
    assert refused.value.reason == "EXAMPLE_NOT_SUGGESTED"


def test_files_of_another_layout_are_refused_and_never_written_wrongly() -> None:
    text = FILES["parameters.yaml"]
    start = text.index("late_reports_line:")
    entry = text[start : text.index("late_reports_clear:")]
    flow = entry.replace("values:\n    - {", "values: [{").replace("}\n  owner", "}]\n  owner")
    files = FILES | {"parameters.yaml": text.replace(entry, flow)}
    assert rulebook_of_files(files).parameters == BEFORE.parameters
    with pytest.raises(Refusal) as refused:
        changed_files(files, BEFORE, a_change(), TODAY)
    assert refused.value.reason == "FILES_NOT_CHANGEABLE"

"""One edition follows another: what is in force counts, from its own day (R3, R45)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.adapters.rule_files.folder import check_folder, load_files_with_places, load_rulebook
from services.rules.compose import HERE
from services.rules.domain.closed_lists import Answer, Kind, Polarity, Source
from services.rules.domain.evaluation.decision_record import decision_record, recorded_inputs
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.evidence.timeline import start_of
from services.rules.domain.facts import CaseFile, EvidenceFact, StandardMapping
from services.rules.domain.rulebook.checks import bound_to_an_edition_over
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import PERSON, a_case_file, an_item, case_files, shipped
from tests.rules.domain.evidence.editions import NEW, SECOND_FROM, a_folder_with_two_editions, two_editions
from tests.sizes import part_of

OLD = tuple(f"S{number}" for number in range(1, 8))
LAST_DAY_OF_WAITING = SECOND_FROM + timedelta(days=13)
LONG_TERM = replace(PERSON, term_ends_on=date(2030, 1, 7))


def on_day(rulebook: Rulebook, file: CaseFile, on: date) -> Evaluation:
    return evaluate(rulebook, file, on, start_of(on + timedelta(days=1)).known_at)


def gaps(on: date, rulebook: Rulebook | None = None, file: CaseFile | None = None) -> dict[str, Answer]:
    """Return what `coverage-standard` answers about each standard on a day."""
    evaluation = on_day(rulebook or two_editions(), file or a_case_file(person=LONG_TERM), on)
    return {answer.subject: answer.answer for answer in evaluation.answers if answer.rule_id == "coverage-standard"}


@pytest.mark.parametrize(
    ("on", "standards", "answer"),
    [
        (date(2026, 6, 20), OLD, Answer.RAISED),
        (SECOND_FROM - timedelta(days=1), OLD, Answer.RAISED),
        (SECOND_FROM, NEW, Answer.WATCHING),
        (date(2026, 7, 2), NEW, Answer.WATCHING),
        (LAST_DAY_OF_WAITING - timedelta(days=1), NEW, Answer.WATCHING),
        (LAST_DAY_OF_WAITING, NEW, Answer.RAISED),
        (date(2027, 11, 15), NEW, Answer.RAISED),
    ],
)
def test_missing_evidence_is_asked_for_on_standards_in_force_after_a_wait_of_their_own(
    on: date, standards: tuple[str, ...], answer: Answer
) -> None:
    """P13: no P3 before it exists or at once, and no S3 in November 2027. Standards have more than one digit."""
    assert gaps(on) == dict.fromkeys(standards, answer)


def with_standard_kept() -> Rulebook:
    """Return two editions of which both have S3."""
    book = two_editions()
    kept = next(standard for standard in book.editions[0].standards if standard.standard_id == "S3")
    second = replace(book.editions[1], standards=(*book.editions[1].standards, kept))
    return replace(book, editions=(book.editions[0], second))


def test_a_standard_that_stays_does_not_begin_to_wait_again() -> None:
    """P13."""
    found = gaps(SECOND_FROM, with_standard_kept())
    assert (found["S3"], found["P3"]) == (Answer.RAISED, Answer.WATCHING)


@settings(max_examples=part_of(150), deadline=None)
@given(file=case_files(), days=st.integers(-40, 600))
def test_no_gap_is_raised_about_a_standard_before_its_wait_or_after_its_edition(file: CaseFile, days: int) -> None:
    """P13: over any evidence and any day."""
    on = SECOND_FROM + timedelta(days=days)
    found = gaps(on, file=file)
    assert set(found) == set(OLD if on < SECOND_FROM else NEW)
    if SECOND_FROM <= on < LAST_DAY_OF_WAITING:
        assert Answer.RAISED not in found.values()


# What attendance shows


def attendance(event: str, word: str, on: date, *mappings: StandardMapping) -> EvidenceFact:
    details = {"event": event, "attendance": word}
    return an_item(
        "event", on, kind=Kind.ATTENDANCE, source=Source.PANEL_TEAM, details=details, speaks="", mappings=mappings
    )


@pytest.mark.parametrize("word", ["attended", "absent_excused", "absent_unexcused"])
@pytest.mark.parametrize(
    ("event", "days", "indicator"),
    [
        ("mandatory_training", -1, "S7.1"),
        ("support_session", -1, "E.1"),
        ("mandatory_training", 0, "P7.1"),
        ("support_session", 0, "P12.1"),
        ("support_session", 300, "P12.1"),
    ],
)
def test_attendance_shows_the_indicator_that_the_edition_of_its_day_names(
    event: str, days: int, indicator: str, word: str
) -> None:
    """P13: stored without a mapping, or with that of the edition before."""
    on = SECOND_FROM + timedelta(days=days)
    way = Polarity.CONCERN if word == "absent_unexcused" else Polarity.NEUTRAL
    for stored in ((), (StandardMapping("S7", "S7.1", way),) if "S7" not in indicator and days >= 0 else ()):
        evaluation = on_day(two_editions(), a_case_file(attendance(event, word, on, *stored)), on)
        (fact,) = evaluation.case_file.evidence
        assert fact.mappings == (StandardMapping(indicator.split(".", maxsplit=1)[0], indicator, way),)


def test_what_people_mapped_by_the_edition_in_force_stays_as_they_mapped_it() -> None:
    """P13."""
    by_people = StandardMapping("P2", "P2.1", Polarity.PRAISE)
    item = attendance("support_session", "attended", SECOND_FROM, by_people)
    (fact,) = on_day(two_editions(), a_case_file(item), SECOND_FROM).case_file.evidence
    assert fact.mappings == (by_people,)


def test_files_of_the_first_edition_that_say_nothing_of_attendance_read_as_before() -> None:
    """P13: a rulebook that an earlier release stored goes on until somebody approves another."""
    folder = HERE / "rulebook"
    files = {file.relative_to(folder).as_posix(): file.read_text() for file in sorted(folder.rglob("*.yaml"))}
    name = "standards/2015-07.yaml"
    before = files[name].replace(", attendance: mandatory_training", "").replace(", attendance: support_session", "")
    assert before != files[name]
    rulebook, _ = load_files_with_places(files | {name: before})
    assert rulebook.editions[0].shown_by_attendance == shipped().editions[0].shown_by_attendance


# What the check of a rulebook says


def test_the_check_names_what_is_bound_to_an_edition_that_is_over(tmp_path: Path) -> None:
    """P13: each rule and each measure, with the edition and its day. Nothing is refused."""
    folder = a_folder_with_two_editions(tmp_path / "rulebook")
    found = [str(fault) for fault in check_folder(folder) if fault.code == "EDITION-OVER"]
    book = load_rulebook(folder)
    bound = {rule.rule_id for rule in book.rules if not rule.of_all_standards}
    bound |= {name for name, measure in book.measures.items() if measure.standard is not None}
    assert {fault.split("EDITION-OVER  ")[1].split(":")[0] for fault in found} == bound
    assert len(bound) >= 18
    assert all("edition 2026-07, in force from 2026-07-01. " in fault for fault in found)
    assert all(" It became P" in fault or " They became P" in fault for fault in found)


def test_a_rule_that_begins_after_the_edition_or_ends_before_it_is_judged_by_its_own_days() -> None:
    """P13: `report-sample-late` begins nine months after the second edition."""
    book = two_editions()
    late = next(rule for rule in book.rules if rule.rule_id == "report-sample-late")
    over = replace(late, in_force_from=date(2026, 1, 1), in_force_until=SECOND_FROM - timedelta(days=1))
    assert late.in_force_from > SECOND_FROM
    for rule, bound in ((late, ["report-sample-late"]), (over, [])):
        others = tuple(rule if each is late else each for each in book.rules)
        found = bound_to_an_edition_over(replace(book, rules=others))
        assert [each.name for each in found if each.name == late.rule_id] == bound


def changed(folder: Path, name: str, change: Callable[[str], str]) -> None:
    (folder / name).write_text(change((folder / name).read_text()))


def test_a_rule_that_ends_with_its_edition_is_bound_to_nothing_over(tmp_path: Path) -> None:
    """P13. Only rules that begin after it are named then."""
    folder = a_folder_with_two_editions(tmp_path / "rulebook")
    ends = "in_force_from: 2026-01-01\n  in_force_until: 2026-06-30"
    for file in (folder / "rules").glob("*.yaml"):
        changed(folder, f"rules/{file.name}", lambda text: text.replace("in_force_from: 2026-01-01", ends))
    book = load_rulebook(folder)
    begun_later = {rule.rule_id for rule in book.rules if rule.in_force_until is None and not rule.of_all_standards}
    assert {bound.name for bound in bound_to_an_edition_over(book)} == begun_later == {"report-sample-late"}


def test_the_check_names_attendance_that_an_edition_forgets_and_refuses_it_twice(tmp_path: Path) -> None:
    """P13."""
    folder = a_folder_with_two_editions(tmp_path / "rulebook", attendance=False)
    found = [fault for fault in check_folder(folder) if fault.code == "NO-ATTENDANCE"]
    assert [fault.file for fault in found] == ["standards/2026-07.yaml"] * 2
    twice = "basis: invented, attendance: support_session}"
    changed(folder, "standards/2026-07.yaml", lambda text: text.replace("basis: invented}", twice))
    (fault, *_) = [fault for fault in check_folder(folder) if fault.code == "ATTENDANCE"]
    assert "Name one indicator only." in str(fault)


# Decisions that are kept


@settings(max_examples=part_of(60), deadline=None)
@given(file=case_files(), days=st.integers(-40, 100))
def test_a_decision_by_several_editions_says_which_standards_it_asked_about(file: CaseFile, days: int) -> None:
    """P13: records of the release before have no such mark, and replay as they were."""
    on = SECOND_FROM + timedelta(days=days)
    for of_every_edition in (True, False):
        book = replace(two_editions(), asks_of_every_edition=of_every_edition)
        first = decision_record(on_day(book, file, on), None, {}).content
        inputs = recorded_inputs(first)
        assert inputs.of_every_edition is of_every_edition
        again = replace(two_editions(), asks_of_every_edition=inputs.of_every_edition)
        evaluation = evaluate(again, inputs.case_file, inputs.as_of, inputs.as_known_at)
        assert decision_record(evaluation, None, {}).content == first
        subjects = {a.subject for a in evaluation.answers if a.rule_id == "coverage-standard"}
        assert subjects == ({*OLD, *NEW} if of_every_edition else set(OLD if on < SECOND_FROM else NEW))


def test_a_decision_by_one_edition_reads_as_ever() -> None:
    """P13."""
    assert b'"standards"' not in decision_record(on_day(shipped(), a_case_file(), SECOND_FROM), None, {}).content

"""Standards depend on the date. Another edition, with another number of standards, is data (requirements 0.2, R3)."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.rules.adapters.rule_files.book import book
from services.rules.adapters.rule_files.folder import check_folder, load_rulebook
from services.rules.compose import HERE
from services.rules.domain.closed_lists import Answer
from services.rules.domain.evaluation.decision_record import decision_record
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.facts import CaseFile
from services.rules.domain.rulebook.model import Rulebook
from services.rules.wire.standards import edition_message
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, an_item, answered, case_files
from tests.sizes import part_of

EFFECTIVE_FROM = date(2026, 8, 1)
COUNT = 9


def a_new_edition() -> str:
    """Return an edition of nine invented standards: people consulted had missed one on the impact on the child."""
    lines = [
        "edition: 2026-08",
        "title: Practice Standards, invented for a test",
        "published_on: 2026-07",
        f"effective_from: {EFFECTIVE_FROM}",
        "legal_basis: none, invented",
        "standards:",
    ]
    for number in range(1, COUNT + 1):
        lines += [
            f"  - standard: N{number}",
            f"    title: Invented standard {number}",
            f"    text: Invented text of standard {number}.",
            "    source: invented",
            "    indicators:",
            f"      - {{indicator: N{number}.1, title: Invented indicator, basis: invented}}",
        ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """Return the shipped rulebook with the new edition's file beside the old one's, and nothing else changed."""
    folder: Path = tmp_path_factory.mktemp("editions") / "rulebook"
    shutil.copytree(HERE / "rulebook", folder)
    (folder / "standards" / "2026-08.yaml").write_text(a_new_edition())
    return load_rulebook(folder)


def test_an_edition_with_another_number_of_standards_loads(rulebook: Rulebook) -> None:
    edition = rulebook.edition_on(TODAY)
    assert edition is not None
    assert (edition.edition_id, len(edition.standards)) == ("2026-08", COUNT)
    before = rulebook.edition_on(EFFECTIVE_FROM - timedelta(days=1))
    assert before is not None
    assert before.edition_id == "2015-07"


def test_conduct_is_read_against_the_edition_in_force_when_it_happened(rulebook: Rulebook) -> None:
    """Two late reports from before the new edition still count under the old one's fourth standard (R45)."""
    late = [a_late_report(f"late-{n}", EFFECTIVE_FROM - timedelta(days=30 + n)) for n in range(2)]
    evaluation = evaluate(rulebook, a_case_file(*late), TODAY, NOW)
    assert answered(evaluation, "report-late").answer is Answer.RAISED


def test_what_happened_under_the_new_edition_counts_for_its_standards(rulebook: Rulebook) -> None:
    item = an_item("new", EFFECTIVE_FROM + timedelta(days=5), speaks="N9.1")
    evaluation = evaluate(rulebook, a_case_file(item), TODAY, NOW)
    assert evaluation.edition_id == "2026-08"
    assert {answer.subject for answer in evaluation.answers} >= {f"N{number}" for number in range(1, COUNT + 1)}


@settings(max_examples=part_of(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=case_files(), days=st.integers(0, 60))
def test_every_case_is_answered_and_explained_on_both_sides_of_the_change(
    rulebook: Rulebook, file: CaseFile, days: int
) -> None:
    on = EFFECTIVE_FROM + timedelta(days=days - 30)
    evaluation = evaluate(rulebook, file, on, NOW)
    assert decision_record(evaluation, None, {}).content
    assert all(answer.explanation.because for answer in evaluation.raised)


BECAME = {f"S{n}": [f"N{n}"] for n in range(1, 8)} | {"S4": ["N4", "N5"], "E": []}


def with_a_crosswalk(folder: Path, became: dict[str, list[str]], edition_before: str = "2015-07") -> Path:
    shutil.copytree(HERE / "rulebook", folder)
    lines = ["crosswalk:", f"  from: {edition_before}", "  became:"]
    lines += [f"    {old}: [{', '.join(new)}]" for old, new in became.items()]
    (folder / "standards" / "2026-08.yaml").write_text(a_new_edition() + "\n".join(lines) + "\n")
    return folder


def test_a_crosswalk_says_what_each_standard_became_and_moves_no_evidence(tmp_path: Path, rulebook: Rulebook) -> None:
    found = load_rulebook(with_a_crosswalk(tmp_path / "rulebook", BECAME))
    walk = found.editions[-1].crosswalk
    assert walk is not None
    assert (walk.before("N5"), walk.before("N9"), walk.became["E"]) == (("S4", "S5"), (), ())
    message = edition_message(found.editions[-1])
    assert message.edition_before == "standardsEditions/2015-07"
    assert {(c.before, tuple(c.became)) for c in message.crosswalk} >= {("S4", ("N4", "N5")), ("E", ())}
    assert "In the edition 2015-07: S4, S5." in book(found, TODAY)
    file = a_case_file(*(a_late_report(f"late-{n}", EFFECTIVE_FROM - timedelta(days=30 + n)) for n in range(2)))
    answers = [{(a.rule_id, a.subject) for a in evaluate(b, file, TODAY, NOW).raised} for b in (found, rulebook)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("changed", "edition_before", "fault"),
    [
        ({"S4": ["M4"]}, "2015-07", '"M4" is neither a standard nor an indicator of this edition.'),
        ({"S8": ["N9"]}, "2015-07", '"S8" is neither a standard nor an indicator of 2015-07.'),
        ({}, "2014-01", "Name the edition just before this one: 2015-07."),
    ],
)
def test_a_crosswalk_names_nothing_unknown(
    tmp_path: Path, changed: dict[str, list[str]], edition_before: str, fault: str
) -> None:
    found = check_folder(with_a_crosswalk(tmp_path / "rulebook", {**BECAME, **changed}, edition_before))
    assert any(fault in str(each) for each in found), [str(each) for each in found]
    assert all(each.file == "standards/2026-08.yaml" and each.line > 1 for each in found)


def test_a_crosswalk_leaves_no_standard_out(tmp_path: Path) -> None:
    part = {old: new for old, new in BECAME.items() if old != "S6"}
    (fault,) = check_folder(with_a_crosswalk(tmp_path / "rulebook", part))
    assert "What S6 became is missing. Write [] if it ended." in str(fault)

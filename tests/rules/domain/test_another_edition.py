"""Standards are pinned by date in law: another edition, with another number of them, is data (requirements 0.2, R3)."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.rules.adapters.rulebook_files import load_rulebook
from services.rules.compose import HERE
from services.rules.domain.decision_record import decision_record
from services.rules.domain.evaluation import evaluate
from services.rules.domain.examination import Answer
from services.rules.domain.facts import CaseFile
from services.rules.domain.rulebook import Rulebook
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, an_item, answered, case_files

EFFECTIVE_FROM = date(2026, 8, 1)
COUNT = 9


def a_new_edition() -> str:
    """Nine standards of other names; the impact on the child, which people consulted had missed, is the ninth."""
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
    """The rulebook that ships, with the new edition's file beside the old one's, and nothing else changed."""
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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=case_files(), days=st.integers(0, 60))
def test_every_case_is_answered_and_explained_on_both_sides_of_the_change(
    rulebook: Rulebook, file: CaseFile, days: int
) -> None:
    on = EFFECTIVE_FROM + timedelta(days=days - 30)
    evaluation = evaluate(rulebook, file, on, NOW)
    assert decision_record(evaluation, None, {}).content
    assert all(answer.explanation.because for answer in evaluation.raised)

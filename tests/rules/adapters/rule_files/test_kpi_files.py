"""KPI files mean what a reader sees, or are refused with the place and what to do."""

import json
import shutil
from pathlib import Path

import pytest

from services.rules.adapters.rule_files.book import book
from services.rules.adapters.rule_files.folder import SHIPPED, check_folder, load_rulebook
from services.rules.domain.kpis.facts import KpiFacts
from services.rules.domain.kpis.periods import period_of
from services.rules.domain.kpis.report import report
from services.rules.domain.rulebook.changes import changes
from services.rules.domain.rulebook.kpi import Population
from services.rules.domain.workbench.examples import run_examples
from tests.rules.adapters.conftest import Edit
from tests.rules.builders import TODAY, shipped
from tests.rules.kpi_builders import LATER, OVER, a_duty, a_record, a_term, figure_of

OFFICIAL, OURS = "kpis/official.yaml", "kpis/ours.yaml"


FAULTS = (
    (OFFICIAL, "delivered is true", "deliverd is true", 'of each mandatory_training. Did you mean "delivered"?'),
    (OFFICIAL, "is attended", "is atended", '"atended" is not a value of "attendance". Did you mean "attended"?'),
    (OFFICIAL, "kpi_training_percent", "kpi_trainings_percent", 'Did you mean "kpi_training_percent"?'),
    (OFFICIAL, "kpi_training_percent", "one_item", '"one_item" is in items. A parameter in per cent is needed here.'),
    (OFFICIAL, "below one_item", "below one_itm", '"one_itm" is not a parameter. Did you mean "one_item"?'),
    (OFFICIAL, "owed is below one_item", "pro_rated is below one_item", '"pro_rated" is not a number'),
    (OFFICIAL, "owed is below one_item", "owed below one_item", 'Write "<word> is <value>" or '),
    (OFFICIAL, "whose: official", "whose: offical", '"offical" is not one of: official, ours.'),
    (OFFICIAL, "  register:", "  registr:", '"registr" is not a key here. Did you mean "register"?'),
    (OFFICIAL, "given: {delivered: false, due: false}", "given: {delivered: 0}", '"delivered" must be true or false.'),
    (OFFICIAL, "given: {report_sample_review_items: 2}", "given: {owed: true}", '"owed" must be a whole number.'),
    (OFFICIAL, "beside: [No report seen]", "beside: [No reports seen]", 'Did you mean "No report seen"?'),
    (OFFICIAL, "title: The event was held", 'title: ""', "The text here must not be empty."),
    (
        OFFICIAL,
        "includes: [The Team did not",
        "includes: [The Teams did not",
        'Did you mean "The Team did not deliver it"?',
    ),
    (OFFICIAL, "title: Never offered", "title: Offered", "so that people can tell them apart."),
    (OURS, "kpi: kpi-6-reports", "kpi: kpi-6-seen", "Choose another id."),
    (OURS, "kpi: kpi-6-reports", "kpi: report-late", '"report-late" is already used in rules/reports.yaml'),
    (OURS, "  owes: report_samples_needed\n", "", '"owes" is missing. A KPI of each item_owed needs it.'),
    (OURS, "each: concern", "each: concern\n  owes: one_item", 'A KPI of each concern has no "owes". Leave it out.'),
    (
        OURS,
        "{days_waited: 1}\n      then: counted",
        "{days_waited: 1}\n      then: short",
        "The examples show only one side.",
    ),
)


@pytest.mark.parametrize(("file", "old", "new", "fault"), FAULTS)
def test_a_kpi_file_with_a_fault_does_not_load_and_says_where(
    edited: Edit, file: str, old: str, new: str, fault: str
) -> None:
    found = check_folder(edited(file, old, new))
    assert any(fault in str(each) for each in found), [str(each) for each in found]
    assert all(each.file == file and each.line > 1 for each in found if each.severity == "error")


def test_kpis_are_part_of_what_the_content_hash_names(edited: Edit) -> None:
    changed = load_rulebook(edited(OFFICIAL, "title: Mandatory training delivered", "title: Mandatory training held"))
    assert changed.content_hash != shipped().content_hash
    assert [(change.about, change.name, change.words) for change in changes(shipped(), changed)] == [
        ("kpi", "kpi-5-delivered", ("title: Mandatory training delivered → Mandatory training held",))
    ]


def test_a_target_and_all_that_ours_say_stand_in_the_book() -> None:
    html = book(shipped(), TODAY)
    for kpi in shipped().kpis:
        assert f'<h3 id="{kpi.kpi_id}">' in html
    assert "95 per cent (Framework, KPI seven)" in html
    assert html.count("<dt>Whose</dt><dd>ours, not official</dd>") == 14


def test_a_rulebook_kept_by_an_earlier_release_has_no_kpis_and_loads(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    shutil.copytree(SHIPPED, folder)
    shutil.rmtree(folder / "kpis")
    assert load_rulebook(folder).kpis == ()


def test_a_new_kpi_over_a_population_that_is_here_needs_no_code(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    shutil.copytree(SHIPPED, folder)
    (folder / "kpis" / "local.yaml").write_text(
        """
- kpi: sessions-offered
  title: Support sessions offered
  whose: ours
  source: "Framework: three support sessions are offered in each 12 months"
  each: support_session
  register: Core support sessions owed that fall due in the period
  counts: {title: A date was offered, if: [offered is true]}
  withhold_below: kpi_smallest_group
  period: april_to_march
  examples:
    - {it: counts one offered, given: {offered: true}, then: counted}
    - {it: falls short when none was offered, given: {offered: false}, then: short}
"""
    )
    rulebook = load_rulebook(folder)
    assert all(result.holds for result in run_examples(rulebook))
    facts = KpiFacts((a_term(),), duties=(a_duty("one"), a_duty("two")), steps=(a_record("one"),))
    figure = figure_of(report(rulebook, facts, period_of("2026-27", None, OVER), LATER), "sessions-offered")
    assert (figure.numerator.units, figure.denominator.units) == (1, 2)


def test_the_schema_knows_every_population() -> None:

    schema = json.loads((SHIPPED / "schema" / "kpis.json").read_text())
    assert schema["items"]["properties"]["each"]["enum"] == list(Population)

"""Files of Practice Notes mean what a reader sees, or are refused with the place and what to do."""

import shutil
from pathlib import Path

import pytest

from services.rules.adapters.rule_files.book import book
from services.rules.adapters.rule_files.folder import SHIPPED, check_folder, load_rulebook
from services.rules.domain.rulebook.changes import changes
from tests.rules.adapters.conftest import Edit
from tests.rules.builders import TODAY, shipped

COURT, REPORTS, RULES = "notes/court.yaml", "notes/reports.yaml", "rules/reports.yaml"
STAGES = "stages: {effective: 2019-01-31}"
FAULTS = (
    (COURT, "S5]", "S9.9]", '"S9.9" is neither a standard nor an indicator.'),
    (COURT, STAGES, "stages: {efective: 2019-01-31}", '"efective" is not a key here. Did you mean "effective"?'),
    (COURT, STAGES, "stages: {effective: 2019-02-31}", '"2019-02-31" is not a day of the calendar.'),
    (
        COURT,
        STAGES,
        "stages: {accepted: 2019-03-01, effective: 2019-01-31}",
        'This date is before that of "accepted", which comes first.',
    ),
    (COURT, STAGES, "stages: {accepted: 2019-01-01}", "This is before the note takes effect."),
    (COURT, "acknowledged_by: 2019-01-31", "acknowledged_by: 2018-01-31", "This is before the note takes effect."),
    (COURT, "note: court", "note: reports", '"reports" is already the note of notes/court.yaml. Choose another id.'),
    (COURT, "title: Court\n", "", '"title" is missing'),
    (
        RULES,
        "status: live",
        "status: live\n  note: cort",
        '"cort" is not a Practice Note. There are: ',
    ),
)


@pytest.mark.parametrize(("file", "old", "new", "fault"), FAULTS)
def test_a_note_with_a_fault_does_not_load_and_says_where(
    edited: Edit, file: str, old: str, new: str, fault: str
) -> None:
    found = [str(each) for each in check_folder(edited(file, old, new))]
    assert any(fault in each for each in found), found


@pytest.mark.parametrize(
    ("note", "fault"),
    [
        ("acknowledged_by: 2026-03-01", "which everyone must have acknowledged by 2026-03-01. Start no earlier."),
        ("", "which everyone must have acknowledged by a day that is not set yet. Start no earlier."),
    ],
)
def test_a_rule_rests_on_a_note_only_from_the_day_everyone_has_had_time_to_acknowledge_it(
    edited: Edit, note: str, fault: str
) -> None:
    folder = edited(RULES, "in_force_from: 2026-01-01", "in_force_from: 2026-01-01\n  note: court")
    assert load_rulebook(folder).rules
    (folder / COURT).write_text((folder / COURT).read_text().replace("acknowledged_by: 2019-01-31", note))
    (found,) = check_folder(folder)
    assert (found.code, fault in str(found)) == ("NOTE-NOT-YET", True)


def test_no_rule_in_use_rests_on_a_note_that_is_withdrawn(edited: Edit) -> None:
    folder = edited(RULES, "in_force_from: 2026-01-01", "in_force_from: 2026-01-01\n  note: court")
    court = (folder / COURT).read_text()
    (folder / COURT).write_text(court.replace(STAGES, "stages: {effective: 2019-01-31, withdrawn: 2026-06-01}"))
    (found,) = check_folder(folder)
    assert found.code == "NOTE-WITHDRAWN"


def test_a_change_of_a_note_is_told_in_words(edited: Edit) -> None:
    folder = edited(COURT, STAGES, "stages: {effective: 2019-01-31, withdrawn: 2026-12-01}")
    after = load_rulebook(folder)
    assert after.content_hash != shipped().content_hash
    (change,) = changes(shipped(), after)
    assert (change.about, change.name, change.words) == (
        "note",
        "court",
        ("stages: effective from 31 January 2019 → effective from 31 January 2019, withdrawn from 1 December 2026",),
    )


def test_the_book_says_where_each_note_stands_and_which_rule_rests_on_it(edited: Edit) -> None:
    folder = edited(RULES, "in_force_from: 2026-01-01", "in_force_from: 2026-01-01\n  note: court")
    html = book(load_rulebook(folder), TODAY)
    for note in shipped().notes:
        assert f'<h3 id="note-{note.note_id}">{note.title}</h3>' in html
    assert "effective since 31 January 2019" in html
    assert 'the Practice Note <a href="#note-court">court</a>' in html


def test_a_rulebook_kept_by_an_earlier_release_has_no_notes_and_loads(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    shutil.copytree(SHIPPED, folder)
    shutil.rmtree(folder / "notes")
    assert load_rulebook(folder).notes == ()
    assert "Practice Notes" not in book(load_rulebook(folder), TODAY)

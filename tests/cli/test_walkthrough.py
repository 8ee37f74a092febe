"""The pages for policy staff are true: each command answers what the page says, on a suite that runs."""

from pathlib import Path

import pytest

from services.platform.clock import SystemClock
from tests.cli.test_answers import person_of
from tests.pages import DOCS, Command, follow, says, steps, years_until_next_april
from tests.suite import LoadedSuite

pytestmark = pytest.mark.journey
WALKTHROUGH = (DOCS / "walkthrough.md").read_text()
ALOUD = (DOCS / "rulebook.md").read_text().partition("## Read it aloud\n")[2]


def test_three_explanations_are_read_aloud_as_the_page_has_them(suite: LoadedSuite, tmp_path: Path) -> None:
    told = list(steps(ALOUD))
    assert len(told) == 3
    for step in told:
        assert isinstance(step, Command)
        answer = follow(step, tmp_path, suite.psmf)
        assert says(answer, step.answer), f"$ {step.line}\n{answer}"


def test_a_number_is_changed_tried_guarded_approved_put_in_force_and_taken_back(
    own_suite: LoadedSuite, tmp_path: Path
) -> None:
    """Takes a suite with the whole story, because the page speaks of it."""
    years = years_until_next_april(2027, SystemClock().today())
    done = []
    for step in steps(WALKTHROUGH, years):
        answer = follow(step, tmp_path, own_suite.psmf)
        if isinstance(step, Command):
            assert says(answer, step.answer), f"$ {step.line}\n{answer}"
            done.append(step.line.split()[2])
            if step.line.startswith("psmf rules whatif my-rules --as-received >"):
                report = (tmp_path / "whatif.txt").read_text()
                assert person_of(own_suite, "A late reporter who improves") in report
                assert person_of(own_suite, "A late reporter who has improved") in report
    wanted = "copy check diff whatif test cover submit approve publish revisions explain rollback"
    assert set(wanted.split()) == set(done)


@pytest.mark.parametrize(
    ("answer", "page", "true"),
    [
        ("Raised on 3 May 2026.", "Raised on 25 November\n2026.", True),
        ("Revision 0320490a4977 is draft.", "Revision 458f4744a75e is draft.", True),
        ("Revision 0320490a4977 is draft.", "Revision 458f4744a75e is active.", False),
        ("2 → 3 reports", "2 → 4 reports", False),
        ("sg-9c65c488 is named", "sg-12ba6c28 is named", False),
        ("one\ntwo\nthree", "one\n…\nthree", True),
        ("one\ntwo\nthree", "one\n…", True),
        ("one\ntwo\nthree", "one\nthree", False),
    ],
)
def test_a_page_is_held_to_its_words_and_not_to_its_days(answer: str, page: str, true: bool) -> None:
    assert says(answer, page) is true

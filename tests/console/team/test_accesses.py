"""Who opened a file in an emergency, as it stands on the page (X38)."""

from datetime import date

from services.console.views.access import listed as accesses
from services.console.views.parts import Away
from services.platform.calls.wire import to_date
from tests.console.fixtures.reviewing.accesses import NOW, OUTCOME, OWNER, STATE, TODAY, access, page, reviewed


def test_each_row_says_who_opened_whose_file_why_until_when_and_who_reviews_it() -> None:
    (row,) = page(access(1)).rows
    assert (row.who, row.about) == ("Demo Andrew Kerr", "Demo Ailsa Braeside: a child may be at risk.")
    assert (row.stands, row.reason) == ("It is open from 08:00 until 12:00.", "Nobody of the region answers.")
    assert row.review == "Who answers for the data reviews it by Friday 4\N{NO-BREAK SPACE}December."


def test_a_review_is_shown_with_its_reasons_and_one_that_is_late_as_late() -> None:
    late = access(2, state=STATE.STATE_OVER, review_due_date=to_date(date(2026, 11, 26)))
    found = page(reviewed(1, OUTCOME.OUTCOME_NOT_JUSTIFIED), late)
    assert [row.review for row in found.rows] == [
        "Demo Una Sinclair found it not justified: As the log says.",
        "The review was due by Thursday 26\N{NO-BREAK SPACE}November.",
    ]
    assert found.rows[0].stands == "It was open from 08:00 and closed at 08:30."
    assert found.rows[1].about.startswith("sg-2:"), "who may not read the register sees an id"


def test_nobody_says_that_nothing_was_opened_while_nobody_knows() -> None:
    assert page().lead == "Nobody has opened a file in an emergency."
    assert page(access(1), people=Away("evidence")).rows[0].who == "Manager a"
    asked = accesses.AskedAccesses(Away("scheduling"), Away("evidence"), Away("evidence"), OWNER, "support_manager")
    unknown = accesses.build(asked, NOW, TODAY)
    assert (unknown.lead, len(unknown.away)) == ("", 2)

"""A decision record holds what the Team owed, so that it replays byte for byte; records of before stay as they are."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings

from services.rules.domain.evaluation.decision_record import decision_record, recorded_inputs
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.facts import CaseFile, TeamDuty
from tests.rules.builders import PERSON, a_case_file, a_duty, an_item, case_files, shipped, team_duties
from tests.sizes import part_of

DAY, NOW = date(2027, 11, 2), datetime(2027, 11, 2, 18, 0, tzinfo=UTC)
SERVING = replace(PERSON, term_ends_on=date(2028, 6, 30))


def recorded(case_file: CaseFile) -> bytes:
    evaluation = evaluate(shipped(), replace(case_file, person=SERVING), DAY, NOW)
    return decision_record(evaluation, [each.answers for each in evaluation.answered], {"psmf": "test"}).content


@given(case_files(most=6), team_duties(DAY))
@settings(max_examples=part_of(40), deadline=None)
def test_a_record_evaluated_again_is_the_same_record(case_file: CaseFile, duties: tuple[TeamDuty, ...]) -> None:
    content = recorded(replace(case_file, duties=duties))
    inputs = recorded_inputs(content)
    again = evaluate(shipped(), inputs.case_file, inputs.as_of, inputs.as_known_at)
    replayed = decision_record(again, [each.answers for each in again.answered], inputs.versions, "")
    assert replayed.content == content


def test_only_what_is_still_owed_is_in_it_and_answers_name_it_by_place() -> None:
    due = date(2027, 11, 1)
    done = a_duty("done", due, is_open=False)
    record = json.loads(recorded(a_case_file(duties=(done, a_duty("later", DAY), a_duty("late", due)))))
    told = "2027-10-02T09:00:00.000000Z"
    about = "safeguarders/demo-safeguarder/supports/late"
    assert record["duties"][0] == ["late", 1, "deliver_support", about, "2027-11-01", told]
    assert [row[0] for row in record["duties"]] == ["late", "later"]
    (raised,) = [answer for answer in record["answers"] if answer["rule"] == "team-support-late"]
    assert raised["duties"] == [0]
    assert raised["clears_if"]["done"] == ["late"]


def test_a_record_without_duties_says_nothing_of_them() -> None:
    """Otherwise every record of a release that knew no duties would replay as another one."""
    items = [an_item(f"item-{number}", date(2027, 9, number + 1), speaks="S4.1") for number in range(4)]
    record: dict[str, Any] = json.loads(recorded(a_case_file(*items)))
    assert "duties" not in record
    assert any("clears_if" in answer for answer in record["answers"])
    for answer in record["answers"]:
        assert "duties" not in answer
        assert "done" not in answer.get("clears_if", {})

"""What the Team owes is read out with what it is about, and with what clears the gap (R43, B1)."""

import json

from psmf.rules.v1 import rules_pb2 as pb

from services.cli.rules.explain import Known, _of_message, _of_record, lines_of
from services.client.concern_rows import concern_row
from services.client.why import why
from services.platform.calls.wire import from_word
from services.rules.domain.evaluation.decision_record import decision_record
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.wire.concerns import explanation_message
from services.rules.wire.evaluations import answer_message
from tests.rules.builders import a_case_file, a_duty, answered, shipped
from tests.rules.domain.duties.test_what_the_team_owes import DAY, NOW, SERVING, YESTERDAY

RULE = "team-support-late"
CLEARS = "Clears if the support due on 1 November 2027 is given, or cannot be given and no open action rests on it."
OWED = "a support that was accepted, to be given by 1 November 2027"


def late() -> Evaluation:
    duty = a_duty("5a77d0301", YESTERDAY)
    return evaluate(shipped(), a_case_file(person=SERVING, duties=(duty,)), DAY, NOW)


def test_why_names_the_duty_before_any_evidence_and_the_team_as_the_one_who_owes_it() -> None:
    answer = answered(late(), RULE)
    concern = pb.Concern(
        name="safeguarders/one/concerns/c",
        lane=from_word(pb.Lane, answer.lane),
        rule=RULE,
        standards=answer.standards,
        explanation=explanation_message(answer.explanation),
    )
    lines = why(concern_row(concern), "Demo Effie Lochend", {}).splitlines()
    assert lines[0] == "For the Team · Demo Effie Lochend"
    assert f"  Owed         {OWED}  5a77d030" in lines
    assert not any(line.split()[:1] == ["Counted"] for line in lines), "nothing about the person counted"
    assert lines[-2:] == [CLEARS, "This is the Team's task. It says nothing about Demo Effie Lochend."]
    assert concern_row(concern)["clears_if"]["done"] == ["5a77d0301"]


def test_explain_reads_it_out_from_an_answer_and_from_a_decision_record() -> None:
    evaluation = late()
    known = Known({RULE: "A support was not given by the promised day"}, {}, {})
    said = list(lines_of(_of_message(answer_message(answered(evaluation, RULE))), known))
    assert said[0] == "For the Team · A support was not given by the promised day: raised"
    assert f"  Owed     {OWED}  5a77d030" in said
    assert f"  {CLEARS}" in said
    assert "  Supports accepted and not given by the promised day: 1. The line is 1 or more: just met." in said
    content = decision_record(evaluation, [each.answers for each in evaluation.answered], {}).content
    record = json.loads(content)
    (kept,) = [answer for answer in record["answers"] if answer["rule"] == RULE]
    read = list(lines_of(_of_record(kept, record), known))
    assert "  Owed     deliver support, due on 1 November 2027  5a77d030" in read

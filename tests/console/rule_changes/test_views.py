"""Changes of the rules as people read them: who may do what, figures as found, and the picture as its table."""

import re
from datetime import date

import pytest
from psmf.rules.v1 import revisions_pb2, simulations_pb2

from services.console.forms.answers import Sent, TypedDay
from services.console.forms.rule_changes import TypedNumber, read_number, read_step, wanted_examples
from services.console.requests import Visitor
from services.console.views.rule_changes import change, listing, number, steps, what_if
from services.console.views.rule_changes import months as chart
from services.refusals import conflict, invalid, precondition
from tests.console.fixtures import rule_changes as made

State = made.State
OTHER_EDITOR = Visitor("policy-editor-2", "policy_editor")
NOW_APPROVER = Visitor("policy-editor", "policy_approver")
"""Somebody who handed the change in, and has become an approver since."""


@pytest.mark.parametrize(
    ("state", "reader", "possible", "blocked"),
    [
        (State.STATE_DRAFT, made.APPROVER, ["Approve it", "Send it back"], []),
        (State.STATE_DRAFT, made.EDITOR, ["Take it back"], ["You can't approve your own change"]),
        (State.STATE_DRAFT, NOW_APPROVER, ["Take it back"], ["You can't approve your own change"]),
        (State.STATE_DRAFT, OTHER_EDITOR, [], ["A policy approver does"]),
        (State.STATE_DRAFT, made.AUDITOR, [], ["A policy approver does"]),
        (State.STATE_APPROVED, made.APPROVER, ["Publish it"], []),
        (State.STATE_APPROVED, made.EDITOR, [], []),
        (State.STATE_SCHEDULED, made.APPROVER, [], ["It comes into force by itself"]),
        (State.STATE_ACTIVE, made.APPROVER, ["Take it back"], []),
        (State.STATE_ACTIVE, made.EDITOR, [], ["A policy approver does"]),
        (State.STATE_ROLLED_BACK, made.APPROVER, ["Publish it"], []),
        (State.STATE_SUPERSEDED, made.APPROVER, [], []),
        (State.STATE_SENT_BACK, made.APPROVER, [], ["once it is handed in again"]),
    ],
)
def test_a_step_is_offered_only_to_whom_it_is_possible_and_the_others_read_why(
    state: int, reader: Visitor, possible: list[str], blocked: list[str]
) -> None:
    view = change.build(made.asked(made.revision(state), reader), "", made.NOW)
    assert [step.link.text for step in view.steps] == possible
    assert len(view.blocked) == len(blocked)
    assert all(part in text for part, text in zip(blocked, view.blocked, strict=True))


def test_who_handed_a_change_in_again_can_not_approve_it_either() -> None:
    returned = revisions_pb2.RulebookReturn(person="somebody", answered_by="policy-approver", reason="Say why")
    view = change.build(made.asked(made.revision(returns=[returned])), "", made.NOW)
    assert [step.link.text for step in view.steps] == ["Take it back"]


def test_a_change_says_what_differs_whom_it_touches_and_what_happened_by_name() -> None:
    view = change.build(made.asked(made.revision(State.STATE_SENT_BACK)), "", made.NOW)
    (difference,) = view.differences
    assert (difference.name, difference.rules[0].text) == ("Late reports line", "Reports filed late")
    assert difference.says == ("2 → 3 reports from 1 April 2027 (Board minute 14; ours, not official)",)
    assert view.touches[1:] == ("Newly raised: 0", "No longer raised: 3", "Raised earlier: 0", "Raised later: 1")
    assert view.stands == "Demo Duncan Pirie sent it back: Say which minute"
    assert [past.says for past in view.history] == [
        "Demo Ishbel Mathers handed it in at 09:02", "Demo Duncan Pirie sent it back at 10:02",
    ]  # fmt: skip


def test_an_auditor_sees_no_figures_of_a_try_and_reads_that_they_are_not_shown() -> None:
    view = change.build(made.asked(reader=made.AUDITOR), "", made.NOW)
    assert view.trying is None
    assert view.touches == ("Policy staff try it on the past. What they find is not shown here.",)


def test_the_list_names_what_waits_first_and_no_few_people() -> None:
    view = made.PAGES["rule-changes"][1]["typical"]()
    assert isinstance(view, listing.ListView)
    assert [group.id for group in view.groups] == [
        "is-tried", "is-waiting", "is-ready", "is-in-force", "is-sent-back", "is-earlier",
    ]  # fmt: skip
    assert view.groups[0].rows[0].title == "Late reports line: 3 from 1\u00a0April 2027"
    assert view.trials[0].says == "Asked of 148 people. It would have been raised about 7."


def test_each_number_of_the_table_stands_in_the_picture_and_no_other() -> None:
    view = what_if.build_run(made.run(months=14), made.RULES, "/here", made.TODAY)
    assert view.chart is not None
    for row, values in zip(
        view.chart.rows, ([m.now for m in view.months], [m.proposed for m in view.months]), strict=True
    ):
        assert [bar.number for bar in row.bars] == values
        highest = max(number for month in view.months for number in (month.now, month.proposed))
        assert [round(bar.height / chart.BAR * highest) for bar in row.bars] == values
    said = re.findall(r"(\w+ \d{4}): (\d+) now, (\d+) with the change", view.chart.says)
    assert said == [(month.name, str(month.now), str(month.proposed)) for month in view.months]


@pytest.mark.parametrize("numbers", [[], [0], [5] * 150, [0, 1, 150]])
def test_the_picture_stays_in_its_frame(numbers: list[int]) -> None:
    months = [chart.Month("J", "January", number, number) for number in numbers]
    for row in chart.build("t", "s", ("a", "b"), months).rows:
        for bar in row.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= chart.WIDTH
            assert 0 <= bar.height <= chart.BAR
            assert bar.number_at > 0


def test_weeks_are_summed_by_month_over_all_managers_and_a_month_without_any_is_0() -> None:
    weeks = [("m-1", date(2026, 1, 5), 1, 0), ("m-2", date(2026, 1, 26), 2, 1), ("m-1", date(2026, 3, 2), 1, 1)]
    load = [
        simulations_pb2.Load(
            support_manager=manager, week_date={"year": on.year, "month": on.month, "day": on.day}, before=a, after=b
        )
        for manager, on, a, b in weeks
    ]
    run = made.run()
    run.what_if.ClearField("load")
    run.what_if.load.extend(load)
    view = what_if.build_run(run, made.RULES, "/here", made.TODAY)
    assert [(month.name, month.now, month.proposed) for month in view.months] == [
        ("January 2026", 3, 1), ("February 2026", 0, 0), ("March 2026", 1, 1),
    ]  # fmt: skip


def test_a_table_of_many_matters_says_how_many_it_leaves_out() -> None:
    view = what_if.build_run(made.run(matters=400), made.RULES, "/here", made.TODAY)
    assert (len(view.rows), view.more[:4]) == (150, "251 ")
    waits = what_if.build_run(made.run(made.Run.STATE_RUNNING), made.RULES, "/here", made.TODAY)
    assert waits.says.startswith("About 40 per cent is done: 60 of 150 people.")
    assert waits.again is not None
    assert waits.again.href == "/here"


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({}, {"from_date": "missing", "value": "missing", "why": "missing", "cites": "missing", "origin": "missing"}),
        ({"value": "2.5"}, {"value": "not_whole"}),
        ({"value": "-1"}, {"value": "not_whole"}),
        ({"value": "9" * 30}, {"value": "not_whole"}),
        ({"why": "w" * 301}, {"why": "too_long"}),
        ({"origin": "theirs"}, {"origin": "missing"}),
        ({"from_date-month": "13"}, {"from_date": "not_a_day"}),
    ],
)
def test_a_wrong_answer_is_seen_before_the_service_is_asked(typed: dict[str, str], faults: dict[str, str]) -> None:
    good = {
        "from_date-day": "1", "from_date-month": "April", "from_date-year": "2027", "value": "3",
        "why": "One talk is enough", "cites": "Minute 14", "origin": "ours",
    }  # fmt: skip
    assert read_number(good).faults == {}
    assert read_number(good | typed if typed else {}).faults == faults


@pytest.mark.parametrize(
    ("refusal", "field", "sentence"),
    [
        (("VALUE_OUTSIDE_SCALE", "change.value"), 1, "Enter a whole number from 1 to 10"),
        (("DATE_NOT_AHEAD", "change.from_date"), 0, "Enter a day after today, ten years ahead at most"),
        (("VALUE_ON_THE_DAY", "change.from_date"), 0, "There is already a value from 1\u00a0April 2027."),
        (("TEXT_MAY_NAME_A_CHILD", "change.why"), 2, "This may name a child."),
        (("SOMETHING_NEW", "change.cites"), 3, "This can't be taken as it is"),
    ],
)
def test_a_refusal_of_the_service_stands_at_its_question(refusal: tuple[str, str], field: int, sentence: str) -> None:
    reason, about = refusal
    typed = number.typed_of(made.a_change())
    view = number.build(made.the_number(), made.RULES, typed, Sent("r", ""), invalid(reason, "No.", about), made.TODAY)
    errors = [question.error for question in view.form.questions]
    assert errors[field].startswith(sentence)
    assert sum(map(bool, errors)) == 1
    assert view.form.questions[2].value == "One talk is enough", "what was typed stays"


def test_rules_that_would_be_unsound_are_named_above_the_form_and_nothing_typed_is_lost() -> None:
    typed = number.typed_of(made.a_change())
    view = number.build(made.the_number(), made.RULES, typed, Sent("r", ""), made.FAULTY, made.TODAY)
    assert view.form.notice is not None
    assert "report-late: it could never clear with this line." in view.form.notice.says
    assert [question.error for question in view.form.questions] == [""] * 5


def test_a_form_that_comes_back_keeps_which_examples_are_wanted_and_their_words() -> None:
    key = f"{0:016x}"
    sent = {f"example-{key}-1": "yes", f"title-{key}": "w" * 201, f"title-{1:016x}": "mine"}
    checked = number.Checked(made.trial(), made.looked_at(), None, made.RULES, sent)
    view = number.build_check(checked, made.TODAY, "r")
    assert view.form is not None
    first, words, second, others = view.form.questions
    assert (first.choices[0].is_chosen, second.choices[0].is_chosen) == (True, False)
    assert (words.value, others.value) == ("w" * 201, "mine")
    assert words.error
    assert wanted_examples({f"example-{key}-1": "yes", f"title-{key}": " asks \n", "example-x-1": "yes"}) == (
        (key, "asks"),
    )


def test_what_can_not_be_handed_in_any_more_has_no_button_and_says_why() -> None:
    checked = number.Checked(made.trial(), None, invalid("VALUE_ON_THE_DAY", "No.", "change.from_date"), made.RULES, {})
    view = number.build_check(checked, made.TODAY, "r")
    assert view.form is None
    assert view.notice is not None
    assert view.notice.says[0].startswith("There is a value from this day by now.")


def test_publishing_says_what_else_it_undoes() -> None:
    plan = revisions_pb2.RulebookPlan()
    plan.CopyFrom(made.PLAN)
    plan.in_force.in_force_time.seconds += 3600
    plan.scheduled.effective_time.seconds = plan.in_force.in_force_time.seconds + 86400 * 100
    wanted = steps.AskedStep("publish", read_step("publish", {}, made.TODAY), Sent("r", ""), None, plan)
    view = steps.build(wanted, made.asked(made.revision(State.STATE_APPROVED)), made.TODAY)
    assert any("after this change was handed in" in line for line in view.says)
    assert any("This one takes its place" in line for line in view.says)


def test_taking_back_says_which_rulebook_applies_again() -> None:
    view = made.step("take-back")
    assert isinstance(view, steps.StepView)
    assert view.form.effect.startswith("The rulebook of 1\u00a0January 2026 applies again, at once.")


def test_a_step_that_came_too_late_says_who_did_what_and_a_refused_one_why() -> None:
    typed = read_step("approve", {"reason": "Read", "known": "1"}, made.TODAY)
    wanted = steps.AskedStep("approve", typed, Sent("r", ""), conflict("STALE_COPY", "Stale."), None, made.run())
    view = steps.build(wanted, made.asked(made.revision(approvals=[made.approval()])), made.TODAY)
    assert view.form.notice is not None
    assert "Demo Duncan Pirie approved it at 11:02" in view.form.notice.says[0]
    assert view.form.questions[0].value == "Read"
    assert steps.refused(precondition("SENT_BACK", "No.", "name")).says[0].startswith("It was sent back.")


def test_a_day_to_publish_on_is_ahead_and_begins_at_midnight_in_scotland() -> None:
    form = {"when": "later", "day-day": "1", "day-month": "4", "day-year": "2027"}
    assert str(read_step("publish", form, made.TODAY).at) == "2027-04-01 00:00:00+01:00"
    today = {"when": "later", "day-day": "30", "day-month": "11", "day-year": "2026"}
    assert read_step("publish", today, made.TODAY).faults == {"day": "not_ahead"}
    assert read_step("publish", {"when": "now"}, made.TODAY).at is None
    assert TypedNumber(day=TypedDay("x")).from_on is None

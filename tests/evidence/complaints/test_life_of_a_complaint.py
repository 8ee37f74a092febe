"""The life of a complaint: its steps, what is owed by when, and what corrects what (R47, X37)."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evidence.adapters.record_numbers import complaint_numbers
from services.evidence.domain import life_of_an_item as life
from services.evidence.domain.complaints import moving
from services.evidence.domain.complaints.moving import Correction, Move
from services.evidence.domain.complaints.stages import ExtensionReason, Limit, Recorder, Step
from services.evidence.domain.evidence_item import ComplaintOutcome, CorrectionReason, EvidenceItem, ItemState, Kind
from services.evidence.domain.life_of_an_item import ReplyTime
from services.refusals import Refusal
from services.who import Who
from tests.evidence.domain.test_time_to_reply import an_item
from tests.sizes import part_of

RECEIVED = date(2026, 12, 1)
"""A Tuesday."""
LAST = date(2027, 3, 1)
NUMBERS = complaint_numbers()
OUTCOMES = (ComplaintOutcome.UPHELD, ComplaintOutcome.NOT_UPHELD, ComplaintOutcome.WITHDRAWN)


def by(day: date, person: str = "panel-team") -> Recorder:
    return Recorder(person, datetime.combine(day, time(12), UTC))


def a_complaint(received: date = RECEIVED, **changes: Any) -> EvidenceItem:
    item = an_item(kind=Kind.COMPLAINT, complaint_outcome=ComplaintOutcome.PENDING)
    content = item.content._replace(happened_on=received, received_on=received)
    return item._replace(content=content, stages=moving.received(received, NUMBERS), **changes)


def step(item: EvidenceItem, what: Step, on: date, today: date = LAST, **more: Any) -> EvidenceItem:
    return life.move_complaint(item, Move(what, on, **more), by(today), NUMBERS)


def decided(item: EvidenceItem, outcome: ComplaintOutcome, on: date) -> EvidenceItem:
    return life.decide_complaint(item, outcome, "panel-team", ReplyTime(on, None), by(on).now)


def stands(item: EvidenceItem) -> dict[str, tuple[str, str]]:
    """Return each time limit by its word, with its last day and how it stands."""
    return {one.limit.value: (f"{one.due_on:%m-%d}", one.state.value) for one in item.complaint_limits}


def refused(act: Any) -> str:
    with pytest.raises(Refusal) as problem:
        act()
    return problem.value.reason


def test_a_complaint_is_answered_at_stage_1_in_five_working_days_from_the_day_it_was_received() -> None:
    item = a_complaint()
    assert stands(item) == {"answer_complaint": ("12-08", "awaited")}
    answered = step(item, Step.ANSWERED, date(2026, 12, 4))
    assert stands(answered) == {"answer_complaint": ("12-08", "met")}
    assert (answered.version, answered.content.complaint_outcome) == (2, ComplaintOutcome.PENDING)


def test_an_answer_that_settles_it_gives_it_the_outcome_without_a_finding() -> None:
    settled = step(a_complaint(), Step.SETTLED, date(2026, 12, 4))
    assert (settled.content.complaint_outcome, settled.decided_by) == (ComplaintOutcome.RESOLVED, "panel-team")
    assert stands(settled) == {"answer_complaint": ("12-08", "met")}
    assert refused(lambda: step(settled, Step.STAGE_2, date(2026, 12, 7))) == "ALREADY_DECIDED"


def test_stage_2_is_acknowledged_in_three_working_days_and_answered_in_twenty() -> None:
    item = step(step(a_complaint(), Step.ANSWERED, date(2026, 12, 4)), Step.STAGE_2, date(2026, 12, 7))
    due = ("acknowledge_complaint", "investigate_complaint")
    assert [stands(item)[each] for each in due] == [("12-10", "awaited"), ("01-06", "awaited")]
    item = step(item, Step.ACKNOWLEDGED, date(2026, 12, 9))
    assert [stands(item)[each][1] for each in due] == ["met", "awaited"]
    item = step(item, Step.STAGE_2_ANSWERED, date(2027, 1, 6))
    item = decided(item, ComplaintOutcome.NOT_UPHELD, date(2027, 1, 8))
    told = step(item, Step.OMBUDSMAN_TOLD, date(2027, 1, 8))
    assert {state for _, state in stands(told).values()} == {"met"}
    assert told.stages is not None
    assert [entry.step.value for entry in told.stages.standing][-2:] == ["decided", "ombudsman_told"]


def test_a_complaint_that_goes_straight_to_stage_2_owes_no_answer_at_stage_1() -> None:
    item = step(a_complaint(), Step.STAGE_2, date(2026, 12, 2))
    assert stands(item)["answer_complaint"][1] == "ended"
    answered = step(item, Step.STAGE_2_ANSWERED, date(2026, 12, 4))
    assert stands(answered)["acknowledge_complaint"][1] == "met", "the answer stands in for it"


def test_a_late_report_of_an_answer_in_time_is_in_time() -> None:
    late = step(a_complaint(), Step.ANSWERED, date(2026, 12, 8), today=date(2026, 12, 20))
    (limit,) = late.complaint_limits
    assert (limit.met_on, limit.due_on) == (date(2026, 12, 8), date(2026, 12, 8))


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(ComplaintOutcome.UPHELD, "met"), (ComplaintOutcome.RESOLVED, "met"), (ComplaintOutcome.WITHDRAWN, "ended")],
)
def test_an_outcome_ends_every_time_limit_at_any_stage(outcome: ComplaintOutcome, state: str) -> None:
    for item in (a_complaint(), step(a_complaint(), Step.STAGE_2, date(2026, 12, 2))):
        after = decided(item, outcome, date(2026, 12, 3))
        open_before = {word for word, (_, stood) in stands(item).items() if stood == "awaited"}
        assert {stands(after)[word][1] for word in open_before} == {state}


def test_an_item_that_is_withdrawn_waits_for_no_answer() -> None:
    gone = life.withdraw(a_complaint(), CorrectionReason.WRONG_PERSON, by(LAST).now)
    assert stands(gone) == {"answer_complaint": ("12-08", "ended")}
    assert refused(lambda: step(gone, Step.ANSWERED, date(2026, 12, 4))) == "ITEM_NOT_CURRENT"


def test_an_extension_has_a_reason_and_a_later_day_and_can_be_taken_back() -> None:
    item = a_complaint()
    more: dict[str, Any] = {"reason": ExtensionReason.AGREED, "due_on": date(2026, 12, 15)}
    longer = step(item, Step.EXTENDED, date(2026, 12, 7), **more)
    assert stands(longer) == {"answer_complaint": ("12-15", "awaited")}
    back = step(longer, Step.EXTENDED, LAST, correction=Correction.TAKEN_BACK)
    assert stands(back) == {"answer_complaint": ("12-08", "awaited")}
    assert back.stages is not None
    (kept,) = back.stages.entries
    assert (kept.due_on, kept.taken_out_by) == (date(2026, 12, 15), "panel-team"), "both are kept"
    at_stage_2 = step(longer, Step.STAGE_2, date(2026, 12, 8))
    assert stands(at_stage_2)["investigate_complaint"][0] == "01-07", "an extension of stage 1 is none of stage 2"


EXTENDED: dict[str, Any] = {"due_on": date(2026, 12, 15), "reason": ExtensionReason.AGREED}
ANSWERED = step(a_complaint(), Step.ANSWERED, date(2026, 12, 4))
AT_STAGE_2 = step(ANSWERED, Step.STAGE_2, date(2026, 12, 7))
UPHELD = decided(AT_STAGE_2, ComplaintOutcome.UPHELD, date(2026, 12, 9))


@pytest.mark.parametrize(
    ("item", "what", "on", "more", "reason"),
    [
        (an_item(kind=Kind.FEEDBACK), Step.ANSWERED, "12-04", {}, "NOT_A_COMPLAINT"),
        (a_complaint(), Step.DECIDED, "12-04", {}, "DECIDED_ELSEWHERE"),
        (ANSWERED, Step.ANSWERED, "12-05", {}, "STEP_RECORDED"),
        (ANSWERED, Step.SETTLED, "12-05", {}, "STEP_NOT_NEXT"),
        (AT_STAGE_2, Step.ANSWERED, "12-08", {}, "STEP_RECORDED"),
        (ANSWERED, Step.ACKNOWLEDGED, "12-05", {}, "STEP_NOT_NEXT"),
        (ANSWERED, Step.STAGE_2_ANSWERED, "12-05", {}, "STEP_NOT_NEXT"),
        (AT_STAGE_2, Step.OMBUDSMAN_TOLD, "12-08", {}, "STEP_NOT_NEXT"),
        (UPHELD, Step.STAGE_2_ANSWERED, "12-10", {}, "ALREADY_DECIDED"),
        (a_complaint(state=ItemState.HELD), Step.ANSWERED, "12-04", {}, "ITEM_HELD"),
        (a_complaint(under_review=True), Step.SETTLED, "12-04", {}, "UNDER_REVIEW"),
        (a_complaint(), Step.ANSWERED, "11-30", {}, "DATE_BEFORE_STEP"),
        (ANSWERED, Step.STAGE_2, "12-03", {}, "DATE_BEFORE_STEP"),
        (a_complaint(), Step.ANSWERED, "12-31", {"today": date(2026, 12, 30)}, "DATE_IN_FUTURE"),
        (ANSWERED, Step.EXTENDED, "12-05", EXTENDED, "NO_TIME_LIMIT"),
        (a_complaint(), Step.EXTENDED, "12-05", {"reason": ExtensionReason.AGREED}, "FIELD_MISSING"),
        (a_complaint(), Step.EXTENDED, "12-05", {"due_on": date(2026, 12, 15)}, "FIELD_MISSING"),
        (a_complaint(), Step.EXTENDED, "12-05", EXTENDED | {"due_on": date(2026, 12, 8)}, "DATE_NOT_LATER"),
        (a_complaint(), Step.EXTENDED, "12-05", EXTENDED | {"due_on": date(2062, 12, 8)}, "EXTENSION_TOO_LONG"),
        (a_complaint(), Step.ANSWERED, "12-05", EXTENDED, "NO_EXTENSION"),
        (ANSWERED, Step.STAGE_2, "12-05", {"correction": Correction.TAKEN_BACK}, "STEP_NOT_RECORDED"),
        (AT_STAGE_2, Step.ANSWERED, "12-05", {"correction": Correction.TAKEN_BACK}, "LATER_STEPS"),
        (UPHELD, Step.DECIDED, "12-05", {"correction": Correction.TAKEN_BACK}, "OUTCOME_STAYS"),
        (AT_STAGE_2, Step.ANSWERED, "12-08", {"correction": Correction.ANOTHER_DAY}, "DATE_AFTER_STEP"),
        (AT_STAGE_2, Step.STAGE_2, "12-07", {"correction": Correction.ANOTHER_DAY}, "SAME_DAY"),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_is_refused(
    item: EvidenceItem, what: Step, on: str, more: dict[str, Any], reason: str
) -> None:
    assert refused(lambda: step(item, what, date.fromisoformat(f"2026-{on}"), **more)) == reason


def test_a_review_of_the_item_stops_no_answer_to_the_person_who_complained() -> None:
    item = step(a_complaint(under_review=True), Step.ANSWERED, date(2026, 12, 4))
    assert stands(item) == {"answer_complaint": ("12-08", "met")}


def test_another_day_for_a_step_moves_what_is_counted_from_it_and_keeps_what_was_recorded() -> None:
    item = step(AT_STAGE_2, Step.STAGE_2, date(2026, 12, 8), correction=Correction.ANOTHER_DAY)
    assert stands(item)["acknowledge_complaint"] == ("12-11", "awaited")
    assert item.stages is not None
    before, after = item.stages.entries[-2:]
    assert (before.on, after.on) == (date(2026, 12, 7), date(2026, 12, 8))
    assert (before.taken_out_at, after.taken_out_at) == (by(LAST).now, None)


def test_a_request_for_stage_2_that_was_recorded_wrongly_is_taken_back_and_owes_nothing() -> None:
    item = step(AT_STAGE_2, Step.STAGE_2, LAST, correction=Correction.TAKEN_BACK)
    assert stands(item) == {"answer_complaint": ("12-08", "met")}


def corrected(item: EvidenceItem, person: str = "panel-lead", **content: Any) -> EvidenceItem:
    """Return what takes the place of a complaint, as another person of the Team corrects it."""
    content_after = item.content._replace(**content)
    life.check_correction(item, content_after, Who(person))
    new = a_complaint(content_after.received_on)._replace(
        content=content_after, sender=person, recorded_at=by(LAST).now
    )
    return life.corrected(new, item, ReplyTime(LAST, None))


def test_the_corrected_day_of_receipt_moves_the_answer_and_keeps_the_steps() -> None:
    after = corrected(a_complaint(), received_on=date(2026, 12, 3))
    assert stands(after) == {"answer_complaint": ("12-10", "awaited")}
    kept = corrected(ANSWERED, summary="The same, put better.")
    assert stands(kept) == stands(ANSWERED)
    assert refused(lambda: corrected(ANSWERED, received_on=date(2026, 12, 7))) == "DATE_AFTER_STEP"


def test_an_outcome_that_a_second_person_takes_away_lets_the_time_go_on() -> None:
    pending = corrected(UPHELD, complaint_outcome=ComplaintOutcome.PENDING)
    assert stands(pending)["investigate_complaint"] == ("01-06", "awaited")
    settled = step(a_complaint(), Step.SETTLED, date(2026, 12, 4))
    again = corrected(settled, complaint_outcome=ComplaintOutcome.PENDING)
    assert stands(again) == {"answer_complaint": ("12-08", "met")}, "it was answered, and is not settled"
    assert stands(step(again, Step.STAGE_2, date(2026, 12, 9)))["acknowledge_complaint"] == ("12-14", "awaited")
    other = corrected(UPHELD, complaint_outcome=ComplaintOutcome.NOT_UPHELD)
    assert other.stages is not None
    assert [entry.taken_out_at is None for entry in other.stages.entries if entry.step is Step.DECIDED] == [False, True]


def test_a_complaint_of_an_earlier_release_has_no_time_limit_until_a_step_begins_one() -> None:
    before = a_complaint()._replace(stages=None)
    assert stands(before) == {}
    assert stands(step(before, Step.ANSWERED, date(2026, 12, 30))) == {}
    assert set(stands(step(before, Step.STAGE_2, date(2026, 12, 30)))) == {
        "acknowledge_complaint", "investigate_complaint",
    }  # fmt: skip
    assert stands(corrected(before, received_on=date(2026, 12, 3))) == {}


def test_the_safeguarder_sees_the_stages_once_the_complaint_is_shared_and_never_who_recorded_them() -> None:
    assert AT_STAGE_2.shown_to_the_person is None
    neutral = AT_STAGE_2._replace(content=AT_STAGE_2.content._replace(mappings=()))
    shared = life.share(neutral, ReplyTime(LAST, None), by(LAST).now).shown_to_the_person
    assert shared is not None
    assert shared.stages is not None
    assert {(entry.by, entry.taken_out_by) for entry in shared.stages.entries} == {("", "")}


@settings(max_examples=part_of(300), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Step), st.integers(0, 40), st.sampled_from([None, *Correction]))))
def test_whatever_is_recorded_in_whatever_order_the_days_rise_and_nothing_is_lost(
    tried: list[tuple[Step, int, Correction | None]],
) -> None:
    item = a_complaint()
    for what, days, correction in tried:
        on = date.fromordinal(RECEIVED.toordinal() + days)
        later = {"due_on": date.fromordinal(on.toordinal() + 5)}
        extension: dict[str, Any] = EXTENDED | later if what is Step.EXTENDED else {}
        before = item
        try:
            if what is Step.DECIDED and correction is None:
                item = decided(item, OUTCOMES[days % 3], on)
            else:
                item = step(item, what, on, correction=correction, **extension)
        except Refusal:
            continue
        assert before.stages is not None
        assert item.stages is not None
        assert len(item.stages.entries) >= len(before.stages.entries), "every step that was recorded is kept"
        limits = {one.limit: one for one in item.complaint_limits}
        is_open = item.content.complaint_outcome is ComplaintOutcome.PENDING
        assert is_open or not [one for one in limits.values() if one.state == "awaited"]
        made = {entry.step for entry in item.stages.standing}
        assert (Limit.INVESTIGATE in limits) == (Step.STAGE_2 in made)
        assert all(one.due_on > one.starts_on for one in limits.values())

"""A training is delivered by the event that was held, to everybody who served then and was owed one (P26)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.refusals import Refusal
from services.scheduling.domain.attendance import Attendance, TrainingAttendance
from services.scheduling.domain.events import TrainingDelivered
from services.scheduling.domain.identifiers import TrainingEventId
from services.scheduling.domain.obligations.obligations import (
    Obligation,
    ObligationKind,
    open_obligations,
    record_training_attendance,
)
from services.scheduling.domain.obligations.trainings import (
    TrainingEvent,
    TrainingKind,
    check_counts_once,
    check_not_on_file,
    check_training_event,
    deliver,
)
from tests.scheduling.builders import NOW, POLICY, SAFEGUARDER, TODAY, a_term, obligation_ids

TERM = a_term("2025-12-01", "2028-11-30")
YEAR = (date(2025, 12, 1), date(2026, 11, 30))


def owed() -> tuple[Obligation, ...]:
    """The two trainings of a year, as opened on its first day."""
    opened, _ = open_obligations(TERM, (), YEAR[0], POLICY, obligation_ids())
    return tuple(each for each in opened if each.kind is ObligationKind.MANDATORY_TRAINING)


def an_event(name: str, *days: str, kind: TrainingKind = TrainingKind.MANDATORY) -> TrainingEvent:
    return TrainingEvent(TrainingEventId(name), kind, tuple(map(date.fromisoformat, days)), NOW)


def always(day: date) -> bool:
    return True


def delivered(
    obligations: Sequence[Obligation], *events: TrainingEvent, serves_on: Callable[[date], bool] = always
) -> list[tuple[str | None, date | None]]:
    after, _ = deliver(obligations, events, serves_on, NOW, TODAY)
    assert [each.delivered for each in after] == [each.training_event is not None for each in after]
    return [(each.training_event, each.delivered_on) for each in after]


def attended(obligation: Obligation, day: str, word: Attendance = Attendance.ATTENDED) -> Obligation:
    return record_training_attendance(obligation, TrainingAttendance(date.fromisoformat(day), word), NOW, POLICY)[0]


@pytest.mark.parametrize("word", Attendance)
def test_attendance_alone_delivers_nothing_and_the_event_of_that_day_does(word: Attendance) -> None:
    """P26: whatever was recorded of the person."""
    first, second = owed()
    both = (attended(first, "2026-09-10", word), second)
    assert delivered(both) == [(None, None), (None, None)]
    assert delivered(both, an_event("autumn", "2026-09-10")) == [("autumn", date(2026, 9, 10)), (None, None)]


def test_who_did_not_come_was_offered_the_event_all_the_same() -> None:
    """P26: two events deliver both trainings, in order of their days."""
    events = (an_event("autumn", "2026-09-10"), an_event("spring", "2026-04-20"))
    assert delivered(owed(), *events) == [("spring", date(2026, 4, 20)), ("autumn", date(2026, 9, 10))]


def test_one_event_on_several_days_delivers_one_training_on_the_day_that_was_attended() -> None:
    """P26."""
    event = an_event("autumn", "2026-09-10", "2026-09-17")
    assert delivered(owed(), event) == [("autumn", date(2026, 9, 10)), (None, None)]
    first, second = owed()
    assert delivered((first, attended(second, "2026-09-17")), event) == [(None, None), ("autumn", date(2026, 9, 17))]


def test_an_event_delivers_nothing_outside_the_year_or_the_service_and_only_a_mandatory_one_does() -> None:
    """P26."""
    before, after = an_event("before", "2025-11-30"), an_event("after", "2026-12-01")
    module = an_event("module", "2026-09-10", kind=TrainingKind.MODULAR)
    assert delivered(owed(), before, after, module) == [(None, None), (None, None)]
    left = an_event("autumn", "2026-09-10")
    assert delivered(owed(), left, serves_on=lambda day: day < date(2026, 9, 10)) == [(None, None), (None, None)]


def test_what_changes_is_published_once_and_an_event_that_is_taken_back_too() -> None:
    """P26: a correction reaches every reader."""
    event = an_event("autumn", "2026-09-10")
    after, told = deliver(owed(), [event], always, NOW, TODAY)
    first = after[0].obligation_id
    assert told == (TrainingDelivered(SAFEGUARDER, first, TrainingEventId("autumn"), date(2026, 9, 10), NOW),)
    assert deliver(after, [event], always, NOW, TODAY) == (after, ())
    back, told = deliver(after, [replace(event, held_on=())], always, NOW, TODAY)
    assert (back, told) == (owed(), (TrainingDelivered(SAFEGUARDER, first, None, None, NOW),))


def test_what_the_release_before_called_delivered_stays_until_attendance_is_recorded_again() -> None:
    """P26: that release kept no events."""
    before = replace(owed()[0], delivered=True, attended=True)
    after, told = deliver([before], [an_event("autumn", "2026-09-10")], always, NOW, TODAY)
    assert (after, told) == ((before,), ())
    again = attended(before, "2026-09-10")
    assert delivered([again]) == [(None, None)]
    assert delivered([again], an_event("autumn", "2026-09-10")) == [("autumn", date(2026, 9, 10))]


DAYS = st.integers(0, 364).map(lambda days: YEAR[0] + timedelta(days=days))
EVENTS = st.lists(st.lists(DAYS, max_size=3), max_size=4).map(
    lambda found: [
        TrainingEvent(TrainingEventId(f"event-{n}"), TrainingKind.MANDATORY, tuple(sorted(set(days))), NOW)
        for n, days in enumerate(found)
    ]
)


@given(events=EVENTS, shuffled=st.randoms(use_true_random=False), attendance=st.lists(DAYS, max_size=2))
def test_the_order_of_records_makes_no_difference_and_no_event_delivers_twice(
    events: list[TrainingEvent], shuffled: object, attendance: list[date]
) -> None:
    """P26."""
    trainings = [replace(each, attendance_on=day) for each, day in zip(owed(), [*attendance, None, None], strict=False)]
    once, _ = deliver(trainings, events, always, NOW, TODAY)
    step_by_step: tuple[Obligation, ...] = tuple(trainings)
    in_some_order = list(events)
    shuffled.shuffle(in_some_order)  # type: ignore[attr-defined]
    for number in range(len(events) + 1):
        step_by_step, _ = deliver(step_by_step, in_some_order[:number], always, NOW, TODAY)
    assert step_by_step == once
    used = [each.training_event for each in once if each.training_event]
    assert len(used) == len(set(used))
    for each in once:
        assert not each.delivered or each.attendance_on in {None, each.delivered_on}


@pytest.mark.parametrize("name", ["A", "ab", "-abc", "abc-", "a" * 41, "a b c", "Autumn"])
def test_an_id_that_is_not_well_formed_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="TRAINING_EVENT_ID_NOT_VALID"):
        check_training_event(an_event(name), TODAY)


def test_an_event_still_to_come_is_refused() -> None:
    with pytest.raises(Refusal, match="TRAINING_IN_FUTURE"):
        check_training_event(an_event("autumn", "2026-11-24", "2026-11-25"), TODAY)


AUTUMN = an_event("autumn", "2026-09-10", "2026-09-17")
OTHER = an_event("other", "2026-09-17")


@pytest.mark.parametrize(
    ("day", "events", "taken"),
    [
        ("2026-09-10", (), False),
        ("2026-09-10", (AUTUMN,), False),
        ("2026-09-17", (AUTUMN,), False),
        ("2026-09-17", (), True),
        ("2026-09-17", (AUTUMN, OTHER), True),
        ("2026-09-17", (AUTUMN, an_event("long", "2026-09-10", "2026-09-17")), True),
        ("2026-09-11", (AUTUMN,), True),
        ("2026-09-10", (AUTUMN, an_event("modular", "2026-09-10", kind=TrainingKind.MODULAR)), False),
    ],
)
def test_one_event_is_attended_or_missed_once(day: str, events: tuple[TrainingEvent, ...], taken: bool) -> None:
    """P26: attendance on 10 September is recorded for the first training, and now some for the second."""
    first, second = owed()
    held_on, others = date.fromisoformat(day), (attended(first, "2026-09-10"), second)
    if taken:
        check_counts_once(second, held_on, others, events)
    else:
        with pytest.raises(Refusal) as refused:
            check_counts_once(second, held_on, others, events)
        assert refused.value.reason == "TRAINING_RECORDED_ALREADY"


def test_what_was_recorded_twice_before_can_be_corrected() -> None:
    """P26: the release before took both, and each of them can still be set right."""
    both = tuple(attended(each, "2026-09-10") for each in owed())
    for each in both:
        check_counts_once(each, date(2026, 9, 10), both, (AUTUMN,))


@pytest.mark.parametrize(
    ("event", "known", "refused"),
    [
        (an_event("training-autumn", "2026-09-10"), None, True),
        (an_event("training-autumn", "2026-09-09", "2026-09-11"), None, True),
        (an_event("training-autumn", "2026-09-12"), None, False),
        (an_event("training-autumn", "2026-09-10", kind=TrainingKind.MODULAR), None, False),
        (an_event("training-autumn"), an_event("training-autumn", "2026-09-10"), False),
        (an_event("training-autumn", "2026-09-10", "2026-09-12"), an_event("training-autumn", "2026-09-10"), False),
        (an_event("training-autumn", "2026-09-10"), an_event("training-autumn", "2026-09-12"), True),
        (
            an_event("training-autumn", "2026-09-10"),
            replace(an_event("training-autumn", "2026-09-10"), kind=TrainingKind.MODULAR),
            True,
        ),
        (an_event("autumn", "2026-09-10"), None, False),
    ],
)
def test_one_event_under_two_ids_is_refused(event: TrainingEvent, known: TrainingEvent | None, refused: bool) -> None:
    """P17, P26: it would deliver both trainings of the year. What stands already is a correction of other days."""
    on_file = [an_event("autumn", "2026-09-10", "2026-09-11"), *([known] if known else [])]
    if not refused:
        check_not_on_file(event, known, on_file)
        return
    with pytest.raises(Refusal) as problem:
        check_not_on_file(event, known, on_file)
    assert (problem.value.reason, problem.value.metadata["on_file"]) == ("TRAINING_ON_FILE", "trainingEvents/autumn")

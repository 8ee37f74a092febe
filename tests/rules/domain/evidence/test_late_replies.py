"""A reply that comes after an item could count changes no answer about the days before (B4)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from psmf.evidence.v1 import events_pb2, evidence_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling_events
from psmf.scheduling.v1 import scheduling_pb2

from services.platform.calls.wire import to_date, to_instant
from services.rules.domain.closed_lists import NotCounted, Source
from services.rules.domain.evidence.countability import not_counted
from services.rules.wire.facts import attendance_fact, evidence_fact
from tests.rules.builders import a_case_file, an_item, answered, evaluated

LAPSED_ON = date(2026, 10, 20)
REPLIED_ON = date(2026, 11, 30)
AT_THE_END = datetime(2026, 12, 1, 9, tzinfo=UTC)


def a_message(replied_on: date | None, countable_on: date) -> events_pb2.EvidenceFact:
    """Return an adverse item whose time to reply ended the day before `LAPSED_ON`."""
    message = events_pb2.EvidenceFact(
        evidence_id="one",
        safeguarder_id="demo-safeguarder",
        version=3 if replied_on else 2,
        record_time=to_instant(datetime(2026, 10, 5, 9, tzinfo=UTC)),
        kind=evidence_pb2.EVIDENCE_KIND_FEEDBACK,
        source=evidence_pb2.EVIDENCE_SOURCE_PANEL_MEMBER,
        aspect=evidence_pb2.ASPECT_PRACTICE,
        setting=evidence_pb2.SETTING_APPOINTMENT,
        evidence_class=evidence_pb2.EVIDENCE_CLASS_STANDARD,
        happened_date=to_date(date(2026, 9, 1)),
        received_date=to_date(date(2026, 9, 1)),
        shared_date=to_date(date(2026, 10, 5)),
        reply_due_date=to_date(LAPSED_ON - timedelta(days=1)),
        countable_date=to_date(countable_on),
        state=evidence_pb2.ITEM_STATE_CURRENT,
        mappings=[
            evidence_pb2.Mapping(standard="S2", indicator="S2.1", polarity=evidence_pb2.POLARITY_CONCERN),
        ],
    )
    if replied_on is not None:
        message.replied_date.CopyFrom(to_date(replied_on))
    return message


def test_what_was_raised_before_a_late_reply_is_still_raised_as_of_that_day() -> None:
    """P4: the event of the release before gives the day of the late reply. As of 10 November it still counts."""
    other = an_item("other", date(2026, 9, 1), source=Source.CHILD)
    before = evidence_fact(a_message(None, LAPSED_ON))
    replied = replace(evidence_fact(a_message(REPLIED_ON, REPLIED_ON)), recorded_at=datetime(2026, 11, 30, tzinfo=UTC))
    for known in ((before,), (before, replied)):
        evaluation = evaluated(a_case_file(*known, other), date(2026, 11, 10), AT_THE_END)
        assert answered(evaluation, "same-theme-two-sources", "S2.1").answer == "raised"


@given(st.integers(0, 300))
def test_no_reply_puts_back_the_day_from_which_an_item_counts(days: int) -> None:
    """P4: by events of this release and of the one before."""
    replied_on = date(2026, 10, 5) + timedelta(days=days)
    for said in (replied_on, min(replied_on, LAPSED_ON)):
        assert evidence_fact(a_message(replied_on, said)).countable_from == min(replied_on, LAPSED_ON)


def test_an_item_whose_time_to_reply_stands_still_counts_against_nobody() -> None:
    """R90: its event has no last day to reply. A reader takes it for no event of a release that said less."""
    other = an_item("other", date(2026, 9, 1), source=Source.CHILD)
    message = a_message(None, LAPSED_ON)
    for field in ("reply_due_date", "countable_date"):
        message.ClearField(field)
    message.reply_stands_still = True
    fact = evidence_fact(message)
    assert (fact.reply_due_on, fact.adverse_from) == (None, None)
    evaluation = evaluated(a_case_file(fact, other), date(2026, 11, 10), AT_THE_END)
    assert answered(evaluation, "same-theme-two-sources", "S2.1").answer != "raised"
    assert not_counted(fact, date.max, adverse=True) is NotCounted.IN_REPLY_TIME


def test_an_absence_whose_time_to_reply_stands_still_counts_against_nobody() -> None:
    """R90: the day of its recording starts no time to reply of the release before."""
    message = scheduling_events.TrainingAttendanceRecorded(
        attendance=scheduling_pb2.ATTENDANCE_ABSENT_UNEXCUSED,
        event_date=to_date(date(2026, 9, 1)),
        record_time=to_instant(datetime(2026, 9, 2, 9, tzinfo=UTC)),
        reply_stands_still=True,
    )
    fact = attendance_fact("mandatory_training", message, "o-1", date(2026, 9, 1))
    assert fact.adverse_from is None
    message.reply_stands_still = False
    assert attendance_fact("mandatory_training", message, "o-1", date(2026, 9, 1)).adverse_from is not None

"""What evidence answers becomes entries of a timeline: each step once, a correction beside what it corrects."""

from datetime import UTC, datetime, timedelta
from typing import Any

from psmf.evidence.v1 import (
    complaint_stages_pb2,
    decisions_pb2,
    evidence_pb2,
    overlays_pb2,
    safeguarder_pb2,
    session_records_pb2,
)
from psmf.platform.v1 import timeline_pb2

from services.evidence.domain.personal_file.item_times import ItemTimes
from services.evidence.wire import timeline as wire
from services.platform.calls.wire import to_date, to_instant
from tests.builders import a_mapping

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ME = "safeguarders/sg-one"
RECORD, OVERLAY = session_records_pb2.SessionRecord, overlays_pb2.Overlay


def at(days: float) -> Any:
    return to_instant(START + timedelta(days=days))


def whats(entries: wire.Entries) -> list[str]:
    kinds = timeline_pb2.TimelineEntry.What
    return [kinds.Name(one.what).removeprefix("WHAT_").lower() for one in sorted(entries, key=lambda one: one.place)]


def an_item(name: str, **fields: Any) -> evidence_pb2.EvidenceItem:
    day = to_date(START.date())
    kind = evidence_pb2.EVIDENCE_KIND_COMPLAINT
    return evidence_pb2.EvidenceItem(name=f"{ME}/evidenceItems/{name}", kind=kind, happened_date=day,
                                     create_time=at(1), **fields)  # fmt: skip


def test_the_steps_of_a_complaint_stand_in_their_order() -> None:
    reply = evidence_pb2.Reply(reply_date=to_date((START + timedelta(days=4)).date()))
    upheld = evidence_pb2.COMPLAINT_OUTCOME_UPHELD
    shared = to_date((START + timedelta(days=3)).date())
    stages = complaint_stages_pb2.ComplaintStages
    answered = stages.Recorded(step=stages.STEP_ANSWERED, date=reply.reply_date, record_time=at(4.5))
    wrong = stages.Recorded(step=stages.STEP_ANSWERED, date=reply.reply_date, taken_out_time=at(5))
    recorded = stages(steps=[wrong, answered, stages.Recorded(step=stages.STEP_DECIDED, date=reply.reply_date)])
    item = an_item("a", mappings=[a_mapping()], shared_date=shared, reply=reply, complaint_outcome=upheld,
                   complaint_stages=recorded)  # fmt: skip
    times = ItemTimes(*(START + timedelta(days=days) for days in (2, 3, 4, 5)))
    steps = ["item_recorded", "item_read", "item_shared", "item_replied", "complaint_moved", "complaint_decided"]
    assert whats(wire.of_items([item], {"a": times})) == steps


def test_a_correction_that_the_reader_is_not_shown_is_not_told_of() -> None:
    old = an_item("a", superseded_by=f"{ME}/evidenceItems/b", state=evidence_pb2.ITEM_STATE_SUPERSEDED)
    (alone,) = wire.of_items([old], {})
    assert (alone.corrected_by, alone.corrects) == ("", "")
    both = {one.name[-1]: one for one in wire.of_items([old, an_item("b")], {})}
    assert (both["a"].corrected_by, both["b"].corrects) == (f"{ME}/evidenceItems/b", f"{ME}/evidenceItems/a")


def test_each_text_of_a_record_was_shared_and_answered() -> None:
    name = f"{ME}/supportSessions/x/record"
    said = session_records_pb2.RecordAnswer(answer_time=at(2))
    first = RECORD(name=name, edition=1, share_time=at(1), answer=said)
    confirmed = session_records_pb2.RecordAnswer(answer_time=at(4), confirmed=True)
    second = RECORD(name=name, edition=2, share_time=at(3), answer=confirmed, close_time=at(4))
    told = ["record_shared", "record_answered", "record_corrected", "record_answered", "record_closed"]
    assert sorted(whats(wire.of_records([second, first]))) == sorted(told)
    assert whats(wire.of_records([RECORD(name=name, edition=1)])) == [], "a draft has not been shared"


def test_a_correction_of_a_decision_counts_once_a_second_person_confirmed_it() -> None:
    kinds, states = safeguarder_pb2.RecordMinisterialDecisionRequest, decisions_pb2.DecisionCorrection
    record = decisions_pb2.DecisionRecord(kind=kinds.KIND_APPOINTED)
    for state, told in (
        (states.STATE_WAITING, ["decision_recorded"]),
        (states.STATE_CONFIRMED, ["decision_recorded", "decision_corrected"]),
    ):
        correction = states(state=state, record=record, enter_time=at(1), answer_time=at(2), answered_by="two")
        decision = decisions_pb2.MinisterialDecision(
            name=f"{ME}/decisions/1", record=record, record_time=at(0), corrections=[correction]
        )
        assert whats(wire.of_decisions([decision])) == told


def test_leave_that_was_only_asked_for_is_no_absence() -> None:
    days = {"start_date": to_date(START.date()), "record_time": at(0)}
    for state, told in ((OVERLAY.STATE_ASKED, []), (OVERLAY.STATE_DECLINED, []), (OVERLAY.STATE_AGREED, ["away"])):
        overlay = OVERLAY(name=f"{ME}/overlays/o", kind=OVERLAY.KIND_LEAVE, state=state, **days)
        assert whats(wire.of_overlays([overlay])) == told

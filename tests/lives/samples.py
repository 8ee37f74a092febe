"""Sampled reports and leaves that are asked for in a life, and what always holds of them."""

from collections.abc import Callable
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import overlays_pb2 as overlays
from psmf.evidence.v1 import report_samples_pb2 as pb
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import to_date
from tests.lives.life import Life
from tests.lives.truths import duties_of, has_ended

READERS = ("reader-one", "reader-two", "reader-three")
DIRECTORY = {reader: {"role": "report_reviewer"} for reader in READERS}
Sample, Duty, Leave = pb.ReportSample, duties.Duty, overlays.Overlay
WORDS = "The last page does not say what is recommended."


def samples_of(life: Life, safeguarder: str) -> list[pb.ReportSample]:
    """Return the sampled reports of somebody."""
    request = pb.ListReportSamplesRequest(parent=f"safeguarders/{safeguarder}")
    return list(life.running.samples.ListReportSamples(request, **life.running.as_("panel-team")).report_samples)


def sample(life: Life) -> None:
    """Take the next step of a sampled report, or begin a round and draw; now and then a step that is not allowed."""
    found = samples_of(life, life.someone()[0])
    if not found or life.choices.random() < 0.2:
        life.call("panel-team", "samples", "CreateSampleRound", pb.CreateSampleRoundRequest())
        life.call("panel-team", "samples", "DrawSamples", pb.DrawSamplesRequest(name="sampleRounds/-"))
        return
    known = life.choices.choice(found)
    next_steps = _STEPS.get(known.state, (_read,))
    if life.choices.random() < 0.1:
        next_steps = (_obtain, _assign, _read, _reconcile, _end_wait, _share)
    life.choices.choice(next_steps)(life, known)


def _obtain(life: Life, known: pb.ReportSample) -> None:
    reasons = (0, 0, pb.NO_REPORT_REASON_NOT_PROVIDED, pb.NO_REPORT_REASON_NO_APPOINTMENT)
    reason: Any = life.choices.choice(reasons)
    request = pb.RecordObtainedRequest(name=known.name, etag=known.etag, reason=reason)
    life.call("panel-team", "samples", "RecordObtained", request)


def _assign(life: Life, known: pb.ReportSample) -> None:
    second, reader = life.choices.random() < 0.5, life.choices.choice(READERS)
    request = pb.AssignReadingRequest(name=known.name, etag=known.etag, reader=reader, second=second)
    life.call("panel-team", "samples", "AssignReading", request)


def _rating(life: Life) -> pb.Rating:
    return pb.Rating(clear=life.choices.choice((items.LINE_RATING_AT, items.LINE_RATING_BELOW)))


def _read(life: Life, known: pb.ReportSample) -> None:
    for reader in filter(None, (known.reader, known.second_reader)):
        if life.choices.random() < 0.6:
            request = pb.RecordReadingRequest(name=known.name, rating=_rating(life), words=WORDS)
            life.call(reader, "samples", "RecordReading", request)


def _reconcile(life: Life, known: pb.ReportSample) -> None:
    request = pb.ReconcileReadingsRequest(name=known.name, etag=known.etag, rating=_rating(life), words=WORDS)
    life.call(life.choices.choice((*READERS, "senior-head")), "samples", "ReconcileReadings", request)


def _end_wait(life: Life, known: pb.ReportSample) -> None:
    request = pb.EndReadingWaitRequest(name=known.name, etag=known.etag)
    life.call("panel-team", "samples", "EndReadingWait", request)


def _share(life: Life, known: pb.ReportSample) -> None:
    if known.evidence_item:
        request = items.ShareEvidenceItemRequest(name=known.evidence_item)
        life.call("panel-team", "evidence", "ShareEvidenceItem", request)


_STEPS: dict[Any, tuple[Callable[[Life, pb.ReportSample], None], ...]] = {
    Sample.STATE_DUE: (_obtain,),
    Sample.STATE_SELECTED: (_obtain,),
    Sample.STATE_NOT_AVAILABLE: (_obtain,),
    Sample.STATE_OBTAINED: (_assign,),
    Sample.STATE_ASSIGNED: (_assign, _read, _read),
    Sample.STATE_READ: (_assign, _read, _end_wait, _share),
    Sample.STATE_SECOND_READ: (_reconcile,),
    Sample.STATE_RECONCILED: (_share,),
}


def ask_for_leave(life: Life) -> None:
    """Ask for a leave, answer the request, or say when a leave ended."""
    safeguarder, person, team = life.someone()
    parent, today = f"safeguarders/{safeguarder}", life.running.today
    listed = overlays.ListOverlaysRequest(parent=parent)
    found = life.running.overlays.ListOverlays(listed, **life.running.as_("panel-team")).overlays
    leaves = [each for each in found if each.kind == Leave.KIND_LEAVE]
    if not leaves or life.choices.random() < 0.4:
        asked = overlays.RequestLeaveRequest(
            parent=parent,
            kind=life.choices.choice((Leave.LEAVE_KIND_ILLNESS, Leave.LEAVE_KIND_CARING)),
            start_date=to_date(today),
        )
        life.call(person, "overlays", "RequestLeave", asked)
        return
    known = life.choices.choice(leaves)
    if life.choices.random() < 0.6:
        agreed = overlays.AgreeLeaveRequest(name=known.name, answer=overlays.AgreeLeaveRequest.ANSWER_AGREED)
        life.call(team, "overlays", "AgreeLeave", agreed)
    else:
        ended = overlays.EndLeaveRequest(name=known.name, end_date=to_date(today))
        life.call(team, "overlays", "EndLeave", ended)


def a_sampled_report_always_waits_for_somebody(life: Life, safeguarder: str) -> None:
    """Assert that exactly one step of each sampled report is owed until it is shared, gone or withdrawn."""
    if has_ended(life, safeguarder):
        return
    owed = duties_of(life, safeguarder)
    for known in samples_of(life, safeguarder):
        round_name = f"safeguarders/{safeguarder}/{known.round}"
        found = sorted(each.kind for each in owed if each.about in (known.name, round_name))
        assert found == [kind for kind in (_kind(life, safeguarder, known),) if kind], f"{known.name}: {found}"


def _kind(life: Life, safeguarder: str, known: pb.ReportSample) -> Any:
    item = next((each for each in life.items_of(safeguarder) if each.name == known.evidence_item), None)
    if item is not None:
        # A correction that was never shared is to be shared like the item before it.
        line = _line_of(life, safeguarder, item)
        over = any(each.HasField("shared_date") for each in line) or line[-1].state == items.ITEM_STATE_WITHDRAWN
        return None if over else Duty.KIND_SHARE_READING
    if known.state == Sample.STATE_READ and not known.second_wanted:
        return None  # nothing is recorded about somebody who served no more on that day
    is_read = any(reading for reading in known.readings)
    waits = {
        Sample.STATE_DUE: Duty.KIND_DRAW_SAMPLE,
        Sample.STATE_SELECTED: Duty.KIND_OBTAIN_REPORT,
        Sample.STATE_OBTAINED: Duty.KIND_READ_REPORT,
        Sample.STATE_ASSIGNED: Duty.KIND_READ_REPORT,
        Sample.STATE_READ: _missing(life, known) if not is_read else None,
        Sample.STATE_SECOND_READ: Duty.KIND_RECONCILE_READINGS,
    }
    return waits.get(known.state)


def _missing(life: Life, known: pb.ReportSample) -> Any:
    """Return which of two readings is awaited. Only its reader sees the one that is in."""
    if not known.reader:
        return Duty.KIND_READ_REPORT
    request = pb.GetReportSampleRequest(name=known.name)
    seen = life.running.samples.GetReportSample(request, **life.running.as_(known.reader))
    return Duty.KIND_SECOND_READING if seen.readings else Duty.KIND_READ_REPORT


def _line_of(life: Life, safeguarder: str, item: items.EvidenceItem) -> list[items.EvidenceItem]:
    """Return an item with those that took its place, one after another."""
    by_name = {each.name: each for each in life.items_of(safeguarder)}
    line = [item]
    while line[-1].superseded_by and line[-1].superseded_by in by_name:
        line.append(by_name[line[-1].superseded_by])
    return line

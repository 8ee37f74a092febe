"""The story as requests to public gRPC methods. Request ids come from the story, so that a repeat has no effect."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from psmf.evidence.v1 import evidence_pb2, safeguarder_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.demo.story.values import Attendance, Item, Person, Story
from services.platform.calls.wire import from_word, to_date

PANEL_TEAM = "panel-team"
REGULATIONS_AMENDED_ON = date(2016, 4, 25)
"""The day from which decisions cite the regulations as amended by SSI 2016/61."""
_IDS = uuid.UUID("9b0c5a9e-7d5e-5b54-9d43-1f5be3f54d1b")
_LINES = ("on_time", "form", "clear", "reasoned", "justifiable")


class StoryNotToldError(Exception):
    """A part of the story that the suite refused, or that it should have refused. The message says which and why."""


def request_id(story: Story, *what: object) -> str:
    """Return the id of a request, always the same for the same story."""
    return str(uuid.uuid5(_IDS, "/".join(str(part) for part in (story.seed, story.today, *what))))


def entry(story: Story, person: Person) -> safeguarder_pb2.CreateSafeguarderRequest:
    """Return the request that enters a person in the register."""
    return safeguarder_pb2.CreateSafeguarderRequest(
        safeguarder_id=person.safeguarder_id,
        safeguarder=safeguarder_pb2.Safeguarder(
            display_name=person.display_name, areas=person.areas, demo=True, panel_number=person.panel_number
        ),
        request_id=request_id(story, "entry", person.safeguarder_id),
    )


def decisions(story: Story, person: Person) -> Iterator[safeguarder_pb2.RecordMinisterialDecisionRequest]:
    """Yield Ministers' decisions about a person: the appointment, then each reappointment."""
    kinds = safeguarder_pb2.RecordMinisterialDecisionRequest
    for place, starts_on in enumerate(person.term_starts):
        amended = starts_on >= REGULATIONS_AMENDED_ON
        yield kinds(
            name=f"safeguarders/{person.safeguarder_id}",
            kind=kinds.KIND_REAPPOINTED if place else kinds.KIND_APPOINTED,
            effective_date=to_date(starts_on),
            term_months=36,
            legal_basis=safeguarder_pb2.LegalBasis(
                instrument="SSI 2012/54",
                provision="reg 7(2)" if place else "reg 7(1)",
                version="as amended by SSI 2016/61" if amended else "as made",
            ),
            recommended_by=PANEL_TEAM,
            request_id=request_id(story, "decision", person.safeguarder_id, place),
        )


def rows(story: Story) -> Iterator[evidence_pb2.ImportRow]:
    """Yield two years of evidence as rows of a file of past records."""
    for number, item in enumerate(story.history, 1):
        request = evidence_pb2.CreateEvidenceItemRequest(
            parent=f"safeguarders/{item.safeguarder_id}",
            evidence_item=evidence_item(item),
            request_id=request_id(story, "row", number),
            history=True,
        )
        yield evidence_pb2.ImportRow(row=number, request=request)


def evidence_item(item: Item) -> evidence_pb2.EvidenceItem:
    """Return an item as the Team files it."""
    return evidence_pb2.EvidenceItem(
        mappings=mappings(item),
        evidence_class=from_word(evidence_pb2.EvidenceClass, item.evidence_class),
        shared_date=to_date(item.shared_on),
        reply=evidence_pb2.Reply(reply_date=to_date(item.replied_on)) if item.replied_on else None,
        **_as_seen(item),
    )


def seen_item(item: Item) -> evidence_pb2.EvidenceItem:
    """Return an item as a partner sends it: what was seen, not yet mapped to the standards."""
    return evidence_pb2.EvidenceItem(**_as_seen(item))


def mappings(item: Item) -> list[evidence_pb2.Mapping]:
    """Return the mappings of an item to indicators."""
    return [
        evidence_pb2.Mapping(
            standard=indicator.partition(".")[0],
            indicator=indicator,
            polarity=from_word(evidence_pb2.Polarity, polarity),
        )
        for indicator, polarity in item.speaks
    ]


def _as_seen(item: Item) -> dict[str, Any]:
    return {
        "kind": from_word(evidence_pb2.EvidenceKind, item.kind),
        "source": from_word(evidence_pb2.EvidenceSource, item.source),
        "aspect": from_word(evidence_pb2.Aspect, item.aspect),
        "setting": from_word(evidence_pb2.Setting, item.setting),
        "happened_date": to_date(item.happened_on),
        "received_date": to_date(item.received_on),
        "summary": f"Demo data, invented: {item.kind.replace('_', ' ')}.",
        "case_reference": item.case_reference,
        "complaint_outcome": from_word(evidence_pb2.ComplaintOutcome, item.complaint_outcome),
        "report_review": _review(item),
        "timeliness": _timeliness(item),
    }


def _review(item: Item) -> evidence_pb2.ReportReview | None:
    if item.review is None:
        return None
    return evidence_pb2.ReportReview(
        **{line: from_word(evidence_pb2.LineRating, getattr(item.review, line)) for line in _LINES},
        child_views_answer=_answer(item.review.child_views_recorded),
        second_reader_answer=_answer(item.review.second_reader_agrees),
    )


def _answer(said: bool) -> evidence_pb2.YesNo:
    return evidence_pb2.YES_NO_YES if said else evidence_pb2.YES_NO_NO


def _timeliness(item: Item) -> evidence_pb2.Timeliness | None:
    times = item.timeliness
    if times is None:
        return None
    return evidence_pb2.Timeliness(
        due_date=to_date(times.due_on),
        filed_date=to_date(times.filed_on),
        extension_answer=_answer(times.extension_agreed),
    )


def training_events(story: Story) -> list[scheduling_pb2.RecordTrainingEventRequest]:
    """Return the requests that record the year's two mandatory training events, each held on several days."""
    days: dict[int, set[date]] = {}
    for attendance in story.attendances:
        days.setdefault(attendance.number, set()).add(attendance.event_on)
    return [
        scheduling_pb2.RecordTrainingEventRequest(
            name=f"trainingEvents/mandatory-{number}",
            kind=scheduling_pb2.TRAINING_KIND_MANDATORY,
            held_dates=[to_date(day) for day in sorted(held_on)],
            request_id=request_id(story, "training-event", number),
        )
        for number, held_on in sorted(days.items())
    ]


def attendance(story: Story, attendance: Attendance, obligation: str) -> scheduling_pb2.RecordTrainingAttendanceRequest:
    """Return the request that records past attendance at a mandatory training event, as it was recorded first."""
    return scheduling_pb2.RecordTrainingAttendanceRequest(
        name=obligation,
        event_date=to_date(attendance.event_on),
        attendance=from_word(scheduling_pb2.Attendance, attendance.first_recorded_as or attendance.attendance),
        request_id=request_id(story, "training", attendance.safeguarder_id, attendance.number),
        history=True,
        shared_date=to_date(attendance.event_on),
    )


def correction(story: Story, attendance: Attendance, obligation: str) -> scheduling_pb2.RecordTrainingAttendanceRequest:
    """Return the request that corrects a record of attendance."""
    return scheduling_pb2.RecordTrainingAttendanceRequest(
        name=obligation,
        event_date=to_date(attendance.event_on),
        attendance=from_word(scheduling_pb2.Attendance, attendance.attendance),
        request_id=request_id(story, "correction", attendance.safeguarder_id, attendance.number),
    )

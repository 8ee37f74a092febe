"""Session papers and records as protobuf: what people write, what they read, and the events."""

from datetime import datetime
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans_pb
from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import evidence_pb2 as items_pb
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.scheduling.v1 import events_pb2 as scheduling_events
from psmf.scheduling.v1 import scheduling_pb2

from services.calendar_days import london_today
from services.child_screen import refuse_a_child
from services.evidence.domain.review_requests.absence import Attendance
from services.evidence.domain.sessions.late_items import LateItems, ShownItem
from services.evidence.domain.sessions.pack import Entry, OwnItem, Pack
from services.evidence.domain.sessions.plan_change import PlanChange
from services.evidence.domain.sessions.progress import Progress
from services.evidence.domain.sessions.record import (
    Answer,
    Content,
    Dispute,
    Outcome,
    OutcomeWord,
    SessionRecord,
    TimedRecord,
    View,
    ViewWord,
)
from services.evidence.domain.sessions.slot import AgendaEntry, Slot, SlotState
from services.platform.calls.pages import MOST_AT_ONCE
from services.platform.calls.wire import (
    from_instant,
    from_word,
    name_parts,
    to_date,
    to_instant,
    to_member,
    to_needed_text,
    to_text,
    to_word,
)
from services.refusals import invalid

LONGEST_TEXT = 4000
"""Ours: characters of each text of a record."""
MOST_PARTS = 200
"""Views, outcomes or disputes in one request. A session has some dozens at most."""
_LONGEST_NAME = 200


def slot(message: scheduling_events.SupportSessionChanged) -> Slot:
    """Return the version of a session in an event. Raise ValueError for a word that this version does not know."""
    return Slot(
        message.session_id,
        message.safeguarder_id,
        message.version,
        from_instant(message.change_time),
        from_instant(message.start_time),
        to_member(SlotState, scheduling_pb2.SupportSession.State, message.state, "state"),
        message.number,
        from_instant(message.freeze_time) if message.HasField("freeze_time") else None,
        tuple(AgendaEntry(entry.concern_id, entry.lane) for entry in message.agenda),
        to_word(scheduling_pb2.Mode, message.mode, "mode"),
    )


def attendance(record_id: str, message: Any) -> Attendance:
    """Return attendance at a session or a training event, as its event tells. `record_id`: of what it is about."""
    told_on = london_today(from_instant(message.record_time))
    word = to_word(scheduling_pb2.Attendance, message.attendance)
    return Attendance(record_id, message.safeguarder_id, word, told_on)


def session_name(name: str, *ending: str, field: str = "name") -> tuple[str, str]:
    """Return the ids of the Safeguarder and of the session in the name of a session, or of its papers or record.

    Raises:
        Refusal: INVALID if the name has another form.
    """
    last = f"/{ending[0]}" if ending else ""
    safeguarder_id, session_id = name_parts(name, "safeguarders", "supportSessions", field=field, ending=last)
    return safeguarder_id, session_id


def late_item(message: pb.OfferLateItemRequest | pb.AdmitLateItemRequest) -> tuple[tuple[str, str], str]:
    """Return the ids of the Safeguarder and of the session, and the id of an item of the same person.

    Raises:
        Refusal: INVALID if a name has another form, or they are about two people.
    """
    name = session_name(message.parent, field="parent")
    safeguarder_id, evidence_id = name_parts(message.item, "safeguarders", "evidenceItems", field="item")
    if safeguarder_id != name[0]:
        raise invalid("NAME_NOT_VALID", "parent and item must be about one person.", "item")
    return name, evidence_id


def content(message: pb.RecordContent, year: int) -> Content:
    """Return what was said at a session. `year`: the year in which it is read, for the screen of texts.

    Raises:
        Refusal: INVALID for an unknown word, a text that is too long, or one that looks as if it names a child.
    """
    _check_number(message.views, "content.views")
    _check_number(message.outcomes, "content.outcomes")
    views = [_view(view, f"content.views[{place}]", year) for place, view in enumerate(message.views)]
    outcomes = [_outcome(said, f"content.outcomes[{place}]", year) for place, said in enumerate(message.outcomes)]
    _check_once([view.standard for view in views], "content.views")
    _check_once([said.item for said in outcomes], "content.outcomes")
    interest = words(message.child_interest, "content.child_interest", year)
    named = [
        _names(names, f"content.{field}")
        for field, names in (("actions", message.actions), ("supports", message.supports))
    ]
    return Content(tuple(views), tuple(outcomes), interest, *named)


def _names(names: Any, path: str) -> tuple[str, ...]:
    _check_number(names, path)
    found = [to_needed_text(name, path, _LONGEST_NAME) for name in names]
    _check_once(found, path)
    return tuple(found)


def _view(message: pb.StandardView, path: str, year: int) -> View:
    _check_number(message.basis, f"{path}.basis")
    return View(
        to_needed_text(message.standard, f"{path}.standard", _LONGEST_NAME),
        to_member(ViewWord, pb.StandardView.Word, message.word, f"{path}.word"),
        tuple(to_needed_text(name, f"{path}.basis", _LONGEST_NAME) for name in message.basis),
        words(message.words, f"{path}.words", year),
    )


def _outcome(message: pb.AgendaOutcome, path: str, year: int) -> Outcome:
    return Outcome(
        to_needed_text(message.item, f"{path}.item", _LONGEST_NAME),
        to_member(OutcomeWord, pb.AgendaOutcome.Word, message.word, f"{path}.word"),
        words(message.words, f"{path}.words", year),
        to_text(message.action, f"{path}.action", _LONGEST_NAME),
    )


def disputes(message: pb.AnswerSessionRecordRequest, year: int) -> list[Dispute]:
    """Return what a Safeguarder disputes. Refuse INVALID for a text that `words` refuses."""
    _check_number(message.disputes, "disputes")
    return [
        Dispute(
            to_text(one.section, f"disputes[{place}].section", _LONGEST_NAME),
            words(one.words, f"disputes[{place}].words", year),
        )
        for place, one in enumerate(message.disputes)
    ]


def responses(message: pb.CloseSessionRecordRequest, year: int) -> dict[str, str]:
    """Return the words on each disputed section. Refuse INVALID as `disputes` does."""
    _check_number(message.responses, "responses")
    _check_once([one.section for one in message.responses], "responses")
    return {
        one.section: words(one.words, f"responses[{place}].words", year) for place, one in enumerate(message.responses)
    }


def words(text: str, path: str, year: int) -> str:
    """Return a text of a record as it is kept. Refuse INVALID if it is too long or looks as if it names a child."""
    return refuse_a_child(to_text(text, path, LONGEST_TEXT), path, year)


def _check_number(parts: Any, path: str) -> None:
    if len(parts) > MOST_PARTS:
        raise invalid("TOO_MANY_PARTS", f"{path} has more than {MOST_PARTS} entries.", path, most=str(MOST_PARTS))


def _check_once(names: list[str], path: str) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise invalid("NAMED_TWICE", f"{path} names something twice. Name each once.", path, names=" ".join(twice))


def pack_message(
    pack: Pack,
    entries: tuple[Entry, ...],
    own: list[OwnItem],
    late: list[ShownItem],
    plan: PlanChange | None,
    not_shared: int,
) -> pb.SessionPack:
    """Return the message of papers with the entries that they have now, and with what stands beside them."""
    return pb.SessionPack(
        name=f"safeguarders/{pack.safeguarder_id}/supportSessions/{pack.session_id}/pack",
        state=from_word(pb.SessionPack.State, pack.state),
        start_time=to_instant(pack.starts_at),
        freeze_time=_stamp(pack.freezes_at),
        entries=[_entry_message(entry) for entry in entries],
        own_items=[pb.OwnItem(name=item.name, words=item.words, add_time=to_instant(item.added_at)) for item in own],
        hash=pack.hash,
        items_not_shared=not_shared,
        number=pack.number,
        late_items=[_late_message(one) for one in late],
        plan_change=_plan_message(plan) if plan else None,
    )


def named_in(pack: pb.SessionPack) -> tuple[plans_pb.GetDevelopmentPlanRequest, list[Any]]:
    """Return the requests for what papers name: the plan, and the items, a hundred at a time."""
    person = "/".join(pack.name.split("/")[:2])
    entries = (*pack.entries, *(late.entry for late in pack.late_items))
    names = list(dict.fromkeys(entry.name for entry in entries if "/evidenceItems/" in entry.name))
    some = [names[first : first + MOST_AT_ONCE] for first in range(0, len(names), MOST_AT_ONCE)]
    items = [items_pb.BatchGetEvidenceItemsRequest(parent=person, names=each) for each in some]
    return plans_pb.GetDevelopmentPlanRequest(name=f"{person}/developmentPlan"), items


def _plan_message(plan: PlanChange) -> pb.PlanChange:
    return pb.PlanChange(
        since_date=to_date(plan.since_on),
        version_before=plan.version_before,
        version=plan.version,
        added=plan.difference.added,
        changed=plan.difference.changed,
        removed=plan.difference.removed,
    )


def _late_message(shown: ShownItem) -> pb.LateItem:
    late = shown.late
    return pb.LateItem(
        entry=_entry_message(shown.entry),
        state=pb.LateItem.STATE_ADMITTED if late.admitted else pb.LateItem.STATE_OFFERED,
        offer_time=to_instant(late.offered_at),
        offered_by=late.offered_by,
        admit_time=_stamp(late.admitted_at),
        changed=shown.changed,
    )


def _entry_message(entry: Entry) -> pb.PackEntry:
    return pb.PackEntry(
        section=from_word(pb.PackEntry.Section, entry.section),
        name=entry.name,
        version=entry.version,
        standards=entry.standards,
        since_date=to_date(entry.since_on),
        reply_due_date=to_date(entry.reply_due_on),
        reply_stands_still=bool(entry.reply_stands_still),
        kind=entry.kind,
        due_date=to_date(entry.due_on),
        progress=_progress_message(entry.progress) if entry.progress else None,
    )


def _progress_message(progress: Progress) -> pb.ActionProgress:
    before = progress.state_before
    return pb.ActionProgress(
        since_date=to_date(progress.since_on),
        state=from_word(plans_pb.Action.State, progress.state),
        state_before=from_word(plans_pb.Action.State, before) if before else None,
        due_date_before=to_date(progress.due_before),
        supports_given=progress.supports_given,
    )


def pack_event(pack: Pack) -> events_pb2.SessionPackChanged:
    """Return the event of papers."""
    return events_pb2.SessionPackChanged(
        safeguarder_id=pack.safeguarder_id,
        session_id=pack.session_id,
        version=pack.version,
        state=from_word(pb.SessionPack.State, pack.state),
        freeze_time=_stamp(pack.freezes_at),
        start_time=to_instant(pack.starts_at),
        hash=pack.hash,
    )


def late_items_event(late: LateItems, pack: Pack, now: datetime) -> events_pb2.SessionLateItemsChanged:
    """Return the event of what was offered beside papers. It does not say which items."""
    return events_pb2.SessionLateItemsChanged(
        safeguarder_id=late.safeguarder_id,
        session_id=late.session_id,
        version=late.version,
        offered=len(late.items),
        waiting=late.waiting,
        session_date=to_date(london_today(pack.starts_at)),
        change_time=to_instant(now),
    )


def record_message(timed: TimedRecord) -> pb.SessionRecord:
    """Return the message of a record, for people who may read it. Its day to answer is the day as it moved."""
    record, answering = timed
    withdrawal = record.withdrawal
    return pb.SessionRecord(
        name=f"safeguarders/{record.safeguarder_id}/supportSessions/{record.session_id}/record",
        edition=record.edition,
        state=from_word(pb.SessionRecord.State, record.state),
        ending=from_word(pb.SessionRecord.Ending, record.ending),
        pack_hash=record.pack_hash,
        held_date=to_date(record.held_on),
        mode=record.mode,
        content=_content_message(record.content),
        answer=_answer_message(record.answer) if record.answer else None,
        author=record.author,
        for_whom=record.for_whom,
        correction_reason=record.correction_reason,
        share_time=_stamp(record.shared_at),
        answer_due_date=to_date(answering.due_on if answering else None),
        response_due_date=to_date(record.response_due_on),
        close_time=_stamp(record.closed_at),
        withdrawal_asked_by=withdrawal.asked_by if withdrawal else "",
        withdrawal_reason=withdrawal.reason if withdrawal else "",
        etag=record.etag,
    )


def _content_message(said: Content) -> pb.RecordContent:
    return pb.RecordContent(
        views=[
            pb.StandardView(
                standard=view.standard,
                word=from_word(pb.StandardView.Word, view.word),
                basis=view.basis,
                words=view.words,
            )
            for view in said.views
        ],
        outcomes=[
            pb.AgendaOutcome(
                item=one.item, word=from_word(pb.AgendaOutcome.Word, one.word), words=one.words, action=one.action
            )
            for one in said.outcomes
        ],
        child_interest=said.child_interest,
        actions=said.actions,
        supports=said.supports,
    )


def _answer_message(given: Answer) -> pb.RecordAnswer:
    return pb.RecordAnswer(
        confirmed=not given.disputes,
        answer_time=to_instant(given.answered_at),
        disputes=[pb.Dispute(section=one.section, words=one.words, response=one.response) for one in given.disputes],
    )


def record_event(record: SessionRecord) -> events_pb2.SessionRecordChanged:
    """Return the event of a record: ids, dates and words of closed lists."""
    concerns = [(said, said.item.rpartition("/concerns/")) for said in record.content.outcomes]
    return events_pb2.SessionRecordChanged(
        safeguarder_id=record.safeguarder_id,
        session_id=record.session_id,
        version=record.version,
        edition=record.edition,
        state=from_word(pb.SessionRecord.State, record.state),
        ending=from_word(pb.SessionRecord.Ending, record.ending),
        held_date=to_date(record.held_on),
        answer_due_date=to_date(record.answer_due_on),
        response_due_date=to_date(record.response_due_on),
        outcomes=[
            events_pb2.AgendaOutcomeFact(
                concern_id=parts[2],
                word=from_word(pb.AgendaOutcome.Word, said.word),
                disputed=said.item in record.disputed_sections,
            )
            for said, parts in concerns
            if parts[1]
        ],
        change_time=to_instant(record.recorded_at),
    )


def _stamp(instant: datetime | None) -> Any:
    return to_instant(instant) if instant else None

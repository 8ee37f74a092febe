"""The moves of a session record (R66-R78, B5, D15).

A support manager drafts and shares it. The Safeguarder alone answers it. Silence closes it as *no answer*, and is never
taken as agreement. A repeat of a move changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.evidence.domain.sessions.completeness import Papers, check_complete, check_names
from services.evidence.domain.sessions.record import (
    Answer,
    Author,
    Content,
    Dispute,
    Ending,
    RecordState,
    SessionRecord,
    Withdrawal,
)
from services.evidence.domain.sessions.slot import Slot, SlotState
from services.evidence.domain.standing import Standing
from services.refusals import Refusal, conflict, invalid, not_found, precondition
from services.who import Who


@dataclass(frozen=True, slots=True)
class RecordNumbers:
    """Our numbers, in office working days, from services/evidence/data/record.yaml."""

    answer_working_days: int
    dispute_working_days: int


def draft(slot: Slot, content: Content, author: Author, papers: Papers, now: datetime) -> SessionRecord:
    """Return the first draft of a record. It may be incomplete.

    Raises:
        Refusal: SESSION_NOT_HELD; and as `check_names` says.
    """
    if slot.state is not SlotState.HELD:
        message = "The session is not recorded as held. Record who was there first, and try again in a moment."
        raise precondition("SESSION_NOT_HELD", message, "parent", state=slot.state)
    check_names(content, papers)
    person, for_whom = author
    what = (slot.session_id, slot.safeguarder_id, slot.held_on, slot.mode)
    return SessionRecord(*what, content, person, now, for_whom=for_whom)


def change(record: SessionRecord, content: Content, author: Author, papers: Papers, now: datetime) -> SessionRecord:
    """Return a draft with other content. Refuse RECORD_SHARED if it is no draft any more, and as `check_names` says."""
    _check_draft(record)
    check_names(content, papers)
    return _next(record, now, content=content, author=author.person, for_whom=author.for_whom)


def share(record: SessionRecord, papers: Papers, now: datetime, numbers: RecordNumbers) -> SessionRecord:
    """Return a draft as shared. The Safeguarder has some working days to answer. Sharing again changes nothing.

    Raises:
        Refusal: RECORD_SHARED after an answer; RECORD_WITHDRAWN; and as `check_complete` says.
    """
    if record.state is RecordState.SHARED:
        return record
    _check_draft(record)
    check_complete(record.content, papers)
    return _shared(record, papers, now, numbers)


def correct(
    record: SessionRecord, changed: "Correction", papers: Papers, now: datetime, numbers: RecordNumbers
) -> SessionRecord:
    """Return the next text of a record, shared. The Safeguarder answers again. The text before is kept.

    Raises:
        Refusal: RECORD_DRAFTED, RECORD_WITHDRAWN or ANSWER_AWAITED; NOTHING_CHANGED; and as `check_complete` says.
    """
    if record.state is RecordState.DRAFTED:
        raise precondition("RECORD_DRAFTED", "The record is still a draft. Change it and share it.", "name")
    _check_not_withdrawn(record)
    if record.state is RecordState.SHARED:
        message = "The Safeguarder still has time to answer this text. Correct it after that."
        raise precondition("ANSWER_AWAITED", message, "name")
    return _corrected(record, changed, papers, now, numbers)


def correct_by_review(
    record: SessionRecord, changed: "Correction", papers: Papers, now: datetime, numbers: RecordNumbers
) -> SessionRecord:
    """Return the next text of a record as a reviewer wrote it, whatever the Safeguarder answered to the one before.

    Raises:
        Refusal: RECORD_WITHDRAWN; NOTHING_CHANGED; and as `check_complete` says.
    """
    _check_not_withdrawn(record)
    return _corrected(record, changed, papers, now, numbers)


def _corrected(
    record: SessionRecord, changed: "Correction", papers: Papers, now: datetime, numbers: RecordNumbers
) -> SessionRecord:
    if changed.content == record.content:
        raise invalid("NOTHING_CHANGED", "The text is the same as before. Change it, or close the record.", "content")
    check_complete(changed.content, papers.after(record.content))
    text = replace(
        record,
        content=changed.content,
        author=changed.author.person,
        for_whom=changed.author.for_whom,
        correction_reason=changed.reason,
        edition=record.edition + 1,
        ending=None,
        answer=None,
        closed_at=None,
        withdrawal=None,
    )
    return _shared(text, papers, now, numbers)


@dataclass(frozen=True, slots=True)
class Correction:
    """Another text of a record, and why."""

    content: Content
    reason: str
    author: Author


def answer(
    record: SessionRecord, edition: int, disputes: Sequence[Dispute], now: datetime, numbers: RecordNumbers
) -> SessionRecord:
    """Return a record with the Safeguarder's answer. Without disputes they confirm the text, and it closes.

    The same answer to a text again returns the record unchanged. Another answer is refused: what stands, stands, and
    each side can add to it at the next session.

    Raises:
        Refusal: NOT_FOUND for a draft; OTHER_EDITION if they read another text; RECORD_WITHDRAWN; ANSWERED_ALREADY;
            ANSWER_TIME_OVER; SAY_WHAT for a dispute without words or of a section that is not there.
    """
    if not record.was_shared:
        raise record_not_found()
    _check_not_withdrawn(record)
    if edition != record.edition:
        message = f"You read text {edition}, and the record is at text {record.edition} now. Read it and answer again."
        raise conflict("OTHER_EDITION", message, "edition", read=str(edition), current=str(record.edition))
    if record.answer is not None:
        if _same_disputes(record.answer.disputes, disputes):
            return record
        raise precondition("ANSWERED_ALREADY", "You have answered this text already.", "name")
    if record.state is RecordState.CLOSED:
        message = "The time to answer is over, and the record is closed as not answered. Nothing is taken as agreed."
        raise precondition("ANSWER_TIME_OVER", message, "name")
    _check_disputes(record.content, disputes)
    given = Answer(now, tuple(disputes))
    if not disputes:
        return _closed(record, Ending.CONFIRMED, given, now)
    due_on = add_working_days(WorkingCalendar.OFFICE, london_today(now), numbers.dispute_working_days)
    return _next(record, now, state=RecordState.DISPUTED, answer=given, answer_due_on=None, response_due_on=due_on)


def close(record: SessionRecord, responses: Mapping[str, str], now: datetime) -> SessionRecord:
    """Return a disputed record as closed, with words on each disputed section. Both texts stand for good.

    Raises:
        Refusal: RECORD_NOT_DISPUTED; SAY_WHAT if a section has no words, or is not disputed.
    """
    if record.ending is Ending.DISPUTED and record.answer and _responses(record.answer) == dict(responses):
        return record
    if record.state is not RecordState.DISPUTED or record.answer is None:
        message = (
            "Only a disputed record is closed so. A confirmed one closes by itself, and so does one without an answer."
        )
        raise precondition("RECORD_NOT_DISPUTED", message, "name", state=record.state)
    sections = set(record.disputed_sections)
    missing = sorted(section for section in sections if not responses.get(section))
    if missing:
        message = f"Say something on each section that is disputed. Missing: {', '.join(missing)}."
        raise invalid("SAY_WHAT", message, "responses", missing=" ".join(missing))
    if other := sorted(set(responses) - sections):
        raise invalid("SAY_WHAT", f"Nobody disputes {', '.join(other)}.", "responses")
    disputes = tuple(replace(dispute, response=responses[dispute.section]) for dispute in record.answer.disputes)
    return _closed(record, Ending.DISPUTED, replace(record.answer, disputes=disputes), now)


def lapse(record: SessionRecord, answering: Standing | None, now: datetime) -> SessionRecord:
    """Return a shared record as closed without an answer, if the time to answer is over. Nothing is agreed.

    `answering`: how that time stands, while an answer is awaited. Leave and suspension are no part of it.
    """
    over = answering is not None and answering.is_over(london_today(now))
    if record.state is not RecordState.SHARED or not over:
        return record
    return _closed(record, Ending.NO_ANSWER, None, now)


def withdraw(record: SessionRecord, by: Who, reason: str, now: datetime) -> SessionRecord:
    """Return a record that is to be withdrawn, or is: one person asks with a reason, and another one confirms.

    Raises:
        Refusal: RECORD_WITHDRAWN; FIELD_MISSING without a reason; SECOND_PERSON_NEEDED if the one who asked, or the
            author of the record, confirms.
    """
    _check_not_withdrawn(record)
    if record.withdrawal is None:
        if not reason:
            raise invalid("FIELD_MISSING", "reason is needed: say why the session was not held.", "reason")
        return _next(record, now, withdrawal=Withdrawal(by.person, reason))
    if by.is_any_of((record.withdrawal.asked_by, record.author)):
        message = "Another person confirms it: not the one who asked, and not the author of the record."
        raise precondition("SECOND_PERSON_NEEDED", message, "name")
    return _withdrawn(record, now)


def void(record: SessionRecord, now: datetime) -> SessionRecord:
    """Return a draft whose session turned out not to have been held as withdrawn. Anything shared takes two people."""
    return _withdrawn(record, now) if record.state is RecordState.DRAFTED else record


def _shared(record: SessionRecord, papers: Papers, now: datetime, numbers: RecordNumbers) -> SessionRecord:
    due_on = add_working_days(WorkingCalendar.OFFICE, london_today(now), numbers.answer_working_days)
    return _next(
        record,
        now,
        state=RecordState.SHARED,
        pack_hash=papers.hash,
        pack_names=tuple(sorted(papers.names)),
        shared_at=now,
        answer_due_on=due_on,
        response_due_on=None,
    )


def _closed(record: SessionRecord, ending: Ending, given: Answer | None, now: datetime) -> SessionRecord:
    return _next(
        record,
        now,
        state=RecordState.CLOSED,
        ending=ending,
        answer=given,
        answer_due_on=None,
        response_due_on=None,
        closed_at=now,
    )


def _withdrawn(record: SessionRecord, now: datetime) -> SessionRecord:
    return _next(record, now, state=RecordState.WITHDRAWN, answer_due_on=None, response_due_on=None)


def _next(record: SessionRecord, now: datetime, **changes: object) -> SessionRecord:
    return replace(record, version=record.version + 1, recorded_at=now, **changes)  # type: ignore[arg-type]


def _check_draft(record: SessionRecord) -> None:
    _check_not_withdrawn(record)
    if record.state is not RecordState.DRAFTED:
        message = "The record was shared, so it is no draft any more. Correct it with a reason instead."
        raise precondition("RECORD_SHARED", message, "name", state=record.state)


def _check_not_withdrawn(record: SessionRecord) -> None:
    if record.state is RecordState.WITHDRAWN:
        raise precondition("RECORD_WITHDRAWN", "The record was withdrawn, because the session was not held.", "name")


def _check_disputes(content: Content, disputes: Sequence[Dispute]) -> None:
    for dispute in disputes:
        if dispute.section not in content.sections or not dispute.words:
            known = ", ".join(sorted(content.sections))
            message = f"Name each section that you dispute, and say what you dispute in it. The sections are: {known}."
            raise invalid("SAY_WHAT", message, "disputes")
    if len({dispute.section for dispute in disputes}) != len(disputes):
        raise invalid("SAY_WHAT", "Name each section that you dispute once.", "disputes")


def _same_disputes(known: Sequence[Dispute], given: Sequence[Dispute]) -> bool:
    return [(dispute.section, dispute.words) for dispute in known] == [(one.section, one.words) for one in given]


def record_not_found() -> Refusal:
    """Return the refusal for a record that is not there, or that the caller may not see yet."""
    return not_found("SESSION_RECORD_NOT_FOUND", "There is no record of this session, or it is not shared yet.", "name")


def _responses(given: Answer) -> dict[str, str]:
    return {dispute.section: dispute.response for dispute in given.disputes}

"""What the record of a session changes: how the items of its agenda ended, and whether attendance can be corrected.

Evidence owns the record. A fact about it is taken as it is and never refused: the newest version of a session's record
holds, and what no longer fits the session is left out.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from services.refusals import Refusal
from services.scheduling.domain.events import Event
from services.scheduling.domain.identifiers import ConcernId, SessionId
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions.agenda import AgendaItem, ItemOutcome
from services.scheduling.domain.sessions.diary import Diary, DiaryChange, settle_item
from services.scheduling.domain.sessions.sessions import Settlement, SupportSession


class RecordState(StrEnum):
    """Where a record stands, as far as scheduling needs to know."""

    OPEN = "open"
    """Shared or disputed. What an earlier text said of the agenda stays until the record is closed again."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    """The session was not held after all."""


@dataclass(frozen=True, slots=True)
class RecordedOutcome:
    """What a record says of an item of the agenda. What the Safeguarder disputes is carried forward."""

    concern_id: ConcernId
    outcome: ItemOutcome


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """The record of a session without words: a version of it, and what that says of the agenda."""

    session_id: SessionId
    version: int
    state: RecordState
    changed_at: datetime
    outcomes: tuple[RecordedOutcome, ...] = ()


def follow_record(diary: Diary, record: SessionRecord, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Return the diary after a version of a session's record.

    A closed record settles the agenda, and attendance can no longer be corrected. A withdrawn one takes both back. A
    version that is not newer than the one known changes nothing, nor does the record of an unknown session.
    """
    session = next((known for known in diary.sessions if known.session_id == record.session_id), None)
    if session is None or record.version <= session.record_version:
        return DiaryChange(diary)
    followed = diary.with_sessions([_with_version(session, record)])
    if record.state is RecordState.OPEN:
        return DiaryChange(followed)
    said = {outcome.concern_id: outcome.outcome for outcome in record.outcomes}
    events: tuple[Event, ...] = ()
    for item in session.agenda:
        settlement = _settlement(item, said.get(item.concern_id), record)
        if settlement is not None:
            change = _settle(followed, settlement, now, policy)
            followed, events = change.diary, (*events, *change.events)
    return DiaryChange(followed, events)


def _settlement(item: AgendaItem, said: ItemOutcome | None, record: SessionRecord) -> Settlement | None:
    """Return how an item ends by the record, or None if that leaves it as it is.

    What an earlier text said, and this one does not, goes on to the next session. What has gone on already stays there:
    it may have been settled at a later session since.
    """
    if said is not None and record.state is RecordState.CLOSED:
        gone_on = said is ItemOutcome.CARRIED_FORWARD and not item.is_settled and item.outcome is not None
        known = gone_on or (item.by_record and item.outcome is said)
        return None if known else Settlement(record.session_id, item.concern_id, said, record.changed_at)
    return Settlement(record.session_id, item.concern_id, ItemOutcome.CARRIED_FORWARD) if item.by_record else None


def _with_version(session: SupportSession, record: SessionRecord) -> SupportSession:
    closed_at = session.record_closed_at
    if record.state is RecordState.CLOSED:
        closed_at = record.changed_at
    elif record.state is RecordState.WITHDRAWN:
        closed_at = None
    return replace(session, record_version=record.version, record_closed_at=closed_at)


def _settle(diary: Diary, said: Settlement, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Settle an item as the record says. What a person would be refused is left out."""
    try:
        return settle_item(diary, said, now, policy)
    except Refusal:
        return DiaryChange(diary)

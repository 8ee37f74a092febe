"""Reaction to the record of a session, which evidence keeps."""

from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.domain.sessions.records import SessionRecord, follow_record
from services.scheduling.handlers.context import SchedulingContext


def follow_session_record(safeguarder_id: SafeguarderId, record: SessionRecord, context: SchedulingContext) -> None:
    """Settle the agenda of a session as its closed record says, or take that back with a withdrawn one.

    A record of nobody, or of no session, that scheduling knows changes nothing. A fact is never refused.
    """
    before = context.schedules.find(safeguarder_id)
    diary = context.diary(before) if before else None
    if before is None or diary is None:
        return
    change = follow_record(diary, record, context.now, context.policy)
    context.keep(before, before.with_diary(change.diary), change.events)

"""What a concern changes: the next session's agenda, or an earlier session if the rule asks for one (D12, R110)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.calendar_days import add_working_days, london_today
from services.scheduling.domain.identifiers import ConcernId, SessionId
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions.agenda import AgendaItem, Lane
from services.scheduling.domain.sessions.diary import Diary, DiaryChange, add_items, place, place_waiting, with_lane
from services.scheduling.domain.sessions.session_dates import first_free_start
from services.scheduling.domain.sessions.sessions import SupportSession, proposed

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
"""The time of a concern that an earlier release stored without one."""


@dataclass(frozen=True, slots=True)
class Concern:
    """The part of a concern, or of praise, that scheduling needs."""

    concern_id: ConcernId
    lane: Lane
    session_within_working_days: int = 0
    """Working days within which the rule wants it discussed. 0 means that the next session is soon enough."""
    said_at: datetime = BEFORE_ALL
    """When rules recorded it so."""


def react_to_concern(
    diary: Diary, concern: Concern, now: datetime, policy: SchedulingPolicy, new_id: SessionId
) -> DiaryChange:
    """Put a concern on the agenda of the next session that can take it, or propose an earlier session for it.

    An earlier session is an extra one-to-one. If no day is free for it, the concern goes to the next session. If there
    is none, the concern waits. A data gap is the Team's own duty and never goes on a person's agenda. A concern that is
    open on an agenda already takes its present lane there, so events can arrive twice. One that was settled at a
    session, or closed, comes back only with news from after that.
    """
    if diary.is_open(concern.concern_id):
        return DiaryChange(with_lane(diary, concern.concern_id, concern.lane))
    settled_at = diary.settled_at(concern.concern_id)
    if concern.lane is Lane.DATA_GAP or (settled_at is not None and concern.said_at <= settled_at):
        return DiaryChange(diary)
    item = AgendaItem(concern.concern_id, concern.lane, now)
    earlier = _earlier_session(diary, concern, now, policy, new_id)
    if earlier is None:
        return place(diary, [item], now, policy)
    with_item = add_items(diary, earlier, [item])
    placed = place_waiting(with_item.diary, now, policy)
    return DiaryChange(placed.diary, (proposed(earlier), *with_item.events, *placed.events))


def _earlier_session(
    diary: Diary, concern: Concern, now: datetime, policy: SchedulingPolicy, new_id: SessionId
) -> SupportSession | None:
    within = concern.session_within_working_days
    if not within:
        return None
    today = london_today(now)
    days = [add_working_days(policy.calendar, today, n) for n in range(1, within + 1)]
    following = diary.next_to_take_items(now, policy)
    if following is not None and following.starts_on <= days[-1]:
        return None
    # Days with full notice come first, earliest first. If none is free, the latest of the others gives most notice.
    in_order = days[policy.notice_working_days - 1 :] + days[: policy.notice_working_days - 1][::-1]
    within_term = [day for day in in_order if day <= diary.last_on]
    starts_at = first_free_start(within_term, diary.engagements(), policy)
    if starts_at is None:
        return None
    return SupportSession(
        session_id=new_id,
        safeguarder_id=diary.term.safeguarder_id,
        support_manager=diary.support_manager,
        obligation_id=None,
        number=0,
        starts_at=starts_at,
        minutes=policy.session_minutes,
        proposed_at=now,
        calendar_uid=new_id,
        proposed_for_concern=concern.concern_id,
    )

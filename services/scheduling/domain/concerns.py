"""What a concern changes: the next session's agenda, or an earlier session when the rule asks for one (D12, R110)."""

from dataclasses import dataclass
from datetime import datetime

from services.calendar_days import add_working_days, london_today
from services.scheduling.domain.events import SupportSessionProposed
from services.scheduling.domain.identifiers import ConcernId, SessionId
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions.agenda import AgendaItem, Lane
from services.scheduling.domain.sessions.diary import Diary, DiaryChange, add_items, place, place_waiting
from services.scheduling.domain.sessions.session_dates import first_free_start
from services.scheduling.domain.sessions.sessions import SupportSession


@dataclass(frozen=True, slots=True)
class Concern:
    """What scheduling needs to know of a concern, or praise, that rules raised."""

    concern_id: ConcernId
    lane: Lane
    session_within_working_days: int = 0
    """By when the rule wants it discussed, in working days; 0 when the next session will do."""


def react_to_concern(
    diary: Diary, concern: Concern, now: datetime, policy: SchedulingPolicy, new_id: SessionId
) -> DiaryChange:
    """The concern put on the agenda of the next session that can take it, or of an earlier one proposed for it.

    An earlier session is an extra one-to-one. When no day can be found for it the concern goes to the next session;
    when there is none, it waits. A data gap is the Team's own task and never on a person's agenda. The same concern
    again changes nothing.
    """
    if concern.lane is Lane.DATA_GAP or diary.knows(concern.concern_id):
        return DiaryChange(diary)
    item = AgendaItem(concern.concern_id, concern.lane, now)
    earlier = _earlier_session(diary, concern, now, policy, new_id)
    if earlier is None:
        return place(diary, [item], now, policy)
    ids = (earlier.safeguarder_id, new_id)
    proposed = SupportSessionProposed(*ids, earlier.starts_at, concern.concern_id, earlier.obligation_id)
    with_item = add_items(diary, earlier, [item])
    placed = place_waiting(with_item.diary, now, policy)
    return DiaryChange(placed.diary, (proposed, *with_item.events, *placed.events))


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
    # First the days that give notice, earliest first; failing those, the ones that give most of it.
    in_order = days[policy.notice_working_days - 1 :] + days[: policy.notice_working_days - 1][::-1]
    within_term = [day for day in in_order if day <= diary.term.ends_on]
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

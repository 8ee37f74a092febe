"""What is due from whom in a Safeguarder's record, by what evidence itself keeps (record 2.9, R16, R43).

It runs both ways: what the Team and the support manager owe stands beside what waits for the Safeguarder. Silence is
never agreement, so everything that waits says what happens if the Safeguarder does nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.evidence.domain.approach.change import ApproachChange
from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.personal_file.own_standing import asks_for_a_reply
from services.evidence.domain.plans.action import ActionState
from services.evidence.domain.plans.plan import (
    TimedAction,
    TimedSupport,
    TimedView,
    is_for,
    is_needed,
    may_be_denied,
)
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.plans.support import PROMISED, SupportState
from services.evidence.domain.plans.term_plan import WholePlan
from services.evidence.domain.recommendations.recommendation import Recommendation
from services.evidence.domain.sessions.pack import item_name
from services.evidence.domain.sessions.record import RecordState, TimedRecord
from services.evidence.domain.standing import Standing, Timed


class DueKind(StrEnum):
    """What is due."""

    REPLY = "reply"
    ANSWER_RECORD = "answer_record"
    ANSWER_ACTION = "answer_action"
    ANSWER_SUPPORT = "answer_support"
    SAY_RECEIVED = "say_received"
    GIVE_VIEW = "give_view"
    CONFIRM_PLAN = "confirm_plan"
    ADMIT_LATE_ITEM = "admit_late_item"
    ACKNOWLEDGE_APPROACH = "acknowledge_approach"
    REPRESENTATIONS = "representations"
    ACTION = "action"
    LOOK_AT_COMPLETION = "look_at_completion"
    REVIEW_ACTION = "review_action"
    DELIVER_SUPPORT = "deliver_support"
    SHARE_RECORD = "share_record"
    RESPOND_TO_DISPUTE = "respond_to_dispute"
    FINALISE_PLAN = "finalise_plan"


_ORDER = tuple(DueKind)
_NOTHING_AGREED = "Nothing is taken as agreed."
IF_NOTHING = {
    kind: f"{said} {_NOTHING_AGREED}"
    for kind, said in {
        DueKind.REPLY: "It can count from the day after, without your words. You can still reply later.",
        DueKind.ANSWER_RECORD: "The record closes and says that you gave no answer.",
        DueKind.ANSWER_ACTION: (
            "It stays proposed. Your support manager may set it. It then says that you were asked and gave no words."
        ),
        DueKind.ANSWER_SUPPORT: "It is neither accepted nor declined. You are asked again at your next session.",
        DueKind.SAY_RECEIVED: "It stands as given, in the Team's word and not in yours.",
        DueKind.GIVE_VIEW: "It is shown that you were asked and gave none.",
        DueKind.CONFIRM_PLAN: "The plan may come into force, and says for good that you gave no answer.",
        DueKind.ADMIT_LATE_ITEM: "It is not used at the session.",
        DueKind.ACKNOWLEDGE_APPROACH: "It stands from the day after all the same. You can still say what you think.",
        DueKind.REPRESENTATIONS: "It goes on without your words. You can still add them later.",
        DueKind.ACTION: "Your support manager talks with you about it. The day alone decides nothing.",
    }.items()
}
"""What happens if the Safeguarder does nothing, by what waits for them."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due from somebody."""

    kind: DueKind
    owed_by: Side
    about: str
    """The resource name of what it is about."""
    due_on: date | None = None
    """The last day, moved by the days on which no time passed. None if no day is known here."""
    stands_still: bool = False

    def has_passed(self, today: date) -> bool:
        """Return whether its last day is over. While it stands still, it is not.

        A Safeguarder whose last day is a closed day has the next office day too.
        """
        if self.due_on is None or self.stands_still:
            return False
        standing = Standing(self.due_on)
        return standing.is_over(today) if self.owed_by is Side.SAFEGUARDER else self.due_on < today


@dataclass(frozen=True, slots=True)
class InHand:
    """What is in hand in a Safeguarder's record, in any order."""

    safeguarder_id: str
    today: date
    items: Sequence[EvidenceItem]
    """Every item on the file as it is now."""
    is_over: bool
    """True once membership has ended. Nobody owes anything then, and a reply is still taken."""
    plan: WholePlan
    records: Sequence[TimedRecord] = ()
    unrecorded: Sequence[str] = ()
    """Ids of sessions that were held and have no shared record."""
    approaches: Sequence[tuple[ApproachChange, Standing]] = ()
    """Changes of approach that the Safeguarder is asked to acknowledge, each with how the time stands."""
    recommendations: Sequence[tuple[Recommendation, Standing]] = ()
    """Recommendations on which the person's words are awaited, each with how the time stands."""
    with_late_items: Sequence[tuple[str, date]] = ()
    """Ids of sessions beside whose papers items wait for the Safeguarder, each with the day of the session."""

    @property
    def person(self) -> str:
        """The resource name of the Safeguarder."""
        return f"safeguarders/{self.safeguarder_id}"


Said = Callable[[Timed, str], Standing | None]
"""Returns until when something has time as scheduling said, by what it is and its id; None if it said nothing."""


def dues_of(hand: InHand, said: Said) -> list[Due]:
    """Return everything that is due, from whom and by when. The earliest comes first, and what has no day last."""
    found = list(_replies(hand))
    for recommendation, standing in hand.recommendations:
        found.append(_said(DueKind.REPRESENTATIONS, Side.SAFEGUARDER, recommendation.name, standing))
    if not hand.is_over:
        found += [*_of_records(hand, said), *_of_plan(hand, said), *_late_items(hand)]
        for action in hand.plan.plan.actions:
            found += _of_action(action, hand, said)
        for support in hand.plan.plan.supports:
            found += _of_support(support, hand)
        found += _views(hand.plan.plan.views, hand)
        for change, standing in hand.approaches:
            found.append(_said(DueKind.ACKNOWLEDGE_APPROACH, Side.SAFEGUARDER, change.name, standing))
    return sorted(found, key=lambda due: (due.due_on or date.max, _ORDER.index(due.kind), due.about))


def waiting_for_the_person(dues: Iterable[Due]) -> list[Due]:
    """Return what waits for the Safeguarder, in the same order."""
    return [due for due in dues if due.owed_by is Side.SAFEGUARDER]


def _replies(hand: InHand) -> Iterator[Due]:
    for item in hand.items:
        if asks_for_a_reply(item, hand.today):
            due_on = item.reply_due_on
            yield Due(DueKind.REPLY, Side.SAFEGUARDER, item_name(item), due_on, stands_still=due_on is None)


def _of_records(hand: InHand, said: Said) -> Iterator[Due]:
    for session_id in hand.unrecorded:
        about = f"{hand.person}/supportSessions/{session_id}/record"
        yield _said(DueKind.SHARE_RECORD, Side.SUPPORT_MANAGER, about, said(Timed.SHARE_RECORD, session_id))
    for record, answering in hand.records:
        about = f"{hand.person}/supportSessions/{record.session_id}/record"
        if record.state is RecordState.SHARED and answering is not None:
            yield _said(DueKind.ANSWER_RECORD, Side.SAFEGUARDER, about, answering)
        if record.state is RecordState.DISPUTED:
            yield Due(DueKind.RESPOND_TO_DISPUTE, Side.SUPPORT_MANAGER, about, record.response_due_on)


def _of_plan(hand: InHand, said: Said) -> Iterator[Due]:
    whole, about = hand.plan, f"{hand.person}/developmentPlan"
    if whole.awaited is not None and whole.awaited.version.awaited is not None:
        yield _said(DueKind.CONFIRM_PLAN, whole.awaited.version.awaited, about, whole.awaited.answering)
    if whole.term.number and whole.in_force is None:
        yield _said(DueKind.FINALISE_PLAN, Side.PANEL_TEAM, about, said(Timed.FINALISE_PLAN, hand.safeguarder_id))


def _of_action(timed: TimedAction, hand: InHand, said: Said) -> Iterator[Due]:
    action, standing, answering = timed
    owner = action.proposal.owner
    if action.state is ActionState.PROPOSED and answering is not None:
        other = Side.SUPPORT_MANAGER if action.proposed_by is Side.SAFEGUARDER else Side.SAFEGUARDER
        yield _said(DueKind.ANSWER_ACTION, other, action.name, answering)
    elif action.state is ActionState.OPEN:
        yield _said(DueKind.ACTION, owner, action.name, standing)
        if owner is Side.SAFEGUARDER and standing.is_over(hand.today):
            # Scheduling opens it on the next office day, and ends it once the review was held.
            talk = said(Timed.REVIEW_ACTION, action.action_id)
            if talk is not None:
                yield _said(DueKind.REVIEW_ACTION, Side.SUPPORT_MANAGER, action.name, talk)
    elif action.state is ActionState.COMPLETION_OFFERED:
        # Nobody looks at their own.
        looks = Side.PANEL_TEAM if owner is Side.SUPPORT_MANAGER else Side.SUPPORT_MANAGER
        look = said(Timed.LOOK_AT_COMPLETION, action.action_id)
        yield _said(DueKind.LOOK_AT_COMPLETION, looks, action.name, look)


def _of_support(timed: TimedSupport, hand: InHand) -> Iterator[Due]:
    support = timed.support
    if support.state is SupportState.OFFERED and timed.answering is not None:
        yield _said(DueKind.ANSWER_SUPPORT, Side.SAFEGUARDER, support.name, timed.answering)
    # What the Team cannot provide it still owes for the actions that rest on it, as scheduling says too.
    needed = any(
        one.action.is_open and is_for(support, one.action) and is_needed(support, one.action)
        for one in hand.plan.plan.actions
    )
    if support.state in PROMISED or (support.state is SupportState.UNAVAILABLE and needed):
        yield Due(DueKind.DELIVER_SUPPORT, Side.PANEL_TEAM, support.name, support.promised_on or support.unavailable_on)
    if support.received is None and may_be_denied(timed, hand.today):
        yield _said(DueKind.SAY_RECEIVED, Side.SAFEGUARDER, support.name, timed.denying)


def _views(views: Iterable[TimedView], hand: InHand) -> Iterator[Due]:
    for view, answering in views:
        if view.is_awaited:
            yield _said(DueKind.GIVE_VIEW, Side.SAFEGUARDER, f"{hand.person}/views/{view.concern_id}", answering)


def _late_items(hand: InHand) -> Iterator[Due]:
    for session_id, held_on in hand.with_late_items:
        about = f"{hand.person}/supportSessions/{session_id}/pack"
        yield Due(DueKind.ADMIT_LATE_ITEM, Side.SAFEGUARDER, about, held_on)


def _said(kind: DueKind, owed_by: Side, about: str, standing: Standing | None) -> Due:
    if standing is None:
        return Due(kind, owed_by, about)
    return Due(kind, owed_by, about, standing.due_on, standing.stands_still)

"""Moves that people or the calendar made on a concern."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.rules.domain.closed_lists import State


class Move(StrEnum):
    """All moves. People make most of them. The others follow from a date, or from what evidence keeps."""

    ACKNOWLEDGE = "acknowledge"
    DISMISS = "dismiss"
    CLOSE = "close"
    START_SUPPORT = "start_support"
    ANSWER_SUPPORT = "answer_support"
    SERVE_NOTICE = "serve_notice"
    ACKNOWLEDGE_NOTICE = "acknowledge_notice"
    REQUIRE_ACTION = "require_action"
    OPEN_REVIEW = "open_review"
    REVIEW_ACTIONS = "review_actions"
    ESCALATE = "escalate"
    RECOMMEND = "recommend"
    HOLD = "hold"
    RELEASE = "release"
    MERGE = "merge"
    REOPEN = "reopen"
    RECORD_VIEW = "record_view"
    ACKNOWLEDGE_IN_SESSION = "acknowledge_in_session"
    INVITE_TO_SHARE = "invite_to_share"
    ANSWER_INVITATION = "answer_invitation"
    SNOOZE = "snooze"
    HAND_OVER = "hand_over"
    SUPPORT_CHANGED = "support_changed"
    APPROACH_CHANGED = "approach_changed"


FROM_THE_REGISTER = (Move.START_SUPPORT, Move.ANSWER_SUPPORT, Move.SUPPORT_CHANGED)
"""Moves that follow from the register of supports, which evidence keeps."""
FROM_THE_RECORD = (
    Move.SERVE_NOTICE,
    Move.ACKNOWLEDGE_NOTICE,
    Move.REQUIRE_ACTION,
    Move.APPROACH_CHANGED,
    Move.REVIEW_ACTIONS,
    Move.RECOMMEND,
)
"""Moves that follow from changes of approach, from reviews of actions and from recommendations, in evidence."""
WITHOUT_A_METHOD = (
    *FROM_THE_REGISTER,
    *FROM_THE_RECORD,
    Move.RECORD_VIEW,
    Move.ACKNOWLEDGE_IN_SESSION,
    Move.OPEN_REVIEW,
    Move.HAND_OVER,
    Move.SNOOZE,
)
"""Moves that nobody asks rules for. People make `SNOOZE` on the alert."""


CALENDAR = "calendar"
"""The name in the history where no person made the move, but a date or what other services keep."""


@dataclass(frozen=True, slots=True)
class Made:
    """One move in a concern's history. `by` is an opaque id. `word` holds words of closed lists, never free text."""

    move: Move
    by: str
    at: datetime
    from_state: State
    to_state: State
    word: str = ""

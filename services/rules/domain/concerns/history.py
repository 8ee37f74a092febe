"""Moves that were made on a concern, by people or by the calendar."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.rules.domain.closed_lists import State


class Move(StrEnum):
    """Everything that people do about a concern, and the one thing the calendar does."""

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


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made, for the history. `by` is an opaque id; `word` holds words of closed lists."""

    move: Move
    by: str
    at: datetime
    from_state: State
    to_state: State
    word: str = ""

"""Requests to move a concern: a table of the gRPC methods, and how a request's fields become a move's arguments."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from psmf.rules.v1 import concern_moves_pb2 as pb
from psmf.rules.v1 import rules_pb2

from services.platform.calls.wire import from_date, to_member
from services.refusals import invalid, precondition
from services.rules.domain.closed_lists import (
    HoldReason,
    InvitationAnswer,
)
from services.rules.domain.concerns import moves
from services.rules.domain.concerns.concern import Concern, Reason
from services.rules.domain.concerns.history import Move

W = TypeVar("W", bound=StrEnum)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_LISTS: Mapping[type[StrEnum], Any] = {
    HoldReason: pb.HoldReason,
    InvitationAnswer: pb.InvitationAnswer,
    Reason: rules_pb2.ConcernReason,
}
"""The contract's enum for each closed list that a request may use."""


_IN_THE_RECORD = {
    HoldReason.REVIEW_OPEN: (
        "The record keeps review requests. Ask for the review: the concern is on hold from then on.",
        "ReviewService/CreateReviewRequest",
    ),
    HoldReason.SUSPENDED: (
        "The record keeps suspensions. While one is in force, concerns about practice are on hold.",
        "OverlayService/SuspendSafeguarder",
    ),
}
"""Reasons for a hold that nobody types: what to do instead, and the method of evidence that does it."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a request, read as domain values. `by` sent it at `now`. Each method may raise Refusal INVALID."""

    request: Any
    by: str
    now: datetime

    def day(self, field: str) -> date:
        """Return a date."""
        day = from_date(self.request, field)
        assert day is not None  # noqa: S101  REQUIRED in the contract, so the gate refuses a request without it
        return day

    def word(self, kind: type[W], field: str) -> W:
        """Return a word of a closed list."""
        return to_member(kind, _LISTS[kind], getattr(self.request, field), field)

    def words(self, kind: type[W], field: str) -> list[W]:
        """Return the words of a repeated field."""
        return [to_member(kind, _LISTS[kind], number, field) for number in getattr(self.request, field)]

    def an_id(self, field: str) -> str:
        """Return the id of a document or an item. The form of an id keeps text about a person out."""
        value = str(getattr(self.request, field))
        if value and not _ID.fullmatch(value):
            raise invalid("NOT_AN_ID", f"{field} is an id: up to 64 letters, digits, hyphens and underscores.", field)
        return value

    def hold_reason(self) -> HoldReason:
        """Return why a person puts a concern on hold. Refuse USE_THE_RECORD for what the record keeps."""
        reason = self.word(HoldReason, "reason")
        if reason in _IN_THE_RECORD:
            message, method = _IN_THE_RECORD[reason]
            raise precondition("USE_THE_RECORD", message, "reason", method=f"psmf.evidence.v1.{method}")
        return reason

    def owner(self) -> str:
        """Return the person who takes the concern on: the caller, unless the request names another."""
        return self.request.owner or self.by


@dataclass(frozen=True, slots=True)
class MoveMethod:
    """A gRPC method that makes a move. `read` returns the domain's move with the arguments that the fields `f` give."""

    method: str
    read: Callable[[Fields], partial[Concern]]


MOVE_METHODS: Mapping[Move, MoveMethod] = {
    Move.ACKNOWLEDGE: MoveMethod(
        "AcknowledgeConcern", lambda f: partial(moves.take_on, owner=f.owner(), next_on=f.day("next_date"))
    ),
    Move.DISMISS: MoveMethod(
        "DismissConcern", lambda f: partial(moves.dismiss, reason=f.word(Reason, "reason"), now=f.now)
    ),
    Move.CLOSE: MoveMethod("CloseConcern", lambda f: partial(moves.close, reason=f.word(Reason, "reason"), now=f.now)),
    Move.ESCALATE: MoveMethod("EscalateConcern", lambda f: partial(moves.escalate)),
    Move.HOLD: MoveMethod("HoldConcern", lambda f: partial(moves.hold, reason=f.hold_reason())),
    Move.RELEASE: MoveMethod("ReleaseConcern", lambda f: partial(moves.release, reason=f.word(HoldReason, "reason"))),
    Move.REOPEN: MoveMethod("ReopenConcern", lambda f: partial(moves.reopen, evidence_id=f.an_id("evidence"))),
    Move.INVITE_TO_SHARE: MoveMethod("InviteToShareConcern", lambda f: partial(moves.invite_to_share)),
    Move.ANSWER_INVITATION: MoveMethod(
        "AnswerConcernInvitation", lambda f: partial(moves.answer_invitation, answer=f.word(InvitationAnswer, "answer"))
    ),
}
"""All methods that move a concern but MergeConcern, which looks at a second concern. The calendar's move has none."""


def history_word(change: partial[Concern]) -> str:
    """Return the closed-list words among a move's arguments, in their order: what the history keeps of a request."""
    words: list[str] = []
    for value in change.keywords.values():
        if isinstance(value, StrEnum):
            words.append(value)
        elif isinstance(value, list):
            words += sorted(set(value))
    return " ".join(words)

"""ConcernService, the half that people move concerns with: one method for each verb of D5."""

from collections.abc import Callable
from datetime import date
from typing import Any

from psmf.rules.v1 import concern_moves_pb2 as moves_pb
from psmf.rules.v1 import rules_pb2 as pb
from psmf.rules.v1 import rules_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.access import Access
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.method_rules import MethodPolicy, method_policies
from services.platform.calls.wire import from_date, name_parts, to_member
from services.platform.clock import Clock
from services.platform.storage.database import Database, to_micros
from services.rules import wire
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.facts import SqlFacts
from services.rules.domain.closed_lists import (
    HoldReason,
    InvitationAnswer,
    RecommendationKind,
    RequiredAction,
    ReviewOutcome,
    SupportAnswer,
    SupportKind,
    SupportsStanding,
    View,
)
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.history import Move
from services.rules.handlers.change_concern import ConcernContext, Named, merge_concern, move_concern
from services.rules.wire.concern_moves import a_pack_hash, an_id, concern_message

METHODS = {
    Move.ACKNOWLEDGE: "AcknowledgeConcern",
    Move.DISMISS: "DismissConcern",
    Move.CLOSE: "CloseConcern",
    Move.START_SUPPORT: "StartConcernSupport",
    Move.ANSWER_SUPPORT: "AnswerConcernSupport",
    Move.SERVE_NOTICE: "ServeConcernNotice",
    Move.ACKNOWLEDGE_NOTICE: "AcknowledgeConcernNotice",
    Move.REQUIRE_ACTION: "RequireConcernAction",
    Move.REVIEW_ACTIONS: "ReviewConcernActions",
    Move.ESCALATE: "EscalateConcern",
    Move.RECOMMEND: "RecommendConcern",
    Move.HOLD: "HoldConcern",
    Move.RELEASE: "ReleaseConcern",
    Move.MERGE: "MergeConcern",
    Move.REOPEN: "ReopenConcern",
    Move.RECORD_VIEW: "RecordConcernView",
    Move.ACKNOWLEDGE_IN_SESSION: "AcknowledgeConcernInSession",
    Move.INVITE_TO_SHARE: "InviteToShareConcern",
    Move.ANSWER_INVITATION: "AnswerConcernInvitation",
}
"""The method that makes each move. The calendar's has none."""


class ConcernMovesServer(rules_pb2_grpc.ConcernServiceServicer):
    """What people do about a concern. Which of it is whose: access.cedar."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, access: Access) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._access = access
        rules = method_policies([pb.DESCRIPTOR]).values()
        self._rules: dict[str, MethodPolicy] = {entry.method: entry for entry in rules}

    def AcknowledgeConcern(self, request: pb.AcknowledgeConcernRequest, context: Any) -> pb.Concern:
        """Take a concern on, with the next date."""
        next_on, owner = _day(request, "next_date"), request.owner or current_call.get().principal.person
        return self._move(request, Move.ACKNOWLEDGE, "", lambda c, at: life.acknowledge(c, owner, next_on, at))

    def DismissConcern(self, request: pb.DismissConcernRequest, context: Any) -> pb.Concern:
        """Find that there is nothing to a concern."""
        reason, now = wire.concern_reason(request.reason), self._clock.now()
        return self._move(request, Move.DISMISS, reason, lambda c, at: life.dismiss(c, reason, at, now))

    def CloseConcern(self, request: pb.CloseConcernRequest, context: Any) -> pb.Concern:
        """Close a concern."""
        reason, now = wire.concern_reason(request.reason), self._clock.now()
        return self._move(request, Move.CLOSE, reason, lambda c, at: life.close(c, reason, at, now))

    def StartConcernSupport(self, request: moves_pb.StartConcernSupportRequest, context: Any) -> pb.Concern:
        """Offer support."""
        kinds = [to_member(SupportKind, moves_pb.SupportKind, kind, "supports") for kind in request.supports]
        on = _day(request, "discussed_date")
        word = " ".join(sorted(set(kinds)))
        return self._move(request, Move.START_SUPPORT, word, lambda c, at: life.start_support(c, kinds, on, at))

    def AnswerConcernSupport(self, request: moves_pb.AnswerConcernSupportRequest, context: Any) -> pb.Concern:
        """Record the answer to a support."""
        kind = to_member(SupportKind, moves_pb.SupportKind, request.support, "support")
        answer = to_member(SupportAnswer, moves_pb.SupportAnswer, request.answer, "answer")
        on = _day(request, "answer_date")
        return self._move(
            request,
            Move.ANSWER_SUPPORT,
            f"{kind} {answer}",
            lambda c, at: life.answer_support(c, kind, answer, on, at),
        )

    def ServeConcernNotice(self, request: moves_pb.ServeConcernNoticeRequest, context: Any) -> pb.Concern:
        """Serve notice of the changed approach."""
        document, on = an_id(request.document, "document"), _day(request, "serve_date")
        return self._move(request, Move.SERVE_NOTICE, "", lambda c, at: life.serve_notice(c, document, on, at))

    def AcknowledgeConcernNotice(self, request: moves_pb.AcknowledgeConcernNoticeRequest, context: Any) -> pb.Concern:
        """Acknowledge that notice."""
        return self._move(request, Move.ACKNOWLEDGE_NOTICE, "", life.acknowledge_notice)

    def RequireConcernAction(self, request: moves_pb.RequireConcernActionRequest, context: Any) -> pb.Concern:
        """Require an action by a date."""
        what = to_member(RequiredAction, moves_pb.RequiredAction, request.required_action, "required_action")
        due_on = _day(request, "due_date")
        return self._move(
            request,
            Move.REQUIRE_ACTION,
            what,
            lambda c, at: life.require_action(c, what, due_on, at),
        )

    def ReviewConcernActions(self, request: moves_pb.ReviewConcernActionsRequest, context: Any) -> pb.Concern:
        """Record a review of actions."""
        outcome = to_member(ReviewOutcome, moves_pb.ReviewOutcome, request.outcome, "outcome")
        supports = to_member(SupportsStanding, moves_pb.SupportsStanding, request.supports, "supports")
        on = _day(request, "review_date")
        return self._move(
            request,
            Move.REVIEW_ACTIONS,
            f"{outcome} {supports}",
            lambda c, at: life.review_actions(c, on, outcome, supports, at),
        )

    def EscalateConcern(self, request: moves_pb.EscalateConcernRequest, context: Any) -> pb.Concern:
        """Escalate."""
        return self._move(request, Move.ESCALATE, "", life.escalate)

    def RecommendConcern(self, request: moves_pb.RecommendConcernRequest, context: Any) -> pb.Concern:
        """Record the Team's recommendation."""
        kind = to_member(RecommendationKind, moves_pb.RecommendationKind, request.recommendation, "recommendation")
        pack_hash, on = a_pack_hash(request.pack_hash), _day(request, "share_date")
        return self._move(request, Move.RECOMMEND, kind, lambda c, at: life.recommend(c, kind, pack_hash, on, at))

    def HoldConcern(self, request: moves_pb.HoldConcernRequest, context: Any) -> pb.Concern:
        """Hold."""
        reason = to_member(HoldReason, moves_pb.HoldReason, request.reason, "reason")
        return self._move(request, Move.HOLD, reason, lambda c, at: life.hold(c, reason, at))

    def ReleaseConcern(self, request: moves_pb.ReleaseConcernRequest, context: Any) -> pb.Concern:
        """Release."""
        reason = to_member(HoldReason, moves_pb.HoldReason, request.reason, "reason")
        return self._move(request, Move.RELEASE, reason, lambda c, at: life.release(c, reason, at))

    def MergeConcern(self, request: moves_pb.MergeConcernRequest, context: Any) -> pb.Concern:
        """Merge into another."""
        _, concern_id = name_parts(request.into, "safeguarders", "concerns", field="into")
        # Looked for on this person's file only: access was asked about no other.
        into = Named(named(request).safeguarder_id, concern_id, "")
        return self._run(request, lambda context: merge_concern(named(request), into, context))

    def ReopenConcern(self, request: moves_pb.ReopenConcernRequest, context: Any) -> pb.Concern:
        """Open again on new evidence."""
        evidence = an_id(request.evidence, "evidence")
        return self._move(request, Move.REOPEN, "", lambda c, at: life.reopen(c, evidence, at))

    def RecordConcernView(self, request: moves_pb.RecordConcernViewRequest, context: Any) -> pb.Concern:
        """Record the Safeguarder's view."""
        view = to_member(View, moves_pb.SafeguarderView, request.view, "view")
        document = an_id(request.document, "document")
        return self._move(request, Move.RECORD_VIEW, view, lambda c, at: life.record_view(c, view, document, at))

    def AcknowledgeConcernInSession(
        self, request: moves_pb.AcknowledgeConcernInSessionRequest, context: Any
    ) -> pb.Concern:
        """Acknowledge praise at a session."""
        on = _day(request, "session_date")
        return self._move(
            request,
            Move.ACKNOWLEDGE_IN_SESSION,
            "",
            lambda c, at: life.acknowledge_in_session(c, on, at),
        )

    def InviteToShareConcern(self, request: moves_pb.InviteToShareConcernRequest, context: Any) -> pb.Concern:
        """Ask to share good practice."""
        return self._move(request, Move.INVITE_TO_SHARE, "", life.invite_to_share)

    def AnswerConcernInvitation(self, request: moves_pb.AnswerConcernInvitationRequest, context: Any) -> pb.Concern:
        """Answer that."""
        answer = to_member(InvitationAnswer, moves_pb.InvitationAnswer, request.answer, "answer")
        return self._move(
            request,
            Move.ANSWER_INVITATION,
            answer,
            lambda c, at: life.answer_invitation(c, answer, at),
        )

    def _move(
        self, request: Any, move: Move, word: str, change: Callable[[Concern, MoveContext], Concern]
    ) -> pb.Concern:
        return self._run(request, lambda context: move_concern(named(request), move, str(word), context, change))

    def _run(self, request: Any, work: Callable[[ConcernContext], Concern]) -> pb.Concern:
        by = current_call.get().principal.person

        def transaction(connection: Connection) -> pb.Concern:
            return concern_message(work(self._desk(connection, by)))

        return self._commands.run(request, pb.Concern, transaction)

    def _desk(self, connection: Connection, by: str) -> ConcernContext:
        now = self._clock.now()
        return ConcernContext(SqlConcerns(connection, to_micros(now)), SqlFacts(connection), by, now)

    def _is_callers(self, move: Move) -> bool:
        """Whether access lets the caller make the move about this person."""
        call = current_call.get()
        return self._access.permits(call.principal, self._rules[METHODS[move]], call.relation)


def named(request: Any) -> Named:
    """The concern that a request names."""
    safeguarder_id, concern_id = name_parts(request.name, "safeguarders", "concerns")
    return Named(safeguarder_id, concern_id, getattr(request, "etag", ""))


def _day(request: Any, field: str) -> date:
    day = from_date(request, field)
    assert day is not None  # noqa: S101  REQUIRED, enforced by the gate
    return day

"""ConcernService: reading concerns, and moving them. Its evaluations are in `evaluations.py`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from psmf.rules.v1 import rules_pb2 as pb
from psmf.rules.v1 import rules_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.access import Access
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.method_rules import method_policies
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import listed_subjects
from services.platform.calls.wire import from_date, from_instant, name_parts, to_word
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import precondition
from services.rules.adapters.store.concerns import SqlConcerns, Which, place_in_list
from services.rules.domain.closed_lists import State
from services.rules.domain.concerns.as_of import point_in_history
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import Move
from services.rules.handlers.change_concern import merge_concern, move_concern
from services.rules.handlers.concerns import ConcernContext, Named, ReadFacts, Wanted, list_concerns, show_concern
from services.rules.wire.concern_moves import MOVE_METHODS, Fields, history_word
from services.rules.wire.concerns import concern_message

CheckOwner = Callable[[Connection, str, str], None]
"""Refuses an owner, the last argument, who could not act on the concerns of a Safeguarder, the second."""


def _makes(move: Move) -> Any:
    """Return the gRPC method that makes a move, by its row of `MOVE_METHODS`."""
    # Any, because mypy has no type for a function that becomes a method with named arguments.

    def make(server: "ConcernServer", request: Any, context: Any) -> pb.Concern:
        change = MOVE_METHODS[move].read(Fields(request, current_call.get().responsible, server._clock.now()))
        word = history_word(change)
        return server._run(request, lambda context: move_concern(_named(request), move, word, context, change))

    make.__name__ = MOVE_METHODS[move].method  # what a stack trace shows
    return make


def _in_the_record(method: str, service: str = "DevelopmentPlanService") -> Any:
    """Return the gRPC method that earlier releases had for what the record keeps now. It names the method to call."""
    message = f"The record keeps this now. Call {service}.{method}, and name the concern there."

    def refuse(server: "ConcernServer", request: Any, context: Any) -> pb.Concern:
        raise precondition("USE_THE_RECORD", message, "name", method=f"psmf.evidence.v1.{service}/{method}")

    return refuse


class ConcernServer(rules_pb2_grpc.ConcernServiceServicer):
    """Concerns, and one method for each move of D5. Which moves a person may make: access.cedar."""

    def __init__(
        self,
        database: Database,
        commands: Commands,
        clock: Clock,
        access: Access,
        check_owner: CheckOwner,
        read_facts: ReadFacts,
    ) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._access = access
        self._check_owner = check_owner
        self._read_facts = read_facts
        policies = {policy.method: policy for policy in method_policies([pb.DESCRIPTOR]).values()}
        self._policies = {move: policies[row.method] for move, row in MOVE_METHODS.items()}
        self._policies[Move.MERGE] = policies["MergeConcern"]

    def GetConcern(self, request: pb.GetConcernRequest, context: Any) -> pb.Concern:
        """Return one concern, now or as it was."""
        call, now = current_call.get(), self._clock.now()
        at = _point_asked(request, now)
        with self._database.read() as connection:
            concern_context = self._context(connection, call.principal.person, now)
            shown = show_concern(_named(request), at, call.relation == "own", concern_context)
        allowed = [move for move in shown.allowed if self._is_callers(move)]
        blocked = {move: guard for move, guard in shown.blocked.items() if self._is_callers(move)}
        return concern_message(shown.concern, shown.steps, shown.respond_by, allowed, blocked)

    def ListConcerns(self, request: pb.ListConcernsRequest, context: Any) -> pb.ListConcernsResponse:
        """Return a page of concerns, most urgent first, now or as they were; of the people the caller may see now."""
        call = current_call.get()
        (safeguarder_id,) = name_parts(request.parent, "safeguarders")
        lane, at = to_word(pb.Lane, request.lane, "lane"), _point_asked(request, self._clock.now())
        states, due_by = _states_asked(request), from_date(request, "due_by_date")
        filters = (lane, request.include_closed, str(at or ""), request.mine, *states, str(due_by or ""))
        mark = (call.principal.person, safeguarder_id, *filters)
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        after = (int(last[0]), int(last[1]), str(last[2])) if last else None
        with self._database.read() as connection:
            today = self._clock.today()
            people = listed_subjects(connection, call.principal, safeguarder_id, "support_manager", today)
            who = call.principal if request.mine and call.relation != "own" else None
            owned_by = who.person if who else None
            which = Which(lane, request.include_closed, call.relation != "own", people, owned_by, states)
            wanted = Wanted(which, *((who.person, who.role) if who else ("", "")), due_by)
            # One more than is asked for shows whether there is a next page.
            found = list_concerns(wanted, after, most + 1, at, SqlConcerns(connection))
        token = page_token([*place_in_list(found[most - 1].concern)], *mark) if len(found) > most else ""
        shown = [concern_message(each.concern, (), None if at else each.respond_by) for each in found[:most]]
        return pb.ListConcernsResponse(concerns=shown, next_page_token=token)

    def MergeConcern(self, request: Any, context: Any) -> pb.Concern:
        """Merge a concern into another one."""
        _, concern_id = name_parts(request.into, "safeguarders", "concerns", field="into")
        # Looked for on this person's file, whatever the name says: access was asked about no other person.
        into = Named(_named(request).safeguarder_id, concern_id, "")
        return self._run(request, lambda context: merge_concern(_named(request), into, context))

    AcknowledgeConcern = _makes(Move.ACKNOWLEDGE)
    DismissConcern = _makes(Move.DISMISS)
    CloseConcern = _makes(Move.CLOSE)
    StartConcernSupport = _in_the_record("OfferSupport")
    AnswerConcernSupport = _in_the_record("AnswerSupport")
    ServeConcernNotice = _in_the_record("ChangeApproach")
    AcknowledgeConcernNotice = _in_the_record("AcknowledgeApproach")
    RequireConcernAction = _in_the_record("ChangeApproach")
    ReviewConcernActions = _in_the_record("HoldActionReview")
    EscalateConcern = _makes(Move.ESCALATE)
    RecommendConcern = _in_the_record("CreateRecommendation", "RecommendationService")
    HoldConcern = _makes(Move.HOLD)
    ReleaseConcern = _makes(Move.RELEASE)
    ReopenConcern = _makes(Move.REOPEN)
    RecordConcernView = _in_the_record("GiveView")
    AcknowledgeConcernInSession = _in_the_record("CreateSessionRecord", "SessionRecordService")
    InviteToShareConcern = _makes(Move.INVITE_TO_SHARE)
    AnswerConcernInvitation = _makes(Move.ANSWER_INVITATION)

    def _run(self, request: Any, work: Callable[[ConcernContext], Concern]) -> pb.Concern:
        by = current_call.get().principal.person

        def transaction(connection: Connection) -> pb.Concern:
            if owner := getattr(request, "owner", ""):  # AcknowledgeConcern alone names one
                self._check_owner(connection, _named(request).safeguarder_id, owner)
            return concern_message(work(self._context(connection, by, self._clock.now())))

        return self._commands.run(request, pb.Concern, transaction)

    def _context(self, connection: Connection, by: str, now: datetime) -> ConcernContext:
        return ConcernContext(SqlConcerns(connection), self._read_facts, by, now)

    def _is_callers(self, move: Move) -> bool:
        """Tell whether access lets the caller make the move about this person."""
        call = current_call.get()
        return self._access.permits(call.principal, self._policies[move], call.relation)


def _named(request: Any) -> Named:
    safeguarder_id, concern_id = name_parts(request.name, "safeguarders", "concerns")
    return Named(safeguarder_id, concern_id, getattr(request, "etag", ""))


def _states_asked(request: pb.ListConcernsRequest) -> tuple[State, ...]:
    words = (to_word(pb.Concern.State, state, f"states[{place}]") for place, state in enumerate(request.states))
    return tuple(State(word) for word in words if word)


def _point_asked(request: pb.GetConcernRequest | pb.ListConcernsRequest, now: datetime) -> datetime | None:
    known_at = from_instant(request.known_at_time, "known_at_time") if request.HasField("known_at_time") else None
    return point_in_history(from_date(request, "as_of_date"), known_at, now)

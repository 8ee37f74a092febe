"""gRPC methods of ReviewService."""

from collections.abc import Callable
from typing import Any

from psmf.evidence.v1 import review_requests_pb2 as pb
from psmf.evidence.v1 import review_requests_pb2_grpc, reviewers_pb2
from sqlalchemy import Connection

from services.evidence.adapters.review_requests.files import ReviewFile, review_file
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.review_requests.request import ReviewRequest
from services.evidence.handlers.review_requests import requests as handler
from services.evidence.wire import review_requests as wire
from services.evidence.wire import session_records
from services.evidence.wire.plans.requests import needed_words, parent, part_name
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.identity import Directory
from services.platform.calls.relations import listed_subjects
from services.platform.calls.wire import to_needed_text
from services.platform.clock import Clock
from services.platform.storage.database import Database

_LONGEST_ID = 64


class ReviewServer(review_requests_pb2_grpc.ReviewServiceServicer):
    """Review requests of Safeguarders."""

    def __init__(
        self, database: Database, commands: Commands, clock: Clock, directory: Directory, reply_working_days: int
    ) -> None:
        self._database = database
        self._reply_working_days = reply_working_days
        self._commands = commands
        self._clock = clock
        self._directory = directory

    def CreateReviewRequest(self, request: pb.CreateReviewRequestRequest, context: Any) -> pb.ReviewRequest:
        """Ask for a review."""
        person, asked = parent(request.parent), wire.asked(request, self._year)
        return self._run(request, lambda files: handler.create(person, asked, files))

    def GetReviewRequest(self, request: pb.GetReviewRequestRequest, context: Any) -> pb.ReviewRequest:
        """Return a request."""
        name = _name(request)
        with self._database.read() as connection:
            return wire.request_message(handler.find(name, self._files(connection, self._actor())))

    def ListReviewRequests(self, request: pb.ListReviewRequestsRequest, context: Any) -> pb.ListReviewRequestsResponse:
        """List a person's requests, or those of everybody whom the caller may see that are open."""
        principal, person = current_call.get().principal, parent(request.parent)
        with self._database.read() as connection:
            files = self._files(connection, self._actor())
            if person == "-":
                people = listed_subjects(connection, principal, person, "support_manager", self._clock.today())
                found = handler.open_ones(people, files)
            else:
                found = handler.every(person, files)
        return pb.ListReviewRequestsResponse(review_requests=map(wire.request_message, found))

    def ListReviewers(
        self, request: reviewers_pb2.ListReviewersRequest, context: Any
    ) -> reviewers_pb2.ListReviewersResponse:
        """List who could decide a request, and why others could not."""
        name = _name(request)
        with self._database.read() as connection:
            files = self._files(connection, self._actor())
            found = handler.reviewers_of(handler.find(name, files), files)
        return reviewers_pb2.ListReviewersResponse(reviewers=[wire.reviewer_message(*each) for each in found])

    def AcceptReviewRequest(self, request: pb.AcceptReviewRequestRequest, context: Any) -> pb.ReviewRequest:
        """Accept a request, or say why it is not accepted."""
        name, answer = _name(request), wire.acceptance(request)
        said = session_records.words(request.words, "words", self._year)
        return self._run(request, lambda files: handler.accept(name, request.etag, answer, said, files))

    def AssignReviewRequest(self, request: pb.AssignReviewRequestRequest, context: Any) -> pb.ReviewRequest:
        """Give a request to a reviewer."""
        name, reviewer = _name(request), to_needed_text(request.reviewer, "reviewer", _LONGEST_ID)
        return self._run(request, lambda files: handler.assign(name, request.etag, reviewer, files))

    def AddStatement(self, request: pb.AddStatementRequest, context: Any) -> pb.ReviewRequest:
        """Add what staff say to a request."""
        name, said = _name(request), needed_words(request.words, "words", self._year)
        return self._run(request, lambda files: handler.say(name, request.etag, said, files))

    def DecideReviewRequest(self, request: pb.DecideReviewRequestRequest, context: Any) -> pb.ReviewRequest:
        """Decide a request."""
        name = _name(request)
        decided = (wire.decision(request), needed_words(request.reasons, "reasons", self._year))
        text = session_records.content(request.record, self._year) if request.HasField("record") else None
        return self._run(request, lambda files: handler.decide(name, request.etag, decided, text, files))

    def WithdrawReviewRequest(self, request: pb.WithdrawReviewRequestRequest, context: Any) -> pb.ReviewRequest:
        """Take a request back."""
        name = _name(request)
        return self._run(request, lambda files: handler.withdraw(name, request.etag, files))

    @property
    def _year(self) -> int:
        return self._clock.today().year

    def _actor(self) -> Actor:
        """Return who acts. The thread that writes does not know the call, so this is asked before."""
        call = current_call.get()
        side = Side.SAFEGUARDER if call.principal.role == "safeguarder" else Side.PANEL_TEAM
        return Actor(call.principal.person, side, self._clock.now(), accounts=call.principal.accounts)

    def _files(self, connection: Connection, actor: Actor) -> ReviewFile:
        return review_file(connection, self._directory, actor, self._reply_working_days)

    def _run(self, request: Any, command: Callable[[ReviewFile], ReviewRequest]) -> pb.ReviewRequest:
        actor = self._actor()
        return self._commands.run(
            request, pb.ReviewRequest, lambda tx: wire.request_message(command(self._files(tx, actor)))
        )


def _name(request: Any) -> tuple[str, str]:
    return part_name(request.name, "reviewRequests")

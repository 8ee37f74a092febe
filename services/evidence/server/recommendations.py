"""gRPC methods of RecommendationService."""

from collections.abc import Callable
from datetime import date
from typing import Any

from psmf.evidence.v1 import recommendations_pb2 as pb
from psmf.evidence.v1 import recommendations_pb2_grpc

from services.evidence.adapters.recommendations.files import RecommendationFile, recommendation_file
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.recommendations.readiness import opens_on
from services.evidence.domain.recommendations.recommendation import Recommendation
from services.evidence.handlers.recommendations import recommend
from services.evidence.wire import recommendations as wire
from services.evidence.wire.plans.requests import needed_words, part_name
from services.evidence.wire.session_records import words
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.wire import to_date
from services.platform.clock import Clock
from services.platform.storage.database import Database

_SEES_DRAFTS = ("panel_team", "senior_manager")
_SEES_SUBMITTED = ("decision_recorder",)


class RecommendationServer(recommendations_pb2_grpc.RecommendationServiceServicer):
    """Recommendations of the Team about memberships."""

    def __init__(self, database: Database, commands: Commands, clock: Clock) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock

    def GetReadiness(self, request: pb.GetReadinessRequest, context: Any) -> pb.Readiness:
        """Return how ready everything is for a person's reappointment."""
        safeguarder_id = wire.person(request.parent)
        with self._database.read() as connection:
            file = recommendation_file(connection, self._actor())
            page = recommend.read_readiness(safeguarder_id, _reader(), file)
            term = page.entry.last_term
            opens = opens_on(term, file.numbers) if term else None
            return pb.Readiness(
                safeguarder=f"safeguarders/{safeguarder_id}",
                term_end_date=to_date(term.ends_on if term else None),
                open_date=to_date(opens),
                open=opens is not None and opens <= file.actor.today,
                lines=wire.lines_message(page.lines),
                recommendations=[_message(each, file) for each in page.recommendations],
            )

    def GetRecommendationPack(self, request: pb.GetRecommendationPackRequest, context: Any) -> pb.RecommendationPack:
        """Return a recommendation with its pack."""
        name = part_name(request.name, "recommendations")
        with self._database.read() as connection:
            file = recommendation_file(connection, self._actor())
            page = recommend.read_pack(name, _reader(), file)
            return wire.pack_message(page.known, _due_on(page.known, file), page.entries, page.days, page.lines)

    def CreateRecommendation(self, request: pb.CreateRecommendationRequest, context: Any) -> pb.Recommendation:
        """Draft a recommendation."""
        person, kind = wire.person(request.parent), wire.kind(request)
        text = wire.text(request.text, person, self._year)
        return self._run(request, lambda file: recommend.create(person, kind, text, file))

    def UpdateRecommendation(self, request: pb.UpdateRecommendationRequest, context: Any) -> pb.Recommendation:
        """Draft a recommendation again."""
        name = part_name(request.name, "recommendations")
        text = wire.text(request.text, name[0], self._year)
        return self._run(request, lambda file: recommend.update(name, request.etag, text, file))

    def CheckRecommendation(self, request: pb.CheckRecommendationRequest, context: Any) -> pb.Recommendation:
        """Check a draft."""
        name = part_name(request.name, "recommendations")
        return self._run(request, lambda file: recommend.check(name, request.etag, file))

    def ShareRecommendation(self, request: pb.ShareRecommendationRequest, context: Any) -> pb.Recommendation:
        """Share a recommendation with the person."""
        name = part_name(request.name, "recommendations")
        return self._run(request, lambda file: recommend.share(name, request.etag, file))

    def AddRepresentation(self, request: pb.AddRepresentationRequest, context: Any) -> pb.Recommendation:
        """Keep what the person says of a recommendation."""
        name, said = part_name(request.name, "recommendations"), words(request.words, "words", self._year)
        ends = request.nothing_more
        return self._run(request, lambda file: recommend.represent(name, request.etag, said, ends, file))

    def ApproveRecommendation(self, request: pb.ApproveRecommendationRequest, context: Any) -> pb.Recommendation:
        """Approve a recommendation as the second person."""
        name, answers = part_name(request.name, "recommendations"), wire.answers(request, self._year)
        return self._run(request, lambda file: recommend.approve(name, request.etag, answers, file))

    def SubmitRecommendation(self, request: pb.SubmitRecommendationRequest, context: Any) -> pb.Recommendation:
        """Submit a recommendation to Scottish Ministers."""
        name = part_name(request.name, "recommendations")
        marked = request.with_open_reviews
        return self._run(request, lambda file: recommend.submit(name, request.etag, marked, file))

    def WithdrawRecommendation(self, request: pb.WithdrawRecommendationRequest, context: Any) -> pb.Recommendation:
        """Take a recommendation back."""
        name = part_name(request.name, "recommendations")
        because = needed_words(request.because, "because", self._year)
        return self._run(request, lambda file: recommend.withdraw(name, request.etag, because, file))

    @property
    def _year(self) -> int:
        return self._clock.now().year

    def _actor(self) -> Actor:
        """Return the caller. Who may do what is for access to say; a side makes no difference here."""
        caller = current_call.get().principal
        return Actor(caller.person, Side.PANEL_TEAM, self._clock.now(), accounts=caller.accounts)

    def _run(self, request: Any, command: Callable[[RecommendationFile], Recommendation]) -> pb.Recommendation:
        actor = self._actor()

        def work(tx: Any) -> pb.Recommendation:
            file = recommendation_file(tx, actor)
            return _message(command(file), file)

        return self._commands.run(request, pb.Recommendation, work)


def _reader() -> recommend.Reader:
    role = current_call.get().principal.role
    return recommend.Reader(role in (*_SEES_DRAFTS, *_SEES_SUBMITTED), role in _SEES_SUBMITTED)


def _message(known: Recommendation, file: RecommendationFile) -> pb.Recommendation:
    return wire.recommendation_message(known, _due_on(known, file))


def _due_on(known: Recommendation, file: RecommendationFile) -> date | None:
    """Return the last day for representations, with the person's days away."""
    return file.plan.standings.of(known.time, file.actor.today).due_on if known.time else None

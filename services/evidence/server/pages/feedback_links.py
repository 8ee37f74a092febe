"""gRPC methods of FeedbackLinkService."""

import secrets
from collections.abc import Callable
from typing import Any

from psmf.evidence.v1 import feedback_links_pb2 as pb
from psmf.evidence.v1 import feedback_links_pb2_grpc, feedback_stage_pb2
from sqlalchemy import Connection

from services.evidence.adapters.feedback.links import SqlFeedbackLinks
from services.evidence.adapters.feedback.questions import feedback_forms
from services.evidence.adapters.record_numbers import feedback_numbers
from services.evidence.adapters.review_requests.requests import SqlReviewRequests
from services.evidence.adapters.session_packs import SqlSessionPacks
from services.evidence.adapters.session_records import SqlSessionRecords
from services.evidence.adapters.store import SqlFile, SqlRegister
from services.evidence.adapters.times_away import SqlTimesAway
from services.evidence.domain.feedback.link import SECRET_BYTES, new_code, secret_of
from services.evidence.handlers.feedback import desk
from services.evidence.handlers.feedback.links import LinkContext, list_links, make_link, take_back
from services.evidence.handlers.reply_times import ReplyTimes
from services.evidence.server.kept_out import people_seen
from services.evidence.wire.feedback import links as wire
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.wire import name_parts
from services.platform.clock import Clock
from services.platform.storage.database import Database, to_micros


class FeedbackLinkServer(feedback_links_pb2_grpc.FeedbackLinkServiceServicer):
    """Links by which people give feedback. No answer that is kept for a repeat has a token or a session."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, reply_working_days: int) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._reply_working_days = reply_working_days

    def CreateFeedbackLink(self, request: pb.CreateFeedbackLinkRequest, context: Any) -> pb.FeedbackLink:
        """Make a link. Only the first answer has its token, because an answer is kept for a repeat."""
        asked, token, now = wire.asked(request), secret_of(secrets.token_bytes(SECRET_BYTES)), self._clock.now()
        made: list[str] = []

        def work(tx: Connection) -> pb.FeedbackLink:
            link = make_link(asked, token, of_team(tx))
            made.append(link.link_id)
            return wire.link_message(link, now)

        of_team = self._of_team()
        answer = self._commands.run(request, pb.FeedbackLink, work)
        if made and not request.validate_only:
            answer.token = token
        return answer

    def ListFeedbackLinks(self, request: pb.ListFeedbackLinksRequest, context: Any) -> pb.ListFeedbackLinksResponse:
        """Return a page of links, the newest first.

        The person is a filter and no parent. So the log of reads names nobody, and a Safeguarder who reads it cannot
        find out that somebody was asked for feedback.
        """
        about, most, now = _filter(request.safeguarder), page_size(request.page_size), self._clock.now()
        state, mark = wire.wanted_state(request), (current_call.get().principal.person, about, request.state)
        last = read_page_token(request.page_token, *mark)
        after = (int(last[0]), str(last[1])) if last else None
        with self._database.read() as connection:
            found = list_links(about, state, after, most + 1, self._of_team()(connection))
        token = ""
        if len(found) > most:
            end = found[most - 1][0]
            token = page_token([to_micros(end.made_at), end.link_id], *mark)
        links = [wire.link_message(link, now, giver) for link, giver in found[:most]]
        return pb.ListFeedbackLinksResponse(feedback_links=links, next_page_token=token)

    def RevokeFeedbackLink(self, request: pb.RevokeFeedbackLinkRequest, context: Any) -> pb.FeedbackLink:
        """Take a link back."""
        link_id, of_team, now = wire.link_id(request.name), self._of_team(), self._clock.now()
        return self._commands.run(
            request, pb.FeedbackLink, lambda tx: wire.link_message(take_back(link_id, of_team(tx)), now)
        )

    def ExchangeFeedbackLink(self, request: pb.ExchangeFeedbackLinkRequest, context: Any) -> pb.FeedbackSession:
        """Begin a session by the token of a link."""
        of_desk = self._of_desk()
        return self._commands.run(
            request,
            pb.FeedbackSession,
            lambda tx: wire.session_message(*desk.exchange(request.token, request.session, of_desk(tx))),
        )

    def SendFeedback(self, request: pb.SendFeedbackRequest, context: Any) -> pb.FeedbackReceipt:
        """Record what a giver says, once."""
        said = desk.Said(wire.answers(request), wire.consent(request), wire.contact(request))
        of_desk = self._of_desk()

        def work(tx: Connection) -> pb.FeedbackReceipt:
            link, before = desk.send(request.session, said, lambda: new_code(secrets.randbelow), of_desk(tx))
            return wire.receipt_message(link, sent_before=before)

        return self._commands.run(request, pb.FeedbackReceipt, work)

    def GetFeedbackStage(self, request: pb.GetFeedbackStageRequest, context: Any) -> feedback_stage_pb2.FeedbackStage:
        """Return how far something has come that was sent by a link."""
        with self._database.read() as connection:
            packs, records = SqlSessionPacks(connection), SqlSessionRecords(connection)
            return wire.stage_message(*desk.stage(request.code, self._of_desk()(connection), packs, records))

    def _of_team(self) -> Callable[[Connection], LinkContext]:
        """Return what makes the Team's context in a transaction, which another thread may run."""
        caller, now, today = current_call.get().principal, self._clock.now(), self._clock.today()

        def context(connection: Connection) -> LinkContext:
            people = people_seen(connection, caller, today)
            links, register = SqlFeedbackLinks(connection), SqlRegister(connection)
            return LinkContext(links, register, caller.person, people, feedback_numbers(), now)

        return context

    def _of_desk(self) -> Callable[[Connection], desk.DeskContext]:
        now = self._clock.now()

        def context(connection: Connection) -> desk.DeskContext:
            away, reviews = SqlTimesAway(connection), SqlReviewRequests(connection)
            return desk.DeskContext(
                SqlFeedbackLinks(connection),
                SqlRegister(connection),
                SqlFile(connection),
                ReplyTimes(away, reviews, self._reply_working_days),
                feedback_forms(),
                feedback_numbers(),
                now,
            )

        return context


def _filter(safeguarder: str) -> str:
    """Return the id of the one person to whom a list is limited, or an empty text."""
    return name_parts(safeguarder, "safeguarders", field="safeguarder")[0] if safeguarder else ""

"""gRPC methods of ReportSampleService."""

import secrets
from collections.abc import Callable
from typing import Any

from psmf.evidence.v1 import report_samples_pb2 as pb
from psmf.evidence.v1 import report_samples_pb2_grpc
from sqlalchemy import Connection

from services.evidence.adapters.samples.files import READER, SampleFile, sample_file
from services.evidence.adapters.store import SqlRegister
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.report_sample import NoReportReason
from services.evidence.domain.samples.draw import half_of
from services.evidence.domain.samples.seen import Looker, Seen
from services.evidence.handlers.record_reports_not_available import (
    RecordReportsNotAvailable,
    record_reports_not_available,
)
from services.evidence.handlers.samples import rounds
from services.evidence.handlers.samples import samples as handler
from services.evidence.wire import register as register_wire
from services.evidence.wire import samples as wire
from services.evidence.wire.plans.requests import parent, part_name
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.identity import Directory
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import listed_subjects
from services.platform.calls.wire import from_date, name_parts, to_member, to_needed_text
from services.platform.clock import Clock
from services.platform.storage.database import Database

_LONGEST_ID = 64
_SEED_BYTES = 32
_STAFF = ("panel_team", "senior_manager")


class ReportSampleServer(report_samples_pb2_grpc.ReportSampleServiceServicer):
    """Reports that the Team samples, and reports that it could not sample."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, directory: Directory) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._directory = directory

    def RecordReportsNotAvailable(
        self, request: pb.RecordReportsNotAvailableRequest, context: Any
    ) -> pb.ReportsNotAvailable:
        """Record that there was no report to sample."""
        (safeguarder_id,) = name_parts(request.parent, "safeguarders", field="parent")
        on = from_date(request, "date")
        assert on is not None  # noqa: S101  REQUIRED, enforced by the gate
        reason = to_member(NoReportReason, pb.NoReportReason, request.reason, "reason")
        command = RecordReportsNotAvailable(safeguarder_id, on, request.reports, reason)

        def work(connection: Connection) -> pb.ReportsNotAvailable:
            now, today = self._clock.now(), self._clock.today()
            missing = record_reports_not_available(command, SqlRegister(connection), now, today)
            return register_wire.reports_not_available_message(missing)

        return self._commands.run(request, pb.ReportsNotAvailable, work)

    def CreateSampleRound(self, request: pb.CreateSampleRoundRequest, context: Any) -> pb.SampleRound:
        """Begin the round of today's half contract year."""
        actor, seed = self._actor(), secrets.token_hex(_SEED_BYTES)
        return self._commands.run(
            request, pb.SampleRound, lambda tx: _round_message(rounds.begin(seed, self._files(tx, actor)))
        )

    def GetSampleRound(self, request: pb.GetSampleRoundRequest, context: Any) -> pb.SampleRound:
        """Return a round."""
        round_id = wire.round_id(request.name, self._today)
        with self._database.read() as connection:
            return _round_message(rounds.figures(round_id, self._files(connection, self._actor())))

    def DrawSamples(self, request: pb.DrawSamplesRequest, context: Any) -> pb.DrawSamplesResponse:
        """Draw for everybody who serves."""
        actor, round_id = self._actor(), wire.round_id(request.name, self._today)

        def work(tx: Connection) -> pb.DrawSamplesResponse:
            drawn = rounds.draw_all(round_id, self._files(tx, actor))
            return pb.DrawSamplesResponse(
                selected=drawn.selected, without_reports=drawn.without_reports, remaining=drawn.remaining
            )

        return self._commands.run(request, pb.DrawSamplesResponse, work)

    def GetReportSample(self, request: pb.GetReportSampleRequest, context: Any) -> pb.ReportSample:
        """Return a sampled report as the caller sees it."""
        name = _name(request)
        with self._database.read() as connection:
            return wire.sample_message(handler.find(name, _caller(), self._files(connection, self._actor())))

    def ListReportSamples(self, request: pb.ListReportSamplesRequest, context: Any) -> pb.ListReportSamplesResponse:
        """List sampled reports as the caller sees them."""
        principal, most = current_call.get().principal, page_size(request.page_size)
        person = parent(request.parent)
        round_id = wire.round_id(request.round, self._today, "round") if request.round else ""
        after = read_page_token(request.page_token, principal.person, person, round_id)
        place = (str(after[0]), str(after[1])) if after else None
        with self._database.read() as connection:
            people = listed_subjects(connection, principal, person, "support_manager", self._clock.today())
            files = self._files(connection, self._actor())
            found = handler.page(people, round_id, place, most + 1, _caller(), files)
        token = ""
        if len(found) > most:
            last = found[most - 1].sample
            token = page_token([last.safeguarder_id, last.round_id], principal.person, person, round_id)
        shown = [wire.sample_message(each) for each in found[:most]]
        return pb.ListReportSamplesResponse(report_samples=shown, next_page_token=token)

    def RecordObtained(self, request: pb.RecordObtainedRequest, context: Any) -> pb.ReportSample:
        """Record that a report is there, or why it cannot be had."""
        name, reason, who = _name(request), wire.reason(request), _caller()
        return self._run(request, lambda files: handler.obtained(name, request.etag, reason, who, files))

    def AssignReading(self, request: pb.AssignReadingRequest, context: Any) -> pb.ReportSample:
        """Give a report to a reader."""
        name, who = _name(request), _caller()
        to = (to_needed_text(request.reader, "reader", _LONGEST_ID), request.second)
        return self._run(request, lambda files: handler.assign(name, request.etag, to, who, files))

    def RecordReading(self, request: pb.RecordReadingRequest, context: Any) -> pb.ReportSample:
        """Record the caller's reading."""
        name, who = _name(request), _caller()
        rating, words = wire.said(request, self._clock.today().year)
        return self._run(request, lambda files: handler.read(name, rating, words, who, files))

    def ReconcileReadings(self, request: pb.ReconcileReadingsRequest, context: Any) -> pb.ReportSample:
        """Record one reading for two that differ."""
        name, who = _name(request), _caller()
        said = wire.said(request, self._clock.today().year)
        return self._run(request, lambda files: handler.reconcile(name, request.etag, said, who, files))

    def EndReadingWait(self, request: pb.EndReadingWaitRequest, context: Any) -> pb.ReportSample:
        """End the wait for a reading that did not come."""
        name, who = _name(request), _caller()
        return self._run(request, lambda files: handler.end_wait(name, request.etag, who, files))

    def GetAgreement(self, request: pb.GetAgreementRequest, context: Any) -> pb.Agreement:
        """Return how far two readers of the same reports agree."""
        round_id = wire.round_id(request.round, self._today, "round") if request.round else ""
        with self._database.read() as connection:
            files = self._files(connection, self._actor())
            return wire.agreement_message(handler.agreed(round_id, files), files.numbers.agreement_least_pairs)

    @property
    def _today(self) -> str:
        return half_of(self._clock.today())

    def _actor(self) -> Actor:
        """Return who acts. The thread that writes does not know the call, so this is asked before."""
        caller = current_call.get().principal
        return Actor(caller.person, Side.PANEL_TEAM, self._clock.now(), accounts=caller.accounts)

    def _files(self, connection: Connection, actor: Actor) -> SampleFile:
        return sample_file(connection, actor, self._directory)

    def _run(self, request: Any, command: Callable[[SampleFile], Seen]) -> pb.ReportSample:
        actor = self._actor()
        return self._commands.run(
            request, pb.ReportSample, lambda tx: wire.sample_message(command(self._files(tx, actor)))
        )


def _caller() -> handler.Caller:
    principal = current_call.get().principal
    looker = Looker.STAFF if principal.role in _STAFF else Looker.SIDE
    looker = Looker.READER if principal.role == READER else looker
    return handler.Caller(principal.person, looker, principal.role == "senior_manager")


def _name(request: Any) -> tuple[str, str]:
    return part_name(request.name, "reportSamples")


def _round_message(found: rounds.Figures) -> pb.SampleRound:
    return wire.round_message(found.round, found.states, found.not_drawn)

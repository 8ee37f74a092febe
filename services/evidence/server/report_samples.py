"""gRPC methods of ReportSampleService."""

from typing import Any

from psmf.evidence.v1 import report_samples_pb2 as pb
from psmf.evidence.v1 import report_samples_pb2_grpc
from sqlalchemy import Connection

from services.evidence.adapters.store import SqlRegister
from services.evidence.domain.report_sample import NoReportReason
from services.evidence.handlers.record_reports_not_available import (
    RecordReportsNotAvailable,
    record_reports_not_available,
)
from services.evidence.wire import register as wire
from services.platform.calls.commands import Commands
from services.platform.calls.wire import from_date, name_parts, to_member
from services.platform.clock import Clock


class ReportSampleServer(report_samples_pb2_grpc.ReportSampleServiceServicer):
    """Reports that the Team samples, and reports that it could not sample."""

    def __init__(self, commands: Commands, clock: Clock) -> None:
        self._commands = commands
        self._clock = clock

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
            return wire.reports_not_available_message(missing)

        return self._commands.run(request, pb.ReportsNotAvailable, work)

"""Calls to the suite's public methods as a person, repeated until they are acknowledged."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import grpc
from grpc_status import rpc_status
from psmf.evidence.v1 import (
    decisions_pb2_grpc,
    development_plans_pb2_grpc,
    directory_pb2_grpc,
    drafts_pb2_grpc,
    evidence_pb2_grpc,
    feedback_links_pb2_grpc,
    overlays_pb2_grpc,
    personal_file_pb2_grpc,
    recommendations_pb2_grpc,
    report_samples_pb2_grpc,
    review_requests_pb2_grpc,
    safeguarder_pb2_grpc,
    session_records_pb2_grpc,
    times_away_pb2_grpc,
)
from psmf.notifications.v1 import notifications_pb2_grpc
from psmf.platform.v1 import (
    access_pb2,
    access_pb2_grpc,
    audit_pb2_grpc,
    events_pb2_grpc,
    own_file_pb2_grpc,
    status_pb2,
    status_pb2_grpc,
    timeline_pb2_grpc,
)
from psmf.rules.v1 import (
    kpis_pb2_grpc,
    overrides_pb2_grpc,
    revisions_pb2_grpc,
    rules_pb2_grpc,
    simulations_pb2_grpc,
    trials_pb2_grpc,
)
from psmf.scheduling.v1 import cover_pb2_grpc, duties_pb2_grpc, emergency_access_pb2_grpc, scheduling_pb2_grpc

from services.client.tokens import Metadata
from services.platform.calls.client import open_channel, refusal_of
from services.platform.tls import TlsFiles

CALL_SECONDS = 30.0
AGAIN_AFTER_SECONDS = 0.2
WATCH_SECONDS = 1200.0
"""Longer than a token lives. A stream that has not ended by then was lost on its way, and is opened again."""
RESTART_SECONDS = 60.0
"""A watch waits this long for its service to come back."""
STREAMS = (
    ("psmf.evidence.v1.EvidenceService", "ImportEvidenceItems"),
    ("psmf.notifications.v1.AlertService", "WatchAlerts"),
)
"""The streams of one service alone. This client repeats them itself."""
LARGEST_PAGE = 500
"""The most records that any list method answers at once."""
UNTRACED = ("traceparent", f"00-{'1' * 32}-{'1' * 16}-00")
"""A trace whose sampler left it out: services then make no span for a call and for all that follows from it."""
A = TypeVar("A")
_AWAY = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
_TRANSIENT = {
    *_AWAY,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
    grpc.StatusCode.CANCELLED,
}


class Client:
    """Stubs of every service, and calls with a person's token.

    A call is repeated for `patience_seconds` while its service is away. That is sound because every command carries a
    request id, so that a repeat has no second effect.
    """

    def __init__(
        self,
        addresses: Mapping[str, str],
        metadata: Callable[[str], Metadata],
        patience_seconds: float = 0.0,
        tls: TlsFiles | None = None,
    ) -> None:
        self._metadata = metadata
        self._untraced: Metadata = ()
        self._patience_seconds = patience_seconds
        self._channels = {
            service: open_channel(address, tls, service, STREAMS) for service, address in addresses.items()
        }
        channels = self._channels.items()
        self.status_of = {service: status_pb2_grpc.StatusServiceStub(channel) for service, channel in channels}
        self.events_of = {service: events_pb2_grpc.EventsServiceStub(channel) for service, channel in channels}
        self.access_of = {service: access_pb2_grpc.AccessServiceStub(channel) for service, channel in channels}
        self.audit_of = {service: audit_pb2_grpc.AuditServiceStub(channel) for service, channel in channels}
        self.own_file_of = {service: own_file_pb2_grpc.OwnFileServiceStub(channel) for service, channel in channels}
        self.timeline_of = {service: timeline_pb2_grpc.TimelineServiceStub(channel) for service, channel in channels}
        channel_of = self._channels.__getitem__
        self._reach_evidence(channel_of("evidence"))
        self.standards = rules_pb2_grpc.StandardsServiceStub(channel_of("rules"))
        self.rulebook = rules_pb2_grpc.RulebookServiceStub(channel_of("rules"))
        self.kpis = kpis_pb2_grpc.KpiServiceStub(channel_of("rules"))
        self.revisions = revisions_pb2_grpc.RulebookRevisionServiceStub(channel_of("rules"))
        self.concerns = rules_pb2_grpc.ConcernServiceStub(channel_of("rules"))
        self.simulations = simulations_pb2_grpc.SimulationServiceStub(channel_of("rules"))
        self.rule_overrides = overrides_pb2_grpc.RuleOverrideServiceStub(channel_of("rules"))
        self.rule_trials = trials_pb2_grpc.RuleTrialServiceStub(channel_of("rules"))
        self.allocations = scheduling_pb2_grpc.AllocationServiceStub(channel_of("scheduling"))
        self.obligations = scheduling_pb2_grpc.ObligationServiceStub(channel_of("scheduling"))
        self.cover = cover_pb2_grpc.CoverServiceStub(channel_of("scheduling"))
        self.emergencies = emergency_access_pb2_grpc.EmergencyAccessServiceStub(channel_of("scheduling"))
        self.trainings = scheduling_pb2_grpc.TrainingServiceStub(channel_of("scheduling"))
        self.sessions = scheduling_pb2_grpc.SupportSessionServiceStub(channel_of("scheduling"))
        self.duties = duties_pb2_grpc.DutyServiceStub(channel_of("scheduling"))
        self.alerts = notifications_pb2_grpc.AlertServiceStub(channel_of("notifications"))
        self.notifications = notifications_pb2_grpc.NotificationServiceStub(channel_of("notifications"))

    def _reach_evidence(self, channel: grpc.Channel) -> None:
        self.safeguarders = safeguarder_pb2_grpc.SafeguarderServiceStub(channel)
        self.directory = directory_pb2_grpc.DirectoryServiceStub(channel)
        self.drafts = drafts_pb2_grpc.DraftServiceStub(channel)
        self.feedback = feedback_links_pb2_grpc.FeedbackLinkServiceStub(channel)
        self.evidence = evidence_pb2_grpc.EvidenceServiceStub(channel)
        self.decisions = decisions_pb2_grpc.DecisionServiceStub(channel)
        self.overlays = overlays_pb2_grpc.OverlayServiceStub(channel)
        self.times_away = times_away_pb2_grpc.TimeAwayServiceStub(channel)
        self.report_samples = report_samples_pb2_grpc.ReportSampleServiceStub(channel)
        self.session_records = session_records_pb2_grpc.SessionRecordServiceStub(channel)
        self.plans = development_plans_pb2_grpc.DevelopmentPlanServiceStub(channel)
        self.personal_file = personal_file_pb2_grpc.PersonalFileServiceStub(channel)
        self.reviews = review_requests_pb2_grpc.ReviewServiceStub(channel)
        self.recommendations = recommendations_pb2_grpc.RecommendationServiceStub(channel)

    def _metadata_of(self, person: str) -> Metadata:
        return (*self._metadata(person), *self._untraced)

    @contextmanager
    def untraced(self) -> Iterator[None]:
        """Leave out of all traces what is called meanwhile, such as thousands of past records."""
        self._untraced = (UNTRACED,)
        try:
            yield
        finally:
            self._untraced = ()

    def close(self) -> None:
        """Close the connections."""
        for channel in self._channels.values():
            channel.close()

    def channel(self, service: str) -> grpc.Channel:
        """Return the connection to a service, for methods without a stub here."""
        return self._channels[service]

    def call(self, person: str, method: Any, request: Any, seconds: float = CALL_SECONDS) -> Any:
        """Call a method as `person` and return its answer.

        Raises:
            grpc.RpcError: a refusal, or the last failure when patience has run out.
        """
        return self._again(lambda: method(request, metadata=self._metadata_of(person), timeout=seconds))

    def send(self, person: str, method: Any, requests: Iterable[Any], seconds: float = CALL_SECONDS) -> Any:
        """Send a stream of requests as `person` and return the one answer.

        Raises:
            grpc.RpcError: as for `call`.
        """
        kept = list(requests)  # An iterator would be used up by the first attempt.
        return self._again(lambda: method(iter(kept), metadata=self._metadata_of(person), timeout=seconds))

    def watch(self, person: str, method: Any, request: Any) -> Generator[Any, None, None]:
        """Yield the answers of a stream until they end, or the caller closes this.

        A stream ends with the token with which it began, and with its service. It is then opened again, where the last
        answer has a `resume_token`: nothing is missed, and nothing comes twice. Changes the request, which then has
        that. A stream of a request without one has no deadline, and is not opened again.

        Raises:
            grpc.RpcError: a refusal or a failure. There is no new token, the service stays away, or the stream cannot
                be resumed.
        """
        seconds = WATCH_SECONDS if "resume_token" in request.DESCRIPTOR.fields_by_name else None
        heard, away_since = False, None
        while True:
            stream = method(request, metadata=self._metadata_of(person), timeout=seconds)
            failure, resumes = None, False
            try:
                for answer in stream:
                    if resumes := bool(getattr(answer, "resume_token", "")):
                        request.resume_token, heard, away_since = answer.resume_token, True, None
                    yield answer
            except grpc.RpcError as error:
                failure = error
            finally:
                stream.cancel()
            away_since = away_since or time.monotonic()
            if not heard or time.monotonic() > away_since + RESTART_SECONDS or not _may_go_on(failure, resumes=resumes):
                if failure:
                    raise failure
                return
            time.sleep(AGAIN_AFTER_SECONDS)

    def stream(self, person: str, method: Any, request: Any, seconds: float) -> Iterator[Any]:
        """Return a stream of answers that ends by itself, within some seconds. It is not repeated.

        Raises:
            grpc.RpcError: while it is read, a refusal or a failure.
        """
        answers: Iterator[Any] = method(request, metadata=self._metadata_of(person), timeout=seconds)
        return answers

    def pages(self, person: str, method: Any, request: Any, field: str) -> Iterator[Any]:
        """Yield every record in `field` of a list's answers, page by page.

        Changes the request: its page token, and its page size where none is set.
        """
        request.page_size = request.page_size or LARGEST_PAGE
        while True:
            answer = self.call(person, method, request)
            yield from getattr(answer, field)
            if not answer.next_page_token:
                return
            request.page_token = answer.next_page_token

    def status(self, person: str, service: str) -> status_pb2.Status:
        """Return what a service says of itself: what it has read and published, and its figures."""
        answer: status_pb2.Status = self.call(person, self.status_of[service].GetStatus, status_pb2.GetStatusRequest())
        return answer

    def permitted(self, person: str, service: str, name: str = "") -> frozenset[str]:
        """Return the methods of a service that `person` may use on a record; without one, on none in particular."""
        request = access_pb2.ListPermittedMethodsRequest(name=name)
        return frozenset(self.call(person, self.access_of[service].ListPermittedMethods, request).methods)

    def ask_each(self, services: Iterable[str], ask: Callable[[str], A]) -> tuple[dict[str, A], list[str]]:
        """Ask services in turn; return the answers by service, and the services that do not answer.

        Raises:
            grpc.RpcError: a service answered with a failure. It must not pass for one that is away.
        """
        answers: dict[str, A] = {}
        silent: list[str] = []
        for service in services:
            try:
                answers[service] = ask(service)
            except grpc.RpcError as error:
                if error.code() not in _AWAY:
                    raise
                silent.append(service)
        return answers, silent

    def _again(self, call: Callable[[], Any]) -> Any:
        end = time.monotonic() + self._patience_seconds
        while True:
            try:
                return call()
            except grpc.RpcError as error:
                if not may_pass(error) or time.monotonic() > end:
                    raise
                time.sleep(AGAIN_AFTER_SECONDS)


def _may_go_on(failure: Any, *, resumes: bool) -> bool:
    """Return whether a watch may go on where it was. A service that is stopped ends its streams without a failure.

    `resumes`: the stream that ended had answers. Without, there is no new token.
    """
    return failure is None or may_pass(failure) or (resumes and refusal_of(failure).reason == "TOKEN_ENDED")


def may_pass(error: Any) -> bool:
    """Return whether the same call may succeed later: the service is away or busy, or the connection broke."""
    if error.code() in _TRANSIENT:
        return True
    # Without details the failure comes from the connection: a service's own failure always carries them.
    return error.code() in (grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL) and rpc_status.from_call(error) is None

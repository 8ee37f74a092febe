"""Calls to the suite's public methods, as a person, tried again until they are acknowledged."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import grpc
from grpc_status import rpc_status
from psmf.evidence.v1 import evidence_pb2_grpc, report_samples_pb2_grpc, safeguarder_pb2_grpc
from psmf.notifications.v1 import notifications_pb2_grpc
from psmf.platform.v1 import events_pb2_grpc, status_pb2, status_pb2_grpc
from psmf.rules.v1 import (
    kpis_pb2_grpc,
    overrides_pb2_grpc,
    revisions_pb2_grpc,
    rules_pb2_grpc,
    simulations_pb2_grpc,
    trials_pb2_grpc,
)
from psmf.scheduling.v1 import scheduling_pb2_grpc

from services.platform.calls.client import open_channel

CALL_SECONDS = 30.0
AGAIN_AFTER_SECONDS = 0.2
_TRANSIENT = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
    grpc.StatusCode.CANCELLED,
}
Metadata = tuple[tuple[str, str], ...]


class Client:
    """Stubs of every service, and calls with a person's token.

    `patience_seconds`: how long a call is tried again while a service is away. Every command carries a request id, so
    that a repeat has no second effect.
    """

    def __init__(
        self, addresses: Mapping[str, str], metadata: Callable[[str], Metadata], patience_seconds: float = 0.0
    ) -> None:
        self._metadata = metadata
        self._patience_seconds = patience_seconds
        self._channels = {service: open_channel(address) for service, address in addresses.items()}
        self.status_of = {
            service: status_pb2_grpc.StatusServiceStub(channel) for service, channel in self._channels.items()
        }
        self.events_of = {
            service: events_pb2_grpc.EventsServiceStub(channel) for service, channel in self._channels.items()
        }
        channel_of = self._channels.__getitem__
        self.safeguarders = safeguarder_pb2_grpc.SafeguarderServiceStub(channel_of("evidence"))
        self.evidence = evidence_pb2_grpc.EvidenceServiceStub(channel_of("evidence"))
        self.report_samples = report_samples_pb2_grpc.ReportSampleServiceStub(channel_of("evidence"))
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
        self.sessions = scheduling_pb2_grpc.SupportSessionServiceStub(channel_of("scheduling"))
        self.alerts = notifications_pb2_grpc.AlertServiceStub(channel_of("notifications"))
        self.notifications = notifications_pb2_grpc.NotificationServiceStub(channel_of("notifications"))

    def close(self) -> None:
        """Let go of the connections."""
        for channel in self._channels.values():
            channel.close()

    def channel(self, service: str) -> grpc.Channel:
        """The connection to a service."""
        return self._channels[service]

    def call(self, person: str, method: Any, request: Any) -> Any:
        """What the method answers to `person`.

        Raises:
            grpc.RpcError: a refusal, or the last failure once patience is at its end.
        """
        return self._again(lambda: method(request, metadata=self._metadata(person), timeout=CALL_SECONDS))

    def send(self, person: str, method: Any, requests: Iterable[Any], seconds: float = CALL_SECONDS) -> Any:
        """What a method answers to a stream of requests."""
        kept = list(requests)
        return self._again(lambda: method(iter(kept), metadata=self._metadata(person), timeout=seconds))

    def watch(self, person: str, method: Any, request: Any) -> Any:
        """A stream of answers, open until it is cancelled."""
        return method(request, metadata=self._metadata(person))

    def pages(self, person: str, method: Any, request: Any, field: str) -> Iterator[Any]:
        """Every item of a list, page by page. The request is used up."""
        while True:
            answer = self.call(person, method, request)
            yield from getattr(answer, field)
            if not answer.next_page_token:
                return
            request.page_token = answer.next_page_token

    def status(self, person: str, service: str) -> status_pb2.Status:
        """A service's view of itself."""
        answer: status_pb2.Status = self.call(person, self.status_of[service].GetStatus, status_pb2.GetStatusRequest())
        return answer

    def _again(self, call: Callable[[], Any]) -> Any:
        end = time.monotonic() + self._patience_seconds
        while True:
            try:
                return call()
            except grpc.RpcError as error:
                if not may_pass(error) or time.monotonic() > end:
                    raise
                time.sleep(AGAIN_AFTER_SECONDS)


def may_pass(error: Any) -> bool:
    """Whether the same call may succeed later: the service is away or busy, or the connection broke on the way."""
    if error.code() in _TRANSIENT:
        return True
    # Said by the connection, not by the service: a service's own answer always carries details.
    return error.code() in (grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL) and rpc_status.from_call(error) is None

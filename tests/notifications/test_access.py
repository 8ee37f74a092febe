"""Who may call what: every role against every method, on one's own record, an allocated one, and another's (D16)."""

from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from psmf.notifications.v1 import notifications_pb2 as pb

from services.platform.calls.wire import to_date
from tests.notifications.builders import WINDOW, allocated
from tests.notifications.conftest import Service

ALERT = "safeguarders/sg-one/alerts/no-such-alert"
REQUESTS: dict[str, Message] = {
    "GetAlert": pb.GetAlertRequest(name=ALERT),
    "ListAlerts": pb.ListAlertsRequest(parent="safeguarders/sg-one"),
    "WatchAlerts": pb.WatchAlertsRequest(parent="safeguarders/sg-one"),
    "AcknowledgeAlert": pb.AcknowledgeAlertRequest(name=ALERT, next_date=to_date(WINDOW)),
    "SnoozeAlert": pb.SnoozeAlertRequest(
        name=ALERT, until_date=to_date(WINDOW), reason=pb.ALERT_REASON_AWAITING_INFORMATION
    ),
    "ResolveAlert": pb.ResolveAlertRequest(name=ALERT, outcome=pb.ALERT_REASON_EXPLAINED),
    "ListNotifications": pb.ListNotificationsRequest(parent="safeguarders/sg-one"),
    "ListAlerts of everyone": pb.ListAlertsRequest(parent="safeguarders/-"),
    "WatchAlerts of everyone": pb.WatchAlertsRequest(parent="safeguarders/-"),
}
READS = {"GetAlert", "ListAlerts", "WatchAlerts", "ListNotifications"}
WRITES = {"AcknowledgeAlert", "SnoozeAlert", "ResolveAlert"}
OF_EVERYONE = {"ListAlerts of everyone", "WatchAlerts of everyone"}
ALLOWED: dict[str, set[str]] = {
    "panel-team": READS | WRITES | OF_EVERYONE,
    "senior-manager": READS | WRITES | OF_EVERYONE,
    "manager-one": READS | WRITES | OF_EVERYONE,
    "manager-two": OF_EVERYONE,
    "person-one": READS,
    "person-two": set(),
    "partner": set(),
    "recorder": set(),
    "official": set(),
    "editor": set(),
    "operator": set(),
    "service:rules": set(),
}


@pytest.fixture
def heard(service: Service) -> Service:
    service.hear(allocated("manager-one", "sg-one"))
    return service


def is_allowed(service: Service, method: str, person: str) -> bool:
    """Whether the gate lets the call through; what the method then answers makes no difference."""
    name = method.partition(" ")[0]
    stub: Any = service.sent if name == "ListNotifications" else service.alerts
    try:
        answer = getattr(stub, name)(REQUESTS[method], **service.as_(person))
        if name == "WatchAlerts":
            next(answer)
            answer.cancel()
    except grpc.RpcError as problem:
        return bool(problem.code() != grpc.StatusCode.PERMISSION_DENIED)
    return True


def test_each_role_may_call_what_the_table_says_and_nothing_else(heard: Service) -> None:
    found = {person: {method for method in REQUESTS if is_allowed(heard, method, person)} for person in ALLOWED}
    assert found == ALLOWED


def test_without_a_token_nothing_is_answered(service: Service) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        service.alerts.ListAlerts(pb.ListAlertsRequest(parent="safeguarders/-"))
    assert refused.value.code() == grpc.StatusCode.UNAUTHENTICATED
